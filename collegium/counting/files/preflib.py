"""PrefLib's formats: soc, soi, toc and toi (orders), and cat (categories).

A line is `how often: 1,{2,3},4`; what comes before it with `#` says names and numbers. A `cat`
file with two categories is read as approvals of the first; with more, as grades, the first
category the highest. The older headings without `#` keys are read without names.

Source: preflib.org, "data format"; N. Mattei and T. Walsh, PrefLib (2013).
"""

import re
from typing import TypeAlias

from collegium.counting.approvals import Approvals, Approved
from collegium.counting.ballot import WIDEST
from collegium.counting.files.kinds import (
    ApprovalFile,
    GradeFile,
    Place,
    RankedFile,
    add_ballot,
    check_names,
    check_opinions,
    lines_of,
    told_apart,
)
from collegium.counting.grades import MOST_GRADES, Given, Grades
from collegium.counting.marks import Marks

_RANK = re.compile(r"\{([0-9,\s]*)\}|([0-9]+)")
_RANKS = re.compile(r"\s*(?:(?:\{[0-9,\s]*\}|[0-9]+)\s*(?:,\s*|$))*")
_NUMBER = re.compile(r"[0-9]+")
_TWO_CATEGORIES = 2

_Line: TypeAlias = tuple[Marks, int, int]
"""Marks, how often they were so cast, and on which line that stands."""


def read_preflib(text: str, source: str = "ballots.toi") -> RankedFile | ApprovalFile | GradeFile:
    """The ballots of a PrefLib file.

    Raises:
        BallotFileError: File, line, and what was expected there.
    """
    place = Place(source)
    about: dict[str, str] = {}
    found: list[_Line] = []
    for place.line, line in enumerate(lines_of(text), 1):
        if line.startswith("#"):
            key, _, value = line[1:].partition(":")
            about[key.strip().upper()] = value.strip()
        elif line.strip():
            found.append((*_ballot(line, place), place.line))
    _check_voters(about, found, place)
    names = _names(about, found, place)
    if about.get("DATA TYPE") == "cat" or source.endswith(".cat"):
        return _categories(about, found, names, place)
    ballots: dict[Marks, int] = {}
    for marks, weight, _ in found:
        add_ballot(ballots, marks, weight)
    return RankedFile(ballots=ballots, names=names, title=about.get("TITLE", ""))


def _ballot(line: str, place: Place) -> tuple[Marks, int]:
    count, colon, order = line.partition(":")
    weight = place.weight(count, "how often a ballot was cast, then a colon")
    if not colon or not _RANKS.fullmatch(order.strip()):
        place.expected("options separated by commas, equal ones in braces", line)
    ranks = [
        tuple(
            place.whole(number, f"an alternative, 1 to {WIDEST}", 1, WIDEST)
            for number in _NUMBER.findall(match.group())
        )
        for match in _RANK.finditer(order)
    ]
    return tuple(ranks), weight


def _check_voters(about: dict[str, str], found: list[_Line], place: Place) -> None:
    """Refuse a file that was cut off: it has fewer ballots than its heading says."""
    if "NUMBER VOTERS" in about:
        cast = sum(weight for _, weight, _ in found)
        what = "as many ballots as NUMBER VOTERS says"
        if place.whole(about["NUMBER VOTERS"], "a NUMBER VOTERS") != cast:
            place.expected(f"{what}, {about['NUMBER VOTERS']}", cast)


def _names(about: dict[str, str], found: list[_Line], place: Place) -> tuple[str, ...]:
    highest = max((n for marks, *_ in found for rank in marks for n in rank), default=0)
    stated = about.get("NUMBER ALTERNATIVES", str(highest))
    options = place.whole(stated, f"1 to {WIDEST} alternatives", 1, WIDEST)
    for marks, _, place.line in found:
        most = max((number for rank in marks for number in rank), default=0)
        if most > options:
            place.expected(f"alternatives 1 to {options}", most)
    return told_apart(about.get(f"ALTERNATIVE NAME {n}", str(n)) for n in range(1, options + 1))


