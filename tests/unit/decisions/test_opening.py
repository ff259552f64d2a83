import pytest
from msgspec.structs import replace

from collegium.counting import DebianA6, Ratio
from collegium.ids import BodyId, Moment, VoteId
from collegium.parts.decisions.acts import ALL_MEMBERS, Quorum
from collegium.parts.decisions.tallying import rule_of
from collegium.parts.organisation.acts import BodyKind, ChangeStanding, CreateBody
from collegium.parts.organisation.clauses import small_preset
from collegium.record.moments import after
from tests.cast import AMARA, DMITRI, ESI, FARID, GORO, START, Hall
from tests.refusing import refused
from tests.voting import PLAIN, REGISTER, Voting, slate, so_many

NOTHING = "0" * 26
HALF = Quorum(den=1, kind="percent", num=50)


def under(hall: Hall, parent: BodyId, kind: BodyKind = "branch") -> BodyId:
    body = CreateBody(happened_at="", kind=kind, level=1, parent=parent)
    return BodyId(hall.jointly(body))


def by_committee(**clauses: int) -> Voting:
    return Voting(rule_book=small_preset() | {"decisions.openers": "committee", **clauses})


def test_an_elector_opens_a_vote(hall: Voting) -> None:
    vote = hall.vote(hall.open(ESI, hall.plain_vote(reference="2026-1")))
    assert (vote.number, vote.opened, vote.opener) == (1, hall.now, ESI.id)
    assert list(vote.electors.numbers) == [0, 1, 2, 3, 4, 5]
    assert vote.entitled == 6


def test_the_electorate_is_frozen_at_the_opening(hall: Voting, vote: VoteId) -> None:
    hall.jointly(ChangeStanding(happened_at="", member=FARID.id, standing="suspended"))
    assert hall.vote(vote).entitled == 6


def test_a_branchs_vote_is_its_members(hall: Voting) -> None:
    with refused("electorate-empty"):
        hall.open(ESI, hall.plain_vote(body=under(hall, hall.root)))


def test_a_vote_needs_a_body_that_exists(hall: Voting) -> None:
    with refused("body-unknown"):
        hall.open(ESI, hall.plain_vote(body=BodyId(NOTHING)))


def test_a_vote_may_be_about_a_question_that_exists(hall: Voting) -> None:
    question = hall.ask_question(ESI)
    assert hall.vote(hall.open(ESI, hall.plain_vote(question=question))).question == question
    with refused("question-unknown"):
        hall.open(ESI, hall.plain_vote(question=NOTHING))


def test_a_reference_is_one_votes(hall: Voting) -> None:
    hall.open(ESI, hall.plain_vote(reference="2026-1"))
    with refused("reference-taken"):
        hall.open(ESI, hall.plain_vote(reference="2026-1"))
    hall.open(ESI, hall.plain_vote(reference="2026-2"))


@pytest.mark.parametrize("closes", [START, "2027-02-29T00:00:00Z", "next Sunday at seven"])
def test_a_vote_closes_at_a_later_moment(hall: Voting, closes: str) -> None:
    with refused("closes-later"):
        hall.open(ESI, hall.plain_vote(closes=Moment(closes)))


def test_an_option_is_a_proposals_current_version(hall: Voting) -> None:
    proposal = hall.publish(DMITRI, hall.ask_question(ESI))
    option = replace(PLAIN, proposal=proposal, version=1)
    hall.open(ESI, hall.plain_vote(options=(option, PLAIN)))
    hall.revise(DMITRI, proposal, 2)
    with refused("version-current"):
        hall.open(ESI, hall.plain_vote(options=(option, PLAIN)))


def test_an_option_without_a_proposal_has_no_version(hall: Voting) -> None:
    with refused("version-current"):
        hall.open(ESI, hall.plain_vote(options=(replace(PLAIN, version=1), PLAIN)))


def test_a_withdrawn_or_unknown_proposal_is_no_option(hall: Voting) -> None:
    proposal = hall.publish(DMITRI, hall.ask_question(ESI))
    hall.take_back(DMITRI, proposal)
    for name, rule in ((proposal, "proposal-withdrawn"), (NOTHING, "proposal-unknown")):
        option = replace(PLAIN, proposal=name, version=1)
        with refused(rule):
            hall.open(ESI, hall.plain_vote(options=(option, PLAIN)))


def test_a_living_vote_names_its_electors(hall: Voting) -> None:
    with refused("electorate-count-imported"):
        hall.open(ESI, hall.plain_vote(electorate=so_many(6)))


def test_members_are_counted_not_stated(hall: Voting) -> None:
    with refused("electorate-stated"):
        hall.open(ESI, hall.plain_vote(electorate=replace(ALL_MEMBERS, count=6)))


