"""Ballots as people write them down: a line each with numbers or names, or a file pasted whole."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from collegium.counting.ballot import RANKS, UNRANKED
from collegium.counting.files.blt import read_blt
from collegium.counting.files.kinds import ApprovalFile, BallotFile, GradeFile, RankedFile, lines_of
from collegium.counting.files.rows import Kind, read_rows
from collegium.counting.marks import Marks
from collegium.parts.decisions.pages_taking import PaperKind
from collegium.parts.decisions.tallying import APPROVED, GRADES
from collegium.server.web.decisions.papers import Ballots, grade_name

MOST_BALLOTS: Final = 10**9

_LINE: Final = re.compile(r"\s*([0-9]{1,12})\s*(?::|[x*]\s|\s)\s*(.*?)\s*\Z")
_HEADING_OF_BLT: Final = re.compile(r"\s*[0-9]+[ \t]+[0-9]+\s*\Z")
_BETWEEN: Final = re.compile(r"[>,;]")
_NOTHING: Final = frozenset({"", "-", "–", "none"})  # noqa: RUF001 - as people write it
_QUOTES: Final = " \t\"'“”„"
_SHOWN: Final = 40
_KINDS: Final[Mapping[PaperKind, Kind]] = {
    "rank": "ranked",
    "tick": "approvals",
    "grade": "grades",
}


def listed(text: str, ballots: Ballots, titles: Sequence[str]) -> dict[str, int]:
    """A ballot as the record spells it to how often it stands in a list or a file.

    Args:
        text: Lines such as `12: 2 1 3` and `12: Rye > Wheat`, a BLT file, or CSV.
        ballots: What a ballot looks like.
        titles: Of the options.

    Raises:
        ValueError: Which line, and what was expected there.
    """
    lines = lines_of(text)
    first = next((line for line in lines if line.strip()), "")
    if _HEADING_OF_BLT.match(first) and any(line.strip() == "0" for line in lines):
        return _of_file(read_blt(text, "The list"), ballots, titles)
    if "," in first and not _LINE.match(first):
        return _of_file(read_rows(text, "The list", _KINDS[ballots.kind]), ballots, titles)
    found: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if line.strip():
            count, marks = _of_line(number, line, ballots, titles)
            found[marks] = found.get(marks, 0) + count
    return found


def _of_line(number: int, line: str, ballots: Ballots, titles: Sequence[str]) -> tuple[int, str]:
    parts = _LINE.match(line)
    if parts is None or not 0 < int(parts[1]) <= MOST_BALLOTS:
        raise ValueError(
            f"Line {number}: begin with how many ballots say this, then a colon. "
            f"It says “{line.strip()[:_SHOWN]}”."
        )
    try:
        return int(parts[1]), said(parts[2], ballots, titles)
    except ValueError as error:
        raise ValueError(f"Line {number}: {error}") from error


def said(text: str, ballots: Ballots, titles: Sequence[str]) -> str:
    """One ballot as the record spells it, from its options' numbers or names, or its grades.

    Raises:
        ValueError: What was expected.

    Example:
        >>> said("2 1", Ballots("rank", 3, 0, False, False), ("Rye", "Wheat", "Spelt"))
        '21-'
    """
    if ballots.kind == "grade":
        return _graded(text, ballots)
    marks = [UNRANKED] * ballots.options
    groups = [] if text.strip().lower() in _NOTHING else _groups(text)
    for place, group in enumerate(groups):
        for item in group.split("="):
            option = _option(item, titles)
            if marks[option] != UNRANKED:
                raise ValueError(f"“{titles[option]}” stands there twice. Name each option once.")
            marks[option] = APPROVED if ballots.kind == "tick" else RANKS[place]
    return "".join(marks)


def _groups(text: str) -> list[str]:
    """What stands at each place: parted by `>` or commas, or by blanks between numbers."""
    if _BETWEEN.search(text):
        return [one for one in _BETWEEN.split(text) if one.strip()]
    tight = re.sub(r"\s*=\s*", "=", text.strip())
    words = tight.split()
    numbers = all(one.isdigit() for word in words for one in word.split("="))
    return words if numbers else [tight]


def _option(item: str, titles: Sequence[str]) -> int:
    """The place of an option among the titles, from 0."""
    name = item.strip(_QUOTES)
    if name.isascii() and name.isdigit():
        if 1 <= int(name[:4]) <= len(titles):
            return int(name) - 1
    else:
        known = [_plain(title) for title in titles]
        if known.count(_plain(name)) == 1:
            return known.index(_plain(name))
    raise ValueError(
        f"“{name[:_SHOWN]}” is none of the options. Write numbers from 1 to {len(titles)} with "
        "blanks between them, or names as they stand above with > between them."
    )


def _graded(text: str, ballots: Ballots) -> str:
    words = text.split(",") if "," in text else text.split()
    if len(words) != ballots.options:
        raise ValueError(
            f"Write {ballots.options} grades, one for each option in its order, and - for none."
        )
    return "".join(_grade(word.strip(_QUOTES), ballots) for word in words)


def _grade(word: str, ballots: Ballots) -> str:
    if word.lower() in _NOTHING:
        return UNRANKED
    for grade in range(ballots.levels):
        if word.lower() in {str(grade), grade_name(ballots, grade)}:
            return GRADES[grade]
    raise ValueError(
        f"“{word[:_SHOWN]}” is no grade. The best is {ballots.levels - 1}, 0 the worst."
    )


# Files.


def _of_file(file: BallotFile, ballots: Ballots, titles: Sequence[str]) -> dict[str, int]:
    """The ballots of a file whose options are this vote's, in whatever order."""
    places = _places(file.names, titles)
    found: dict[str, int] = {}
    for marks, weight in _weights(file, ballots):
        text = "".join(marks[place] for place in places)
        found[text] = found.get(text, 0) + weight
    return found


