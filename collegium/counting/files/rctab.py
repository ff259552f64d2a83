"""Cast vote records as RCTab reads them: CSV with its JSON configuration, and NIST's JSON.

The configuration says who stands, which labels mean an overvote or a skip, and how marks are
read; the policy that comes back says the same in our words.

Source: RCTab v1.3 and v2.0, "config file documentation"; NIST SP 1500-103 (CVR, version 1).
"""

import csv
import io
import json
import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from msgspec.structs import replace

from collegium.counting.ballot import WIDEST
from collegium.counting.files.kinds import (
    Place,
    RankedFile,
    add_ballot,
    check_names,
    check_opinions,
    csv_rows,
    json_in,
    numbered,
    told_apart,
)
from collegium.counting.files.rctab_config import RctabConfig, read_rctab_config
from collegium.counting.marks import Marks
from collegium.counting.policy import BallotPolicy

_RANK_COLUMN = re.compile(r"^(rank|choice|ranking)[ _]?(\d+)$", re.IGNORECASE)
_WEIGHT_COLUMNS = {"count", "weight", "number"}
_OVERVOTE = "overvote"
_SKIPPED = frozenset({"skipped", "undervote", ""})

_Row: TypeAlias = tuple[list[str], int, int]
"""What stands at each rank, how often that was cast, and on which line it stands."""


def read_rctab(
    text: str, source: str = "cvr.csv", configuration: str = "", configuration_source: str = ""
) -> RankedFile:
    """The ballots of a CSV with a column a rank (`rank1`, `rank2`, …), counted or one by one.

    Without a configuration everybody who is named stands, in alphabetical order; empty cells,
    `undervote` and `skipped` are skips, and `overvote` is an overvote.

    Raises:
        BallotFileError: File, line, and what was expected there.
    """
    place = Place(source)
    rows = csv_rows(text, place)
    place.line = 1
    heading = next(rows, [])
    ranks = _rank_columns(heading, place)
    weights = [n for n, title in enumerate(heading) if title.strip().lower() in _WEIGHT_COLUMNS]
    if len(weights) > 1:
        place.expected("one column that says how often a ballot was cast", heading)
    config = _config(configuration, configuration_source)
    cells: list[_Row] = []
    for row in rows:
        if len(row) != len(heading):
            place.expected(f"{len(heading)} columns", len(row))
        weight = place.weight(row[weights[0]]) if weights else 1
        cells.append(([row[column].strip() for column in ranks], weight, place.line))
    return _ranked(cells, config, place)


def _rank_columns(heading: list[str], place: Place) -> list[int]:
    columns: dict[int, int] = {}
    for number, title in enumerate(heading):
        if match := _RANK_COLUMN.match(title.strip()):
            rank = place.whole(match.group(2), f"a column of rank 1 to {WIDEST}", 1, WIDEST)
            if columns.setdefault(rank, number) != number:
                place.expected("each rank in one column", title)
    if not columns or max(columns) != len(columns):
        place.expected("columns rank1, rank2 and so on, with none left out", heading)
    return [columns[rank] for rank in sorted(columns)]


def _config(text: str, source: str) -> RctabConfig | None:
    return read_rctab_config(text, source or "config.json") if text else None


def _ranked(cells: list[_Row], config: RctabConfig | None, place: Place) -> RankedFile:
    labels: Mapping[str, str] = config.labels if config else {}
    over = labels.get("overvote") or _OVERVOTE
    skipped = _SKIPPED | {labels.get("skipped", "")}
    if config is None:
        found = {cell for row, *_ in cells for cell in row}
        names = tuple(sorted(found - skipped - {over}))
        if not 1 <= len(names) <= WIDEST:
            place.expected(f"1 to {WIDEST} candidates", len(names))
        called = numbered(names)
    else:
        names, called = config.names, config.called
    read: dict[str, tuple[int, ...]] = {name: (number,) for name, number in called.items()}
    # Which options were marked isn't known; all of them make it an overvote.
    read[over] = tuple(range(1, len(names) + 1))
    read |= dict.fromkeys(skipped, ())
    if labels.get("blank"):
        read[""] = (called[labels["blank"]],)
    ballots: dict[Marks, int] = {}
    for row, weight, place.line in cells:
        marks = tuple(_marked(cell, read, labels.get("delimiter", ""), place) for cell in row)
        add_ballot(ballots, marks, weight)
    return _file(ballots, names, config)


