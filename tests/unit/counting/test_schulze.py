"""Examples of M. Schulze, Social Choice and Welfare 36 (2011), section 3."""

import pytest

from collegium.counting import Profile, Schulze, SchulzeOutcome, count, pairwise_matrix
from collegium.counting.schwartz import sequential_dropping

EXAMPLE_1 = {
    "ACBED": 5,
    "ADECB": 5,
    "BEDAC": 8,
    "CABED": 3,
    "CAEBD": 7,
    "CBADE": 2,
    "DCEBA": 7,
    "EBADC": 8,
}
EXAMPLE_2 = {
    "ACBD": 5,
    "ACDB": 2,
    "ADCB": 3,
    "BACD": 4,
    "CBDA": 3,
    "CDBA": 3,
    "DACB": 1,
    "DBAC": 5,
    "DCBA": 4,
}


def profile(orders: dict[str, int]) -> Profile:
    """The ballots of a table that lists the candidates from first to last."""
    letters = sorted(next(iter(orders)))
    return Profile(
        len(letters),
        {
            "".join(str(order.index(letter) + 1) for letter in letters): weight
            for order, weight in orders.items()
        },
    )


def outcome_of(orders: dict[str, int]) -> SchulzeOutcome:
    ballots = profile(orders)
    return count(ballots, Schulze(options=ballots.options, strength="winning-votes"))


def letters(ranking: tuple[tuple[int, ...], ...]) -> list[str]:
    return ["".join("ABCDE"[number - 1] for number in place) for place in ranking]


def test_example_1_has_the_published_matrix() -> None:
    assert outcome_of(EXAMPLE_1).matrix == (
        (0, 20, 26, 30, 22),
        (25, 0, 16, 33, 18),
        (19, 29, 0, 17, 24),
        (15, 12, 28, 0, 14),
        (23, 27, 21, 31, 0),
    )


def test_example_1_has_the_published_strongest_paths() -> None:
    votes = [[votes for votes, _ in row] for row in outcome_of(EXAMPLE_1).paths]
    assert votes == [
        [0, 28, 28, 30, 24],
        [25, 0, 28, 33, 24],
        [25, 29, 0, 29, 24],
        [25, 28, 28, 0, 24],
        [25, 28, 28, 31, 0],
    ]


def test_example_1_is_won_by_e_before_a_c_b_d() -> None:
    assert letters(outcome_of(EXAMPLE_1).ranking) == ["E", "A", "C", "B", "D"]
    assert outcome_of(EXAMPLE_1).winners == (5,)


def test_example_2_is_won_by_d_before_a_c_b() -> None:
    assert letters(outcome_of(EXAMPLE_2).ranking) == ["D", "A", "C", "B"]


@pytest.mark.parametrize(("orders", "winners"), [(EXAMPLE_1, (5,)), (EXAMPLE_2, (4,))])
def test_sequential_dropping_leaves_the_same_winner(
    orders: dict[str, int], winners: tuple[int, ...]
) -> None:
    matrix = pairwise_matrix(profile(orders))
    assert sequential_dropping(matrix, range(1, len(matrix) + 1)).schwartz == winners


def test_a_perfect_cycle_is_a_tie_of_all() -> None:
    assert outcome_of({"ABC": 1, "BCA": 1, "CAB": 1}).ranking == ((1, 2, 3),)


def test_options_that_nobody_ranks_share_the_last_place() -> None:
    ballots = Profile(4, {"-1--": 1, "21--": 1})
    assert count(ballots, Schulze(options=4, strength="winning-votes")).ranking == (
        (2,),
        (1,),
        (3, 4),
    )


def test_of_equal_winning_votes_the_more_opposed_defeat_is_the_weaker() -> None:
    # A beats B 6:3, B beats C 6:4, C beats A 6:5: the last is the weakest, so A wins.
    matrix = ((0, 6, 5), (3, 0, 6), (6, 4, 0))
    ending = sequential_dropping(matrix, (1, 2, 3))
    assert ending.schwartz == (1,)
    assert [(defeat.winner, defeat.loser) for defeat in ending.rounds[0].weakest] == [(3, 1)]
