"""The 25 votes of the Debian project, recounted and compared with what Debian published."""

import csv
import gzip
import hashlib
import json
from collections import defaultdict
from functools import cache
from importlib import resources
from typing import Any

import pytest

from collegium.counting import DebianA6, DebianOutcome, Profile, count, developers_vote

FOLDER = resources.files("collegium") / "datasets" / "debian"
VOTES: list[dict[str, Any]] = json.loads((FOLDER / "votes.json").read_bytes())

# Option numbers, read from the titles (2006) and from the notes on majorities (the others).
THREE_TO_ONE = {
    "2006-001": (3,),
    "2006-003": (1,),
    "2006-007": (2,),
    "2007-004": (1, 2),
    "2014-004": (1, 2),
    "2015-003": (1,),
}

each_vote = pytest.mark.parametrize("vote", VOTES, ids=[vote["id"] for vote in VOTES])


@cache
def ballots() -> dict[str, list[str]]:
    text = gzip.decompress((FOLDER / "ballots.csv.gz").read_bytes()).decode("ascii")
    cast: dict[str, list[str]] = defaultdict(list)
    for row in csv.DictReader(text.splitlines()):
        cast[row["vote"]].append(row["ranks"])
    return cast


def rule_of(vote: dict[str, Any]) -> DebianA6:
    needs = dict.fromkeys(THREE_TO_ONE.get(vote["id"], ()), 3)
    return developers_vote(len(vote["options"]), vote["eligible"], needs)


def outcome_of(vote: dict[str, Any]) -> DebianOutcome:
    return count(Profile.of(len(vote["options"]), ballots()[vote["id"]]), rule_of(vote))


def test_all_25_votes_and_8565_ballots_are_here() -> None:
    assert len(VOTES) == 25
    assert sum(len(cast) for cast in ballots().values()) == 8565


def test_the_files_are_the_ones_that_origin_names() -> None:
    origin = (FOLDER / "ORIGIN.md").read_text("utf-8")
    for name in ("votes.json", "ballots.csv.gz"):
        digest = hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()
        assert f"| `{name}` | `{digest}` |" in origin


@each_vote
def test_the_winners_are_the_published_ones(vote: dict[str, Any]) -> None:
    assert [str(number) for number in outcome_of(vote).winners] == vote["published"]["winners"]


@each_vote
def test_the_schwartz_set_is_the_published_one(vote: dict[str, Any]) -> None:
    assert [str(number) for number in outcome_of(vote).schwartz] == vote["published"]["schwartz"]


@each_vote
def test_the_matrix_is_the_published_one(vote: dict[str, Any]) -> None:
    matrix = outcome_of(vote).matrix
    without_diagonal = [
        [votes for column, votes in enumerate(row) if column != number]
        for number, row in enumerate(matrix)
    ]
    assert without_diagonal == vote["published"]["matrix"]


@each_vote
def test_the_ballots_counted_are_the_published_ones(vote: dict[str, Any]) -> None:
    assert outcome_of(vote).ballots == vote["ballots"]
    assert vote["published"]["tallied"] in (vote["ballots"], None)


@each_vote
def test_the_dropped_options_are_the_published_ones(vote: dict[str, Any]) -> None:
    dropped = [[str(d.option), d.reason.title()] for d in outcome_of(vote).dropped]
    assert dropped == vote["published"]["dropped"]
    assert vote["published"]["quorum_failed"] == []


@each_vote
def test_the_quorum_figures_are_the_published_ones(vote: dict[str, Any]) -> None:
    figures = outcome_of(vote).quorum
    published = vote["published"]["quorum"]
    assert [figure.votes for figure in figures] == [votes for votes, _ in published]
    for figure, (votes, needed) in zip(figures, published, strict=True):
        assert figure.needed - 1 < needed < figure.needed
        assert figure.reached == (votes > needed)


@each_vote
def test_the_majority_figures_are_the_published_ones(vote: dict[str, Any]) -> None:
    figures = {str(figure.option): figure for figure in outcome_of(vote).majority}
    for published in vote["published"]["majority"]:
        figure = figures.pop(published["option"])
        assert (figure.above, figure.below) == (published["for"], published["against"])
        assert figure.needed.numerator / figure.needed.denominator == published["needed"]
        assert figure.passed == published["passed"]
    assert not any(figure.passed for figure in figures.values())


@each_vote
def test_nobody_stands_exactly_at_the_quorum_where_text_and_sheets_differ(
    vote: dict[str, Any],
) -> None:
    for figure in outcome_of(vote).quorum:
        assert 4 * figure.votes**2 != 9 * vote["eligible"]