def _marked(
    cell: str, read: Mapping[str, tuple[int, ...]], delimiter: str, place: Place
) -> tuple[int, ...]:
    if cell in read:
        return read[cell]
    parts = cell.split(delimiter) if delimiter else [cell]
    strangers = [part for part in parts if part.strip() not in read]
    if strangers:
        place.expected("a candidate of the configuration", strangers[0])
    return tuple(sorted({option for part in parts for option in read[part.strip()]}))


def _file(
    ballots: dict[Marks, int], names: tuple[str, ...], config: RctabConfig | None
) -> RankedFile:
    if config is None:
        # As RCTab does unless it is told otherwise: an overvote is passed over.
        return RankedFile(ballots=ballots, names=names, policy=BallotPolicy(overvotes="skip"))
    return RankedFile(
        ballots=ballots,
        names=names,
        policy=config.policy,
        seats=config.seats,
        title=config.title,
    )


def write_rctab(file: RankedFile) -> str:
    """The file as CSV with a column `count` and a column for each rank.

    Raises:
        ValueError: A rank with some options, but not all: the form only knows `overvote`; an
            option that stands alone nowhere, so that the form wouldn't name it; a name that
            is a label of the form; or no opinion.
    """
    check_names(file.names)
    check_opinions(file)
    if {*file.names} & {_OVERVOTE, *_SKIPPED}:
        raise ValueError(f"expected names other than {_OVERVOTE} and {', '.join(_SKIPPED)}")
    named = {rank[0] for marks in file.ballots for rank in marks if len(rank) == 1}
    for number, name in enumerate(file.names, 1):
        if number not in named:
            raise ValueError(
                f"expected a ballot that marks {name!r} alone: this form names no other"
            )
    ranks = max([1, *map(len, file.ballots)])
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["count", *(f"rank{number}" for number in range(1, ranks + 1))])
    for marks, weight in sorted(file.ballots.items()):
        cells = [_cell(marked, file.names) for marked in marks]
        writer.writerow([weight, *cells, *["undervote"] * (ranks - len(cells))])
    return out.getvalue()


def _cell(marked: tuple[int, ...], names: tuple[str, ...]) -> str:
    if not marked:
        return "undervote"
    if len(marked) == 1:
        return names[marked[0] - 1]
    if len(marked) < len(names):
        raise ValueError(f"expected ranks with one option, none or all, not {marked}")
    return "overvote"


def read_cast_vote_records(
    text: str, source: str = "cvr.json", configuration: str = "", configuration_source: str = ""
) -> RankedFile:
    """The ballots of a report of cast vote records in NIST's JSON, of its first contest.

    Raises:
        BallotFileError: File, line, and what was expected there.
    """
    place = Place(source)
    report = json_in(text, place)
    config = _config(configuration, configuration_source)
    try:
        names, ballots, title = _records(report, config, place)
    except (AttributeError, KeyError, IndexError, StopIteration, TypeError) as error:
        place.expected("a report of cast vote records", f"{type(error).__name__}: {error}")
    if not 1 <= len(names) <= WIDEST:
        place.expected(f"1 to {WIDEST} candidates", len(names))
    found = _file(ballots, names, config)
    return found if config else replace(found, title=title)


