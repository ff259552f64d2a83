"""Eighty elections of committees: every one of all that tie, as abcvoting publishes them."""

from collections.abc import Callable

import pytest

from collegium.counting import (
    ONLY_LOT,
    Approval,
    EqualShares,
    Pav,
    SequentialPav,
    SequentialPhragmen,
    Ties,
    count,
    tied_outcomes,
)
from collegium.counting.approvals import ApprovalRule
from collegium.counting.files import ApprovalFile, read_abcvoting
from tests.published import files_in, text_of

INSTANCES = files_in("abcvoting", ".abc.yaml")


def equal_shares(options: int, seats: int, completion: str) -> EqualShares:
    assert completion in ("phragmen", "approvals")
    by_phragmen = completion == "phragmen"
    return EqualShares(
        completion="phragmen" if by_phragmen else "approvals",
        options=options,
        seats=seats,
        ties=ONLY_LOT,
    )


RULES: dict[str, Callable[[int, int], ApprovalRule]] = {
    "av": lambda n, k: Approval(options=n, seats=k, ties=ONLY_LOT),
    "seqpav": lambda n, k: SequentialPav(options=n, seats=k, ties=ONLY_LOT),
    "seqphragmen": lambda n, k: SequentialPhragmen(options=n, seats=k, ties=ONLY_LOT),
    "equal-shares": lambda n, k: equal_shares(n, k, "phragmen"),
    "equal-shares-with-av-completion": lambda n, k: equal_shares(n, k, "approvals"),
}


def file_of(instance: str) -> ApprovalFile:
    return read_abcvoting(text_of(f"abcvoting/{instance}.abc.yaml"), instance)


def published(file: ApprovalFile, rule: str, *, one: bool) -> set[tuple[int, ...]]:
    found = [each for each in file.published if each.rule == rule and each.one == one]
    return {committee for each in found for committee in each.committees}


def test_all_eighty_elections_are_here() -> None:
    assert len(INSTANCES) == 80


@pytest.mark.parametrize("rule", RULES)
def test_every_tied_committee_is_found_and_no_other(rule: str) -> None:
    judged = 0
    for instance in INSTANCES:
        file = file_of(instance)
        document = RULES[rule](file.profile.options, file.seats)
        expected = published(file, rule, one=False)
        if expected:
            judged += 1
            assert tied_outcomes(file.profile, document, 20_000) == expected, instance
    assert judged == 80


@pytest.mark.parametrize("rule", RULES)
def test_the_one_that_the_lot_chooses_is_among_them(rule: str) -> None:
    for instance in INSTANCES:
        file = file_of(instance)
        document = RULES[rule](file.profile.options, file.seats)
        chosen = count(file.profile, document, Ties(seed="any")).winners
        assert chosen in published(file, rule, one=True), instance


def test_every_committee_with_the_best_pav_score_is_found_and_no_other() -> None:
    for instance in INSTANCES:
        file = file_of(instance)
        rule = Pav(
            most_steps=100_000, options=file.profile.options, seats=file.seats, ties=ONLY_LOT
        )
        outcome = count(file.profile, rule, Ties(seed="any"))
        found = set(getattr(outcome, "committees", ()))
        assert found == published(file, "pav", one=False), instance
