import pytest
from msgspec.structs import replace

from collegium.ids import BodyId, VoteId
from collegium.parts.decisions.acts import ALL_MEMBERS, Commission, Manner, Option, Quorum
from collegium.parts.organisation.acts import (
    ChangeStanding,
    CreateBody,
    LeaveOrganisation,
    RevokeKey,
)
from collegium.record.moments import after
from tests.cast import AMARA, BO, CHIARA, DMITRI, ESI, FARID, GORO
from tests.refusing import refused
from tests.voting import PLAIN, REGISTER, Voting, by_method, slate


@pytest.fixture
def hall() -> Voting:
    """All six members have a key."""
    return Voting(keyed=True)


@pytest.fixture
def vacant(hall: Voting) -> Voting:
    """The founders' term has ended, and nobody sits in the committee."""
    hall.later(days=365)
    return hall


@pytest.fixture
def vote(vacant: Voting) -> VoteId:
    return vacant.open(FARID, vacant.reseating(slate(DMITRI, ESI), slate(FARID, ESI)))


def sitting(hall: Voting, body: BodyId | None = None) -> set[str]:
    organisation = hall.door.house.organisation
    found = organisation.sitting(body or hall.root, hall.now)
    return {organisation.names[number] for number in found}


def elect(hall: Voting, vote: VoteId, ranks: str = "123") -> None:
    for person in (DMITRI, ESI, FARID):
        hall.cast_signed(person, vote, ranks)
    hall.finish(ESI, vote)


def test_members_fill_a_body_that_cant_act(vacant: Voting, vote: VoteId) -> None:
    elect(vacant, vote)
    vacant.later(days=3)
    vacant.reseat(FARID, vote)
    assert sitting(vacant) == {DMITRI.id, ESI.id}
    assert vacant.vote(vote).reseated == vacant.now


def test_the_new_seats_have_a_term(vacant: Voting, vote: VoteId) -> None:
    elect(vacant, vote)
    vacant.later(days=3)
    vacant.reseat(FARID, vote)
    organisation = vacant.door.house.organisation
    held = [post for post in organisation.posts.values() if post.holder]
    assert {(post.basis, post.since, post.until) for post in held} == {
        ("elected", vacant.now, after(vacant.now, days=365))
    }


def test_a_reseated_body_acts_again(vacant: Voting, vote: VoteId) -> None:
    elect(vacant, vote)
    vacant.later(days=3)
    vacant.reseat(FARID, vote)
    standing = ChangeStanding(happened_at="", member=AMARA.id, standing="suspended")
    vacant.jointly(standing, DMITRI, ESI)
    assert vacant.door.house.organisation.members[AMARA.id].suspended


def test_a_committee_is_filled_by_the_members_around_it(hall: Voting) -> None:
    body = CreateBody(happened_at="", kind="committee", level=2, parent=hall.root)
    committee = BodyId(hall.jointly(body))
    vote = hall.open(DMITRI, hall.reseating(slate(DMITRI, ESI), body=committee))
    assert hall.vote(vote).entitled == 6
    elect(hall, vote, "12")
    hall.later(days=3)
    hall.reseat(FARID, vote)
    assert sitting(hall, committee) == {DMITRI.id, ESI.id}


def test_a_body_that_can_act_isnt_replaced(hall: Voting) -> None:
    with refused("approvers-left"):
        hall.open(FARID, hall.reseating(slate(DMITRI, ESI)))


def test_a_body_is_vacant_too_when_its_keys_are_gone(hall: Voting) -> None:
    for person in (AMARA, BO):
        hall.sign(person, RevokeKey(happened_at="", key=person.key.public))
    vote = hall.open(FARID, hall.reseating(slate(DMITRI, ESI)))
    assert hall.vote(vote).purpose == "reseat"


def test_nothing_is_reseated_by_import() -> None:
    hall = Voting(source=REGISTER)
    opening = replace(hall.reseating(slate(AMARA, BO)), happened_at="2005-01-01T00:00:00Z")
    with refused("reseat-imported"):
        hall.bring(AMARA, opening)


def test_reseating_is_no_secret(vacant: Voting) -> None:
    with refused("reseat-secret"):
        vacant.open(FARID, replace(vacant.reseating(slate(DMITRI, ESI)), secret=True))


def test_the_default_keeps_the_posts_vacant(vacant: Voting) -> None:
    opening = vacant.reseating(slate(DMITRI, ESI))
    with refused("slate-vacant"):
        vacant.open(FARID, replace(opening, default=1))


def test_every_other_option_is_a_slate(vacant: Voting) -> None:
    with refused("slate-short"):
        vacant.open(FARID, vacant.reseating(slate(DMITRI, ESI), PLAIN))


@pytest.mark.parametrize("short", [slate(DMITRI), slate(DMITRI, DMITRI, ESI)])
def test_a_slate_has_enough_different_members(vacant: Voting, short: Option) -> None:
    with refused("slate-short"):
        vacant.open(FARID, vacant.reseating(short))


