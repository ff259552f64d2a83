"""ABIF: a ballot a line as `27:Ana>Ben=Cho`, with or without grades as `Ana/5`.

Names of several words stand in square brackets or quotes; `=Ana:[Ana Sousa]` says who a short
name is; `{…}` and `#` tell about the vote.

Source: electorama.com, "ABIF" (Aggregated Ballot Information Format).
"""

import re

from collegium.counting.ballot import WIDEST
from collegium.counting.files.kinds import (
    GradeFile,
    Place,
    RankedFile,
    add_ballot,
    check_names,
    check_opinions,
    check_scale,
    closed_up,
    lines_of,
    numbered,
    told_apart,
)
from collegium.counting.grades import MOST_GRADES, Given, Grades
from collegium.counting.marks import Marks

_LINE = re.compile(r"^(\d+)\s*[:*]\s*(.*)$")
_ENTRY = re.compile(
    r"""\s*(?:\[(?P<bracket>[^\]]*)\]|"(?P<quote>[^"]*)"|(?P<plain>[^>=,/\[\]"]++))"""
    r"""\s*(?:/\s*(?P<grade>\d+))?\s*(?P<then>[>=,]|$)"""
)
_ABOUT = re.compile(r'^\{\s*"?title"?\s*:\s*"(.*)"\s*\}$')
_NAMED = re.compile(r"^=(?:\s*\[([^\]]*)\]\s*|\s*\"([^\"]*)\"\s*|([^:]++)):\s*\[(.*)\]$")

_Row = list[tuple[str, int | None, str]]


def read_abif(text: str, source: str = "ballots.abif") -> RankedFile | GradeFile:
    """The ballots of an ABIF file: grades where every mention has one and commas part them.

    Raises:
        BallotFileError: File, line, and what was expected there.
    """
    place = Place(source)
    title = ""
    named: dict[str, str] = {}
    rows: list[tuple[int, _Row]] = []
    for place.line, line in enumerate(lines_of(text), 1):
        whole = line.lstrip().startswith(("=", "{"))
        bare = line.strip() if whole else line.partition("#")[0].strip()
        if about := _ABOUT.match(bare):
            title = about.group(1)
        elif match := _NAMED.match(bare):
            token = next(each for each in match.groups()[:3] if each is not None).strip()
            if named.get(token, match.group(4)) != match.group(4):
                place.expected("one name for each short one", bare)
            named[token] = match.group(4)
        elif bare and not bare.startswith("{"):
            rows.append(_row(bare, place))
    tokens = list(dict.fromkeys(named))
    tokens += sorted({token for _, row in rows for token, *_ in row} - set(tokens))
    if not 1 <= len(tokens) <= WIDEST:
        place.expected(f"1 to {WIDEST} options", len(tokens))
    names = told_apart(named.get(token, token) for token in tokens)
    parted = all(
        grade is not None and then == "," for _, row in rows for _, grade, then in row[:-1]
    )
    if parted and any(row for _, row in rows):
        graded = _graded(rows, tokens, names, title)
        if graded is not None:
            return graded
    return RankedFile(ballots=_ranked(rows, tokens), names=names, title=title)


def _row(line: str, place: Place) -> tuple[int, _Row]:
    match = _LINE.match(line)
    if not match:
        place.expected("how often a ballot was cast, a colon, and options", line)
    weight = place.weight(match.group(1))
    row: _Row = []
    rest, position = match.group(2), 0
    while position < len(rest):
        entry = _ENTRY.match(rest, position)
        if not entry or entry.end() == position:
            place.expected("options parted by >, = or a comma", rest[position:])
        token = entry.group("bracket") or entry.group("quote") or entry.group("plain") or ""
        grade = entry.group("grade")
        top = MOST_GRADES - 1
        given = None if grade is None else place.whole(grade, f"a grade of 0 to {top}", 0, top)
        row.append((token.strip(), given, entry.group("then")))
        position = entry.end()
    if row and row[-1][2]:
        place.expected("an option after the last sign", rest)
    if len({token for token, *_ in row}) < len(row):
        place.expected("each option once", rest)
    return weight, row


def _ranked(rows: list[tuple[int, _Row]], tokens: list[str]) -> dict[Marks, int]:
    numbers = numbered(tuple(tokens))
    ballots: dict[Marks, int] = {}
    for weight, row in rows:
        ranks: list[list[int]] = [[]]
        for token, _, then in row:
            ranks[-1].append(numbers[token])
            if then == ">":
                ranks.append([])
        add_ballot(ballots, tuple(tuple(rank) for rank in ranks if rank), weight)
    return ballots


def _graded(
    rows: list[tuple[int, _Row]], tokens: list[str], names: tuple[str, ...], title: str
) -> GradeFile | None:
    """The ballots as grades, or None where one has no grade."""
    grades: dict[Given, int] = {}
    highest = 1
    for weight, row in rows:
        given = [-1] * len(tokens)
        for token, grade, _ in row:
            if grade is None:
                return None
            given[tokens.index(token)] = grade
            highest = max(highest, grade)
        grades[tuple(given)] = grades.get(tuple(given), 0) + weight
    profile = Grades(len(tokens), highest + 1, grades)
    return GradeFile(names=names, profile=profile, title=title)


def write_abif(file: RankedFile | GradeFile) -> str:
    """The file as ABIF; skipped ranks are closed up.

    Raises:
        ValueError: A name with a bracket or a line break, an option marked twice, no opinion, or
            grades of which none is the highest: the form doesn't say where the scale ends.
    """
    check_names((*file.names, file.title), "[]", "brackets and ")
    lines = [f'{{title: "{file.title}"}}'] if file.title else []
    lines += [f"=o{number}:[{name}]" for number, name in enumerate(file.names, 1)]
    if isinstance(file, GradeFile):
        check_scale(file.profile)
        for given, weight in sorted(file.profile.weights.items()):
            graded = [f"o{n}/{grade}" for n, grade in enumerate(given, 1) if grade >= 0]
            lines.append(f"{weight}:{','.join(graded)}")
        return "\n".join(lines) + "\n"
    check_opinions(file)
    for marks, weight in sorted(file.ballots.items()):
        ranks = ["=".join(f"o{number}" for number in rank) for rank in closed_up(marks)]
        lines.append(f"{weight}:{'>'.join(ranks)}")
    return "\n".join(lines) + "\n"
