"""Whatever is written in a form is read back from it, or the writer says why it can't be."""

from collections.abc import Callable
from typing import Any, Literal, TypeAlias

import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from collegium.counting import Approvals, BallotPolicy, Claims, Grades, read_marks
from collegium.counting.files import (
    ApprovalFile,
    BallotFile,
    ClaimsFile,
    GradeFile,
    RankedFile,
    read_abcvoting,
    read_abif,
    read_belenios,
    read_blt,
    read_cast_vote_records,
    read_preflib,
    read_rctab,
    read_rows,
    write_abcvoting,
    write_abif,
    write_belenios,
    write_blt,
    write_cast_vote_records,
    write_preflib,
    write_rctab,
    write_rows,
)
from collegium.counting.marks import Marks
from tests.elections import approvals, grades

Unmarked: TypeAlias = Literal["below", "no-opinion"]

FEW = settings(max_examples=60, deadline=None)
NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1
)
"""Without control characters, which no form of text keeps."""


def clean(name: str) -> bool:
    return name == name.strip() and len(name.splitlines()) == 1


@st.composite
def names(draw: st.DrawFn, options: int) -> tuple[str, ...]:
    name = NAMES.filter(clean)
    return tuple(draw(st.lists(name, min_size=options, max_size=options, unique=True)))


@st.composite
def marked(draw: st.DrawFn, options: int) -> Marks:
    """Each option at most once: strict, with equal ranks, or with ranks skipped."""
    order = draw(st.permutations(range(1, options + 1)))
    kept = order[: draw(st.integers(0, options))]
    ranks: list[tuple[int, ...]] = []
    for option in kept:
        how = draw(st.sampled_from(["next", "next", "equal", "skip"]))
        if how == "equal" and ranks and ranks[-1]:
            ranks[-1] = tuple(sorted((*ranks[-1], option)))
        else:
            ranks += [(), (option,)] if how == "skip" else [(option,)]
    return tuple(ranks)


@st.composite
def ranked_files(draw: st.DrawFn, unmarked: Unmarked = "below") -> RankedFile:
    options = draw(st.integers(1, 5))
    ballots = st.dictionaries(marked(options), st.integers(1, 9), min_size=1, max_size=6)
    return RankedFile(
        ballots=draw(ballots),
        names=draw(names(options)),
        policy=BallotPolicy(unmarked=unmarked),
        title=draw(NAMES.filter(clean)),
    )


@st.composite
def approval_files(draw: st.DrawFn) -> ApprovalFile:
    profile = draw(approvals())
    return ApprovalFile(names=draw(names(profile.options)), profile=profile, title="Board")


@st.composite
def grade_files(draw: st.DrawFn) -> GradeFile:
    profile = draw(grades())
    assume(profile.weights)
    return GradeFile(names=draw(names(profile.options)), profile=profile, title="Poll")


def written(write: Callable[[Any], str], file: BallotFile) -> str:
    """What the form makes of the file; a file that it can't write is none for it."""
    try:
        return write(file)
    except ValueError:
        reject()


def profile_of(file: object, policy: BallotPolicy | None = None) -> Any:
    assert isinstance(file, RankedFile)
    return read_marks(len(file.names), file.ballots, policy).profile


@pytest.mark.parametrize(
    ("write", "read"),
    [(write_blt, read_blt), (write_preflib, read_preflib), (write_abif, read_abif)],
)
@FEW
@given(file=ranked_files())
def test_ranked_ballots_with_their_names_are_read_back(
    write: Callable[[RankedFile], str], read: Callable[[str], RankedFile], file: RankedFile
) -> None:
    back = read(written(write, file))
    assert (back.names, back.title) == (file.names, file.title)
    assert profile_of(back) == profile_of(file)


@FEW
@given(ranked_files() | ranked_files("no-opinion"))
def test_rows_of_ranks_are_read_back_with_what_has_no_opinion(file: RankedFile) -> None:
    back = read_rows(written(write_rows, file))
    assert isinstance(back, RankedFile)
    assert back.names == file.names
    assert profile_of(back, back.policy) == profile_of(file, file.policy)


@FEW
@given(ranked_files())
def test_ranks_for_belenios_are_read_back(file: RankedFile) -> None:
    assert profile_of(read_belenios(write_belenios(file))) == profile_of(file)


@FEW
@given(
    ranked_files(),
    st.dictionaries(
        st.lists(st.sets(st.integers(1, 2)).map(sorted).map(tuple), max_size=4).map(tuple),
        st.integers(1, 3),
        max_size=3,
    ),
)
def test_cast_vote_records_keep_every_mark(file: RankedFile, more: dict[Marks, int]) -> None:
    wanted: dict[Marks, int] = {}
    some = more if len(file.names) > 1 else {}
    for marks, weight in [*file.ballots.items(), *some.items()]:
        last = max((place for place, rank in enumerate(marks, 1) if rank), default=0)
        wanted[marks[:last]] = wanted.get(marks[:last], 0) + weight
    whole = RankedFile(ballots=wanted, names=file.names, title=file.title)
    back = read_cast_vote_records(write_cast_vote_records(whole))
    assert (back.names, back.title, back.ballots) == (file.names, file.title, wanted)


