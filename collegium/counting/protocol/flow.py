"""The flow of votes through the stages of a count, as SVG drawn in whole pixels.

Every option has a lane of its own, and so have the votes that no option holds any more. A bar is
what an option holds at the end of a stage; bands are votes that pass on, from the upper end of
the bar that they leave to the upper end of the bar that they join.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from html import escape
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from collegium.counting.protocol.drawing import (
    COLOURS,
    EXHAUSTED,
    LOST,
    NOBODY,
    SMALL,
    framed,
    room_for,
    short,
)
from collegium.counting.protocol.readable import Names, is_something, listed, plain, readable
from collegium.counting.protocol.sentences import event_told
from collegium.counting.stages import Stage, StagedOutcome
from collegium.counting.ties import TieStep

NARROWEST: Final = 120
"""Pixels of a column at least."""

BAR: Final = 16
TALL: Final = 460
GAP: Final = 24
MARGIN: Final = 12
TOP: Final = 84
HEADING: Final = 24
"""Characters of a name that have room over a column."""

NAMED_TWICE: Final = 5
"""Stages from which on the lanes are named at both ends."""

_LOTS: MappingProxyType[TieStep, str] = MappingProxyType(
    {
        "ballot-order": "a tie, decided by place",
        "first-difference": "a tie, decided by stages",
        "latest-difference": "a tie, decided by stages",
        "lot": "a tie, decided by lot",
        "officer": "a tie, decided by officer",
    }
)


class Lane(Struct, frozen=True):
    """What one option, or nobody, holds at each stage.

    Attributes:
        colour: Of its bars, and of the bands that leave it.
        held: Votes at the end of each stage.
        name: What stands before the lane.
    """

    colour: str
    held: tuple[Fraction, ...]
    name: str


class Band(Struct, frozen=True):
    """Votes that pass on at a stage, from a lane to a lane; the numbers of both, from 0."""

    source: int
    target: int
    votes: Fraction


def flow_picture(outcome: StagedOutcome, names: Names, *, alone: bool = False) -> str:
    """A lane an option, a column a stage, bars for votes held and bands for votes passed on.

    Args:
        outcome: What the count came to.
        names: Of the options, in their order.
        alone: Whether it is a file of its own, not a part of a page.
    """
    drawing = _Drawing(outcome, names)
    return framed(
        drawing.lines(),
        wide=drawing.wide,
        high=drawing.bottoms[-1] + GAP,
        name=f"flow-{outcome.profile[:8]}",
        title=f"Votes at each of {len(outcome.stages)} stages",
        told=" ".join(_told(outcome, names)),
        alone=alone,
    )


def _told(outcome: StagedOutcome, names: Names) -> Iterator[str]:
    """Each stage in a sentence, for whoever doesn't see the picture."""
    for number, stage in enumerate(outcome.stages, 1):
        parts = [f"Stage {number}: {event_told(stage, names)}"]
        if stage.elected:
            parts.append(f"elected {listed([one.option for one in stage.elected], names)}")
        if is_something(stage.exhausted):
            parts.append(f"{readable(stage.exhausted)} exhausted so far")
        if is_something(stage.lost):
            parts.append(f"{readable(stage.lost)} lost to rounding so far")
        yield f"{'; '.join(parts)}."
    yield "The table of all stages in the protocol has every figure."


def _heading(stage: Stage, names: Names) -> tuple[str, str]:
    """What happened, and with whom; several by their number."""
    sources = [transfer.source for transfer in stage.transfers]
    told = {"surplus": ("surplus of", sources), "exclusion": ("excluded", list(stage.excluded))}
    what, who = told.get(stage.event, (event_told(stage, names), []))
    return what, listed(who, names) if len(who) <= 1 else f"{len(who)} options"


def _lanes(stages: Sequence[Stage], names: Names) -> Iterator[Lane]:
    for place, name in enumerate(names):
        held = tuple(Fraction(stage.totals[place] or 0) for stage in stages)
        yield Lane(COLOURS[place % len(COLOURS)], held, name)
    if any(stage.quota or stage.transfers for stage in stages):
        yield Lane(NOBODY, tuple(Fraction(stage.exhausted) for stage in stages), EXHAUSTED)
    if any(Fraction(stage.lost) for stage in stages):
        yield Lane(NOBODY, tuple(Fraction(stage.lost) for stage in stages), LOST)


def _bands(stage: Stage, lanes: Sequence[Lane]) -> Iterator[Band]:
    for transfer in stage.transfers:
        ways = [*transfer.gains, transfer.exhausted, transfer.lost]
        for target, votes in enumerate(ways[: len(lanes)]):
            if Fraction(votes):
                yield Band(transfer.source - 1, target, Fraction(votes))


