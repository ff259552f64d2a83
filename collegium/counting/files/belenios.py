"""Ballots as Belenios prints them in its result, and as `belenios-tool method` reads them.

A list of ballots, each a list with the rank of every option, 0 for none; in a result they stand
as the first answer under `result`. Names aren't in it: the options are numbered.

Source: belenios.org, "specification", non-homomorphic answers; `belenios-tool method --help`.
"""

import json
from typing import Any

from collegium.counting.ballot import WIDEST
from collegium.counting.files.kinds import (
    Place,
    RankedFile,
    add_ballot,
    check_opinions,
    closed_up,
    json_in,
)
from collegium.counting.marks import Marks


def read_belenios(text: str, source: str = "result.json") -> RankedFile:
    """The ballots of a Belenios result, or of a list of ballots.

    Raises:
        BallotFileError: File, line, and what was expected there.
    """
    place = Place(source)
    rows = _rows(text, place)
    options = len(rows[0]) if rows else 0
    if not 1 <= options <= WIDEST:
        place.expected(f"ballots on 1 to {WIDEST} options", options)
    ballots: dict[Marks, int] = {}
    for number, row in enumerate(rows, 1):
        fits = isinstance(row, list) and len(row) == options
        if not fits or not all(type(rank) is int and 0 <= rank <= WIDEST for rank in row):
            place.expected(f"{options} ranks on ballot {number}", row)
        add_ballot(ballots, _marks(row), 1)
    names = tuple(str(number) for number in range(1, options + 1))
    return RankedFile(ballots=ballots, names=names)


def _rows(text: str, place: Place) -> list[Any]:
    found = json_in(text, place)
    if isinstance(found, dict):
        answers = found.get("result")
        if not isinstance(answers, list) or not answers:
            place.expected("a result with one list of ballots", list(found))
        found = answers[0]
    if not isinstance(found, list) or (found and not isinstance(found[0], list)):
        place.expected("a list of ballots", type(found).__name__)
    rows: list[Any] = found
    return rows


def _marks(row: list[int]) -> Marks:
    """The options by ranks, of which only the order counts."""
    by_rank: dict[int, list[int]] = {}
    for number, rank in enumerate(row, 1):
        if rank:
            by_rank.setdefault(rank, []).append(number)
    return tuple(tuple(by_rank[rank]) for rank in sorted(by_rank))


def write_belenios(file: RankedFile) -> str:
    """A list of ballots for `belenios-tool method`, a row a ballot.

    Raises:
        ValueError: An option that is marked twice, or no opinion.
    """
    check_opinions(file)
    rows = []
    for marks, weight in sorted(file.ballots.items()):
        row = [0] * len(file.names)
        for rank, options in enumerate(closed_up(marks), 1):
            for option in options:
                row[option - 1] = rank
        rows += [row] * weight
    return json.dumps(rows)