@FEW
@given(ranked_files())
def test_columns_of_ranks_are_read_back_by_name(file: RankedFile) -> None:
    back = read_rctab(written(write_rctab, file))
    if len(file.names) > 1:
        assume(all(len(rank) < len(file.names) for marks in file.ballots for rank in marks))

    def by_name(one: RankedFile) -> dict[tuple[str, ...], int]:
        found: dict[tuple[str, ...], int] = {}
        for marks, weight in one.ballots.items():
            cells = tuple("".join(one.names[n - 1] for n in rank) for rank in marks)
            key = tuple("\n".join(cells).rstrip("\n").split("\n"))
            found[key] = found.get(key, 0) + weight
        return found

    assert by_name(back) == by_name(file)


@pytest.mark.parametrize(
    ("write", "read"),
    [
        (write_preflib, lambda text: read_preflib(text, "board.cat")),
        (write_rows, lambda text: read_rows(text, kind="approvals")),
    ],
)
@FEW
@given(file=approval_files())
def test_approvals_are_read_back(
    write: Callable[[BallotFile], str], read: Callable[[str], ApprovalFile], file: ApprovalFile
) -> None:
    back = read(written(write, file))
    assert (back.names, back.profile) == (file.names, file.profile)


@FEW
@given(approvals())
def test_approvals_for_abcvoting_are_read_back(profile: Approvals) -> None:
    numbers = tuple(str(n) for n in range(1, profile.options + 1))
    file = ApprovalFile(names=numbers, profile=profile, seats=1, title="Board")
    assert read_abcvoting(write_abcvoting(file)) == file


@pytest.mark.parametrize(
    ("write", "read"),
    [
        (write_preflib, lambda text: read_preflib(text, "poll.cat")),
        (write_rows, lambda text: read_rows(text, kind="grades")),
        (write_abif, read_abif),
    ],
)
@FEW
@given(file=grade_files())
def test_grades_are_read_back(
    write: Callable[[BallotFile], str], read: Callable[[str], GradeFile], file: GradeFile
) -> None:
    back = read(written(write, file))
    assert (back.names, back.profile) == (file.names, file.profile)


@FEW
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=6).filter(any), st.data())
def test_claims_are_read_back(votes: list[int], data: st.DataObject) -> None:
    file = ClaimsFile(names=data.draw(names(len(votes))), profile=Claims(votes))
    back = read_rows(write_rows(file), kind="claims")
    assert isinstance(back, ClaimsFile)
    assert (back.names, back.profile) == (file.names, file.profile)


@pytest.mark.parametrize(
    "write",
    [
        write_abif,
        write_belenios,
        write_blt,
        write_cast_vote_records,
        write_preflib,
        write_rctab,
    ],
)
@FEW
@given(file=ranked_files("no-opinion"))
def test_no_opinion_is_never_written_as_the_last_place(
    write: Callable[[RankedFile], str], file: RankedFile
) -> None:
    """Read back, such ballots would elect somebody else (`test_kubernetes`)."""
    with pytest.raises(ValueError, match="expected"):
        write(file)


@pytest.mark.parametrize(
    ("write", "file", "why"),
    [
        (write_abif, RankedFile(ballots={((1,), (1,)): 1}, names=("Ana",)), "marked once"),
        (write_belenios, RankedFile(ballots={((1,), (1,)): 1}, names=("Ana",)), "marked once"),
        (write_rows, RankedFile(ballots={((1,), (1,)): 1}, names=("Ana",)), "marked once"),
        (write_rows, RankedFile(ballots={}, names=("Count",)), "each name once, and none of"),
        (write_rows, RankedFile(ballots={}, names=("Ana", "Ana")), "each name once"),
        (write_blt, RankedFile(ballots={}, names=("Ana", "Ana")), "a name for each option"),
        (write_preflib, RankedFile(ballots={}, names=("A\u2028na",)), "without line breaks"),
        (write_rctab, RankedFile(ballots={}, names=("overvote",)), "names other than overvote"),
        (write_rctab, RankedFile(ballots={}, names=("Ana",)), "a ballot that marks 'Ana' alone"),
        (
            write_abif,
            GradeFile(names=("Ana",), profile=Grades(1, 6, {(4,): 1})),
            "with the highest grade, 5",
        ),
        (
            write_preflib,
            GradeFile(names=("Ana",), profile=Grades(1, 2, {(1,): 1})),
            "three grades or more",
        ),
    ],
)
def test_what_a_form_cannot_say_is_refused(
    write: Callable[[BallotFile], str], file: BallotFile, why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        write(file)