class _Drawing:
    def __init__(self, outcome: StagedOutcome, names: Names) -> None:
        self.stages = outcome.stages
        self.names = names
        self.ties = {tie.stage: _LOTS[tie.step] for tie in outcome.ties}
        self.lanes = list(_lanes(outcome.stages, names))
        longest = max((short(lane.name) for lane in self.lanes), key=len)
        self.left = 2 * MARGIN + room_for(longest, 12)
        self.column = self._column()
        self.wide = self.left + self.column * len(self.stages)
        if len(self.stages) >= NAMED_TWICE:
            self.wide += max(self.left - self.column + BAR, 0)
        together = sum(max(lane.held) for lane in self.lanes)
        self.scale = TALL / together if together else Fraction(1)
        self.bottoms: list[int] = []
        y = TOP
        for lane in self.lanes:
            y += GAP + max(self._high(max(lane.held)), 2)
            self.bottoms.append(y)

    def _column(self) -> int:
        """Pixels of a column: its longest words have room."""
        words = [
            self._words(number, place)
            for number in range(len(self.stages))
            for place in range(len(self.lanes))
        ]
        heads = [short(part, HEADING) for one in self.stages for part in _heading(one, self.names)]
        widest = max(map(room_for, [*words, *heads, *self.ties.values()]), default=0)
        return max(widest + MARGIN, NARROWEST)

    def lines(self) -> Iterator[str]:
        for lane, y in zip(self.lanes, self.bottoms, strict=True):
            yield from self._name(lane, y)
        for number, stage in enumerate(self.stages):
            x = self.left + self.column * number
            yield f'<text x="{x}" y="22" font-weight="bold">Stage {number + 1}</text>'
            what, who = _heading(stage, self.names)
            for y, words in ((38, what), (52, short(who, HEADING))):
                yield f'<text x="{x}" y="{y}" font-size="{SMALL}">{words}</text>'
            if tie := self.ties.get(number + 1):
                yield f'<text x="{x}" y="66" font-size="{SMALL}" font-style="italic">{tie}</text>'
        for number in range(1, len(self.stages)):
            yield from self._flow(number)
        for number in range(len(self.stages)):
            yield from self._bars(number)

    def _name(self, lane: Lane, bottom: int) -> Iterator[str]:
        """Before the lane; behind it too where one has to look far and it still holds votes."""
        told = f"{short(lane.name)}<title>{escape(lane.name)}</title></text>"
        y = bottom - self._high(lane.held[0]) // 2 + 4
        yield f'<text x="{self.left - 10}" y="{y}" text-anchor="end">{told}'
        if len(self.stages) >= NAMED_TWICE and lane.held[-1]:
            x = self.left + self.column * (len(self.stages) - 1) + BAR + 8
            high = self._high(lane.held[-1])
            if high < BAR:  # too thin for words beside it: they follow the figure above it
                words = self._words(len(self.stages) - 1, self.lanes.index(lane))
                x, high = x - BAR + room_for(words), 2 * high + 16
            yield f'<text x="{x}" y="{bottom - high // 2 + 4}">{told}'

    def _high(self, votes: Fraction) -> int:
        """Pixels; the least vote is seen."""
        return max(int(votes * self.scale), 1) if votes > 0 else 0

    def _fate(self, number: int, place: int) -> str:
        stage, option = self.stages[number], place + 1
        if place >= len(stage.totals):
            return ""
        if option in stage.excluded:
            return "excluded"
        return "elected" if option in {one.option for one in stage.elected} else ""

    def _bars(self, number: int) -> Iterator[str]:
        x = self.left + self.column * number
        for place, lane in enumerate(self.lanes):
            votes, fate = lane.held[number], self._fate(number, place)
            y = self.bottoms[place] - self._high(votes)
            if votes:
                edge = ' stroke="currentColor" stroke-width="2"' if fate == "elected" else ""
                told = f"{escape(lane.name)}, stage {number + 1}: {self._exact(place, number)}"
                yield (
                    f'<rect x="{x}" y="{y}" width="{BAR}" height="{self._high(votes)}" '
                    f'fill="{lane.colour}"{edge}><title>{told}</title></rect>'
                )
            elif fate == "excluded":
                y = self.bottoms[place] - self._high(lane.held[number - 1]) // 2 + 8
            words = self._words(number, place)
            if words:
                bold = ' font-weight="bold"' if fate == "elected" else ""
                yield f'<text x="{x}" y="{y - 4}" font-size="{SMALL}"{bold}>{words}</text>'

    def _exact(self, place: int, number: int) -> str:
        stage = self.stages[number]
        return [*stage.totals, stage.exhausted, stage.lost][place]

    def _words(self, number: int, place: int) -> str:
        """The figure, and what became of the option; nothing for who was out before."""
        exact, fate = self._exact(place, number), self._fate(number, place)
        if not is_something(exact):
            return f"0 {fate}" if fate == "elected" else fate
        return f"{plain(exact)} {fate}".rstrip()

    def _flow(self, number: int) -> Iterator[str]:
        """What stayed, as a faint band along the lane, and what passed on."""
        bands = list(_bands(self.stages[number], self.lanes))
        given = [sum((b.votes for b in bands if b.source == n), Fraction(0)) for n in self._places]
        kept = [max(lane.held[number - 1] - given[n], Fraction(0)) for n, lane in self._numbered]
        for place, lane in self._numbered:
            stays = self._high(min(kept[place], lane.held[number]))
            if stays:
                yield self._band(
                    number, lane.colour, "0.15", [self.bottoms[place] - stays] * 2, stays
                )
        tops_from = [
            self.bottoms[n] - self._high(lane.held[number - 1]) for n, lane in self._numbered
        ]
        tops_to = [self.bottoms[n] - self._high(lane.held[number]) for n, lane in self._numbered]
        for band in bands:
            high = self._high(band.votes)
            ends = [tops_from[band.source], tops_to[band.target]]
            yield self._band(number, self.lanes[band.source].colour, "0.5", ends, high)
            tops_from[band.source] += high
            tops_to[band.target] += high

    @property
    def _places(self) -> range:
        return range(len(self.lanes))

    @property
    def _numbered(self) -> list[tuple[int, Lane]]:
        return list(enumerate(self.lanes))

    def _band(self, number: int, colour: str, opacity: str, ends: Sequence[int], high: int) -> str:
        """From the column before to this one; `ends` are the upper ends at both."""
        start, end = self.left + self.column * (number - 1) + BAR, self.left + self.column * number
        middle, (y, to) = (start + end) // 2, ends
        return (
            f'<path d="M{start} {y}C{middle} {y} {middle} {to} {end} {to}v{high}'
            f'C{middle} {to + high} {middle} {y + high} {start} {y + high}z" '
            f'fill="{colour}" fill-opacity="{opacity}"/>'
        )
