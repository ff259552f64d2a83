import pytest
from msgspec.structs import replace

from collegium.ids import BodyId, Moment, PostId
from collegium.parts.organisation.acts import (
    BodyKind,
    ChangeStanding,
    CreateBody,
    CreatePost,
    DissolveBody,
    FillPost,
    LeaveOrganisation,
    LeavePost,
    Source,
    VacatePost,
)
from collegium.record.moments import after
from tests.cast import AMARA, BO, CHIARA, DMITRI, GORO, Hall, Person
from tests.refusing import refused

NOWHERE = BodyId("0" * 26)
NOTHING = PostId("0" * 26)


def creation(parent: BodyId, *, level: int = 1, kind: BodyKind = "branch") -> CreateBody:
    return CreateBody(happened_at="", kind=kind, level=level, parent=parent)


def filling(hall: Hall, post: PostId, person: Person = DMITRI, days: int = 100) -> FillPost:
    until = after(hall.now, days=days)
    return FillPost(basis="co-opted", happened_at="", member=person.id, post=post, until=until)


def vacating(post: PostId) -> VacatePost:
    return VacatePost(happened_at="", post=post)


def dissolution(body: BodyId) -> DissolveBody:
    return DissolveBody(body=body, happened_at="")


def leaving(post: PostId) -> LeavePost:
    return LeavePost(happened_at="", post=post)


@pytest.fixture
def branch(hall: Hall) -> BodyId:
    return BodyId(hall.jointly(creation(hall.root)))


@pytest.fixture
def post(hall: Hall, branch: BodyId) -> PostId:
    return PostId(hall.jointly(CreatePost(body=branch, happened_at="")))


def test_a_body_stands_under_another(hall: Hall, branch: BodyId) -> None:
    organisation = hall.door.house.organisation
    assert organisation.bodies[hall.root].parts == [branch]
    assert organisation.contains(hall.root, branch)
    assert not organisation.contains(branch, hall.root)


def test_a_body_has_a_parent_that_exists(hall: Hall, branch: BodyId) -> None:
    with refused("body-unknown"):
        hall.ask(AMARA, creation(NOWHERE))
    hall.jointly(dissolution(branch))
    with refused("body-dissolved"):
        hall.ask(AMARA, creation(branch))


def test_no_part_is_farther_from_the_members_than_the_whole(hall: Hall, branch: BodyId) -> None:
    with refused("level-above-parent"):
        hall.ask(AMARA, creation(branch, level=2))
    hall.jointly(creation(branch, level=1))


def test_a_body_that_was_dissolved_meanwhile_gets_no_parts(hall: Hall, branch: BodyId) -> None:
    request = hall.ask(AMARA, creation(branch))
    hall.approve(AMARA, request)
    hall.approve(BO, request)
    hall.jointly(dissolution(branch))
    with refused("body-dissolved"):
        hall.enact(AMARA, request)


def test_an_empty_body_is_dissolved(hall: Hall, branch: BodyId) -> None:
    hall.jointly(dissolution(branch))
    organisation = hall.door.house.organisation
    assert organisation.bodies[branch].dissolved
    assert organisation.bodies[hall.root].parts == []


def test_a_body_in_use_isnt_dissolved(hall: Hall, branch: BodyId, post: PostId) -> None:
    with refused("body-in-use"):
        hall.ask(AMARA, dissolution(hall.root))
    hall.jointly(filling(hall, post))
    with refused("body-in-use"):
        hall.ask(AMARA, dissolution(branch))
    hall.do(DMITRI, leaving(post))
    hall.jointly(creation(branch))
    with refused("body-in-use"):
        hall.ask(AMARA, dissolution(branch))


def test_a_body_that_is_no_more_isnt_dissolved_again(hall: Hall, branch: BodyId) -> None:
    hall.jointly(dissolution(branch))
    with refused("body-dissolved"):
        hall.ask(AMARA, dissolution(branch))


def test_a_post_is_in_a_body_that_exists(hall: Hall) -> None:
    with refused("body-unknown"):
        hall.ask(AMARA, CreatePost(body=NOWHERE, happened_at=""))


def test_who_holds_a_post_sits_in_its_body(hall: Hall, branch: BodyId, post: PostId) -> None:
    hall.jointly(filling(hall, post))
    organisation = hall.door.house.organisation
    assert list(organisation.sitting(branch, hall.now)) == [3]
    assert not organisation.approvers(branch, hall.now)
    assert not organisation.sitting(branch, after(hall.now, days=100))


def test_a_held_post_isnt_filled(hall: Hall, post: PostId) -> None:
    hall.jointly(filling(hall, post))
    with refused("post-held"):
        hall.ask(AMARA, filling(hall, post, BO))


def test_a_post_is_filled_again_when_its_term_is_over(hall: Hall, post: PostId) -> None:
    hall.jointly(filling(hall, post))
    hall.later(days=100)
    hall.jointly(filling(hall, post, CHIARA))
    assert hall.door.house.organisation.posts[post].holder == CHIARA.id