def _places(names: Sequence[str], titles: Sequence[str]) -> list[int]:
    """Where in the file each option of the vote stands."""
    in_file, here = [_plain(name) for name in names], [_plain(title) for title in titles]
    for name, plain in zip(names, in_file, strict=True):
        if plain not in here:
            raise ValueError(f"The list has “{name[:_SHOWN]}”, which isn't on this ballot.")
    missing = [title for title, plain in zip(titles, here, strict=True) if plain not in in_file]
    if missing:
        raise ValueError(f"The list lacks “{missing[0][:_SHOWN]}”. It needs every option.")
    return [in_file.index(plain) for plain in here]


def _weights(file: BallotFile, ballots: Ballots) -> list[tuple[str, int]]:
    if isinstance(file, RankedFile) and ballots.kind == "rank":
        options = len(file.names)
        return [(_ranked(marks, options), weight) for marks, weight in file.ballots.items()]
    if isinstance(file, ApprovalFile) and ballots.kind == "tick":
        numbers = range(1, len(file.names) + 1)
        return [
            ("".join(APPROVED if n in ticked else UNRANKED for n in numbers), weight)
            for ticked, weight in file.profile.weights.items()
        ]
    if isinstance(file, GradeFile) and ballots.kind == "grade":
        if file.profile.levels > ballots.levels:
            raise ValueError(f"The list has a grade above {ballots.levels - 1}, which is the best.")
        return [
            ("".join(UNRANKED if grade < 0 else GRADES[grade] for grade in given), weight)
            for given, weight in file.profile.weights.items()
        ]
    raise ValueError("The list has ballots of another kind than this vote.")


def _ranked(marks: Marks, options: int) -> str:
    found = [UNRANKED] * options
    for place, numbers in enumerate(marks[: len(RANKS)]):
        for number in numbers:
            if found[number - 1] == UNRANKED:
                found[number - 1] = RANKS[place]
    return "".join(found)


def _plain(name: str) -> str:
    """A name as it is compared: capitals and blanks don't count."""
    return " ".join(name.split()).casefold()
