"""Plain CSV: a column an option, a row a ballot; or a row a claimant of seats.

Ranked: cells hold ranks (1 is the first; empty, 0 or - is none; `No opinion`, as Kubernetes
writes it, or ? is no opinion). Approvals: 1, x or yes. Grades: whole numbers from 0. A column
`count` or `weight` says how often a ballot was cast; `id` and `voter` are passed over. With
columns `rank1`, `rank2`, …: `collegium.counting.files.rctab`.
"""

import csv
import io
from collections.abc import Iterator
from typing import Literal, NamedTuple

from collegium.counting.approvals import Approvals, Approved
from collegium.counting.ballot import WIDEST
from collegium.counting.files.kinds import (
    ApprovalFile,
    BallotFile,
    BallotFileError,
    ClaimsFile,
    GradeFile,
    Place,
    RankedFile,
    add_ballot,
    check_names,
    check_scale,
    closed_up,
    csv_rows,
    decoded,
)
from collegium.counting.files.plain_rows import (
    PASSED_OVER,
    TIMES,
    compiled_profile,
    plain_approvals,
    plain_profile,
)
from collegium.counting.files.rctab import read_rctab
from collegium.counting.grades import MOST_GRADES, Given, Grades
from collegium.counting.marks import Marks, ProfileMarks
from collegium.counting.policy import BallotPolicy
from collegium.counting.seats import Claims

Kind = Literal["ranked", "approvals", "grades", "claims"]

_PASSED_OVER = {"id", "voter", "voter_id", "ballot", ""}
_WEIGHT = {"count", "weight"}
_YES = {"1", "x", "yes", "true"}
_NO = {"", "0", "-", "no", "false"}
_UNRANKED = {"", "0", "-"}
_NO_OPINION = {"no opinion", "?"}
_HIGHEST_RANK = 1000

_Row = tuple[int, int, list[str]]
"""Line, weight, and the cells of the options."""


def read_rows(text: str | bytes, source: str = "ballots.csv", kind: Kind = "ranked") -> BallotFile:
    """The ballots of a CSV file.

    Args:
        text: Of the file, or its bytes: the extra `fast` reads large ones from bytes alone.
        source: The file's name, for errors.
        kind: What the cells mean.

    Raises:
        BallotFileError: File, line, and what was expected there.
    """
    if isinstance(text, bytes):
        return _compiled(text, kind) or read_rows(decoded(text), source, kind)
    place = Place(source)
    heading = next(csv_rows(_top(text), place), [])
    if kind == "claims":
        return _claims(text, place)
    if kind == "ranked" and _names_ranks(heading):
        return read_rctab(text, source)
    table = _heading(text, place)
    if kind != "ranked":
        read = _approvals if kind == "approvals" else _grades
        return read(text, place, table)
    profile = plain_profile(text, table.roles)
    if profile is None:
        return _ranks(table.names, _rows(text, place, table), place)
    return RankedFile(ballots=ProfileMarks(profile), names=table.names)


def _compiled(data: bytes, kind: Kind) -> RankedFile | None:
    """The ballots of a large and plain file of ranks; whatever else there is, others read."""
    top = decoded(data[: data.find(b"\n") + 1])
    place = Place("")
    try:
        if kind != "ranked" or _names_ranks(next(csv_rows(top, place), [])):
            return None
        table = _heading(top, place)
    except BallotFileError:
        return None
    profile = compiled_profile(data, top, table.roles)
    if profile is None:
        return None
    return RankedFile(ballots=ProfileMarks(profile), names=table.names)


def _names_ranks(heading: list[str]) -> bool:
    """Whether a column is a rank, not an option."""
    return any(title.strip().lower() == "rank1" for title in heading)


class _Heading(NamedTuple):
    names: tuple[str, ...]
    columns: list[int]
    weight: int | None
    roles: list[int]


def _top(text: str) -> str:
    """The heading's line, or all of the text where the heading may take several."""
    top = text[: text.find("\n") + 1]
    return text if '"' in top or not top.strip() else top


def _heading(text: str, place: Place) -> _Heading:
    place.line = 1
    heading = [title.strip() for title in next(csv_rows(_top(text), place), [])]
    special = _PASSED_OVER | _WEIGHT
    columns = [n for n, title in enumerate(heading) if title.lower() not in special]
    weights = [n for n, title in enumerate(heading) if title.lower() in _WEIGHT]
    if len(weights) > 1:
        place.expected("one column that says how often a ballot was cast", heading)
    names = tuple(heading[column] for column in columns)
    if not names or len(set(names)) < len(names) or len(names) > WIDEST:
        place.expected("a heading with a column for each option, each once", heading)
    roles = [PASSED_OVER] * len(heading)
    for option, column in enumerate(columns):
        roles[column] = option
    if weights:
        roles[weights[0]] = TIMES
    return _Heading(names, columns, weights[0] if weights else None, roles)


