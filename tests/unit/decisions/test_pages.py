"""What pages say of votes, before and after."""

import pytest
from msgspec.structs import replace

from collegium.counting import DebianA6, Profile, Ratio, count
from collegium.ids import VoteId
from collegium.parts.decisions.acts import Commission, Quorum
from collegium.parts.decisions.pages import vote_page, votes_page
from collegium.parts.decisions.shown import counted
from collegium.parts.decisions.waiting import waiting
from collegium.parts.organisation.acts import ChangeStanding
from collegium.parts.organisation.shown import Absent, Visit
from collegium.record.moments import after
from tests.cast import AMARA, BO, CHIARA, DMITRI, ESI, FARID, GORO, Person
from tests.refusing import refused
from tests.voting import PLAIN, Voting


def visit(hall: Voting, person: Person | None) -> Visit:
    return Visit(person.id if person else None, hall.now)


def test_an_open_vote_stands_on_top_with_how_one_stands_to_it(hall: Voting, vote: VoteId) -> None:
    hall.cast(ESI, vote, "12")
    stands = {
        person: votes_page(hall.house, visit(hall, person)).open[0].yours
        for person in (ESI, FARID, None)
    }
    assert stands == {ESI: "voted", FARID: "may-vote", None: "nobody"}
    (row,) = votes_page(hall.house, visit(hall, ESI)).open
    assert (row.state, row.received, row.entitled) == ("open", 1, 6)


def test_who_joined_later_or_is_suspended_is_no_elector(hall: Voting, vote: VoteId) -> None:
    hall.admit(GORO)
    hall.jointly(ChangeStanding(happened_at="", member=FARID.id, standing="suspended"))
    for person in (GORO, FARID):
        assert vote_page(hall.house, visit(hall, person), 1).row.yours == "not-elector"
    assert vote_page(hall.house, visit(hall, ESI), 1).row.name == vote


def test_a_vote_waits_until_one_has_voted_or_it_is_over(hall: Voting, vote: VoteId) -> None:
    (one,) = waiting(hall.house, visit(hall, FARID))
    assert (one.what, one.number, one.until) == ("vote", 1, hall.vote(vote).closes)
    hall.cast(ESI, vote, "12")
    assert waiting(hall.house, visit(hall, ESI)) == ()
    hall.now = hall.vote(vote).closes
    assert waiting(hall.house, visit(hall, FARID)) == ()


def test_while_it_is_open_the_page_says_who_voted_and_only_to_oneself_how(
    hall: Voting, vote: VoteId
) -> None:
    hall.cast(ESI, vote, "21")
    mine = vote_page(hall.house, visit(hall, ESI), 1)
    others = vote_page(hall.house, visit(hall, BO), 1)
    assert (mine.yours, others.yours) == ("21", "")
    assert len(others.voters) == 1
    assert others.counted is None


def test_a_vote_goes_through_four_states(hall: Voting, vote: VoteId) -> None:
    states = [vote_page(hall.house, visit(hall, ESI), 1).row.state]
    hall.now = hall.vote(vote).closes
    states.append(vote_page(hall.house, visit(hall, ESI), 1).row.state)
    hall.close(ESI, vote)
    states.append(vote_page(hall.house, visit(hall, ESI), 1).row.state)
    hall.do(ESI, hall.counted(vote))
    states.append(vote_page(hall.house, visit(hall, ESI), 1).row.state)
    assert states == ["open", "over", "closed", "declared"]


def test_the_page_says_until_when_paper_is_counted_in(hall: Voting) -> None:
    vote = hall.open(AMARA, hall.plain_vote(secret=True))
    closes = hall.vote(vote).closes
    said = {}
    for at in (hall.now, closes, after(closes, days=1)):
        hall.now = at
        said[at] = vote_page(hall.house, visit(hall, ESI), 1).paper_until
    assert list(said.values()) == ["", after(closes, days=1), ""]


def test_a_vote_may_be_open_to_the_end_of_the_calendar(hall: Voting) -> None:
    vote = hall.open(AMARA, hall.plain_vote(closes="9999-12-31T23:59:59Z", secret=True))
    assert vote_page(hall.house, visit(hall, ESI), 1).paper_until == ""
    with refused("vote-open"):
        hall.close(ESI, vote)


def test_the_page_says_when_the_commission_has_had_its_time(hall: Voting) -> None:
    commission = Commission(members=(AMARA.id, BO.id, CHIARA.id), needed=2)
    vote = hall.open(AMARA, hall.plain_vote(commission=commission))
    until = after(hall.vote(vote).closes, days=7)
    found = vote_page(hall.house, visit(hall, AMARA), 1).certifying
    assert found
    assert (found.until, found.over) == ("", False)
    hall.run_out(vote)
    for days, over in ((6, False), (1, True)):
        hall.later(days=days)
        found = vote_page(hall.house, visit(hall, AMARA), 1).certifying
        assert found
        assert (found.until, found.over, found.yours) == (until, over, True)


def test_too_few_ballots_leave_the_default_option(hall: Voting) -> None:
    opening = hall.plain_vote(quorum=Quorum(den=1, kind="percent", num=50))
    vote = hall.open(ESI, opening)
    hall.cast(ESI, vote, "12")
    hall.finish(ESI, vote)
    page = vote_page(hall.house, visit(hall, ESI), 1)
    assert page.fewest == 3
    assert page.counted is not None
    assert (page.counted.enough, page.counted.winners) == (False, (2,))


def test_options_lead_to_the_version_that_was_voted_on(hall: Voting) -> None:
    question = hall.ask_question(ESI)
    proposal = hall.publish(ESI, question)
    option = replace(PLAIN, proposal=proposal, version=1)
    hall.open(ESI, hall.plain_vote(question=question, options=(option, PLAIN)))
    hall.revise(ESI, proposal, 2)
    first, second = vote_page(hall.house, visit(hall, ESI), 1).options
    assert (first.proposal, first.version, first.newer, first.default) == (1, 1, True, False)
    assert (second.proposal, second.default) == (0, True)


def test_the_list_is_paged_from_the_newest(hall: Voting) -> None:
    for _ in range(31):
        vote = hall.open(AMARA, hall.plain_vote())
        hall.cast(DMITRI, vote, "12")
        hall.finish(AMARA, vote)
    page = votes_page(hall.house, visit(hall, ESI))
    assert [row.number for row in page.decided] == list(range(31, 1, -1))
    following = votes_page(hall.house, visit(hall, ESI), page.before or 0)
    assert [row.number for row in following.decided] == [1]
    assert following.before is None


def test_there_is_no_vote_zero(hall: Voting, vote: VoteId) -> None:
    assert vote
    for number in (0, 2):
        with pytest.raises(Absent):
            vote_page(hall.house, visit(hall, ESI), number)


def test_the_way_of_the_count_names_what_was_dropped_and_why(hall: Voting, vote: VoteId) -> None:
    rule = DebianA6(
        options=3,
        default=3,
        majorities=(Ratio(1, 1), Ratio(3, 1), Ratio(1, 1)),
        quorum=None,
    )
    found = hall.vote(vote)
    special = replace(PLAIN, majority=(3, 1))
    found = type(found)(
        **{name: getattr(found, name) for name in found.__struct_fields__}
        | {"options": (PLAIN, special, PLAIN), "default": 3}
    )
    shown = counted(found, count(Profile(3, {"213": 5, "132": 4}), rule))
    assert [figures.fate for figures in shown.figures] == ["won", "majority", "lost"]
    assert shown.compared == (1, 3)
    assert shown.outright
    assert [cell.standing for cell in shown.pairs[0].cells] == ["itself", "loses", "beats"]
