"""The quick way through a large CSV file whose cells are plain: nothing but ranks, or approvals.

What isn't plain is left to `rows`, which knows the line and says what was expected there; the
ballots are the same either way.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import compress, islice
from operator import itemgetter
from typing import Final

from collegium.counting.approvals import Approvals, Approved
from collegium.counting.ballot import MOST_OPTIONS, UNRANKED, WIDE_RANKS, dense_ballot
from collegium.counting.fast import table_of_lines
from collegium.counting.files.strict_lines import strict_ballots
from collegium.counting.profile import MOST_BALLOTS, Profile

PASSED_OVER = -1
TIMES = -2

_CHARACTERS = {"": UNRANKED, "0": UNRANKED, UNRANKED: UNRANKED} | {
    str(number): rank for number, rank in enumerate(WIDE_RANKS, 1)
}
_APPROVED = dict.fromkeys(("1", "x", "yes", "true"), 1) | dict.fromkeys(("", "0", "-", "no"), 0)
_OTHER_BREAKS = "\r\v\f\x1c\x1d\x1e"
_LONGEST_WEIGHT = 15
_TOGETHER: Final = 4096
"""Lines read together: their numbers fit into the processor's cache, and one that isn't strict
leaves only so many to be read one by one."""


def plain_profile(text: str, roles: Sequence[int]) -> Profile | None:
    """The ballots, or None if anything in the file isn't plain.

    Args:
        text: The file; its first line is the heading.
        roles: Of each column: its option from 0, `PASSED_OVER`, or `TIMES` for a weight.
    """
    lines = _lines(text)
    return None if lines is None else _ranked(lines, roles, sum(role >= 0 for role in roles))


def plain_approvals(text: str, roles: Sequence[int]) -> Approvals | None:
    """The approvals, or None if anything in the file isn't plain.

    Args:
        text: The file; its first line is the heading.
        roles: As `plain_profile` has them.
    """
    lines = _lines(text)
    if lines is None:
        return None
    options = sum(role >= 0 for role in roles)
    times = roles.index(TIMES) if TIMES in roles else None
    columns = [place for place, role in enumerate(roles) if role >= 0]
    whole, numbers = len(columns) == len(roles), range(1, options + 1)
    weights: dict[Approved, int] = {}
    for line, alike in lines.items():
        cells = line.split(",")
        if len(cells) != len(roles):
            return None
        chosen = cells if whole else [cells[column] for column in columns]
        try:
            approved = tuple(compress(numbers, [_APPROVED[cell] for cell in chosen]))
        except KeyError:
            return None
        weight = 1 if times is None else _weight(cells[times])
        if not weight:
            return None
        weights[approved] = weights.get(approved, 0) + weight * alike
    return Approvals(options, weights) if sum(weights.values()) <= MOST_BALLOTS else None


def compiled_profile(data: bytes, heading: str, roles: Sequence[int]) -> Profile | None:
    """The ballots, read by compiled kernels (`fast`); None where they are too few or not plain.

    Args:
        data: The file.
        heading: Its first line.
        roles: As `plain_profile` has them.
    """
    if not _is_one_line(heading):
        return None
    options = sum(role >= 0 for role in roles)
    table = table_of_lines(data, data.find(b"\n") + 1, list(roles), options)
    if table is None or table.total > MOST_BALLOTS:
        return None
    return Profile.of_table(options, table)


def _is_one_line(heading: str) -> bool:
    return len(heading.splitlines()) == 1 and bool(heading.strip()) and '"' not in heading


def _lines(text: str) -> Counter[str] | None:
    """How often each line stands below the heading, before any is read; None if not plain."""
    start = text.find("\n") + 1
    body = text[start:].replace("\r\n", "\n")
    if not _is_one_line(text[:start]) or '"' in body or not body.isascii():
        return None
    if any(one in body for one in _OTHER_BREAKS):
        return None
    lines = Counter(body.split("\n"))
    del lines[""]
    return lines


def _ranked(lines: Counter[str], roles: Sequence[int], options: int) -> Profile | None:
    """The ballots of these lines, or None if one isn't plain."""
    weights: dict[str, int] = {}
    if list(roles) == list(range(options)) and options <= MOST_OPTIONS:
        lines = _read_together(lines, options, weights)
    strict = not lines
    columns = [place for place, role in enumerate(roles) if role >= 0]
    times = roles.index(TIMES) if TIMES in roles else None
    chosen = (
        itemgetter(*columns) if len(columns) > 1 else itemgetter(slice(columns[0], columns[0] + 1))
    )
    whole = len(columns) == len(roles)
    character = _CHARACTERS.__getitem__
    for line, alike in lines.items():
        cells = line.split(",")
        if len(cells) != len(roles):
            return None
        try:
            text = "".join(map(character, cells if whole else chosen(cells)))
        except KeyError:
            return None
        weight = 1 if times is None else _weight(cells[times])
        if not weight:
            return None
        ballot = dense_ballot(text)
        weights[ballot] = weights.get(ballot, 0) + weight * alike
    if sum(weights.values()) > MOST_BALLOTS:
        return None
    return Profile.of_dense(options, weights, strict=strict)


def _read_together(lines: Counter[str], options: int, weights: dict[str, int]) -> Counter[str]:
    """Add the ballots of those lines that are strict as they stand; gives the others back."""
    left: Counter[str] = Counter()
    different = iter(lines.items())
    while together := dict(islice(different, _TOGETHER)):
        ballots = strict_ballots(list(together), options)
        if ballots is None:
            left.update(together)
        else:
            for ballot, alike in zip(ballots, together.values(), strict=True):
                weights[ballot] = weights.get(ballot, 0) + alike
    return left


def _weight(cell: str) -> int:
    """A weight in plain digits; 0 for anything else."""
    return int(cell) if cell.isdigit() and len(cell) <= _LONGEST_WEIGHT else 0
