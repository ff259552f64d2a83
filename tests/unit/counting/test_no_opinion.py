"""Options of which a ballot has no opinion: compared with none there, and given nothing."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.counting import (
    BallotPolicy,
    Profile,
    Ties,
    check_ballot,
    count,
    dense_ballot,
    exact_stv,
    irv,
    pairwise_matrix,
    read_marks,
)
from collegium.counting.files import RankedFile, read_rows, write_rows
from collegium.counting.methods import adjusted

MIXED = st.dictionaries(st.text("123-?", min_size=4, max_size=4), st.integers(1, 9), max_size=8)


@given(MIXED)
def test_only_options_of_which_the_ballot_has_an_opinion_are_compared(cast: dict[str, int]) -> None:
    profile = Profile(4, cast)
    matrix = pairwise_matrix(profile)
    for a, b in permutations(range(4), 2):
        assert matrix[a][b] == sum(
            weight
            for text, weight in profile.weights.items()
            if text[a] not in "-?" and text[b] != "?" and (text[b] == "-" or text[a] < text[b])
        )


@given(MIXED)
def test_votes_pass_over_it_as_over_an_option_not_ranked(cast: dict[str, int]) -> None:
    below = [(text.replace("?", "-"), weight) for text, weight in cast.items()]
    weights: dict[str, int] = {}
    for text, weight in below:
        weights[text] = weights.get(text, 0) + weight
    for rule in (irv(4), exact_stv(4, 2)):
        split = adjusted(rule, {"equal_ranks": "split"})
        seed = Ties(seed="opinion")
        ours, theirs = count(Profile(4, cast), split, seed), count(Profile(4, weights), split, seed)
        assert (ours.elected, ours.stages) == (theirs.elected, theirs.stages)


def test_it_is_neither_a_rank_nor_the_lack_of_one() -> None:
    assert dense_ballot("?9-3") == "?2-1"
    assert Profile(2, {"1?": 1, "1-": 1, "12": 1}).different == 3
    assert Profile(3, {"???": 2, "-?-": 1, "1??": 1}).blank == 3
    assert Profile(3, {"1?1": 2, "12?": 1}).with_equal_ranks() == {"1?1": 2}


def test_no_record_keeps_it_yet() -> None:
    with pytest.raises(ValueError, match="expected only the ranks"):
        check_ballot("1?", 2)


def test_a_file_says_that_it_has_no_opinion() -> None:
    file = read_rows("Ana,Ben,Cho\n1,No opinion,2\n?,1,NO OPINION\n")
    assert isinstance(file, RankedFile)
    assert file.policy == BallotPolicy(unmarked="no-opinion")
    assert read_rows(write_rows(file)) == file
    read = read_marks(3, file.ballots, file.policy)
    assert dict(read.profile.weights) == {"1?2": 1, "?1?": 1}
    assert read.causes == {"no-opinion": 2}