def test_nobody_stands_who_isnt_a_member_with_a_key(vacant: Voting) -> None:
    vacant.sign(ESI, RevokeKey(happened_at="", key=ESI.key.public))
    vacant.sign(CHIARA, LeaveOrganisation(happened_at=""))
    for nobody in (ESI, CHIARA, GORO):
        with refused("slate-eligible"):
            vacant.open(FARID, vacant.reseating(slate(DMITRI, nobody)))


def test_a_reseating_vote_isnt_rushed(vacant: Voting) -> None:
    opening = vacant.reseating(slate(DMITRI, ESI))
    with refused("vote-too-short"):
        vacant.open(FARID, replace(opening, closes=after(vacant.now, hours=1)))


def test_every_ballot_is_signed(vacant: Voting, vote: VoteId) -> None:
    with refused("key-needed"):
        vacant.cast(DMITRI, vote, "123")
    vacant.cast_signed(DMITRI, vote, "123")


def test_tellers_bring_no_ballots_here(hall: Voting) -> None:
    body = CreateBody(happened_at="", kind="committee", level=2, parent=hall.root)
    committee = BodyId(hall.jointly(body))
    vote = hall.open(DMITRI, hall.reseating(slate(DMITRI, ESI), body=committee))
    with refused("key-needed"):
        hall.ask(AMARA, hall.paper(vote, r12=3))


def test_an_ordinary_vote_reseats_nobody(hall: Voting) -> None:
    vote = hall.open(ESI, hall.plain_vote())
    hall.finish(ESI, vote)
    with refused("no-reseat-vote"):
        hall.reseat(ESI, vote)
    with refused("vote-unknown"):
        hall.reseat(ESI, VoteId("0" * 26))


def test_an_outcome_comes_first(vacant: Voting, vote: VoteId) -> None:
    with refused("not-declared"):
        vacant.reseat(FARID, vote)


def test_objections_are_heard_first(vacant: Voting, vote: VoteId) -> None:
    elect(vacant, vote)
    vacant.now = after(vacant.now, days=2, hours=23)
    with refused("objection-period"):
        vacant.reseat(FARID, vote)


@pytest.mark.parametrize("ranks", ["231", "112"])
def test_without_one_slate_that_won_nobody_is_seated(
    vacant: Voting, vote: VoteId, ranks: str
) -> None:
    elect(vacant, vote, ranks)
    vacant.later(days=3)
    with refused("slate-not-elected"):
        vacant.reseat(FARID, vote)


def test_below_the_quorum_nobody_is_seated(vacant: Voting) -> None:
    opening = vacant.reseating(slate(DMITRI, ESI))
    most = replace(opening, quorum=Quorum(den=1, kind="percent", num=60))
    vote = vacant.open(FARID, most)
    elect(vacant, vote, "12")
    vacant.later(days=3)
    with refused("slate-not-elected"):
        vacant.reseat(FARID, vote)


def test_fewer_ballots_than_approvers_seat_nobody(vacant: Voting, vote: VoteId) -> None:
    vacant.cast_signed(DMITRI, vote, "123")
    vacant.finish(ESI, vote)
    vacant.later(days=3)
    with refused("signed-ballots"):
        vacant.reseat(FARID, vote)


def test_a_vote_reseats_once(vacant: Voting, vote: VoteId) -> None:
    elect(vacant, vote)
    vacant.later(days=3)
    vacant.reseat(FARID, vote)
    with refused("reseated-already"):
        vacant.reseat(FARID, vote)


def test_a_body_that_can_act_again_is_left_alone(vacant: Voting, vote: VoteId) -> None:
    rival = vacant.open(ESI, vacant.reseating(slate(ESI, FARID)))
    for person in (ESI, FARID):
        vacant.cast_signed(person, rival, "12")
    elect(vacant, vote)
    vacant.finish(ESI, rival)
    vacant.later(days=3)
    vacant.reseat(FARID, vote)
    with refused("approvers-left"):
        vacant.reseat(FARID, rival)


def test_a_slate_of_which_too_few_are_left_isnt_seated(vacant: Voting, vote: VoteId) -> None:
    elect(vacant, vote)
    vacant.do(DMITRI, LeaveOrganisation(happened_at=""))
    vacant.later(days=3)
    with refused("slate-short"):
        vacant.reseat(FARID, vote)


@pytest.mark.parametrize(
    "different",
    [
        {"electorate": replace(ALL_MEMBERS, joined_by="2027-01-01T00:00:00Z")},
        {"commission": Commission(members=(AMARA.id, BO.id), needed=2)},
        {"counting": by_method("approval/1", seats=2)},
        {"manner": Manner(cards=(), kind="hands", tellers=(AMARA.id, BO.id))},
    ],
)
def test_all_members_re_seat_a_body_by_ballots_of_their_own(
    vacant: Voting, different: dict[str, object]
) -> None:
    opening = vacant.reseating(slate(DMITRI, ESI))
    with refused("reseat-plain"):
        vacant.open(FARID, replace(opening, **different))
    vacant.open(FARID, opening)
