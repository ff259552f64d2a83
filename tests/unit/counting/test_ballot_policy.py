"""How marks on ballots are read, and what is counted of what was set aside."""

import pytest

from collegium.counting import BallotPolicy, read_marks
from collegium.counting.marks import Marks
from collegium.counting.policy import Cause

A, B, C, NONE = (1,), (2,), (3,), ()


def text_of(marks: Marks, policy: BallotPolicy) -> str:
    return next(iter(read_marks(3, {marks: 1}, policy).profile.weights))


@pytest.mark.parametrize(
    ("marks", "policy", "text"),
    [
        ((A, (2, 3)), BallotPolicy(), "122"),
        ((A, (2, 3), B), BallotPolicy(overvotes="skip"), "12-"),
        ((A, (2, 3), B), BallotPolicy(overvotes="stop"), "1--"),
        ((A, NONE, B), BallotPolicy(), "12-"),
        ((A, NONE, B), BallotPolicy(most_skips=0), "1--"),
        ((A, NONE, NONE, B), BallotPolicy(most_skips=1), "1--"),
        ((A, NONE, B, NONE, C), BallotPolicy(most_skips=1), "123"),
        ((A, A, B), BallotPolicy(), "12-"),
        ((A, A, B), BallotPolicy(duplicates="stop"), "1--"),
        ((A, B, C), BallotPolicy(most_ranks=2), "12-"),
        ((A, NONE), BallotPolicy(most_skips=0), "1--"),
        ((A,), BallotPolicy(unmarked="no-opinion"), "1??"),
        ((A, (2, 3)), BallotPolicy(overvotes="stop", unmarked="no-opinion"), "1??"),
    ],
)
def test_marks_are_read_by_the_policy(marks: Marks, policy: BallotPolicy, text: str) -> None:
    assert text_of(marks, policy) == text


@pytest.mark.parametrize(
    ("marks", "policy", "cause"),
    [
        (((1, 2),), BallotPolicy(), "overvote"),
        ((NONE, A), BallotPolicy(), "skipped"),
        ((A, A), BallotPolicy(), "duplicate"),
        ((A, B), BallotPolicy(most_ranks=1), "too-many"),
        ((NONE,), BallotPolicy(), "blank"),
        ((A, B), BallotPolicy(withdrawn=(2,)), "withdrawn"),
        ((A, B), BallotPolicy(unmarked="no-opinion"), "no-opinion"),
    ],
)
def test_what_is_not_read_as_marked_is_counted_by_its_cause(
    marks: Marks, policy: BallotPolicy, cause: Cause
) -> None:
    assert read_marks(3, {marks: 7}, policy).causes == {cause: 7}


def test_a_withdrawn_option_is_as_if_it_had_never_stood() -> None:
    read = read_marks(3, {(B, A, C): 2, (A, (2, 3)): 1}, BallotPolicy(withdrawn=(2,)))
    assert read.standing == (1, 3)
    assert dict(read.profile.weights) == {"12": 3}


def test_an_overvote_with_a_withdrawn_option_is_no_overvote() -> None:
    policy = BallotPolicy(overvotes="stop", withdrawn=(2,))
    assert text_of(((1, 2), C), policy) == "12"


def test_too_few_ranks_make_a_ballot_invalid() -> None:
    read = read_marks(3, {(A,): 3, (A, B): 2}, BallotPolicy(fewest=2))
    assert (read.invalid, read.causes, read.profile.ballots) == (3, {"too-few": 3}, 2)


def test_a_blank_ballot_is_counted_as_cast() -> None:
    read = read_marks(2, {(): 4, (A,): 1})
    assert (read.profile.ballots, read.causes) == (5, {"blank": 4})


def test_a_mark_for_a_stranger_is_refused() -> None:
    with pytest.raises(ValueError, match="expected options 1 to 2, not 3"):
        read_marks(2, {(C,): 1})


def test_nobody_withdraws_who_does_not_stand() -> None:
    with pytest.raises(ValueError, match=r"expected withdrawn options of 1 to 2, not \(3,\)"):
        read_marks(2, {(A,): 1}, BallotPolicy(withdrawn=(3,)))


def test_a_second_mark_for_a_withdrawn_option_is_no_duplicate() -> None:
    read = read_marks(3, {(B, B, A): 2}, BallotPolicy(duplicates="stop", withdrawn=(2,)))
    assert (dict(read.profile.weights), read.causes) == ({"1-": 2}, {"withdrawn": 2})


def test_the_rank_of_a_withdrawn_option_is_no_skip() -> None:
    assert text_of((B, A), BallotPolicy(most_skips=0, withdrawn=(2,))) == "1-"
