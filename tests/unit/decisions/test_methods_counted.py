"""Votes by many methods: what is declared is what `collegium.counting` counts by itself."""

from typing import Any, Literal

import pytest
from msgspec.structs import replace

from collegium.counting import Approval, Approvals, Grades, Majority, Profile, Schulze, Ties, count
from collegium.counting.equal_shares import EqualShares
from collegium.counting.irv import irv
from collegium.counting.majority_judgment import MajorityJudgment
from collegium.counting.meek import reference_meek
from collegium.counting.phragmen import SequentialPhragmen
from collegium.counting.score import Score
from collegium.counting.stv import scottish_stv
from collegium.counting.ties import ONLY_LOT
from collegium.parts.decisions.acts import Counting, Manner
from tests.cast import AMARA, BO, CHIARA, DMITRI, ESI, FARID, Person
from tests.voting import MAJORITY, PLAIN, Voting, by_method

CROWD = tuple(Person(f"Member {number}") for number in range(6))
VOTERS = (AMARA, BO, CHIARA, DMITRI, ESI, FARID, *CROWD)
RANKED = ("1234", "1234", "13-2", "2143", "2134", "4312", "3214", "--1-", "4321", "1---")
APPROVED = ("x---", "xx--", "xx--", "-xx-", "--xx", "--x-", "---x", "x--x", "----", "xxxx")
GRADED = ("4320", "4-10", "2240", "0044", "13-2", "----", "4444", "0123", "3210", "2304")


def ranked(texts: tuple[str, ...]) -> Profile:
    return Profile.of(4, texts)


def approved(texts: tuple[str, ...]) -> Approvals:
    weights: dict[tuple[int, ...], int] = {}
    for text in texts:
        ballot = tuple(place for place, mark in enumerate(text, 1) if mark == "x")
        weights[ballot] = weights.get(ballot, 0) + 1
    return Approvals(4, weights)


def graded(texts: tuple[str, ...]) -> Grades:
    given = [tuple(-1 if mark == "-" else int(mark) for mark in text) for text in texts]
    return Grades(4, 5, {ballot: given.count(ballot) for ballot in given})


def majority(base: Literal["votes", "ballots", "entitled"], members: int = 0) -> Majority:
    return Majority(base=base, exactly=False, members=members, options=4, share=(1, 2))


@pytest.fixture(scope="module")
def hall() -> Voting:
    hall = Voting()
    hall.admit(*CROWD)
    return hall


def held(hall: Voting, counting: Counting, texts: tuple[str, ...], **different: object) -> Any:
    """A vote of everybody on four options, held to its end with these ballots."""
    opening = hall.plain_vote(counting=counting, default=4, options=(PLAIN,) * 4, **different)
    vote = hall.open(ESI, opening)
    for person, marks in zip(VOTERS, texts, strict=False):
        hall.cast(person, vote, marks)
    hall.finish(ESI, vote)
    return hall.vote(vote)


@pytest.mark.parametrize(
    ("counting", "rule", "texts", "profile"),
    [
        (by_method("scottish-stv/1", seats=2), scottish_stv(4, 2), RANKED, ranked),
        (by_method("meek/1", seats=2), reference_meek(4, 2), RANKED, ranked),
        (by_method("irv/1"), irv(4), RANKED, ranked),
        (by_method("schulze/1"), Schulze(options=4, strength="winning-votes"), RANKED, ranked),
        (
            by_method("approval/1", seats=2),
            Approval(options=4, seats=2, ties=ONLY_LOT),
            APPROVED,
            approved,
        ),
        (
            by_method("sequential-phragmen/1", seats=2),
            SequentialPhragmen(options=4, seats=2, ties=ONLY_LOT),
            APPROVED,
            approved,
        ),
        (
            by_method("equal-shares/1", seats=2),
            EqualShares(completion="phragmen", options=4, seats=2, ties=ONLY_LOT),
            APPROVED,
            approved,
        ),
        (
            by_method("majority-judgment/1", levels=5),
            MajorityJudgment(levels=5, middle="lower", options=4, seats=1, ties=ONLY_LOT),
            GRADED,
            graded,
        ),
        (
            by_method("score/1", levels=5),
            Score(by="sum", levels=5, options=4, seats=1, ties=ONLY_LOT),
            GRADED,
            graded,
        ),
        (MAJORITY, majority("votes"), RANKED, ranked),
        (replace(MAJORITY, base="ballots"), majority("ballots"), RANKED, ranked),
        (replace(MAJORITY, base="entitled"), majority("entitled", 12), RANKED, ranked),
    ],
    ids=lambda value: getattr(value, "method", ""),
)
def test_a_vote_comes_to_what_the_count_alone_does(
    hall: Voting, counting: Counting, rule: Any, texts: tuple[str, ...], profile: Any
) -> None:
    found = held(hall, counting, texts)
    ballots = profile(texts)
    ties = (Ties(seed=found.seed),) if hasattr(rule, "ties") else ()
    direct = count(ballots, rule, *ties)
    assert found.outcome == direct.canonical().decode()
    assert found.winners == (direct.winners or (4,))
    assert found.counted == len(texts)


def test_a_majority_of_those_present_is_of_the_hands_and_the_abstentions(hall: Voting) -> None:
    manner = Manner(cards=(), kind="hands", tellers=(AMARA.id, BO.id))
    opening = hall.plain_vote(counting=replace(MAJORITY, base="present"), manner=manner)
    vote = hall.open(AMARA, opening)
    for teller in (AMARA, BO):
        hall.raise_hands(teller, vote, 9, r12=4, r21=3)
    hall.finish(ESI, vote)
    rule = Majority(base="present", exactly=False, members=9, options=2, share=(1, 2))
    direct = count(Profile(2, {"12": 4, "21": 3}), rule)
    assert hall.vote(vote).outcome == direct.canonical().decode()
    assert (direct.winners, hall.vote(vote).winners) == ((), (2,))