def _categories(
    about: dict[str, str], found: list[_Line], names: tuple[str, ...], place: Place
) -> ApprovalFile | GradeFile:
    most = max((len(marks) for marks, *_ in found), default=1)
    stated = about.get("NUMBER CATEGORIES", str(most))
    levels = place.whole(stated, f"{most} categories or more", most, MOST_GRADES)
    title = about.get("TITLE", "")
    for marks, _, place.line in found:
        numbers = [number for category in marks for number in category]
        if len(set(numbers)) < len(numbers):
            place.expected("each alternative in one category", marks)
    if levels <= _TWO_CATEGORIES:
        approved: dict[Approved, int] = {}
        for marks, weight, _ in found:
            first = tuple(sorted(marks[0])) if marks else ()
            approved[first] = approved.get(first, 0) + weight
        return ApprovalFile(names=names, profile=Approvals(len(names), approved), title=title)
    grades: dict[Given, int] = {}
    for marks, weight, _ in found:
        given = [-1] * len(names)
        for category, options in enumerate(marks):
            for option in options:
                given[option - 1] = levels - 1 - category
        grades[tuple(given)] = grades.get(tuple(given), 0) + weight
    return GradeFile(names=names, profile=Grades(len(names), levels, grades), title=title)


def write_preflib(file: RankedFile | ApprovalFile | GradeFile) -> str:
    """The file in PrefLib's form for orders, skipped ranks closed up, or for categories.

    Raises:
        ValueError: A name with a line break, no opinion, or only two grades, which are read as
            approvals.
    """
    check_names((*file.names, file.title))
    ballots: dict[Marks, int] = {}
    categories = 0
    if isinstance(file, RankedFile):
        check_opinions(file)
        for marks, weight in file.ballots.items():
            add_ballot(ballots, tuple(rank for rank in marks if rank), weight)
    elif isinstance(file, ApprovalFile):
        categories = _TWO_CATEGORIES
        for approved, weight in file.profile.weights.items():
            others = tuple(n for n in range(1, len(file.names) + 1) if n not in approved)
            ballots[approved, others] = weight
    else:
        categories = file.profile.levels
        if categories <= _TWO_CATEGORIES:
            raise ValueError(f"expected three grades or more in this form, not {categories}")
        for given, weight in file.profile.weights.items():
            grades = reversed(range(categories))
            places = (tuple(n for n, g in enumerate(given, 1) if g == grade) for grade in grades)
            ballots[tuple(places)] = weight
    lines = _heading(file, ballots, categories)
    for marks, weight in sorted(ballots.items(), key=lambda pair: (-pair[1], pair[0])):
        ranks = [
            str(rank[0]) if len(rank) == 1 else "{" + ",".join(map(str, rank)) + "}"
            for rank in marks
        ]
        lines.append(f"{weight}: {','.join(ranks)}")
    return "\n".join(lines) + "\n"


def _heading(
    file: RankedFile | ApprovalFile | GradeFile, ballots: dict[Marks, int], categories: int
) -> list[str]:
    kind = "cat" if categories else _data_type(ballots, len(file.names))
    named = [f"# CATEGORY NAME {n}: {n}" for n in range(1, categories + 1)]
    return [
        f"# TITLE: {file.title}",
        f"# DATA TYPE: {kind}",
        f"# NUMBER ALTERNATIVES: {len(file.names)}",
        f"# NUMBER VOTERS: {sum(ballots.values())}",
        f"# NUMBER UNIQUE {'PREFERENCES' if categories else 'ORDERS'}: {len(ballots)}",
        *([f"# NUMBER CATEGORIES: {categories}", *named] if categories else []),
        *(f"# ALTERNATIVE NAME {n}: {name}" for n, name in enumerate(file.names, 1)),
    ]


def _data_type(ballots: dict[Marks, int], options: int) -> str:
    tied = any(len(rank) > 1 for marks in ballots for rank in marks)
    whole = all(sum(map(len, marks)) == options for marks in ballots)
    return ("t" if tied else "s") + "o" + ("c" if whole else "i")
