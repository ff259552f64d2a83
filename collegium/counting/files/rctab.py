"""Cast vote records as RCTab reads them: CSV with its JSON configuration, and NIST's JSON.

The configuration says who stands, which labels mean an overvote or a skip, and how marks are
read; the policy that comes back says the same in our words.

Source: RCTab v1.3 and v2.0, "config file documentation"; NIST SP 1500-103 (CVR, version 1).
"""

import csv
import io
import json
import re
from typing import Any

from collegium.counting.ballot import WIDEST
from collegium.counting.files.kinds import Place, RankedFile, add_ballot, csv_rows, numbered
from collegium.counting.marks import Marks
from collegium.counting.policy import BallotPolicy

_RANK_COLUMN = re.compile(r"^(rank|choice|ranking)[ _]?(\d+)$", re.IGNORECASE)
_WEIGHT_COLUMNS = {"count", "weight", "number"}
_OVERVOTES = {
    "alwaysSkipToNextRank": "skip",
    "exhaustImmediately": "stop",
    "exhaustIfMultipleContinuing": "stop",
}


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
    config = _configuration(configuration, configuration_source) if configuration else {}
    cells: list[tuple[list[str], int]] = []
    for row in rows:
        if len(row) != len(heading):
            place.expected(f"{len(heading)} columns", len(row))
        weight = place.whole(row[weights[0]], "how often a ballot was cast", 1) if weights else 1
        cells.append(([row[column].strip() for column in ranks], weight))
    return _ranked(cells, config, place)


def _rank_columns(heading: list[str], place: Place) -> list[int]:
    columns = {
        int(match.group(2)): number
        for number, title in enumerate(heading)
        if (match := _RANK_COLUMN.match(title.strip()))
    }
    if not columns:
        place.expected("columns rank1, rank2 and so on", heading)
    return [columns[rank] for rank in sorted(columns)]


def _configuration(text: str, source: str) -> dict[str, Any]:
    place = Place(source or "config.json")
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        place.line = error.lineno
        place.expected("JSON", error.msg)
    if not isinstance(found, dict) or "candidates" not in found or "rules" not in found:
        place.expected("an RCTab configuration with candidates and rules", type(found).__name__)
    return found


def _ranked(cells: list[tuple[list[str], int]], config: dict[str, Any], place: Place) -> RankedFile:
    sources = config.get("cvrFileSources") or [{}]
    over = sources[0].get("overvoteLabel") or "overvote"
    skip = {sources[0].get("skippedRankLabel") or "undervote", "skipped", ""}
    write_in = sources[0].get("undeclaredWriteInLabel") or ""
    names = _names(cells, config, {over, *skip}, write_in)
    if not 1 <= len(names) <= WIDEST:
        place.expected(f"1 to {WIDEST} candidates", len(names))
    numbers = numbered(names)
    everyone = tuple(range(1, len(names) + 1))
    ballots: dict[Marks, int] = {}
    for row, weight in cells:
        marks = []
        for cell in row:
            if cell == over:
                # Which options were marked isn't known; all of them make it an overvote.
                marks.append(everyone)
            elif cell in skip:
                marks.append(())
            elif cell in numbers:
                marks.append((numbers[cell],))
            else:
                place.expected("a candidate of the configuration", cell)
        add_ballot(ballots, tuple(marks), weight)
    return _file(ballots, names, config)


def _names(
    cells: list[tuple[list[str], int]], config: dict[str, Any], labels: set[str], write_in: str
) -> tuple[str, ...]:
    if not config:
        return tuple(sorted({cell for row, _ in cells for cell in row} - labels))
    names = [one["name"] for one in config["candidates"] if not one.get("excluded")]
    return (*names, write_in) if write_in else tuple(names)


def _file(ballots: dict[Marks, int], names: tuple[str, ...], config: dict[str, Any]) -> RankedFile:
    rules = config.get("rules", {})
    seats = str(rules.get("numberOfWinners", "0"))
    return RankedFile(
        ballots=ballots,
        names=names,
        policy=policy_of(rules),
        seats=int(seats) if seats.isdigit() else 0,
        title=config.get("outputSettings", {}).get("contestName", ""),
    )


def policy_of(rules: dict[str, Any]) -> BallotPolicy:
    """The ballot policy that the `rules` of an RCTab configuration state.

    `exhaustIfMultipleContinuing` depends on the stage and is read as `exhaustImmediately`.
    """
    skips = str(rules.get("maxSkippedRanksAllowed", "unlimited"))
    most = str(rules.get("maxRankingsAllowed", "max"))
    overvotes = _OVERVOTES.get(str(rules.get("overvoteRule", "")), "skip")
    return BallotPolicy(
        duplicates="stop" if rules.get("exhaustOnDuplicateCandidate") else "skip",
        most_ranks=int(most) if most.isdigit() and int(most) else None,
        most_skips=int(skips) if skips.isdigit() else None,
        overvotes="stop" if overvotes == "stop" else "skip",
    )


def write_rctab(file: RankedFile) -> str:
    """The file as CSV with a column `count` and a column for each rank.

    Raises:
        ValueError: A rank with some options, but not all: the form only knows `overvote`.
    """
    ranks = max((len(marks) for marks in file.ballots), default=1)
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
    try:
        report = json.loads(text)
    except json.JSONDecodeError as error:
        place.line = error.lineno
        place.expected("JSON", error.msg)
    config = _configuration(configuration, configuration_source) if configuration else {}
    try:
        names, ballots = _records(report)
    except (KeyError, IndexError, TypeError, ValueError) as error:
        place.line = 1
        place.expected("a report of cast vote records", f"{type(error).__name__}: {error}")
    return _file(ballots, names, config)


def _records(report: dict[str, Any]) -> tuple[tuple[str, ...], dict[Marks, int]]:
    election = report["Election"][0]
    called = {one["@id"]: one["Name"] for one in election["Candidate"]}
    contest = election["Contest"][0]
    selections = [
        (one["@id"], called[one["CandidateIds"][0]]) for one in contest["ContestSelection"]
    ]
    numbers = {identity: number for number, (identity, _) in enumerate(selections, 1)}
    ballots: dict[Marks, int] = {}
    for record in report["CVR"]:
        snapshot = next(
            one for one in record["CVRSnapshot"] if one["@id"] == record["CurrentSnapshotId"]
        )
        ranked: dict[int, list[int]] = {}
        for marked in snapshot["CVRContest"]:
            if marked["ContestId"] == contest["@id"]:
                _add_selections(ranked, marked.get("CVRContestSelection", []), numbers)
        last = max(ranked, default=0)
        marks = tuple(tuple(sorted(ranked.get(rank, ()))) for rank in range(1, last + 1))
        add_ballot(ballots, marks, 1)
    return tuple(name for _, name in selections), ballots


def _add_selections(
    ranked: dict[int, list[int]], selections: list[dict[str, Any]], numbers: dict[str, int]
) -> None:
    for selection in selections:
        for position in selection["SelectionPosition"]:
            if position.get("HasIndication") == "yes":
                option = numbers[selection["ContestSelectionId"]]
                ranked.setdefault(int(position["Rank"]), []).append(option)
