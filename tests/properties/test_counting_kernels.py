"""With the extra `fast` or without it: the same ballots, the same bytes, however divided."""

from collections.abc import Callable, Iterator
from functools import reduce
from itertools import pairwise
from operator import add
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.counting import Profile, Ties, count, fast, pairwise_matrix, read_marks
from collegium.counting.files import BallotFileError, RankedFile, plain_rows, read_ballots
from collegium.counting.irv import burlington_irv
from collegium.counting.methods import METHODS
from collegium.counting.policy import BallotPolicy

METHOD_NAMES = ("irv/1", "scottish-stv/1", "exact-stv/1", "schulze/1")
RARE_CELLS = ("9", "10", "19", "62", "63", "100", "160", "1000", "0" * 16 + "1")
SEVERAL_WORDS = (15, 16, 17, 24, 25, 31, 32, 35)
"""Options with which a ballot begins to take more bits, or another word of 64."""

KERNELS: Callable[[str], ModuleType | None] = fast.kernels
FEW = settings(max_examples=60, deadline=None)


@pytest.fixture(autouse=True, scope="module")
def _the_kernels_as_they_were() -> Iterator[None]:
    bounds = fast.ENOUGH_ROWS, fast.ENOUGH_BYTES
    together = vars(plain_rows)["_TOGETHER"]
    lines = KERNELS("lines")
    few = vars(lines)["_FEW"] if lines else 0
    yield
    if lines:
        vars(lines)["_FEW"] = few
    vars(plain_rows)["_TOGETHER"] = together
    fast.ENOUGH_ROWS, fast.ENOUGH_BYTES = bounds
    vars(fast)["kernels"] = KERNELS


def switch(*, on: bool) -> None:
    """Use the kernels even for one ballot, or behave as if the extra weren't installed."""
    fast.ENOUGH_ROWS = fast.ENOUGH_BYTES = 0 if on else 10**9
    vars(fast)["kernels"] = KERNELS if on else lambda _: None
    if on:
        vars(KERNELS("lines"))["_FEW"] = 1


def both_ways(work: Callable[[], Any]) -> tuple[Any, Any]:
    """What it comes to without the kernels, and with them."""
    if KERNELS("rows") is None:
        pytest.skip("the extra `fast` isn't installed: `python3 start.py install fast` brings it")
    switch(on=False)
    plain = work()
    switch(on=True)
    return plain, work()


