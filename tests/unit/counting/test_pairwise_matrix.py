from collegium.counting import MOST_OPTIONS, Profile, pairwise_matrix
from collegium.counting.ballot import RANKS
from collegium.counting.pairwise import defeats, strength


def test_a_ballot_prefers_the_smaller_rank() -> None:
    assert pairwise_matrix(Profile(2, {"12": 1})) == ((0, 1), (0, 0))


def test_equal_ranks_prefer_neither() -> None:
    assert pairwise_matrix(Profile(2, {"11": 3})) == ((0, 0), (0, 0))


def test_unranked_options_are_below_all_ranked_ones_and_equal_to_each_other() -> None:
    assert pairwise_matrix(Profile(3, {"-1-": 2})) == ((0, 0, 0), (2, 0, 2), (0, 0, 0))


def test_a_weight_counts_as_so_many_ballots() -> None:
    weighted = pairwise_matrix(Profile(3, {"123": 5, "321": 2, "-1-": 340}))
    assert weighted == ((0, 5, 5), (342, 0, 345), (2, 2, 0))


def test_no_ballots_prefer_nothing() -> None:
    assert pairwise_matrix(Profile(2, {})) == ((0, 0), (0, 0))


def test_a_ballot_of_35_ranks_prefers_each_to_all_later_ones() -> None:
    matrix = pairwise_matrix(Profile(MOST_OPTIONS, {RANKS: 1}))
    for row in range(MOST_OPTIONS):
        assert matrix[row] == (0,) * (row + 1) + (1,) * (MOST_OPTIONS - row - 1)


def test_of_two_defeats_more_votes_and_then_fewer_opposed_make_the_stronger() -> None:
    matrix = ((0, 6, 6), (3, 0, 7), (2, 1, 0))
    assert defeats(matrix, 0, 1)
    assert not defeats(matrix, 1, 0)
    assert strength(matrix, 0, 1) < strength(matrix, 0, 2) < strength(matrix, 1, 2)
