"""One ballot as form fields, whatever kind it is, and back to marks as the record spells them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from msgspec import Struct

from collegium.counting.ballot import RANKS, UNRANKED
from collegium.parts.decisions.acts import Counting
from collegium.parts.decisions.pages import VotePage
from collegium.parts.decisions.pages_taking import PaperKind
from collegium.parts.decisions.state import Vote
from collegium.parts.decisions.tallying import APPROVED, GRADES, accepts_equal

_NAMES: Final = {
    1: "1st",
    2: "2nd",
    3: "3rd",
    21: "21st",
    22: "22nd",
    23: "23rd",
    31: "31st",
    32: "32nd",
    33: "33rd",
}
_SIX: Final = ("reject", "poor", "acceptable", "good", "very good", "excellent")
_SAID: Final = {"yes": "1-", "no": "-1", "abstain": "--"}


class Ballots(Struct, frozen=True):
    """What the ballots of a vote look like.

    Attributes:
        kind: What a ballot asks for.
        options: How many options there are.
        levels: How many grades; 0 without grades.
        equal: Whether equal ranks are counted as such.
        words: Whether grades are said in words.
    """

    kind: PaperKind
    options: int
    levels: int
    equal: bool
    words: bool


def ballots_of(page: VotePage) -> Ballots:
    """What the ballots of a vote on a page look like."""
    return _ballots(page.paper, len(page.options), page.counting)


def ballots_in(vote: Vote, kind: PaperKind) -> Ballots:
    """The same of a vote in the house."""
    return _ballots(kind, len(vote.options), vote.counting)


def _ballots(kind: PaperKind, options: int, counting: Counting) -> Ballots:
    words = counting.method.startswith("majority-judgment") and counting.levels == len(_SIX)
    return Ballots(kind, options, counting.levels, accepts_equal(counting), words)


def place_name(rank: int) -> str:
    """A rank as people say it: `1st`, `2nd`."""
    return _NAMES.get(rank, f"{rank}th")


def grade_name(ballots: Ballots, grade: int) -> str:
    """A grade as people say it: a word where there are six of majority judgment, else points."""
    return _SIX[grade] if ballots.words else str(grade)


def fields_of(
    ballots: Ballots, prefix: str = "", marks: str = "", titles: Sequence[str] = ()
) -> dict[str, forms.Field]:
    """The fields of one ballot, by name.

    Args:
        ballots: What it looks like.
        prefix: Before each name, where a page has several.
        marks: What it says so far, or empty.
        titles: Of the options, by which its fields are called.
    """
    marks = marks or UNRANKED * ballots.options
    if ballots.kind in {"yes-no", "choose"}:
        return {f"{prefix}choice": _choice(ballots, marks, titles)}
    make = {"rank": _rank, "tick": _tick, "grade": _grade}[ballots.kind]
    word = "rank" if ballots.kind == "rank" else "approve" if ballots.kind == "tick" else "grade"
    fields = {f"{prefix}{word}-{n}": make(ballots, mark) for n, mark in enumerate(marks, 1)}
    for field, title in zip(fields.values(), titles, strict=False):
        field.label = title
    return fields


def marks_in(ballots: Ballots, sent: Mapping[str, Any], prefix: str = "") -> str:
    """What the fields say, as the record spells it."""
    if ballots.kind in {"yes-no", "choose"}:
        return marks_of_choice(ballots, sent[f"{prefix}choice"] or "")
    if ballots.kind == "tick":
        ticks = [sent[f"{prefix}approve-{n}"] for n in range(1, ballots.options + 1)]
        return "".join(APPROVED if tick else UNRANKED for tick in ticks)
    word = "rank" if ballots.kind == "rank" else "grade"
    return "".join(sent[f"{prefix}{word}-{n}"] or UNRANKED for n in range(1, ballots.options + 1))


def marks_of_choice(ballots: Ballots, choice: str) -> str:
    """The marks of a ballot with one choice: an option's number, `yes`, `no` or nothing."""
    if choice in _SAID:
        return _SAID[choice]
    chosen = int(choice) if choice.isdigit() else 0
    return "".join(RANKS[0] if n == chosen else UNRANKED for n in range(1, ballots.options + 1))


def choices_of(ballots: Ballots, titles: Sequence[str]) -> list[tuple[str, str]]:
    """What a ballot with one choice offers, abstaining last."""
    if ballots.kind == "yes-no":
        return [("yes", "Yes"), ("no", "No"), ("abstain", "Abstain")]
    named = [*titles, *(f"option {n}" for n in range(len(titles) + 1, ballots.options + 1))]
    return [*((str(n), title) for n, title in enumerate(named, 1)), ("abstained", "Abstain")]


def _choice(ballots: Ballots, marks: str, titles: Sequence[str]) -> forms.Field:
    return forms.ChoiceField(
        choices=choices_of(ballots, titles),
        initial=_chosen(ballots, marks),
        label="Your choice",
        widget=forms.RadioSelect,
    )


def _chosen(ballots: Ballots, marks: str) -> str:
    """What a ballot with one choice says; nothing where it is blank."""
    if RANKS[0] not in marks:
        return ""
    if ballots.kind == "yes-no":
        return "yes" if marks[0] == RANKS[0] else "no"
    return str(marks.index(RANKS[0]) + 1)


def _rank(ballots: Ballots, mark: str) -> forms.Field:
    ranks = [(RANKS[n - 1], place_name(n)) for n in range(1, ballots.options + 1)]
    return forms.ChoiceField(
        choices=[("", "no rank"), *ranks],
        required=False,
        initial="" if mark == UNRANKED else mark,
    )


def _tick(_ballots: Ballots, mark: str) -> forms.Field:
    return forms.BooleanField(required=False, initial=mark == APPROVED)


def _grade(ballots: Ballots, mark: str) -> forms.Field:
    named = [(GRADES[n], grade_name(ballots, n)) for n in reversed(range(ballots.levels))]
    return forms.ChoiceField(
        choices=[*named, ("", "no opinion")],
        required=False,
        initial="" if mark == UNRANKED else mark,
        widget=forms.RadioSelect,
    )