def test_members_alone_hold_posts(hall: Hall, post: PostId) -> None:
    with refused("member-unknown"):
        hall.ask(AMARA, filling(hall, post, GORO))
    with refused("post-unknown"):
        hall.ask(AMARA, filling(hall, NOTHING))


def test_a_suspended_member_takes_no_post(hall: Hall, post: PostId) -> None:
    hall.jointly(ChangeStanding(happened_at="", member=DMITRI.id, standing="suspended"))
    with refused("not-in-standing"):
        hall.ask(AMARA, filling(hall, post))


def test_who_left_meanwhile_gets_no_post(hall: Hall, post: PostId) -> None:
    request = hall.ask(AMARA, filling(hall, post))
    hall.approve(AMARA, request)
    hall.approve(BO, request)
    hall.do(DMITRI, LeaveOrganisation(happened_at=""))
    with refused("membership-ended"):
        hall.enact(AMARA, request)


def test_only_a_vote_makes_a_holder_elected(hall: Hall, post: PostId) -> None:
    with refused("election-needed"):
        hall.ask(AMARA, replace(filling(hall, post), basis="elected"))


def test_an_imported_holder_was_elected() -> None:
    hall = Hall(source=Source(name="old-register", sha256="0" * 64))
    then = Moment("2005-01-01T00:00:00Z")
    post = PostId(hall.bring(AMARA, CreatePost(body=hall.root, happened_at=then)))
    elected = replace(filling(hall, post, BO), basis="elected", happened_at=then)
    hall.bring(AMARA, replace(elected, until=after(then, days=365)))
    assert hall.door.house.organisation.posts[post].basis == "elected"


@pytest.mark.parametrize("days", [0, -1, 1462])
def test_a_term_ends_within_the_rule_books_days(hall: Hall, post: PostId, days: int) -> None:
    with refused("term-bounds"):
        hall.ask(AMARA, filling(hall, post, days=days))


def test_a_term_ends_at_a_moment(hall: Hall, post: PostId) -> None:
    with refused("term-bounds"):
        hall.ask(AMARA, replace(filling(hall, post), until=Moment("2026-13-01T00:00:00Z")))


def test_a_post_of_a_dissolved_body_isnt_filled(hall: Hall, branch: BodyId, post: PostId) -> None:
    hall.jointly(dissolution(branch))
    with refused("body-dissolved"):
        hall.ask(AMARA, filling(hall, post))


def test_a_holder_gives_a_post_back(hall: Hall, branch: BodyId, post: PostId) -> None:
    hall.jointly(filling(hall, post))
    hall.do(DMITRI, leaving(post))
    assert not hall.door.house.organisation.sitting(branch, hall.now)


def test_nobody_gives_back_what_another_holds(hall: Hall, post: PostId) -> None:
    with refused("not-your-post"):
        hall.do(DMITRI, leaving(post))
    hall.jointly(filling(hall, post))
    with refused("not-your-post"):
        hall.do(BO, leaving(post))


def test_who_has_a_key_gives_a_post_back_with_it(hall: Hall) -> None:
    posts = hall.door.house.organisation.posts
    held = next(name for name, post in posts.items() if post.holder == BO.id)
    for body in (leaving(held), LeaveOrganisation(happened_at="")):
        with refused("key-needed"):
            hall.do(BO, body)
    hall.sign(BO, leaving(held))
    hall.do(BO, LeaveOrganisation(happened_at=""))


def test_others_end_a_term(hall: Hall, branch: BodyId, post: PostId) -> None:
    hall.jointly(filling(hall, post))
    hall.jointly(vacating(post))
    assert not hall.door.house.organisation.sitting(branch, hall.now)


def test_a_vacant_post_isnt_vacated(hall: Hall, post: PostId) -> None:
    with refused("post-vacant"):
        hall.ask(AMARA, vacating(post))
    with refused("post-unknown"):
        hall.ask(AMARA, vacating(NOTHING))


def test_a_request_against_one_holder_doesnt_reach_the_next(hall: Hall, post: PostId) -> None:
    hall.jointly(filling(hall, post))
    request = hall.ask(AMARA, vacating(post))
    hall.approve(AMARA, request)
    hall.approve(BO, request)
    hall.do(DMITRI, leaving(post))
    hall.jointly(filling(hall, post, CHIARA))
    with refused("notice-owed"):
        hall.enact(AMARA, request)


def test_reseating_keeps_posts_in_the_order_in_which_they_were_made(
    hall: Hall, branch: BodyId, post: PostId
) -> None:
    organisation = hall.door.house.organisation
    term = (hall.now, after(hall.now, days=1))
    organisation.reseat(branch, (BO.id, DMITRI.id), term)
    assert organisation.bodies[branch].posts == [post, PostId(f"{branch}.01")]
    organisation.reseat(branch, (CHIARA.id,), term)
    assert [organisation.posts[name].holder for name in organisation.bodies[branch].posts] == [
        CHIARA.id,
        "",
    ]