def _rows(text: str, place: Place, table: _Heading) -> list[_Row]:
    reader = csv_rows(text, place)
    next(reader, None)
    rows: list[_Row] = []
    for row in reader:
        if len(row) != len(table.roles):
            place.expected(f"{len(table.roles)} columns", len(row))
        weight = 1
        if table.weight is not None:
            weight = place.weight(row[table.weight])
        rows.append((place.line, weight, [row[column].strip() for column in table.columns]))
    return rows


def _ranks(names: tuple[str, ...], rows: list[_Row], place: Place) -> RankedFile:
    ballots: dict[Marks, int] = {}
    unmarked: set[bool] = set()
    for place.line, weight, cells in rows:
        by_rank: dict[int, list[int]] = {}
        for number, cell in enumerate(cells, 1):
            no_opinion = cell.lower() in _NO_OPINION
            if no_opinion or cell in _UNRANKED:
                unmarked.add(no_opinion)
                if len(unmarked) > 1:
                    place.expected("either No opinion or nothing where there is no rank", cell)
            else:
                rank = place.whole(cell, "a rank, or nothing", 1, _HIGHEST_RANK)
                by_rank.setdefault(rank, []).append(number)
        add_ballot(ballots, tuple(tuple(by_rank[rank]) for rank in sorted(by_rank)), weight)
    policy = BallotPolicy(unmarked="no-opinion" if True in unmarked else "below")
    return RankedFile(ballots=ballots, names=names, policy=policy)


def _approvals(text: str, place: Place, table: _Heading) -> ApprovalFile:
    profile = plain_approvals(text, table.roles)
    if profile is None:
        profile = Approvals(len(table.names), _approved(_rows(text, place, table), place))
    return ApprovalFile(names=table.names, profile=profile)


def _approved(rows: list[_Row], place: Place) -> dict[Approved, int]:
    weights: dict[Approved, int] = {}
    for place.line, weight, cells in rows:
        for cell in cells:
            if cell.lower() not in _YES | _NO:
                place.expected("1 or x for an approved option, 0 or nothing otherwise", cell)
        approved = tuple(n for n, cell in enumerate(cells, 1) if cell.lower() in _YES)
        weights[approved] = weights.get(approved, 0) + weight
    return weights


def _grades(text: str, place: Place, table: _Heading) -> GradeFile:
    weights: dict[Given, int] = {}
    top = MOST_GRADES - 1
    rows = _rows(text, place, table)
    for place.line, weight, cells in rows:
        given = tuple(
            -1 if cell in {"", "-"} else place.whole(cell, f"a grade of 0 to {top}", 0, top)
            for cell in cells
        )
        weights[given] = weights.get(given, 0) + weight
    highest = max((grade for given in weights for grade in given), default=1)
    profile = Grades(len(table.names), max(highest, 1) + 1, weights)
    return GradeFile(names=table.names, profile=profile)


def _claims(text: str, place: Place) -> ClaimsFile:
    votes: dict[str, int] = {}
    for row in csv_rows(text, place):
        if place.line == 1 and row[-1].strip()[:1].isalpha():
            continue
        if len(row) != len(("name", "votes")):
            place.expected("a name and its votes", row)
        name = row[0].strip()
        if not name or name in votes:
            place.expected("a name that isn't there yet", name)
        votes[name] = place.whole(row[1], "a number of votes")
    if not votes:
        place.expected("a name and its votes", "an empty file")
    return ClaimsFile(names=tuple(votes), profile=Claims(list(votes.values())))


def write_rows(file: BallotFile) -> str:
    """The file as CSV: a column `count` and one for each option, or a row a claimant.

    Raises:
        ValueError: A name that a heading doesn't take as an option's, an option marked twice, or
            grades of which none is the highest: the form doesn't say where the scale ends.
    """
    check_names(file.names)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if isinstance(file, ClaimsFile):
        writer.writerow(["name", "votes"])
        writer.writerows(zip(file.names, file.profile.votes, strict=True))
        return out.getvalue()
    taken = _PASSED_OVER | _WEIGHT | {"rank1"}
    if len(set(file.names)) < len(file.names) or {name.lower() for name in file.names} & taken:
        raise ValueError(f"expected each name once, and none of {', '.join(sorted(taken - {''}))}")
    writer.writerow(["count", *file.names])
    writer.writerows(_written(file))
    return out.getvalue()


def _written(file: RankedFile | ApprovalFile | GradeFile) -> Iterator[list[object]]:
    everyone = range(1, len(file.names) + 1)
    if isinstance(file, ApprovalFile):
        for approved, weight in sorted(file.profile.weights.items()):
            yield [weight, *(int(n in approved) for n in everyone)]
    elif isinstance(file, GradeFile):
        check_scale(file.profile)
        for given, weight in sorted(file.profile.weights.items()):
            yield [weight, *("" if grade < 0 else grade for grade in given)]
    else:
        none = "No opinion" if file.policy.unmarked == "no-opinion" else ""
        for marks, weight in sorted(file.ballots.items()):
            closed = closed_up(marks)
            ranks = {option: rank for rank, options in enumerate(closed, 1) for option in options}
            yield [weight, *(ranks.get(n, none) for n in everyone)]
