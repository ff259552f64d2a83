import pytest

from collegium.counting import MOST_OPTIONS, Profile, check_ballot, dense_ballot
from collegium.counting.ballot import RANKS


@pytest.mark.parametrize(
    ("cast", "dense"),
    [
        ("7444516", "5222314"),
        ("-3412-5", "-3412-5"),
        ("-9-3", "-2-1"),
        ("9z9a", "1312"),
        ("222", "111"),
        ("---", "---"),
        ("1", "1"),
        (RANKS, RANKS),
        (RANKS[::-1], RANKS[::-1]),
    ],
)
def test_ranks_left_out_are_closed_up(cast: str, dense: str) -> None:
    assert dense_ballot(cast) == dense
    assert dense_ballot(dense) == dense


def test_an_unranked_option_is_not_one_ranked_last() -> None:
    assert dense_ballot("12-") != dense_ballot("123")


def test_a_ballot_with_gaps_ties_and_unranked_options_is_a_ballot() -> None:
    assert Profile(7, {"7444-z1": 1}).ballots == 1


@pytest.mark.parametrize("text", ["", "12", "1234", "123\n"])
def test_a_ballot_has_one_rank_for_each_option(text: str) -> None:
    with pytest.raises(ValueError, match="expected one rank for each of the 3 options, not"):
        check_ballot(text, 3)


@pytest.mark.parametrize("text", ["1 2", "102", "1A2", "1²3", "1\n2", "12\u0661", "1_2"])
def test_a_ballot_has_only_ranks(text: str) -> None:
    with pytest.raises(ValueError, match="expected only the ranks 1-9 and a-z, and - for"):
        check_ballot(text, 3)


def test_an_error_quotes_only_the_beginning_of_an_endless_ballot() -> None:
    with pytest.raises(ValueError, match="not 1000000 characters") as error:
        check_ballot("1" * 1_000_000, 3)
    assert len(str(error.value)) < 200


def test_there_is_a_rank_for_every_option() -> None:
    assert MOST_OPTIONS == 35
    assert sorted(RANKS) == list(RANKS)
