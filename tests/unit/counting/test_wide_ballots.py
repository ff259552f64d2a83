"""Ballots on more than 35 options: counted like all others, written in numbers."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.cli.main import main
from collegium.counting import Profile, Ties, ballot_of, count, pairwise_matrix, read_marks
from collegium.counting.ballot import RANKS, WIDE_RANKS, WIDEST, check_ballot, dense_ballot, spelt
from collegium.counting.files import RankedFile, read_ballots, write_blt, write_preflib, write_rows
from collegium.counting.marks import Marks, ProfileMarks
from collegium.counting.methods import METHODS

WIDE = 200
RANKED = sorted(
    name for name, method in METHODS.items() if method.kind == "ranked" and name != "debian-a6/1"
)
"""Without Debian's, in which the last option is one of its own."""

CAST = {(1, 2, 3): 40, (2, 3, 1): 25, (3, 2, 1): 20, (1, None, 2): 9, (None, 1, None): 5}
PLACES = (7, 111, 200)
"""Where three options stand among 200, of which nobody ranks another."""


def wide(ranks: tuple[int | None, ...]) -> str:
    given = dict(zip(PLACES, ranks, strict=True))
    return ballot_of([given.get(number) for number in range(1, WIDE + 1)])


def winners(profile: Profile, name: str) -> tuple[int, ...]:
    rule: Any = METHODS[name].make(profile.options, 2, 0)
    ties = [Ties(seed="wide")] if hasattr(rule, "ties") else []
    found: tuple[int, ...] = count(profile, rule, *ties).winners
    return found


def test_the_digest_of_35_options_is_what_it_was_before_there_were_wide_ballots() -> None:
    profile = Profile(35, {RANKS: 2, RANKS[::-1]: 1, "-" * 34 + "1": 4})
    assert profile.digest() == "3a51e313d262b1ba78ba51a73f3f6b860e3cec4a6fdd5c17c39a2f958e69fc5c"


def test_a_wide_profile_is_written_in_numbers() -> None:
    first = ballot_of([*range(36, 0, -1), None])
    profile = Profile(37, {first: 2, ballot_of([None] * 36 + [1]): 1})
    downwards = ",".join(map(str, range(36, 0, -1)))
    lone = "-," * 36 + "1"
    assert profile.text() == f"collegium-profile/1 ranked 37\n{lone} 1\n{downwards},- 2\n"
    assert profile.digest() == hashlib.sha256(profile.text().encode()).hexdigest()


@pytest.mark.parametrize("name", RANKED)
def test_options_that_nobody_ranks_change_nobody_elected(name: str) -> None:
    few = Profile(3, {ballot_of(ranks): times for ranks, times in CAST.items()})
    many = Profile(WIDE, {wide(ranks): times for ranks, times in CAST.items()})
    assert [PLACES[option - 1] for option in winners(few, name)] == list(winners(many, name))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.none() | st.integers(1, 60), min_size=40, max_size=40), max_size=6))
def test_pairs_are_compared_as_one_by_one(cast: list[list[int | None]]) -> None:
    profile = Profile.of(40, map(ballot_of, cast))
    for a, row in enumerate(pairwise_matrix(profile)):
        for b, votes in enumerate(row):
            assert votes == sum((own[a] or 99) < (own[b] or 99) for own in cast)


def test_wide_ballots_are_grouped_by_what_they_prefer() -> None:
    sparse = "-" * 36 + WIDE_RANKS[60] + WIDE_RANKS[50]
    assert Profile.of(38, [sparse, ballot_of([None] * 36 + [2, 1])]).different == 1
    assert spelt(dense_ballot(sparse)).endswith(",-,2,1")


def test_the_ranks_of_wide_ballots_sort_as_they_count() -> None:
    assert len(set(WIDE_RANKS)) == WIDEST
    assert sorted(WIDE_RANKS) == list(WIDE_RANKS)
    assert WIDE_RANKS.startswith(RANKS)


def test_no_record_keeps_a_wide_rank() -> None:
    with pytest.raises(ValueError, match="expected only the ranks 1-9 and a-z"):
        check_ballot(WIDE_RANKS[35] + "-" * 39, 40)


def test_a_wide_ballot_with_a_stray_character_is_refused() -> None:
    with pytest.raises(ValueError, match="expected only ranks as ballot_of gives them"):
        Profile(40, {"!" * 40: 1})


@pytest.mark.parametrize(
    ("write", "ending"), [(write_blt, "blt"), (write_preflib, "soi"), (write_rows, "csv")]
)
def test_a_file_with_200_options_is_counted(
    write: Any, ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = tuple(f"Option {number}" for number in range(1, WIDE + 1))
    ballots: dict[Marks, int] = {((7,), (111,)): 3, ((200,), (7,), (1,)): 2, ((111, 200), (3,)): 1}
    written = write(RankedFile(ballots=ballots, names=names, seats=2, title="Wide"))
    back = read_ballots(written, f"wide.{ending}")
    assert isinstance(back, RankedFile)
    assert read_marks(WIDE, back.ballots).profile == read_marks(WIDE, ballots).profile
    path = tmp_path / f"wide.{ending}"
    path.write_text(written)
    assert main(["count", "scottish-stv", str(path), "--seats", "2", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["elected"] == ["Option 7", "Option 200"]


def test_wide_marks_are_found_again() -> None:
    profile = Profile.of(WIDE, [ballot_of(range(1, WIDE + 1))])
    marks = ProfileMarks(profile)
    assert marks[next(iter(marks))] == 1
