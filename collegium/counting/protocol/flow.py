"""The flow of votes through the stages of a count, as SVG drawn in whole pixels."""

from collections.abc import Iterator
from fractions import Fraction
from html import escape

from collegium.counting.protocol.sentences import Names
from collegium.counting.stages import Stage, StagedOutcome

COLUMN = 150
BAR = 14
TALL = 480
GAP = 6
LEFT = 190
TOP = 40
_COLOURS = (
    *("#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377"),
    *("#8c6d31", "#637939", "#843c39", "#7b4173", "#3182bd", "#636363"),
)


def flow_picture(outcome: StagedOutcome, names: Names) -> str:
    """A column a stage, a bar an option, and bands for the votes passed on."""
    drawing = _Drawing(outcome, names)
    wide = LEFT + COLUMN * len(outcome.stages)
    high = TOP + TALL + GAP * (len(names) + 1)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img" '
        f'font-family="sans-serif" font-size="11">'
    )
    title = f"<title>Votes at each of {len(outcome.stages)} stages</title>"
    return "\n".join([head, title, *drawing.lines(), "</svg>"]) + "\n"


class _Drawing:
    def __init__(self, outcome: StagedOutcome, names: Names) -> None:
        self.stages = outcome.stages
        self.names = names
        everything = sum(map(Fraction, outcome.stages[0].totals))
        self.scale = TALL / everything if everything else Fraction(1)
        self.tops = [self._tops(stage) for stage in outcome.stages]

    def lines(self) -> Iterator[str]:
        for place, name in enumerate(self.names):
            y = self.tops[0][place] + self._height(self.stages[0].totals[place]) // 2 + 4
            label = escape(name[:28])
            yield f'<text x="{LEFT - 8}" y="{y}" text-anchor="end">{label}</text>'
        for number in range(len(self.stages)):
            yield from self._bands(number)
            yield from self._bars(number)

    def _height(self, votes: str) -> int:
        return int(Fraction(votes) * self.scale)

    def _tops(self, stage: Stage) -> list[int]:
        tops, y = [], TOP
        for votes in stage.totals:
            tops.append(y)
            y += self._height(votes) + GAP
        return tops

    def _bars(self, number: int) -> Iterator[str]:
        stage, x = self.stages[number], LEFT + COLUMN * number
        yield f'<text x="{x}" y="{TOP - 14}">Stage {number + 1}</text>'
        elected = {one.option for one in stage.elected}
        for place, votes in enumerate(stage.totals):
            y, high = self.tops[number][place], self._height(votes)
            edge = ' stroke="#000" stroke-width="2"' if place + 1 in elected else ""
            told = f"{escape(self.names[place])}, stage {number + 1}: {votes}"
            yield (
                f'<rect x="{x}" y="{y}" width="{BAR}" height="{high}" fill="{_colour(place)}"'
                f"{edge}><title>{told}</title></rect>"
            )

    def _bands(self, number: int) -> Iterator[str]:
        """From the source's bar at the stage before to what the others received."""
        if not number:
            return
        x_from, x_to = LEFT + COLUMN * (number - 1) + BAR, LEFT + COLUMN * number
        middle = (x_from + x_to) // 2
        for transfer in self.stages[number].transfers:
            source = transfer.source - 1
            y = self.tops[number - 1][source] + self._height(self.stages[number].totals[source])
            for place, gain in enumerate(transfer.gains):
                high = self._height(gain)
                if not high:
                    continue
                end = self.tops[number][place]
                yield (
                    f'<path d="M{x_from} {y}C{middle} {y} {middle} {end} {x_to} {end}v{high}'
                    f'C{middle} {end + high} {middle} {y + high} {x_from} {y + high}z" '
                    f'fill="{_colour(source)}" fill-opacity="0.35"/>'
                )
                y += high


def _colour(place: int) -> str:
    return _COLOURS[place % len(_COLOURS)]
