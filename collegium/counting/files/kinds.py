"""What a ballot file holds, whichever its format."""

import codecs
import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NoReturn, TypeAlias

from msgspec import Struct

from collegium.counting.approvals import Approvals
from collegium.counting.grades import Grades
from collegium.counting.marks import MarkedBallots, Marks, ProfileMarks
from collegium.counting.policy import BallotPolicy
from collegium.counting.profile import MOST_BALLOTS
from collegium.counting.seats import Claims

_SHOWN: Final = 80
"""Characters of what stands there that an error quotes."""

_DIGITS: Final = 16
"""Of 2^53, above which there is no number of ballots."""


class BallotFileError(ValueError):
    """A ballot file that can't be read: which file, which line, what was expected."""


class RankedFile(Struct, frozen=True, kw_only=True):
    """Ranked ballots as marked.

    Attributes:
        ballots: Marks to how often so marked.
        names: Of the options, in their order.
        seats: How many are to be elected; 0 if the file doesn't say.
        policy: How the file says that marks are to be read.
        title: Of the vote; may be empty.
    """

    ballots: MarkedBallots
    names: tuple[str, ...]
    seats: int = 0
    policy: BallotPolicy = BallotPolicy()
    title: str = ""


class ApprovalFile(Struct, frozen=True, kw_only=True):
    """Ballots of approvals.

    Attributes:
        names: Of the options, in their order.
        profile: The ballots.
        published: Rule of the file's source to the committees it published, as option numbers.
        seats: How many are to be elected; 0 if the file doesn't say.
        title: Of the vote; may be empty.
    """

    names: tuple[str, ...]
    profile: Approvals
    published: tuple["PublishedCommittees", ...] = ()
    seats: int = 0
    title: str = ""


class PublishedCommittees(Struct, frozen=True, kw_only=True):
    """What a file says that a rule comes to.

    Attributes:
        committees: Sets of option numbers, ascending.
        one: Whether the rule chose one of these; otherwise they are all that tie.
        rule: The name of the rule in the file's source.
    """

    committees: tuple[tuple[int, ...], ...]
    one: bool
    rule: str


class GradeFile(Struct, frozen=True, kw_only=True):
    """Graded ballots; names of the options, and of the vote if the file says it."""

    names: tuple[str, ...]
    profile: Grades
    title: str = ""


class ClaimsFile(Struct, frozen=True, kw_only=True):
    """Votes for lists or branches, and their names."""

    names: tuple[str, ...]
    profile: Claims
    title: str = ""


BallotFile: TypeAlias = RankedFile | ApprovalFile | GradeFile | ClaimsFile


def ballots_in(file: BallotFile) -> int:
    """How many ballots, or votes for claimants, the file holds."""
    if not isinstance(file, RankedFile):
        return file.profile.ballots
    if isinstance(file.ballots, ProfileMarks):
        return file.ballots.profile.ballots
    return sum(file.ballots.values())


