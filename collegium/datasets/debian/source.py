"""The two files of the Debian data, read and checked before anything is written.

Whatever is wrong with them is said by file and line, with what was expected.
"""

import re
import zlib
from collections.abc import Iterator
from gzip import BadGzipFile, GzipFile
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Raw, Struct

from collegium.counting.ballot import MOST_OPTIONS, check_ballot
from collegium.datasets.debian.periods import Period, period_of

VOTES = "votes.json"
BALLOTS = "ballots.csv.gz"
"""The files' names, which stand in the source's hash and in every error."""

HEADING = "vote,voter,ranks"
"""The first line of the ballots."""

LARGEST_TEXT = 64 * 1024 * 1024
"""Bytes of ballots, unpacked; the real ones take 0.2 MB."""

_VOTER = re.compile(r"d\d{4}", re.ASCII)
_BYTE = re.compile(r"\(byte (\d+)\)")


class SourceError(ValueError):
    """A file that isn't as its format says; the text names file, line and expectation."""


class PublishedMajority(Struct, frozen=True):
    """What the project printed of an option against the default option."""

    option: str
    above: int = msgspec.field(name="for")
    below: int = msgspec.field(name="against")
    needed: Annotated[float, Meta(ge=1, le=100)]
    passed: bool


class Published(Struct, frozen=True):
    """The outcome that the project printed.

    Attributes:
        dropped: Option and reason.
        majority: Figures, of some options.
        matrix: Row a: ballots that prefer option a to each other option, own column left out.
        quorum: For each option but the default one its votes over that, and the votes needed.
        schwartz: The Schwartz set, as texts.
        winners: Likewise.
    """

    dropped: list[tuple[str, str]]
    majority: list[PublishedMajority]
    matrix: list[list[int]]
    quorum: list[tuple[int, float]]
    schwartz: list[str]
    winners: list[str]


class SourceOption(Struct, frozen=True):
    """An option; candidates and default options have neither proposers nor a text."""

    n: int
    title: Annotated[str, Meta(min_length=1, max_length=1000)]
    proposers: list[Annotated[str, Meta(pattern=r"^d\d{4}\Z")]] = []
    seconders: list[Annotated[str, Meta(pattern=r"^d\d{4}\Z")]] = []
    text: Annotated[str, Meta(max_length=500_000)] | None = None


class VotePage(Struct, frozen=True):
    """A vote as its page printed it.

    Attributes:
        ballots: How many ballots the page's tally sheet has.
        eligible: How many were entitled to vote.
        open_ballot: Whether the sheet says who voted how.
        majority_note: What the page says of the majorities needed.
    """

    ballots: Annotated[int, Meta(ge=1)]
    default_option: int
    eligible: Annotated[int, Meta(ge=1, le=10**9)]
    id: Annotated[str, Meta(pattern=r"^[A-Za-z0-9.-]{1,28}\Z")]
    kind: Literal["resolution", "election"]
    open_ballot: bool
    options: Annotated[list[SourceOption], Meta(min_length=2, max_length=MOST_OPTIONS)]
    periods: list[str]
    published: Published
    title: Annotated[str, Meta(min_length=1, max_length=1000)]
    year: Annotated[int, Meta(ge=1990, le=2100)]
    majority_note: Annotated[str, Meta(max_length=100_000)] = ""

    def ratio(self, option: SourceOption) -> int:
        """S where the option needs S:1 against the default option."""
        if option.n == self.default_option:
            return 1
        needed = [one.needed for one in self.published.majority if one.option == str(option.n)]
        return 3 if "[needs 3:1]" in option.title else int(next(iter(needed), 1))


class Ballot(Struct, frozen=True):
    """A ballot; `voter` is empty where it was secret."""

    voter: str
    ranks: str


class DebianVote(Struct, frozen=True):
    """A vote with its moments and its ballots, in the order of the sheet."""

    page: VotePage
    period: Period
    ballots: list[Ballot]


class DebianSource(Struct, frozen=True):
    """Both files, read and checked.

    Attributes:
        sha256: `source_digest` of the files' bytes.
        votes: In the order of the file.
    """

    sha256: str
    votes: list[DebianVote]


def read_source(votes: Path, ballots: Path) -> DebianSource:
    """The votes and their ballots.

    Raises:
        SourceError: A file isn't as expected; says which, where and what was.
        OSError: A file can't be opened.
    """
    votes_data, ballots_data = votes.read_bytes(), ballots.read_bytes()
    found = {page.id: DebianVote(page, period, []) for page, period in _pages(votes_data)}
    for line, (vote, ballot) in enumerate(_rows(_unpacked(ballots_data)), 2):
        known = found.get(vote)
        if known is None:
            raise SourceError(f"{BALLOTS}, line {line}: expected a vote of {VOTES}, not {vote!r}")
        _check_ballot(line, known.page, ballot)
        known.ballots.append(ballot)
    for one in found.values():
        if len(one.ballots) != one.page.ballots:
            raise SourceError(
                f"{BALLOTS}: expected {one.page.ballots} ballots of {one.page.id}, as {VOTES} "
                f"says, not {len(one.ballots)}; fetch both files whole"
            )
    return DebianSource(source_digest(votes_data, ballots_data), list(found.values()))