def _records(
    report: dict[str, Any], config: RctabConfig | None, place: Place
) -> tuple[tuple[str, ...], dict[Marks, int], str]:
    election = report["Election"][0]
    called = {one["@id"]: str(one["Name"]) for one in election["Candidate"]}
    contest = _contest(election["Contest"], config.contest if config else "", place)
    named = {one["@id"]: called[one["CandidateIds"][0]] for one in contest["ContestSelection"]}
    numbers = {identity: number for number, identity in enumerate(named, 1)}
    if config is not None:
        strangers = [name for name in named.values() if name not in config.called]
        if strangers:
            place.expected("a candidate of the configuration", strangers[0])
        numbers = {identity: config.called[name] for identity, name in named.items()}
    ballots: dict[Marks, int] = {}
    for record in report["CVR"]:
        snapshot = next(
            one for one in record["CVRSnapshot"] if one["@id"] == record["CurrentSnapshotId"]
        )
        for marked in snapshot["CVRContest"]:
            if marked["ContestId"] == contest["@id"]:
                ranked: dict[int, list[int]] = {}
                _add_selections(ranked, marked.get("CVRContestSelection", []), numbers, place)
                ranks = range(1, max(ranked, default=0) + 1)
                add_ballot(ballots, tuple(tuple(sorted(ranked.get(r, ()))) for r in ranks), 1)
    names = config.names if config else told_apart(named.values())
    return names, ballots, str(contest.get("Name", ""))


def _contest(contests: list[dict[str, Any]], wanted: str, place: Place) -> dict[str, Any]:
    """The contest of this identity or name; the first one if none is wanted."""
    named = [one for one in contests if not wanted or wanted in {one["@id"], one.get("Name")}]
    if not named:
        place.expected("the contest of the configuration" if wanted else "a contest", wanted)
    return named[0]


def _add_selections(
    ranked: dict[int, list[int]],
    selections: list[dict[str, Any]],
    numbers: Mapping[str, int],
    place: Place,
) -> None:
    for selection in selections:
        for position in selection["SelectionPosition"]:
            if position.get("HasIndication") == "yes":
                rank = place.whole(str(position["Rank"]), f"a rank of 1 to {WIDEST}", 1, WIDEST)
                ranked.setdefault(rank, []).append(numbers[selection["ContestSelectionId"]])


def write_cast_vote_records(file: RankedFile) -> str:
    """The file as a report of cast vote records in NIST's JSON, a record a ballot.

    Raises:
        ValueError: No opinion, which the form has no way to write.
    """
    check_opinions(file)
    numbers = range(1, len(file.names) + 1)
    candidates = [{"@id": f"candidate-{n}", "Name": file.names[n - 1]} for n in numbers]
    selections = [{"@id": f"selection-{n}", "CandidateIds": [f"candidate-{n}"]} for n in numbers]
    contest = {"@id": "contest", "ContestSelection": selections, "Name": file.title}
    cast = (marks for marks, weight in sorted(file.ballots.items()) for _ in range(weight))
    report = {
        "@type": "CVR.CastVoteRecordReport",
        "CVR": [_record(marks, number) for number, marks in enumerate(cast, 1)],
        "Election": [{"@id": "election", "Candidate": candidates, "Contest": [contest]}],
        "Version": "1.0.0",
    }
    return json.dumps(report, ensure_ascii=False) + "\n"


def _record(marks: Marks, number: int) -> dict[str, Any]:
    ranks: dict[int, list[int]] = {}
    for rank, marked in enumerate(marks, 1):
        for option in marked:
            ranks.setdefault(option, []).append(rank)
    selections = [
        {
            "ContestSelectionId": f"selection-{option}",
            "SelectionPosition": [
                {"HasIndication": "yes", "NumberVotes": 1, "Rank": rank} for rank in ranks[option]
            ],
        }
        for option in sorted(ranks)
    ]
    contest = {"ContestId": "contest", "CVRContestSelection": selections}
    snapshot = {"@id": f"ballot-{number}", "CVRContest": [contest], "Type": "original"}
    return {"CVRSnapshot": [snapshot], "CurrentSnapshotId": f"ballot-{number}"}