class Place:
    """A place in a file that errors name.

    Args:
        source: The file's name.
    """

    __slots__ = ("_cast", "line", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        self.line = 0
        self._cast = 0

    def expected(self, what: str, found: object) -> NoReturn:
        """Refuse what stands here.

        Raises:
            BallotFileError: Always.
        """
        shown = repr(found)
        if len(shown) > _SHOWN:
            shown = f"{shown[:_SHOWN]} …"
        line = max(self.line, 1)
        raise BallotFileError(f"{self.source}, line {line}: expected {what}, not {shown}")

    def whole(self, text: str, what: str, least: int = 0, most: int = 2**53 - 1) -> int:
        """The whole number that stands here.

        Raises:
            BallotFileError: Something else does.
        """
        digits = text.strip()
        number = digits.lstrip("0") or "0"
        plain = digits.isascii() and digits.isdigit() and len(number) <= _DIGITS
        if not plain or not least <= int(number) <= most:
            self.expected(what, text)
        return int(number)

    def weight(self, text: str, what: str = "how often a ballot was cast") -> int:
        """How often a ballot was cast; no file may hold more ballots than a profile does.

        Raises:
            BallotFileError: Something else stands here, or there are too many ballots by now.
        """
        weight = self.whole(text, what, 1)
        self._cast += weight
        if self._cast > MOST_BALLOTS:
            self.expected("at most 2^53 - 1 ballots until here", self._cast)
        return weight


def lines_of(text: str) -> list[str]:
    """The lines as an editor shows them: only line feeds and carriage returns end one."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines if lines[-1] else lines[:-1]


def json_in(text: str, place: Place, what: str = "JSON") -> Any:
    """What a text of JSON says that begins at the place.

    Raises:
        BallotFileError: It is no JSON, or has more levels or digits than anybody writes.
    """
    place.line = max(place.line, 1)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place.line += error.lineno - 1
        place.expected(what, error.msg)
    except RecursionError:
        place.expected(what, "brackets inside brackets without an end")
    except ValueError:
        place.expected(what, "a number of thousands of digits")


def csv_rows(text: str, place: Place) -> Iterator[list[str]]:
    """The rows of a CSV file that aren't empty; the place moves along.

    Raises:
        BallotFileError: A row that is no CSV.
    """
    rows = csv.reader(io.StringIO(text, newline=""))
    try:
        for row in rows:
            place.line = rows.line_num
            if row:
                yield row
    except csv.Error as error:
        place.line = rows.line_num
        place.expected("comma-separated values", str(error))


def decoded(data: bytes) -> str:
    """The text of a file: UTF-8 with or without a mark, UTF-16 with one, else Windows-1252.

    Old ballot files say nothing of their encoding; UTF-8 and Windows-1252 are told apart safely,
    because accented letters of Windows-1252 are hardly ever valid UTF-8.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def add_ballot(ballots: dict[Marks, int], marks: Marks, weight: int) -> None:
    """Add so many ballots with these marks."""
    ballots[marks] = ballots.get(marks, 0) + weight


def check_names(names: Iterable[str], forbidden: str = "", called: str = "") -> None:
    """Refuse names that a form has no way to write so that they are read back.

    Args:
        names: Of the options, and of the vote.
        forbidden: Characters that mean something else in the form.
        called: What they are called.

    Raises:
        ValueError: A name with one of them, with a line break, or with space at its ends.
    """
    for name in names:
        if set(forbidden) & set(name) or len(name.splitlines()) > 1 or name != name.strip():
            raise ValueError(f"expected names without {called}line breaks, not {name!r}")


def told_apart(names: Iterable[str]) -> tuple[str, ...]:
    """The names, none empty or twice: two people of one name are told apart by their numbers.

    Example:
        >>> told_apart(["Ana", "Ben", "Ana", ""])
        ('Ana (1)', 'Ben', 'Ana (3)', '4')
    """
    found = [name or str(number) for number, name in enumerate(names, 1)]
    while len(set(found)) < len(found):
        found = [
            f"{name} ({number})" if found.count(name) > 1 else name
            for number, name in enumerate(found, 1)
        ]
    return tuple(found)


def check_opinions(file: RankedFile) -> None:
    """Refuse ballots with no opinion, for a form in which whoever isn't ranked is ranked last.

    Raises:
        ValueError: The file says that an option without a mark is one of no opinion.
    """
    if file.policy.unmarked == "no-opinion":
        raise ValueError(
            "expected ballots on which an option without a mark is below the others: this form "
            "has no way to write no opinion"
        )


def closed_up(marks: Marks) -> Marks:
    """The marks with no rank skipped, for a form that says each option's rank once.

    Raises:
        ValueError: An option that is marked twice.
    """
    numbers = [number for rank in marks for number in rank]
    if len(set(numbers)) < len(numbers):
        raise ValueError(f"expected each option marked once in this form, not {marks}")
    return tuple(rank for rank in marks if rank)


def check_scale(profile: Grades) -> None:
    """Refuse grades whose highest nobody gave, for a form that doesn't say where a scale ends.

    Raises:
        ValueError: The highest grade isn't given.
    """
    highest = max((grade for given in profile.weights for grade in given), default=-1)
    if highest != profile.levels - 1:
        raise ValueError(
            f"expected a ballot with the highest grade, {profile.levels - 1}: without one this "
            f"form doesn't say where the scale ends"
        )


def numbered(names: tuple[str, ...]) -> Mapping[str, int]:
    """Name to option number."""
    return {name: number for number, name in enumerate(names, 1)}
