"""For each kind that needs joint approval: which body decides, and whom it concerns."""

from typing import TYPE_CHECKING, Any

from collegium.ids import BodyId, MemberId

if TYPE_CHECKING:
    from collegium.secretariat.house import House


def nobody(_house: "House", _body: Any) -> tuple[MemberId, ...]:
    """No member in particular."""
    return ()


def its_member(_house: "House", body: Any) -> tuple[MemberId, ...]:
    """The member whom the deed names."""
    return (body.member,)


def its_members(_house: "House", body: Any) -> tuple[MemberId, ...]:
    """The members whom the deed names."""
    return tuple(body.members)


def its_holder(house: "House", body: Any) -> tuple[MemberId, ...]:
    """Whoever holds the post that the deed names."""
    post = house.organisation.posts.get(body.post)
    return (MemberId(post.holder),) if post and post.holder else ()


def its_votes_candidates(house: "House", body: Any) -> tuple[MemberId, ...]:
    """Whoever stood in the vote that the deed names, each once, in the order of the ballot."""
    vote = house.decisions.votes.get(body.vote)
    options = vote.options if vote else ()
    return tuple(dict.fromkeys(MemberId(name) for option in options for name in option.members))


def the_root(house: "House", _body: Any) -> BodyId:
    """The whole organisation's body."""
    return house.organisation.root


def its_body(_house: "House", body: Any) -> BodyId:
    """The body that the deed names."""
    return BodyId(body.body)


def its_parent(_house: "House", body: Any) -> BodyId:
    """The body under which the deed makes another."""
    return BodyId(body.parent)


def its_destination(_house: "House", body: Any) -> BodyId:
    """The body to which the deed leads."""
    return BodyId(body.to)


def its_bodys_parent(house: "House", body: Any) -> BodyId:
    """The body over the one that the deed names; the first body has none and stands itself."""
    return _over(house, body.body)


def its_posts_parent(house: "House", body: Any) -> BodyId:
    """The body over the post's."""
    post = house.organisation.posts.get(body.post)
    return _over(house, post.body) if post else house.organisation.root


def its_members_branch(house: "House", body: Any) -> BodyId:
    """The branch of the member whom the deed names."""
    member = house.organisation.members.get(body.member)
    return member.body if member else house.organisation.root


def its_votes_body(house: "House", body: Any) -> BodyId:
    """The body whose vote the deed names."""
    vote = house.decisions.votes.get(body.vote)
    return vote.body if vote else house.organisation.root


def _over(house: "House", name: str) -> BodyId:
    body = house.organisation.bodies.get(BodyId(name))
    return BodyId(body.parent) if body and body.parent else house.organisation.root
