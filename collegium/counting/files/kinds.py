"""What a ballot file holds, whichever its format."""

import csv
from collections.abc import Iterator, Mapping
from typing import NoReturn, TypeAlias

from msgspec import Struct

from collegium.counting.approvals import Approvals
from collegium.counting.grades import Grades
from collegium.counting.marks import MarkedBallots, Marks
from collegium.counting.policy import BallotPolicy
from collegium.counting.seats import Claims


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


class Place:
    """A place in a file that errors name.

    Args:
        source: The file's name.
    """

    __slots__ = ("line", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        self.line = 0

    def expected(self, what: str, found: object) -> NoReturn:
        """Refuse what stands here.

        Raises:
            BallotFileError: Always.
        """
        raise BallotFileError(f"{self.source}, line {self.line}: expected {what}, not {found!r}")

    def whole(self, text: str, what: str, least: int = 0, most: int = 2**53 - 1) -> int:
        """The whole number that stands here.

        Raises:
            BallotFileError: Something else does.
        """
        digits = text.strip()
        if not (digits.isascii() and digits.isdigit()) or not least <= int(digits[:20]) <= most:
            self.expected(what, text)
        return int(digits)


def csv_rows(text: str, place: Place) -> Iterator[list[str]]:
    """The rows of a CSV file that aren't empty; the place moves along.

    Raises:
        BallotFileError: A row that is no CSV.
    """
    rows = csv.reader(text.splitlines())
    try:
        for row in rows:
            place.line = rows.line_num
            if row:
                yield row
    except csv.Error as error:
        place.line = rows.line_num
        place.expected("comma-separated values", str(error))


def decoded(data: bytes) -> str:
    """The text of a file: UTF-8 with or without a mark, else Windows-1252.

    Old ballot files say nothing of their encoding; the two are told apart safely, because
    accented letters of Windows-1252 are hardly ever valid UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def add_ballot(ballots: dict[Marks, int], marks: Marks, weight: int) -> None:
    """Add so many ballots with these marks."""
    ballots[marks] = ballots.get(marks, 0) + weight


def numbered(names: tuple[str, ...]) -> Mapping[str, int]:
    """Name to option number."""
    return {name: number for number, name in enumerate(names, 1)}
