"""The two files are read, or one sentence says what is wrong with them and where."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from collegium.datasets.debian.importing import package_files
from collegium.datasets.debian.source import (
    DebianSource,
    SourceError,
    read_pages,
    read_source,
    source_digest,
)

VOTES, BALLOTS = (path.read_bytes() for path in package_files())
LINES = gzip.decompress(BALLOTS).decode("ascii").splitlines()


def read(folder: Path, votes: bytes = VOTES, ballots: bytes = BALLOTS) -> DebianSource:
    paths = folder / "v.json", folder / "b.csv.gz"
    paths[0].write_bytes(votes)
    paths[1].write_bytes(ballots)
    return read_source(*paths)


def packed(lines: list[str]) -> bytes:
    return gzip.compress(("\n".join(lines) + "\n").encode())


def with_page(change: Callable[[dict[str, Any]], object]) -> bytes:
    """The votes with the third one, 2006-001, changed."""
    votes = json.loads(VOTES)
    change(votes[2])
    return json.dumps(votes, indent=1).encode()


def test_25_votes_and_8565_ballots_are_read(source: DebianSource) -> None:
    assert len(source.votes) == 25
    assert sum(len(vote.ballots) for vote in source.votes) == 8565


def test_pages_can_be_read_without_the_ballots(source: DebianSource) -> None:
    pages = read_pages(package_files()[0])
    assert list(pages.values()) == [vote.page for vote in source.votes]


def test_an_option_needs_three_to_one_where_title_or_sheet_say_so(source: DebianSource) -> None:
    needs = {
        vote.page.id: [option.n for option in vote.page.options if vote.page.ratio(option) == 3]
        for vote in source.votes
    }
    assert {name: options for name, options in needs.items() if options} == {
        "2006-001": [3],
        "2006-003": [1],
        "2006-007": [2],
        "2007-004": [1, 2],
        "2014-004": [1, 2],
        "2015-003": [1],
    }


def test_the_digest_covers_every_byte_of_both_files(source: DebianSource) -> None:
    assert source.sha256 == source_digest(VOTES, BALLOTS)
    others = {source_digest(VOTES + b"\n", BALLOTS), source_digest(VOTES, BALLOTS + b"\0")}
    assert len({source.sha256, *others}) == 3


def test_lines_may_end_as_on_windows(tmp_path: Path, source: DebianSource) -> None:
    bare = read(tmp_path, ballots=packed(LINES))
    windows = read(tmp_path, ballots=packed([f"{line}\r" for line in LINES]))
    assert bare.votes == windows.votes == source.votes


@pytest.mark.parametrize(
    ("votes", "error"),
    [
        (b"", r"votes\.json, line 1: expected a list of votes in JSON"),
        (b"[\n{\n!", r"votes\.json, line 3: expected a list of votes in JSON"),
        (VOTES[:-100], r"votes\.json, line \d+: expected a list of votes in JSON"),
        (b"\xff\xfe", r"votes\.json, line 1: expected a list of votes in JSON"),
        (b"[]", r"votes\.json, line 1: expected at least one vote"),
        (b'[\n\n{"id": "x"}]', r"the vote from line 3: object missing required field"),
    ],
)
def test_votes_that_are_no_votes_are_refused(tmp_path: Path, votes: bytes, error: str) -> None:
    with pytest.raises(SourceError, match=error):
        read(tmp_path, votes=votes)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda page: page.update(id="2005-002"), "each vote once"),
        (lambda page: page.update(id="no such id"), "regex"),
        (lambda page: page.update(kind="poll"), "invalid enum value 'poll'"),
        (lambda page: page.update(eligible="972"), r"expected `int`, got `str` - at `\$.eligible`"),
        (lambda page: page.update(eligible=300), "at most 300 ballots"),
        (lambda page: page.update(default_option=9), "default option's number, not 9"),
        (lambda page: page["options"].pop(0), "options numbered from 1"),
        (lambda page: page["periods"].pop(), "one voting period, not 0"),
        (lambda page: page["published"]["majority"][0].update(needed=1.5), "whole numbers to one"),
    ],
)
def test_a_wrong_page_is_named_by_its_line(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], error: str
) -> None:
    with pytest.raises(SourceError, match=rf"votes\.json, the vote from line \d+: .*{error}"):
        read(tmp_path, votes=with_page(change))


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("2006-001,d0001", "expected 'vote,voter,ranks'"),
        ("2006-999,d0001,1234", "expected a vote of votes.json, not '2006-999'"),
        ("2006-001,d0001,12345", "expected one rank for each of the 4 options"),
        ("2006-001,d0001,12$4", r"not '\$' in the ballot"),
        ("2006-001,Amara,1234", "expected a pseudonym like d0001"),
        ("2005-leader2005,d0001,1234567", "expected no voter"),
    ],
)
def test_a_wrong_ballot_is_named_by_its_line(tmp_path: Path, line: str, error: str) -> None:
    lines = [*LINES[:9], line, *LINES[10:]]
    with pytest.raises(SourceError, match=rf"ballots\.csv\.gz, line 10: .*{error}"):
        read(tmp_path, ballots=packed(lines))


@pytest.mark.parametrize(
    ("ballots", "error"),
    [
        (b"", "line 1: expected 'vote,voter,ranks'"),
        (b"vote,voter,ranks\n", "expected a whole gzip file"),
        (BALLOTS[:-20], r"expected a whole gzip file .*; fetch it again"),
        (BALLOTS[:2000] + b"\0" + BALLOTS[2001:], "expected a whole gzip file"),
        (packed(["voter,vote,ranks"]), "line 1: expected 'vote,voter,ranks'"),
        (gzip.compress("\n".join(LINES)[:-3].encode()), "line 8566: expected a whole line"),
        (gzip.compress(b"vote,voter,ranks\n\xff\n"), "line 2: expected plain ASCII"),
        (packed(LINES[:-1]), "expected 322 ballots of 2017-001, as votes.json says, not 321"),
    ],
)
def test_ballots_that_are_not_whole_are_refused(tmp_path: Path, ballots: bytes, error: str) -> None:
    with pytest.raises(SourceError, match=rf"ballots\.csv\.gz.*{error}"):
        read(tmp_path, ballots=ballots)