def read_pages(votes: Path) -> dict[str, VotePage]:
    """The votes' pages alone, by their ids, for a comparison with what was published.

    Raises:
        SourceError: As `read_source`.
    """
    return {page.id: page for page, _ in _pages(votes.read_bytes())}


def source_digest(votes: bytes, ballots: bytes) -> str:
    """The source's SHA-256, over a line with the SHA-256 of each file: 64 hexadecimal digits."""
    lines = f"{VOTES} {sha256(votes).hexdigest()}\n{BALLOTS} {sha256(ballots).hexdigest()}\n"
    return sha256(lines.encode()).hexdigest()


def _pages(data: bytes) -> Iterator[tuple[VotePage, Period]]:
    seen: set[str] = set()
    for line, raw in _objects(data):
        where = f"{VOTES}, the vote from line {line}"
        try:
            page = msgspec.json.decode(raw, type=VotePage)
            _check_page(page, seen)
            period = period_of(page.periods, page.year)
        except msgspec.ValidationError as error:
            raise SourceError(f"{where}: {_lowered(str(error))}") from error
        except ValueError as error:
            raise SourceError(f"{where}: {error}") from error
        seen.add(page.id)
        yield page, period


def _objects(data: bytes) -> Iterator[tuple[int, Raw]]:
    """The list's members as they are spelt, each with its first line's number."""
    try:
        members = msgspec.json.decode(data, type=list[Raw])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        at = _BYTE.search(str(error))
        line = data.count(b"\n", 0, int(at[1]) if at else len(data)) + 1
        raise SourceError(
            f"{VOTES}, line {line}: expected a list of votes in JSON: {error}"
        ) from error
    if not members:
        raise SourceError(f"{VOTES}, line 1: expected at least one vote")
    start = 0
    for raw in members:
        start = data.index(bytes(raw), start)
        yield data.count(b"\n", 0, start) + 1, raw
        start += len(bytes(raw))


def _check_page(page: VotePage, seen: set[str]) -> None:
    if page.id in seen:
        raise ValueError(f"expected each vote once, not {page.id} again")
    numbers = [option.n for option in page.options]
    if numbers != list(range(1, len(numbers) + 1)):
        raise ValueError(f"expected options numbered from 1, not {numbers}")
    if page.default_option not in numbers:
        raise ValueError(f"expected the default option's number, not {page.default_option}")
    if page.ballots > page.eligible:
        raise ValueError(f"expected at most {page.eligible} ballots, not {page.ballots}")
    for one in page.published.majority:
        if one.needed != int(one.needed):
            raise ValueError(f"expected majorities of whole numbers to one, not {one.needed}")


def _unpacked(data: bytes) -> str:
    try:
        with GzipFile(fileobj=BytesIO(data)) as packed:
            text = packed.read(LARGEST_TEXT + 1)
    except (EOFError, BadGzipFile, zlib.error) as error:
        raise SourceError(
            f"{BALLOTS}: expected a whole gzip file ({error}); fetch it again"
        ) from error
    if len(text) > LARGEST_TEXT:
        raise SourceError(f"{BALLOTS}: expected at most {LARGEST_TEXT} bytes when unpacked")
    try:
        return text.decode("ascii")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        raise SourceError(f"{BALLOTS}, line {line}: expected plain ASCII") from error


def _rows(text: str) -> Iterator[tuple[str, Ballot]]:
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[0] != HEADING:
        raise SourceError(f"{BALLOTS}, line 1: expected {HEADING!r}, not {lines[0][:60]!r}")
    if lines.pop():
        raise SourceError(f"{BALLOTS}, line {len(lines) + 1}: expected a whole line at the end")
    for number, line in enumerate(lines[1:], 2):
        cells = line.split(",")
        if len(cells) != HEADING.count(",") + 1:
            raise SourceError(f"{BALLOTS}, line {number}: expected {HEADING!r}, not {line[:60]!r}")
        vote, voter, ranks = cells
        yield vote, Ballot(voter, ranks)


def _check_ballot(line: int, page: VotePage, ballot: Ballot) -> None:
    try:
        check_ballot(ballot.ranks, len(page.options))
    except ValueError as error:
        raise SourceError(f"{BALLOTS}, line {line}: {error}") from error
    if ballot.voter and not page.open_ballot:
        raise SourceError(f"{BALLOTS}, line {line}: expected no voter, since the vote was secret")
    if ballot.voter and not _VOTER.fullmatch(ballot.voter):
        raise SourceError(
            f"{BALLOTS}, line {line}: expected a pseudonym like d0001, not {ballot.voter[:30]!r}"
        )


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