@pytest.mark.parametrize(
    "quorum",
    [
        Quorum(den=1, kind="none", num=1),
        Quorum(den=2, kind="none", num=0),
        Quorum(den=1, kind="percent", num=0),
        Quorum(den=1, kind="percent", num=101),
    ],
)
def test_a_quorum_has_terms_that_make_sense(hall: Voting, quorum: Quorum) -> None:
    with refused("quorum-terms"):
        hall.open(ESI, hall.plain_vote(quorum=quorum))


@pytest.mark.parametrize(
    "different",
    [
        {"options": (replace(PLAIN, majority=(6, 2)), PLAIN)},
        {"options": (replace(PLAIN, majority=(1, 2)), PLAIN)},
        {"options": (PLAIN, replace(PLAIN, majority=(3, 1)))},
        {"quorum": Quorum(den=4, kind="root", num=6)},
        {"quorum": Quorum(den=1, kind="root", num=0)},
    ],
)
def test_what_couldnt_be_counted_isnt_voted_on(hall: Voting, different: dict[str, object]) -> None:
    with refused("count-impossible"):
        hall.open(ESI, hall.plain_vote(**different))


def test_a_majority_of_three_to_one_can_be_counted(hall: Voting) -> None:
    options = (replace(PLAIN, majority=(3, 1)), PLAIN)
    root = Quorum(den=2, kind="root", num=3)
    vote = hall.vote(hall.open(ESI, hall.plain_vote(options=options, quorum=root)))
    rule = rule_of(vote)
    assert isinstance(rule, DebianA6)
    assert rule.majorities == (Ratio(3, 1), Ratio(1, 1))


def test_only_re_seating_names_members(hall: Voting) -> None:
    with refused("slate-misplaced"):
        hall.open(ESI, hall.plain_vote(options=(slate(DMITRI, ESI), PLAIN)))


def test_where_the_committee_opens_votes_others_dont() -> None:
    hall = by_committee()
    hall.open(AMARA, hall.plain_vote())
    with refused("opener"):
        hall.open(ESI, hall.plain_vote())


def test_who_sits_in_a_containing_body_opens_votes_of_its_parts() -> None:
    hall = by_committee()
    branch = under(hall, hall.root)
    inner = under(hall, branch, "workplace")
    hall.admit(GORO, body=inner)
    hall.open(AMARA, hall.plain_vote(body=inner))
    with refused("opener"):
        hall.open(GORO, hall.plain_vote(body=inner))


def test_where_members_open_votes_they_open_their_own(hall: Voting) -> None:
    branch = under(hall, hall.root)
    hall.admit(GORO, body=branch)
    hall.open(GORO, hall.plain_vote(body=branch))
    with refused("opener"):
        hall.open(ESI, hall.plain_vote(body=branch))


def test_a_vote_is_open_as_long_as_the_rule_book_says(hall: Voting) -> None:
    hall.open(ESI, hall.plain_vote(closes=after(hall.now, days=1)))
    with refused("vote-too-short"):
        hall.open(ESI, hall.plain_vote(closes=after(hall.now, hours=23)))


@pytest.mark.parametrize(
    ("quorum", "enough"),
    [
        (Quorum(den=1, kind="none", num=0), False),
        (Quorum(den=1, kind="percent", num=33), False),
        (HALF, True),
        (Quorum(den=1, kind="root", num=1), True),
        (Quorum(den=2, kind="root", num=1), False),
    ],
)
def test_a_quorum_isnt_below_the_rule_books(quorum: Quorum, *, enough: bool) -> None:
    hall = Voting(rule_book=small_preset() | {"decisions.quorum_percent": 50})
    opening = hall.plain_vote(quorum=quorum)
    if enough:
        hall.open(ESI, opening)
        return
    with refused("quorum-too-low"):
        hall.open(ESI, opening)


def test_an_imported_vote_is_judged_by_its_own_time_and_rules() -> None:
    hall = Voting(source=REGISTER, rule_book={"decisions.quorum_percent": 50})
    opening = hall.plain_vote(
        closes=Moment("2005-01-01T00:00:01Z"),
        electorate=so_many(965),
        happened_at="2005-01-01T00:00:00Z",
    )
    vote = hall.vote(VoteId(hall.bring(AMARA, opening)))
    assert (vote.opened, vote.entitled) == ("2005-01-01T00:00:00Z", 965)


def test_an_imported_vote_of_so_many_says_how_many() -> None:
    hall = Voting(source=REGISTER)
    nobody = so_many(0)
    with refused("electorate-stated"):
        hall.bring(AMARA, hall.plain_vote(electorate=nobody, happened_at="2005-01-01T00:00:00Z"))


def test_an_imported_vote_may_have_members_as_electors() -> None:
    hall = Voting(source=REGISTER)
    opening = hall.plain_vote(electorate=ALL_MEMBERS, happened_at="2005-01-01T00:00:00Z")
    assert hall.vote(VoteId(hall.bring(AMARA, opening))).entitled == 3
