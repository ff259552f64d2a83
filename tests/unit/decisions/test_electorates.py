"""Who is entitled to vote, and who may say so."""

import pytest
from msgspec.structs import replace

from collegium.ids import BodyId, VoteId
from collegium.parts.decisions.acts import ALL_MEMBERS, Electorate
from collegium.parts.organisation.acts import ChangeStanding
from collegium.parts.organisation.clauses import small_preset
from collegium.record.moments import after
from tests.cast import AMARA, BO, CHIARA, DMITRI, ESI, FARID, GORO, START, Person
from tests.refusing import refused
from tests.voting import REGISTER, Voting, by_method, candidates, so_many

SITTING = replace(ALL_MEMBERS, kind="sitting")


def present(*people: Person) -> Electorate:
    return replace(ALL_MEMBERS, kind="present", members=tuple(one.id for one in people))


def branches(*bodies: BodyId) -> Electorate:
    return replace(ALL_MEMBERS, kind="branches", bodies=bodies)


def electors(hall: Voting, person: Person, electorate: Electorate, **different: object) -> set[str]:
    """The first names of whom such a vote is put to."""
    vote = hall.vote(hall.open(person, hall.plain_vote(electorate=electorate, **different)))
    everybody = (AMARA, BO, CHIARA, DMITRI, ESI, FARID, GORO)
    names = {hall.door.house.organisation.members[one.id].number: one.name for one in everybody[:6]}
    return {names[number] for number in vote.electors.numbers}


def test_a_vote_is_put_to_whoever_sits_in_the_body(hall: Voting) -> None:
    assert electors(hall, AMARA, SITTING) == {"Amara", "Bo", "Chiara"}


def test_whose_rights_rest_isnt_among_those_who_sit(hall: Voting) -> None:
    hall.jointly(ChangeStanding(happened_at="", member=CHIARA.id, standing="suspended"))
    assert electors(hall, AMARA, SITTING) == {"Amara", "Bo"}


def test_those_who_meet_need_no_days_of_notice(hall: Voting) -> None:
    closes = after(hall.now, hours=1)
    hall.open(AMARA, hall.plain_vote(electorate=SITTING, closes=closes))
    with refused("vote-too-short"):
        hall.open(AMARA, hall.plain_vote(closes=closes))


def test_a_vote_is_put_to_those_who_are_present(hall: Voting) -> None:
    assert electors(hall, BO, present(AMARA, BO)) == {"Amara", "Bo"}


def test_half_of_those_who_sit_must_be_present(hall: Voting) -> None:
    with refused("present-few"):
        hall.open(AMARA, hall.plain_vote(electorate=present(AMARA)))


def test_the_rule_book_says_how_many_must_be_present() -> None:
    hall = Voting(rule_book=small_preset() | {"decisions.present_percent": 100})
    with refused("present-few"):
        hall.open(AMARA, hall.plain_vote(electorate=present(AMARA, BO)))
    hall.open(AMARA, hall.plain_vote(electorate=present(AMARA, BO, CHIARA)))


@pytest.mark.parametrize("stranger", [DMITRI, GORO])
def test_only_who_sits_is_present(hall: Voting, stranger: Person) -> None:
    with refused("present-sitting"):
        hall.open(AMARA, hall.plain_vote(electorate=present(AMARA, BO, stranger)))


def test_a_vote_is_put_to_branches_and_counted_by_branch(hall: Voting) -> None:
    here, there = hall.branch(DMITRI, ESI), hall.branch(FARID)
    assert electors(hall, AMARA, branches(here, there)) == {"Dmitri", "Esi", "Farid"}
    vote = list(hall.decisions.votes.values())[-1]
    assert {name: list(found) for name, found in vote.electors.branches.items()} == {
        here: [3, 4],
        there: [5],
    }


def test_a_branch_that_votes_is_part_of_the_vote_s_body(hall: Voting) -> None:
    here, there = hall.branch(DMITRI), hall.branch(ESI)
    for body, branch in ((here, there), (hall.root, hall.root)):
        with refused("branch-elsewhere"):
            hall.open(AMARA, hall.plain_vote(body=body, electorate=branches(branch)))


