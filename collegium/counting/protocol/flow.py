"""The flow of votes through the stages of a count, as SVG drawn in whole pixels.

Every option has a lane of its own, and so have the votes that no option holds any more. A bar is
what an option holds at the end of a stage; bands are votes that pass on, from the upper end of
the bar that they leave to the upper end of the bar that they join.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from html import escape

from msgspec import Struct

from collegium.counting.protocol.drawing import SHOWN, framed, short
from collegium.counting.protocol.sentences import Names, listed
from collegium.counting.stages import Stage, StagedOutcome

COLUMN = 170
BAR = 16
TALL = 520
GAP = 22
MARGIN = 12
LETTER = 8
"""Room that a letter before a lane may take; few take as much."""

TOP = 72
_COLOURS = (
    *("#4477aa", "#ee6677", "#228833", "#b8860b", "#3fa7c4", "#aa3377"),
    *("#8c6d31", "#6b8e23", "#c0504d", "#8064a2", "#3182bd", "#7f7f7f"),
)
_NOBODY = "#8a8a8a"
HEADING = 26
"""Characters of a name that have room over a column."""

EXHAUSTED, LOST = "Exhausted", "Lost to rounding"


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
        wide=drawing.left + COLUMN * len(outcome.stages),
        high=drawing.bottoms[-1] + GAP,
        name=f"flow-{outcome.profile[:8]}",
        title=f"Votes at each of {len(outcome.stages)} stages",
        told=" ".join(_told(outcome, names)),
        alone=alone,
    )


def _told(outcome: StagedOutcome, names: Names) -> Iterator[str]:
    """Each stage in a sentence, for whoever doesn't see the picture."""
    for number, stage in enumerate(outcome.stages, 1):
        parts = [f"Stage {number}: {_event(stage, names)}"]
        if stage.elected:
            parts.append(f"elected {listed([one.option for one in stage.elected], names)}")
        if any(map(Fraction, (stage.exhausted, stage.lost))):
            parts.append(f"{stage.exhausted} votes exhausted, {stage.lost} lost to rounding so far")
        yield f"{'; '.join(parts)}."
    yield "The table of all stages in the protocol has every figure."


def _event(stage: Stage, names: Names) -> str:
    sources = [transfer.source for transfer in stage.transfers]
    match stage.event:
        case "surplus":
            return f"surplus of {listed(sources, names)}"
        case "exclusion":
            return f"excluded {listed(stage.excluded, names)}"
        case "keep-values":
            return "keep values found anew"
        case "comparison":
            return "comparison"
        case "election" | "completion":
            return "a seat filled"
        case "count":
            return "first count"


def _heading(stage: Stage, names: Names) -> tuple[str, str]:
    """What happened, and with whom; several by their number."""
    sources = [transfer.source for transfer in stage.transfers]
    told = {"surplus": ("surplus of", sources), "exclusion": ("excluded", list(stage.excluded))}
    what, who = told.get(stage.event, (_event(stage, names), []))
    return what, listed(who, names) if len(who) <= 1 else f"{len(who)} options"


def _lanes(stages: Sequence[Stage], names: Names) -> Iterator[Lane]:
    for place, name in enumerate(names):
        held = tuple(Fraction(stage.totals[place] or 0) for stage in stages)
        yield Lane(_COLOURS[place % len(_COLOURS)], held, name)
    if any(stage.quota or stage.transfers for stage in stages):
        yield Lane(_NOBODY, tuple(Fraction(stage.exhausted) for stage in stages), EXHAUSTED)
    if any(Fraction(stage.lost) for stage in stages):
        yield Lane(_NOBODY, tuple(Fraction(stage.lost) for stage in stages), LOST)


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
        self.lanes = list(_lanes(outcome.stages, names))
        self.left = MARGIN + LETTER * min(max(len(lane.name) for lane in self.lanes), SHOWN)
        together = sum(max(lane.held) for lane in self.lanes)
        self.scale = TALL / together if together else Fraction(1)
        self.bottoms: list[int] = []
        y = TOP
        for lane in self.lanes:
            y += GAP + max(self._high(max(lane.held)), 2)
            self.bottoms.append(y)

    def lines(self) -> Iterator[str]:
        for lane, y in zip(self.lanes, self.bottoms, strict=True):
            middle = y - self._high(lane.held[0]) // 2 + 4
            name = short(lane.name)
            yield f'<text x="{self.left - 10}" y="{middle}" text-anchor="end">{name}</text>'
        for number, stage in enumerate(self.stages):
            x = self.left + COLUMN * number
            yield f'<text x="{x}" y="22" font-weight="bold">Stage {number + 1}</text>'
            what, who = _heading(stage, self.names)
            yield f'<text x="{x}" y="37" font-size="11">{what}</text>'
            yield f'<text x="{x}" y="51" font-size="11">{short(who, HEADING)}</text>'
            if number:
                yield from self._flow(number)
            yield from self._bars(number)

    def _high(self, votes: Fraction) -> int:
        """Pixels; the least vote is seen."""
        return max(int(votes * self.scale), 1) if votes > 0 else 0

    def _bars(self, number: int) -> Iterator[str]:
        stage, x = self.stages[number], self.left + COLUMN * number
        reasons = {one.option for one in stage.elected}
        for place, lane in enumerate(self.lanes):
            votes = lane.held[number]
            y = self.bottoms[place] - self._high(votes)
            elected = place + 1 in reasons and place < len(stage.totals)
            excluded = place + 1 in stage.excluded and place < len(stage.totals)
            if votes:
                edge = ' stroke="currentColor" stroke-width="2"' if elected else ""
                told = f"{escape(lane.name)}, stage {number + 1}: {self._exact(place, number)}"
                yield (
                    f'<rect x="{x}" y="{y}" width="{BAR}" height="{self._high(votes)}" '
                    f'fill="{lane.colour}"{edge}><title>{told}</title></rect>'
                )
            exact = self._exact(place, number)
            words = self._words(exact, elected=elected, excluded=excluded)
            if excluded:
                y = self.bottoms[place] - self._high(lane.held[number - 1]) // 2 + 8
            if words:
                bold = ' font-weight="bold"' if elected else ""
                yield f'<text x="{x}" y="{y - 4}" font-size="11"{bold}>{words}</text>'

    def _exact(self, place: int, number: int) -> str:
        stage = self.stages[number]
        return [*stage.totals, stage.exhausted, stage.lost][place]

    def _words(self, exact: str, *, elected: bool, excluded: bool) -> str:
        """Whole votes, and what became of the option; nothing for who was out before."""
        votes = Fraction(exact or 0)
        if excluded:
            return "out"
        if not votes:
            return "0 elected" if elected else ""
        whole = str(int(votes)) if votes >= 1 else exact
        return f"{whole} elected" if elected else whole

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
        start, end = self.left + COLUMN * (number - 1) + BAR, self.left + COLUMN * number
        middle, (y, to) = (start + end) // 2, ends
        return (
            f'<path d="M{start} {y}C{middle} {y} {middle} {to} {end} {to}v{high}'
            f'C{middle} {to + high} {middle} {y + high} {start} {y + high}z" '
            f'fill="{colour}" fill-opacity="{opacity}"/>'
        )
