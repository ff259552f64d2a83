"""Voting for another: off unless the rule book allows it, and never in an election."""

from contextlib import nullcontext

import pytest
from msgspec.structs import replace

from collegium.ids import VoteId
from collegium.parts.decisions.acts import CastByProxy, GiveProxy, Manner
from collegium.parts.organisation.acts import AmendRuleBook, ChangeStanding
from collegium.parts.organisation.clauses import small_preset
from tests.cast import AMARA, BO, CHIARA, DMITRI, ESI, FARID, GORO, Person
from tests.refusing import refused
from tests.voting import Voting, by_method, candidates, slate


@pytest.fixture
def hall() -> Voting:
    """A member votes for at most two others."""
    return Voting(rule_book=small_preset() | {"decisions.most_proxies": 2})


def give(hall: Voting, giver: Person, vote: VoteId, to: Person) -> None:
    hall.do(giver, GiveProxy(happened_at="", member=to.id, vote=vote))


def cast_for(hall: Voting, holder: Person, vote: VoteId, giver: Person, marks: str = "12") -> None:
    hall.do(holder, CastByProxy(happened_at="", marks=marks, member=giver.id, vote=vote))


def test_an_elector_votes_for_another(hall: Voting, vote: VoteId) -> None:
    give(hall, ESI, vote, FARID)
    cast_for(hall, FARID, vote, ESI)
    hall.cast(FARID, vote, "21")
    assert hall.vote(vote).ballots == {4: "12", 5: "21"}


def test_ones_own_ballot_replaces_the_proxys(hall: Voting, vote: VoteId) -> None:
    give(hall, ESI, vote, FARID)
    cast_for(hall, FARID, vote, ESI)
    hall.cast(ESI, vote, "21")
    with refused("voted-already"):
        cast_for(hall, FARID, vote, ESI)
    assert hall.vote(vote).ballots == {4: "21"}


def test_a_proxy_may_vote_anew(hall: Voting, vote: VoteId) -> None:
    give(hall, ESI, vote, FARID)
    cast_for(hall, FARID, vote, ESI, "12")
    cast_for(hall, FARID, vote, ESI, "21")
    assert hall.vote(vote).ballots == {4: "21"}


def test_a_proxy_that_is_taken_back_takes_its_ballot_along(hall: Voting, vote: VoteId) -> None:
    give(hall, ESI, vote, FARID)
    cast_for(hall, FARID, vote, ESI)
    give(hall, ESI, vote, ESI)
    assert hall.vote(vote).ballots == {}
    with refused("no-proxy"):
        cast_for(hall, FARID, vote, ESI)


def test_a_proxy_given_to_another_leaves_the_first(hall: Voting, vote: VoteId) -> None:
    give(hall, ESI, vote, FARID)
    give(hall, ESI, vote, DMITRI)
    with refused("no-proxy"):
        cast_for(hall, FARID, vote, ESI)
    cast_for(hall, DMITRI, vote, ESI)


@pytest.mark.parametrize(("before", "later", "rule"), [(2, 0, ""), (0, 2, "proxies-off")])
def test_no_change_of_the_rule_book_reaches_a_vote_that_is_open(
    before: int, later: int, rule: str
) -> None:
    hall = Voting(rule_book=small_preset() | {"decisions.most_proxies": before})
    vote = hall.open(ESI, hall.plain_vote())
    hall.jointly(AmendRuleBook(changes={"decisions.most_proxies": later}, happened_at=""))
    with refused(rule) if rule else nullcontext():
        give(hall, ESI, vote, FARID)
    assert bool(hall.vote(vote).proxies) == bool(before)


def test_who_votes_for_whom_is_known_both_ways(hall: Voting, vote: VoteId) -> None:
    steps = ((ESI, FARID), (DMITRI, FARID), (ESI, DMITRI), (ESI, DMITRI), (DMITRI, DMITRI))
    found = hall.vote(vote)
    for giver, holder in steps:
        give(hall, giver, vote, holder)
        pairs = {(one, held) for held, many in found.holders.items() for one in many}
        assert pairs == set(found.proxies.items())
    assert {held: list(many) for held, many in found.holders.items()} == {3: [4]}