def test_a_vote_is_put_to_whoever_sits_at_a_level(hall: Voting) -> None:
    here, there = hall.branch(DMITRI, ESI), hall.branch(FARID)
    hall.seat(DMITRI, here)
    hall.seat(FARID, there)
    level = replace(ALL_MEMBERS, kind="level", level=1)
    assert electors(hall, AMARA, level) == {"Dmitri", "Farid"}


def test_nobody_sits_at_a_level_without_posts(hall: Voting) -> None:
    hall.branch(DMITRI)
    with refused("electorate-empty"):
        hall.open(AMARA, hall.plain_vote(electorate=replace(ALL_MEMBERS, kind="level", level=1)))


def test_newcomers_may_be_left_out(hall: Voting) -> None:
    founded = START
    assert electors(hall, AMARA, replace(ALL_MEMBERS, joined_by=founded)) >= {"Amara"}
    hall.later(days=10)
    hall.admit(GORO)
    vote = hall.open(
        AMARA, hall.plain_vote(electorate=replace(ALL_MEMBERS, joined_by=after(hall.now, days=-1)))
    )
    assert hall.vote(vote).entitled == 6
    with refused("not-in-electorate"):
        hall.cast(GORO, vote, "12")


def test_who_joined_long_ago_cant_be_left_out(hall: Voting) -> None:
    hall.later(days=200)
    with refused("joined-early"):
        hall.open(AMARA, hall.plain_vote(electorate=replace(ALL_MEMBERS, joined_by=START)))
    hall.open(
        AMARA,
        hall.plain_vote(electorate=replace(ALL_MEMBERS, joined_by=after(hall.now, days=-180))),
    )


@pytest.mark.parametrize("joined_by", ["2026-05-02T00:00:00Z", "yesterday"])
def test_members_had_joined_by_a_moment_that_has_passed(hall: Voting, joined_by: str) -> None:
    with refused("joined-by"):
        hall.open(AMARA, hall.plain_vote(electorate=replace(ALL_MEMBERS, joined_by=joined_by)))


@pytest.mark.parametrize(
    ("electorate", "rule"),
    [
        (replace(ALL_MEMBERS, kind="branches"), "electorate-branches"),
        (replace(ALL_MEMBERS, kind="present"), "electorate-present"),
        (replace(ALL_MEMBERS, members=(AMARA.id,)), "electorate-present"),
        (present(AMARA, BO, BO), "electorate-present"),
        (replace(ALL_MEMBERS, level=1), "electorate-level"),
        (replace(SITTING, count=3), "electorate-stated"),
        (so_many(6), "electorate-count-imported"),
    ],
)
def test_an_electorate_says_one_thing(hall: Voting, electorate: Electorate, rule: str) -> None:
    with refused(rule):
        hall.open(AMARA, hall.plain_vote(electorate=electorate))


def test_a_branch_is_named_once(hall: Voting) -> None:
    here = hall.branch(DMITRI)
    with refused("electorate-branches"):
        hall.open(AMARA, hall.plain_vote(electorate=branches(here, here)))
    with refused("electorate-branches"):
        hall.open(AMARA, hall.plain_vote(electorate=replace(ALL_MEMBERS, bodies=(here,))))


def test_members_alone_choose_no_electorate_that_suits_them(hall: Voting) -> None:
    here = hall.branch(DMITRI, ESI)
    for electorate in (branches(here), replace(ALL_MEMBERS, joined_by=START)):
        with refused("opener"):
            hall.open(ESI, hall.plain_vote(electorate=electorate))
        hall.open(AMARA, hall.plain_vote(electorate=electorate))


def test_those_who_sit_dont_elect_for_the_members(hall: Voting) -> None:
    opening = hall.plain_vote(
        counting=by_method("irv/1"),
        default=0,
        electorate=SITTING,
        options=candidates(DMITRI, ESI),
        purpose="election",
        secret=True,
    )
    with refused("sitting-elects"):
        hall.open(AMARA, opening)
    hall.open(AMARA, replace(opening, electorate=ALL_MEMBERS))


def test_an_imported_vote_leaves_out_whom_it_left_out_then() -> None:
    hall = Voting(source=REGISTER)
    hall.later(days=300)
    opening = hall.plain_vote(
        electorate=replace(ALL_MEMBERS, joined_by=START), happened_at="2005-01-01T00:00:00Z"
    )
    assert hall.vote(VoteId(hall.bring(AMARA, opening))).entitled == 3
