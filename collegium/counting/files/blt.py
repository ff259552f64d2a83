"""BLT, the format of Hill, Wichmann and Woodall: a tolerant reader and a strict writer.

A heading `candidates seats`; withdrawn candidates as negative numbers; a ballot a line as
`weight first second … 0`, with `-` for a skipped rank and `=` between equal ones; a line `0`;
then the names and the title. Read all the same: names without quotes, comments from `#` on
lines that otherwise hold numbers, ballots with an id `(…)`, options in `[…]`, and names that
kept the key they have in PrefLib.

Source: I. D. Hill, B. A. Wichmann and D. R. Woodall, Algorithm 123, Computer Journal 30 (1987).
"""

import re
from collections.abc import Iterator
from itertools import islice

from collegium.counting.ballot import WIDEST
from collegium.counting.files.kinds import (
    Place,
    RankedFile,
    add_ballot,
    check_names,
    check_opinions,
    lines_of,
    told_apart,
)
from collegium.counting.marks import Marks
from collegium.counting.policy import BallotPolicy

_IDENTITY = re.compile(r"^\([^)]*\)\s*")
_OPTIONS_OF_DROOP = re.compile(r"^\[[^\]]*\]$")
_QUOTED = re.compile(r'^"(.*?)"')
_NAME_OF_PREFLIB = re.compile(r"^# ALTERNATIVE NAME \d+:\s*")
_NUMBERS_IN_HEADING = 2


def read_blt(text: str, source: str = "ballots.blt") -> RankedFile:
    """The ballots of a BLT file.

    Raises:
        BallotFileError: File, line, and what was expected there.
    """
    place = Place(source)
    lines = _lines(text, place)
    options, seats = _heading(next(lines, ""), place)
    withdrawn: list[int] = []
    ballots: dict[Marks, int] = {}
    for line in lines:
        if line == "0":
            break
        if line.startswith("-"):
            withdrawn += [_withdrawn(word, options, place) for word in line.split()]
            if len(set(withdrawn)) == options:
                place.expected("a candidate who hasn't withdrawn", line)
            continue
        weight, marks = _ballot(line, options, place)
        add_ballot(ballots, marks, weight)
    else:
        place.line += 1
        place.expected("a line 0 after the last ballot", "the end of the file")
    names, title = _names(_rest(text, place), options, place)
    policy = BallotPolicy(withdrawn=tuple(sorted(set(withdrawn))))
    return RankedFile(ballots=ballots, names=names, policy=policy, seats=seats, title=title)


def _lines(text: str, place: Place) -> Iterator[str]:
    """Lines that hold numbers, without comments; the place moves along."""
    for number, line in enumerate(lines_of(text), 1):
        place.line = number
        bare = line.partition("#")[0].strip()
        if bare and not _OPTIONS_OF_DROOP.match(bare):
            yield bare


def _rest(text: str, place: Place) -> Iterator[str]:
    """Lines after the place, as they stand; the place moves along."""
    for line in lines_of(text)[place.line :]:
        place.line += 1
        bare = _NAME_OF_PREFLIB.sub("", line.strip())
        if bare and not bare.startswith("#"):
            yield bare


def _heading(line: str, place: Place) -> tuple[int, int]:
    words = line.split()
    if len(words) < _NUMBERS_IN_HEADING:
        place.expected("the numbers of candidates and seats", line)
    options = place.whole(words[0], f"1 to {WIDEST} candidates", 1, WIDEST)
    seats = place.whole(words[1], f"1 to {WIDEST} seats", 1, WIDEST)
    return options, seats


def _withdrawn(word: str, options: int, place: Place) -> int:
    return place.whole(
        word.removeprefix("-"), f"a withdrawn candidate, -1 to -{options}", 1, options
    )


def _ballot(line: str, options: int, place: Place) -> tuple[int, Marks]:
    words = _IDENTITY.sub("", line).split()
    identified = line.startswith("(")
    if not words or words[-1] != "0":
        place.expected("a ballot that ends with 0", line)
    weight = 1 if identified else place.weight(words.pop(0))
    what = f"a candidate, 1 to {options}"
    ranks = [
        () if word == "-" else tuple(place.whole(n, what, 1, options) for n in word.split("="))
        for word in words[:-1]
    ]
    return weight, tuple(ranks)


def _names(lines: Iterator[str], options: int, place: Place) -> tuple[tuple[str, ...], str]:
    """The candidates' names and the title; notes may follow, but no other ballots."""
    plain = [_unquoted(line, place) for line in islice(lines, options + 1)]
    if len(plain) < options:
        place.line += 1
        place.expected(f"the names of {options} candidates", f"the end after {len(plain)}")
    for note in lines:
        if note == "0":
            place.expected("nothing but notes after the title", "the end of other ballots")
    return told_apart(plain[:options]), plain[options] if len(plain) > options else ""


def _unquoted(line: str, place: Place) -> str:
    quoted = _QUOTED.match(line)
    if line.startswith('"') and not quoted:
        place.expected("a name that ends with a quote", line)
    return quoted.group(1).strip() if quoted else line.strip('"').strip()


def write_blt(file: RankedFile) -> str:
    """The file as BLT: ballots sorted, names in quotes.

    Raises:
        ValueError: A name or title with a quote or a line break, or no opinion, which BLT has no
            way to write.
    """
    check_names((*file.names, file.title), '"', "quotes and ")
    check_opinions(file)
    if len(set(file.names)) < len(file.names) or "" in file.names:
        raise ValueError("expected a name for each option, each once")
    lines = [f"{len(file.names)} {max(file.seats, 1)}"]
    lines += [f"-{number}" for number in file.policy.withdrawn]
    for marks, weight in sorted(file.ballots.items()):
        ranks = ["=".join(map(str, rank)) or "-" for rank in marks]
        lines.append(" ".join([str(weight), *ranks, "0"]))
    lines.append("0")
    lines += [f'"{name}"' for name in (*file.names, file.title)]
    return "\n".join(lines) + "\n"
