"""A stage of a count as bars, one below the other: narrow enough for a phone, and for paper.

A bar is what an option holds at the end of the stage; its lighter end is what it received there.
A line across stands where the quota is.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from html import escape
from typing import Final

from msgspec import Struct

from collegium.counting.protocol.drawing import (
    COLOURS,
    EXHAUSTED,
    LOST,
    NOBODY,
    framed,
    room_for,
    short,
)
from collegium.counting.protocol.readable import Names, is_something, plain
from collegium.counting.protocol.seats_told import figures_of
from collegium.counting.seats import SeatsOutcome
from collegium.counting.stages import Stage, StagedOutcome

WIDE: Final = 288
ROW: Final = 30
HIGH: Final = 8
LETTER: Final = 7
"""Pixels of a letter, in the mean."""


class Bar(Struct, frozen=True):
    """A bar with its words.

    Attributes:
        name: Of the option.
        figure: What it holds.
        fate: `elected`, `excluded`, or empty.
        colour: Of the bar.
        held: As much of its length as is older than the stage.
        gained: The rest.
    """

    name: str
    figure: str
    fate: str
    colour: str
    held: Fraction
    gained: Fraction


def stage_bars(outcome: StagedOutcome, number: int, names: Names) -> str:
    """The bars of a stage, as a part of a page whose words say the same beside it.

    Args:
        outcome: What the count came to.
        number: Of the stage, from 1.
        names: Of the options, in their order.
    """
    stage = outcome.stages[number - 1]
    before = outcome.stages[number - 2] if number > 1 else None
    most = max((_highest(one) for one in outcome.stages), default=Fraction(0))
    bars = list(_bars(stage, before, names))
    lines = "\n".join(_lines(bars, most, _quota(stage)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {ROW * len(bars)}" '
        f'class="count bars" aria-hidden="true" font-family="sans-serif" font-size="12" '
        f'fill="currentColor">\n{lines}\n</svg>\n'
    )


def bars_picture(outcome: StagedOutcome, names: Names, *, alone: bool = False) -> str:
    """The bars of a count of one stage, or of the seats that were shared out.

    Args:
        outcome: What the count came to.
        names: Of the options, in their order.
        alone: Whether it is a file of its own, not a part of a page.
    """
    stage = outcome.stages[0]
    won = {one.option for each in outcome.stages for one in each.elected}
    if isinstance(outcome, SeatsOutcome):
        figures, won, title = [str(seats) for seats in outcome.seats], set(), "Seats of each"
    else:
        figures, title = list(stage.totals), figures_of(outcome.rule)
    bars = [
        Bar(
            name,
            figure,
            "elected" if place + 1 in won else "",
            COLOURS[place % len(COLOURS)],
            max(Fraction(figure or 0), Fraction(0)),
            Fraction(0),
        )
        for place, (name, figure) in enumerate(zip(names, figures, strict=True))
    ]
    most = max(max((bar.held for bar in bars), default=Fraction(0)), _quota(stage))
    return framed(
        _lines(bars, most, _quota(stage)),
        wide=WIDE,
        high=ROW * len(bars),
        name=f"bars-{outcome.profile[:8]}",
        title=title,
        told=" ".join(f"{bar.name}: {_words(bar)}." for bar in bars),
        alone=alone,
    )


def _highest(stage: Stage) -> Fraction:
    held = [Fraction(one or 0) for one in (*stage.totals, stage.exhausted, stage.lost)]
    return max(*held, _quota(stage))


def _quota(stage: Stage) -> Fraction:
    return Fraction(stage.quota or 0)


def _bars(stage: Stage, before: Stage | None, names: Names) -> Iterator[Bar]:
    """Of whoever holds votes, or is elected or excluded here, and of nobody's votes."""
    elected = {one.option for one in stage.elected}
    earlier = before.totals if before else stage.totals
    for place, (name, figure) in enumerate(zip(names, stage.totals, strict=True)):
        out, colour = place + 1 in stage.excluded, COLOURS[place % len(COLOURS)]
        fate = "excluded" if out else "elected" if place + 1 in elected else ""
        if is_something(figure) or fate:
            yield _bar(name, (earlier[place], figure), fate, colour)
    lasting = before or stage
    for name, pair in (
        (EXHAUSTED, (lasting.exhausted, stage.exhausted)),
        (LOST, (lasting.lost, stage.lost)),
    ):
        if is_something(pair[1]):
            yield _bar(name, pair, "", NOBODY)


def _bar(name: str, figures: tuple[str, str], fate: str, colour: str) -> Bar:
    was, now = (Fraction(figure or 0) for figure in figures)
    return Bar(name, figures[1], fate, colour, min(was, now), max(now - was, Fraction(0)))


def _words(bar: Bar) -> str:
    if bar.fate == "excluded" and not is_something(bar.figure):
        return bar.fate
    return f"{plain(bar.figure or '0')}{' ' + bar.fate if bar.fate else ''}"


def _lines(bars: Sequence[Bar], most: Fraction, quota: Fraction) -> Iterator[str]:
    def wide(votes: Fraction) -> int:
        return max(int(votes * WIDE / most), 1) if votes > 0 and most else 0

    for place, bar in enumerate(bars):
        top = ROW * place
        bold = ' font-weight="bold"' if bar.fate == "elected" else ""
        held, gained, y = wide(bar.held), wide(bar.gained), top + 17
        yield f"<g{bold}>"
        room = (WIDE - room_for(_words(bar), 12)) // LETTER - 1
        name = f"{short(bar.name, max(room, 2))}<title>{escape(bar.name)}</title>"
        yield f'<text y="{top + 13}">{name}</text>'
        yield f'<text x="{WIDE}" y="{top + 13}" text-anchor="end">{_words(bar)}</text></g>'
        yield f'<path d="M0 {y + HIGH}H{WIDE}" stroke="currentColor" stroke-opacity="0.15"/>'
        if held:
            yield f'<path d="M0 {y}h{held}v{HIGH}H0z" fill="{bar.colour}"/>'
        if gained:
            yield (
                f'<path d="M{held} {y}h{gained}v{HIGH}h-{gained}z" fill="{bar.colour}" '
                f'fill-opacity="0.45" stroke="{bar.colour}"/>'
            )
    if quota:
        x = wide(quota)
        for place in range(len(bars)):
            y = ROW * place + 16
            yield f'<path d="M{x} {y}v{HIGH + 3}" stroke="currentColor" stroke-width="1.5"/>'
