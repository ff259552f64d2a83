"""A count as a page tells it: stage by stage, each with its bars, and the picture of the whole."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.safestring import SafeString, mark_safe
from msgspec import Struct

from collegium.counting import Outcome
from collegium.counting.protocol import (
    Section,
    Sheet,
    has_flow,
    matrix_of,
    narrow_pairs,
    picture_of,
    stage_bars,
)
from collegium.counting.stages import StagedOutcome

MOST_OPEN: Final = 12
"""Stages that a page has open; more are folded until asked for."""

MOST_BESIDE: Final = 4
"""Stages whose picture has room beside the terms of the vote; of more, words reach below those."""

MOST_SHRUNK: Final = 8
"""Stages whose picture still can be read when it is shrunk to the page; beyond, one moves it."""


class Round(Struct, frozen=True):
    """A section of the protocol.

    Attributes:
        part: The section.
        bars: What everybody holds after the stage, as a narrow picture; empty if it is none.
    """

    part: Section
    bars: SafeString


class Rounds(Struct, frozen=True):
    """A count as it is told.

    Attributes:
        before: What was counted.
        stages: Stage by stage.
        after: Tables, places and whatever follows from the stages.
        folded: Whether the stages are too many to stand open.
        picture: Of the whole count; empty where it has none.
        narrow: The same for a phone; empty where the stages have bars, or the picture has room.
        flow: Whether the picture is one of votes that pass on.
        broad: Whether it needs more room than the words.
        long: Whether it has too many stages to be shrunk to the page.
    """

    before: tuple[Round, ...]
    stages: tuple[Round, ...]
    after: tuple[Round, ...]
    folded: bool
    picture: SafeString
    narrow: SafeString
    flow: bool
    broad: bool
    long: bool


def rounds_of(sheet: Sheet, outcome: Outcome, titles: Sequence[str]) -> Rounds:
    """The protocol with its pictures, ready for a page."""
    told = tuple(_rounds(sheet, outcome, titles))
    staged = [place for place, one in enumerate(told) if one.part.stage]
    first, last = (staged[0], staged[-1] + 1) if staged else (1, 1)
    flow = has_flow(outcome)
    matrix = () if flow else matrix_of(outcome)
    return Rounds(
        before=told[:first],
        stages=told[first:last],
        after=told[last:],
        folded=len(staged) > MOST_OPEN,
        picture=_safe(picture_of(outcome, titles)),
        narrow=_safe(narrow_pairs(matrix, titles) if matrix else ""),
        flow=flow,
        broad=len(staged) > MOST_BESIDE,
        long=len(staged) > MOST_SHRUNK,
    )


def of_yes_and_no(sheet: Sheet, outcome: Outcome, said: str) -> Rounds:
    """A motion's count: no stages and no picture, since there are but yes and no.

    Args:
        sheet: The protocol.
        outcome: What the ballots came to.
        said: The figures in words.
    """
    needed = outcome.stages[0].quota if isinstance(outcome, StagedOutcome) else ""
    standing = f"Needed: {needed} yes." if needed else ""
    motion = Round(Section("Yes and no", (f"{said}.",), standing=standing), _safe(""))
    others = tuple(
        Round(one, _safe("")) for one in sheet.sections if not one.stage and not one.tables
    )
    return Rounds(
        before=others[:1],
        stages=(motion,),
        after=others[1:],
        folded=False,
        picture=_safe(""),
        narrow=_safe(""),
        flow=False,
        broad=False,
        long=False,
    )


def _rounds(sheet: Sheet, outcome: Outcome, titles: Sequence[str]) -> Iterator[Round]:
    for part in sheet.sections:
        drawn = ""
        if part.stage and isinstance(outcome, StagedOutcome) and has_flow(outcome):
            drawn = stage_bars(outcome, part.stage, titles)
        yield Round(part, _safe(drawn))


def _safe(drawn: str) -> SafeString:
    return mark_safe(drawn)  # noqa: S308 - drawn here, every title escaped
