"""Who held which ballots at each stage of a count by `stv/1`, and through which surpluses.

A ballot is labelled with the surpluses that it passed through: its value depends on them alone.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import TypeAlias

from msgspec import Struct

from collegium.counting.orders import strict_orders
from collegium.counting.profile import Profile
from collegium.counting.stages import Stage, StagedOutcome

Label: TypeAlias = tuple[tuple[int, int], ...]
"""The surpluses that a ballot passed through: the number of the stage, from 0, and the source."""

Held: TypeAlias = dict[int, dict[Label, int]]
"""Option to labels to how many ballots of such a label it holds."""


class Standing(Struct, frozen=True):
    """How things stood at the end of a stage.

    Attributes:
        elected: Before this stage.
        held: Who holds which ballots.
        pending: Elected with a surplus that hasn't passed on yet, after this stage.
        standing: Neither elected before this stage nor excluded until now.
        spent: Elected whose surplus has passed on, so that a quota is what they have.
    """

    elected: int
    held: Held
    pending: tuple[int, ...]
    standing: tuple[int, ...]
    spent: tuple[int, ...]


def stands_of(profile: Profile, outcome: StagedOutcome) -> list[Standing]:
    """How things stood at the end of each stage."""
    piles = _Piles(profile)
    found, elected, spent = [], list[int](), list[int]()
    for number, stage in enumerate(outcome.stages):
        standing = [o for o in piles.standing if o not in elected and o not in stage.excluded]
        for source in _sources(stage):
            piles.pass_on(source, standing, (number, source) if stage.event == "surplus" else None)
        if stage.event == "surplus":
            spent += _sources(stage)
        before = len(elected)
        now = [one.option for one in stage.elected]
        elected += now
        piles.standing = standing
        found.append(
            Standing(
                elected=before,
                held=piles.held(),
                pending=tuple(_pending(outcome.stages[: number + 1], spent)),
                standing=tuple(standing),
                spent=tuple(spent),
            )
        )
    return found


def _sources(stage: Stage) -> list[int]:
    return [transfer.source for transfer in stage.transfers]


def _pending(stages: Iterable[Stage], spent: list[int]) -> list[int]:
    """Who reached the quota and holds more than one, though it may be found anew later."""
    found = []
    for stage in stages:
        for one in stage.elected:
            above = Fraction(stage.totals[one.option - 1]) > Fraction(stage.quota)
            if one.reason == "quota" and above and one.option not in spent:
                found.append(one.option)
    return found


class _Piles:
    def __init__(self, profile: Profile) -> None:
        self.standing = list(range(1, profile.options + 1))
        self._of: dict[int, dict[Label, list[tuple[tuple[int, ...], int, int]]]] = {
            option: {} for option in self.standing
        }
        for order, weight in strict_orders(profile):
            if order:
                self._of[order[0]].setdefault((), []).append((order, 0, weight))

    def held(self) -> Held:
        return {
            option: {label: sum(weight for *_, weight in pile) for label, pile in piles.items()}
            for option, piles in self._of.items()
        }

    def pass_on(self, source: int, standing: list[int], mark: tuple[int, int] | None) -> None:
        """To the next on each ballot who stands; a surplus leaves its mark on the label."""
        leaving, self._of[source] = self._of[source], {}
        for label, pile in leaving.items():
            new = (*label, mark) if mark else label
            for order, place, weight in pile:
                for onward in range(place + 1, len(order)):
                    if order[onward] in standing:
                        to = self._of[order[onward]].setdefault(new, [])
                        to.append((order, onward, weight))
                        break
