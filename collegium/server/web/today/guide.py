"""Five minutes in the demonstration: what a newcomer may try, one thing after the other."""

from msgspec import Struct

from collegium.ids import ActId, MemberId
from collegium.parts.decisions.pages import stands
from collegium.parts.organisation.shown import Person, Text, Visit, person
from collegium.secretariat.house import House


class Try(Struct, frozen=True):
    """Something to try.

    Attributes:
        number: Of the question, proposal or vote.
        title: Its words.
        done: Whether the newcomer has done such a thing before.
    """

    number: int
    title: Text
    done: bool


class Guide(Struct, frozen=True):
    """What a newcomer may try.

    Attributes:
        publish: The newest question that has no proposal, to answer it; None without one.
        sign: Of the proposals to the question last answered, the one that most members signed.
        vote: The vote that closes first of those that are open to the newcomer.
        member: Somebody without a post, whose membership nobody ends alone.
    """

    publish: Try | None
    sign: Try | None
    vote: Try | None
    member: Person | None


def guide_of(house: House, visit: Visit, newcomer: MemberId) -> Guide:
    """What there is to try just now."""
    return Guide(
        _publish(house, newcomer),
        _sign(house, newcomer),
        _vote(house, visit),
        _member(house, newcomer),
    )


def _publish(house: House, newcomer: MemberId) -> Try | None:
    questions = house.deliberation.questions
    done = any(one.author == newcomer for one in house.deliberation.proposals.values())
    names = list(questions)
    unanswered = [name for name in names if not questions[name].proposals]
    if not names:
        return None
    name = (unanswered or names)[-1]
    return Try(questions[name].number, Text(ActId(name), "text"), done)


def _sign(house: House, newcomer: MemberId) -> Try | None:
    book, number = house.deliberation, house.organisation.members[newcomer].number
    proposals = book.proposals
    open_ = [
        name for name, one in proposals.items() if not one.withdrawn and one.author != newcomer
    ]
    signed = [name for name in open_ if number in proposals[name].versions[-1].signatures]
    unsigned = [name for name in open_ if name not in signed]
    latest = [
        one for one in unsigned if proposals[one].question == proposals[unsigned[-1]].question
    ]
    shown = signed[-1:] or latest
    if not shown:
        return None
    name = max(shown, key=lambda one: book.support(one, house.organisation.active))
    proposal = proposals[name]
    return Try(proposal.number, Text(proposal.versions[-1].act, "title"), bool(signed))


def _vote(house: House, visit: Visit) -> Try | None:
    votes = house.decisions.votes
    standing = {
        name: stands(house, visit, vote)
        for name, vote in votes.items()
        if not vote.closed and visit.at < vote.closes
    }
    voted = {name for name, how in standing.items() if how == "voted"}
    open_ = voted | {name for name, how in standing.items() if how == "may-vote"}
    if not open_:
        return None
    name = min(open_, key=lambda one: (one in voted, votes[one].closes, one))
    return Try(votes[name].number, Text(ActId(name), "title"), bool(voted))


def _member(house: House, newcomer: MemberId) -> Person | None:
    book = house.organisation
    others = {post.holder for post in book.posts.values()} | {newcomer}
    for request in house.approvals.requests.values():
        others.update(request.subjects if request.fate == "open" else ())
    found = [name for name, one in book.members.items() if not one.left and name not in others]
    return person(house, found[len(found) // 2]) if found else None