@st.composite
def cells(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """A heading of names, and lines of ranks: mostly strict and cut short, some as they fall."""
    options = draw(st.integers(2, 12) | st.sampled_from(SEVERAL_WORDS))
    strict = st.permutations(range(1, options + 1)).flatmap(
        lambda ranks: st.integers(0, options).map(
            lambda most: [str(rank) if rank <= most else "" for rank in ranks]
        )
    )
    any_cell = st.sampled_from(["1", "2", "3", "", "0", "-", "11", "07", *RARE_CELLS])
    loose = st.lists(any_cell, min_size=options, max_size=options)
    rows = draw(st.lists(strict if draw(st.booleans()) else loose, max_size=30))
    return [f"option {n}" for n in range(options)], [",".join(row) for row in rows]


def read(names: list[str], lines: list[str], end: str = "\n") -> RankedFile:
    file = read_ballots(end.join([",".join(names), *lines, ""]).encode(), "ballots.csv")
    assert isinstance(file, RankedFile)
    return file


def counted(profile: Profile) -> list[bytes]:
    found = []
    for name in METHOD_NAMES:
        rule: Any = METHODS[name].make(profile.options, 2, 0)
        ties = [Ties(seed="kernels")] if hasattr(rule, "ties") else []
        found.append(count(profile, rule, *ties).canonical())
    return found


@FEW
@given(cells(), st.sampled_from(["\n", "\r\n"]))
def test_kernels_read_the_same_ballots(file: tuple[list[str], list[str]], end: str) -> None:
    plain, fast_one = both_ways(lambda: read(*file, end))
    marks = read_marks(len(file[0]), dict(plain.ballots), BallotPolicy())
    both = [read_marks(len(file[0]), f.ballots) for f in (plain, fast_one)]
    assert plain.ballots == fast_one.ballots
    assert all((b.causes, b.profile) == (marks.causes, marks.profile) for b in both)


@FEW
@given(st.sampled_from(SEVERAL_WORDS), st.data())
def test_kernels_merge_and_sort_lines_that_begin_alike(options: int, data: st.DataObject) -> None:
    last = st.lists(st.sampled_from(["", "1", "2"]), min_size=3, max_size=3)
    some = data.draw(st.lists(last, min_size=1, max_size=12))
    cast = data.draw(st.lists(st.tuples(st.integers(1, 10**9), st.sampled_from(some)), max_size=99))
    names = ["count", *(f"option {n}" for n in range(options))]
    lines = [f"{weight}{',' * (options - 3)},{','.join(row)}" for weight, row in cast]

    def profiles() -> list[str]:
        once = [line.partition(",")[2] for line in lines]
        files = [read(names, lines), read(names[1:], once)]
        return [read_marks(options, file.ballots).profile.text() for file in files]

    plain, compiled = both_ways(profiles)
    assert plain == compiled


@FEW
@given(cells())
def test_kernels_pass_equal_ranks_on_alike(file: tuple[list[str], list[str]]) -> None:
    def outcome() -> bytes:
        profile = read_marks(len(file[0]), read(*file).ballots).profile
        return count(profile, burlington_irv(profile.options), Ties(seed="equal")).canonical()

    plain, compiled = both_ways(outcome)
    assert plain == compiled


@FEW
@given(cells())
def test_kernels_come_to_the_same_outcome(file: tuple[list[str], list[str]]) -> None:
    policy = BallotPolicy(overvotes="stop")

    def outcomes() -> list[bytes]:
        profile = read_marks(len(file[0]), read(*file).ballots, policy).profile
        again = Profile(profile.options, dict(profile.weights))
        assert counted(profile) == counted(again)
        return [profile.text().encode(), repr(pairwise_matrix(profile)).encode(), *counted(again)]

    plain, compiled = both_ways(outcomes)
    assert plain == compiled


@FEW
@given(cells(), st.lists(st.integers(0, 30), max_size=5))
def test_any_partitioning_comes_to_the_same_bytes(
    file: tuple[list[str], list[str]], cuts: list[int]
) -> None:
    names, lines = file
    edges = [0, *sorted(cuts), len(lines)]
    policy = BallotPolicy(overvotes="stop")

    def profile_of(part: list[str]) -> Profile:
        return read_marks(len(names), read(names, part).ballots, policy).profile

    def merged() -> list[bytes]:
        parts = [profile_of(lines[a:b]) for a, b in pairwise(edges)]
        profile = reduce(add, parts)
        return [profile.text().encode(), *counted(profile)]

    whole = profile_of(lines)
    plain, compiled = both_ways(merged)
    assert plain == compiled == [whole.text().encode(), *counted(whole)]


@FEW
@given(cells(), st.integers(1, 40))
def test_lines_read_together_are_the_ballots_that_they_are_one_by_one(
    file: tuple[list[str], list[str]], together: int
) -> None:
    names, lines = file
    switch(on=False)
    vars(plain_rows)["_TOGETHER"] = together
    quoted = read([f'"{name}"' for name in names], lines)  # which only the slow reader takes
    assert dict(read(names, lines).ballots) == dict(quoted.ballots)


WRONG = [
    "1,2",
    "1,2,3,",
    "1,x,2",
    "1,2,1001",
    "1,00,2",
    '1,"2,3',
    "1,--,2",
    "1,1.0,2",
    "1, 2,3,255,1,2,3",
    "1,2,3,255,3,2,1",
    "1,[2],3",
    "1,1e0,3",
    "1,-2,2",
    "1,2-,2",
    "1,:,2",
    "1,/,2",
    "1,0000000000000000000000,2",
    "1,+2,2",
    "1,2,\N{SUPERSCRIPT TWO}",
]


@pytest.mark.parametrize("line", ["1,2,3,4,5,6,7,8,9,100", "1,,,,,,,,,."])
def test_kernels_take_nothing_else_for_a_comma(line: str) -> None:
    few = ["1" + "," * 10] * 9

    def refusal() -> str:
        with pytest.raises(BallotFileError) as refused:
            read([f"option {n}" for n in range(11)], [*few, line, *few])
        return str(refused.value)

    plain, compiled = both_ways(refusal)
    assert plain == compiled
    assert "11 columns, not 10" in plain


PLACES = st.integers(0, 10_000)
STRAYS = [*"0123456789,-\r\n\t?.A+ é", "\r\n", "\n\n", "\x1c", "10", "1A1A", ",,", "007"]
"""What may stand anywhere in a file by mistake; often it is still a file of ballots."""


@pytest.mark.parametrize("line", WRONG)
def test_kernels_leave_the_refusal_to_the_reader(line: str) -> None:
    def refusal() -> str:
        with pytest.raises(BallotFileError) as refused:
            read(["a", "b", "c"], ["1,2,3", line])
        return str(refused.value)

    plain, compiled = both_ways(refusal)
    assert plain == compiled
    assert "line 3" in plain


@FEW
@given(cells(), st.lists(st.tuples(PLACES, st.sampled_from(STRAYS), st.booleans()), max_size=3))
def test_a_stray_among_plain_lines_changes_nothing_for_the_others(
    file: tuple[list[str], list[str]], strays: list[tuple[int, str, bool]]
) -> None:
    names, lines = file
    text = ",".join(names) + "\n"
    start, text = len(text), text + "\n".join([*lines, *lines, *lines, ""])
    for at, stray, instead in strays:
        place = start + at % (len(text) - start + 1)
        text = text[:place] + stray + text[place + instead :]

    def found() -> tuple[str, object]:
        try:
            file = read_ballots(text.encode(), "ballots.csv")
        except BallotFileError as refused:
            return str(refused), None
        assert isinstance(file, RankedFile)
        return "", (file.policy, dict(file.ballots))

    plain, compiled = both_ways(found)
    assert plain == compiled


def test_kernels_count_a_line_as_often_as_it_says() -> None:
    def weights() -> dict[str, int]:
        text = "voter,a,count,b\nJo,1,3,2\nMaría,,2,1\n"
        file = read_ballots(text.encode(), "ballots.csv")
        assert isinstance(file, RankedFile)
        return dict(read_marks(2, file.ballots).profile.weights)

    plain, compiled = both_ways(weights)
    assert plain == compiled == {"12": 3, "-1": 2}


@FEW
@given(cells(), st.booleans())
def test_ballots_that_kernels_do_not_know_are_counted_without_them(
    file: tuple[list[str], list[str]],
    wide: bool,  # noqa: FBT001 - Hypothesis gives it by place
) -> None:
    names, lines = file
    more = 30 if wide else 0
    names = [*names, *(f"more {n}" for n in range(more))]
    policy = BallotPolicy(overvotes="stop", unmarked="below" if wide else "no-opinion")

    def outcomes() -> list[bytes]:
        ballots = read(names, [line + "," * more for line in lines]).ballots
        profile = read_marks(len(names), ballots, policy).profile
        return [profile.text().encode(), repr(pairwise_matrix(profile)).encode(), *counted(profile)]

    plain, compiled = both_ways(outcomes)
    assert plain == compiled
