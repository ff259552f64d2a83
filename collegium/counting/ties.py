"""Ties: what decides between options that a rule finds equal, and a name for each tie.

A rule document has a chain of steps, fixed before the vote. The first step that tells the tied
options apart decides, and the outcome names the tie, the step and who was chosen.

Steps:
    latest-difference: the most recent stage at which their totals differed.
    first-difference: the earliest stage at which their totals differed.
    officer: the order of preference that the returning officer recorded for this count.
    lot: a lot that anyone can draw again, by SHA-256 of the recorded seed.
    ballot-order: the option that stands earlier on the ballot is favoured.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from collegium.counting.figures import Amount

TieStep: TypeAlias = Literal[
    "latest-difference", "first-difference", "officer", "lot", "ballot-order"
]
EARLIER_STEPS: frozenset[TieStep] = frozenset({"first-difference", "latest-difference"})
"""Steps by which the count itself decides; after the others, other options might have won."""

TieChain: TypeAlias = Annotated[tuple[TieStep, ...], Meta(max_length=5)]
Purpose: TypeAlias = Literal["elect", "exclude", "surplus", "order"]
"""What the chosen option is chosen for; only `exclude` is to its disadvantage."""

EARLIER_THEN_LOT: TieChain = ("latest-difference", "officer", "lot")
ONLY_LOT: TieChain = ("officer", "lot")


class UndecidedError(ValueError):
    """A tie that the rule's chain and what was recorded don't decide."""


class Ties(Struct, frozen=True, forbid_unknown_fields=True):
    """What was recorded for deciding ties.

    Attributes:
        officer: Option numbers in the order in which the returning officer favours them.
        seed: What the lot is drawn from; empty when none was recorded.
    """

    officer: tuple[int, ...] = ()
    seed: str = ""


class Tie(Struct, frozen=True, forbid_unknown_fields=True):
    """A tie that came up, and what decided it.

    Attributes:
        among: The tied options, ascending.
        chosen: The option that was chosen for the purpose.
        left: Those whom no earlier step told apart, so that the last one had to choose.
        purpose: What it was chosen for.
        stage: The number of the stage, from 1.
        step: The step of the chain that decided.
    """

    among: tuple[int, ...]
    chosen: int
    left: tuple[int, ...]
    purpose: Purpose
    stage: int
    step: TieStep


def lot_ticket(seed: str, purpose: Purpose, stage: int, option: int) -> str:
    """The option's ticket: of the tied options, the one with the smallest is chosen."""
    text = f"collegium-lot/1\n{seed}\n{purpose}\n{stage}\n{option}\n"
    return sha256(text.encode()).hexdigest()


class History:
    """Totals of all options after each stage, first to last.

    Options are put in order by each stage's totals and the order before it, so that whoever asks
    needn't look at every stage again: a thousand options may be tied at every stage.
    """

    __slots__ = ("_earliest", "_latest", "_seen", "_stages")

    def __init__(self, stages: Iterable[Sequence[Amount]] = ()) -> None:
        self._stages = list(stages)
        self._seen = 0
        self._earliest: list[int] = []
        self._latest: list[int] = []

    def append(self, totals: Sequence[Amount]) -> None:
        """Add the totals after another stage."""
        self._stages.append(totals)

    def places(self, step: TieStep) -> Sequence[int]:
        """Each option's place, from the fewest votes up; equal if it had as many at all stages.

        Args:
            step: Whether the earliest or the latest stage counts most.
        """
        for totals in self._stages[self._seen :]:
            before = self._earliest or [0] * len(totals)
            self._earliest = _places(list(zip(before, totals, strict=True)))
            before = self._latest or before
            self._latest = _places(list(zip(totals, before, strict=True)))
        self._seen = len(self._stages)
        return self._earliest if step == "first-difference" else self._latest


def _places(keys: Sequence[tuple[Amount, Amount]]) -> list[int]:
    """The place of each key in their order, equal ones at the same."""
    places = {key: place for place, key in enumerate(sorted(set(keys)))}
    return [places[key] for key in keys]


class TieBreaker:
    """Decides the ties of one count by its chain, and keeps their names.

    Args:
        chain: The rule's steps.
        ties: What was recorded for them.
        script: Choices for the first ties that no earlier stage decides, whatever the chain
            says; so a count is repeated for every other way that its ties might have fallen.
    """

    __slots__ = ("_chain", "_script", "_ties", "named")

    def __init__(self, chain: TieChain, ties: Ties, script: Sequence[int] = ()) -> None:
        self._chain = chain
        self._ties = ties
        self._script = list(script)
        self.named: list[Tie] = []

    def again(self, otherwise: Ties) -> "TieBreaker":
        """A fresh breaker for another count of the same ballots.

        Args:
            otherwise: What decides if nothing was recorded here.
        """
        return TieBreaker(self._chain, self._ties if self._ties.seed else otherwise)

    def choose(
        self,
        among: Sequence[int],
        purpose: Purpose,
        stage: int,
        history: History | None = None,
    ) -> int:
        """The option that is chosen; named as a tie if there was more than one.

        Args:
            among: Option numbers.
            purpose: What for.
            stage: The number of the stage, from 1.
            history: Totals after each earlier stage.

        Raises:
            UndecidedError: The chain doesn't tell them apart.
        """
        left = sorted(among)
        if len(left) == 1:
            return left[0]
        for step in self._chain:
            narrowed = self._narrow(left, step, purpose, stage, history)
            if len(narrowed) == 1:
                self._name(among, left, narrowed[0], purpose, stage, step)
                return narrowed[0]
            left = narrowed
        raise UndecidedError(
            f"options {', '.join(map(str, left))} are tied at stage {stage}: expected a recorded "
            f"seed for the lot, or the returning officer's order of these options"
        )

    def _name(  # noqa: PLR0913, PLR0917 - the six parts of a tie's name
        self,
        among: Sequence[int],
        left: list[int],
        chosen: int,
        purpose: Purpose,
        stage: int,
        step: TieStep,
    ) -> None:
        tie = Tie(
            among=tuple(sorted(among)),
            chosen=chosen,
            left=tuple(left),
            purpose=purpose,
            stage=stage,
            step=step,
        )
        self.named.append(tie)

    def _narrow(
        self,
        left: list[int],
        step: TieStep,
        purpose: Purpose,
        stage: int,
        history: History | None,
    ) -> list[int]:
        """Those of the options that this step leaves."""
        if step in EARLIER_STEPS:
            return _by_places(left, purpose, history.places(step) if history else ())
        if self._script:
            return [self._script.pop(0)]
        match step:
            case "officer":
                return self._by_officer(left, purpose)
            case "lot":
                return self._by_lot(left, purpose, stage)
            case _:
                return [max(left) if purpose == "exclude" else min(left)]

    def _by_officer(self, left: list[int], purpose: Purpose) -> list[int]:
        order = self._ties.officer
        if not set(left) <= set(order):
            return left
        ranked = sorted(left, key=order.index)
        return [ranked[-1] if purpose == "exclude" else ranked[0]]

    def _by_lot(self, left: list[int], purpose: Purpose, stage: int) -> list[int]:
        if not self._ties.seed:
            return left
        return [min(left, key=lambda option: lot_ticket(self._ties.seed, purpose, stage, option))]


def _by_places(left: list[int], purpose: Purpose, places: Sequence[int]) -> list[int]:
    """Those with the fewest (for `exclude`) or most votes at the first stage that differs."""
    if not places:
        return left
    best = min if purpose == "exclude" else max
    wanted = best(places[option - 1] for option in left)
    return [option for option in left if places[option - 1] == wanted]