def test_a_proxy_isnt_handed_on(hall: Voting, vote: VoteId) -> None:
    give(hall, ESI, vote, FARID)
    give(hall, FARID, vote, DMITRI)
    with refused("no-proxy"):
        cast_for(hall, DMITRI, vote, ESI)


def test_a_member_votes_for_no_more_than_the_rule_book_says(hall: Voting, vote: VoteId) -> None:
    give(hall, AMARA, vote, FARID)
    give(hall, BO, vote, FARID)
    give(hall, BO, vote, FARID)
    with refused("proxies-many"):
        give(hall, CHIARA, vote, FARID)


def test_proxies_are_off_unless_the_rule_book_allows_them() -> None:
    hall = Voting()
    vote = hall.open(ESI, hall.plain_vote())
    with refused("proxies-off"):
        give(hall, ESI, vote, FARID)
    with refused("proxies-off"):
        cast_for(hall, FARID, vote, ESI)


def test_a_proxy_is_given_from_elector_to_elector(hall: Voting, vote: VoteId) -> None:
    hall.admit(GORO)
    with refused("not-in-electorate"):
        give(hall, GORO, vote, FARID)
    for stranger in (GORO, Person("Nobody")):
        with refused("proxy-elector"):
            give(hall, ESI, vote, stranger)


def test_who_has_voted_gives_no_proxy(hall: Voting, vote: VoteId) -> None:
    hall.cast(ESI, vote, "12")
    with refused("voted-already"):
        give(hall, ESI, vote, FARID)


def test_nobody_votes_for_whom_they_hold_no_proxy(hall: Voting, vote: VoteId) -> None:
    for giver in (ESI, Person("Nobody")):
        with refused("no-proxy"):
            cast_for(hall, FARID, vote, giver)


def test_nobody_votes_for_a_member_whose_rights_rest(hall: Voting, vote: VoteId) -> None:
    give(hall, ESI, vote, FARID)
    hall.jointly(ChangeStanding(happened_at="", member=ESI.id, standing="suspended"))
    with refused("not-in-standing"):
        cast_for(hall, FARID, vote, ESI)


def test_a_proxys_ballot_is_readable_and_in_time(hall: Voting, vote: VoteId) -> None:
    give(hall, ESI, vote, FARID)
    with refused("ballot-unreadable"):
        cast_for(hall, FARID, vote, ESI, "123")
    hall.now = hall.vote(vote).closes
    with refused("vote-closed"):
        cast_for(hall, FARID, vote, ESI)
    with refused("vote-closed"):
        give(hall, ESI, vote, FARID)


def test_proxies_and_paper_dont_exceed_the_electorate(hall: Voting, vote: VoteId) -> None:
    give(hall, ESI, vote, FARID)
    hall.jointly(hall.paper(vote, r12=6))
    with refused("electorate-exceeded"):
        cast_for(hall, FARID, vote, ESI)


def test_nobody_elects_by_proxy(hall: Voting) -> None:
    opening = hall.plain_vote(
        counting=by_method("irv/1"), default=0, options=candidates(DMITRI, ESI), secret=True
    )
    vote = hall.open(AMARA, replace(opening, purpose="election"))
    with refused("proxy-election"):
        give(hall, ESI, vote, FARID)


def test_nobody_re_seats_a_body_by_proxy() -> None:
    hall = Voting(rule_book=small_preset() | {"decisions.most_proxies": 2}, keyed=True)
    hall.later(days=365)
    vote = hall.open(FARID, hall.reseating(slate(DMITRI, ESI)))
    with refused("proxy-election"):
        give(hall, ESI, vote, FARID)


def test_there_is_no_proxy_where_no_ballots_are_cast(hall: Voting) -> None:
    hands = Manner(cards=(), kind="hands", tellers=(BO.id, CHIARA.id))
    for different in ({"secret": True}, {"manner": hands}):
        vote = hall.open(AMARA, hall.plain_vote(**different))
        with refused("manner-differs"):
            give(hall, ESI, vote, FARID)
