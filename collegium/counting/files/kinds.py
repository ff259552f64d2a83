"""What a ballot file holds, whichever its format."""

import csv
from collections.abc import Iterable, Iterator, Mapping
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
