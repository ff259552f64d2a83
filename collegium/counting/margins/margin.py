"""A margin: what was proved from below, what was found from above, and both in words."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from collegium.counting.margins.recounts import Witness

Unit = Literal["ballots", "votes"]
Kind = Literal["exact", "at-least", "at-most", "between"]


class Margin(Struct, frozen=True, kw_only=True):
    """How few changed ballots would change the outcome, or bring it to a tie.

    Attributes:
        least: Fewer than this change it in no way; 1 where nothing more is proved.
        most: So many suffice; None where no number is known.
        proof: Why fewer than `least` don't suffice, in words and with its source; empty where
            nothing is proved beyond 1.
        unit: What is changed; `votes` where the votes of claimants are known, but no ballots.
        witness: The changed ballots whose recount shows that `most` suffice; None where a
            proof shows it.
    """

    least: int
    most: int | None = None
    proof: str = ""
    unit: Unit = "ballots"
    witness: Witness | None = None

    @property
    def kind(self) -> Kind:
        """`exact`; `at-least` or `at-most` where only one bound says something; `between`."""
        if self.most is None:
            return "at-least"
        if self.least == self.most:
            return "exact"
        return "between" if self.least > 1 else "at-most"

    @property
    def ballots(self) -> int:
        """The number, if it is exact; otherwise the upper bound, or the lower where that is all."""
        return self.least if self.most is None else self.most

    @property
    def sentence(self) -> str:
        """The number or the bounds, in one sentence."""
        if self.most == 0:
            return "The outcome hung on a tie: no changed ballot was needed for another one."
        match self.kind:
            case "exact":
                return (
                    f"{self._many(self.ballots)} would change the outcome or bring it to a tie; "
                    f"fewer would not."
                )
            case "at-least":
                return (
                    f"At least {self._many(self.least)} would be needed before another outcome or "
                    f"a tie is possible; more may be needed."
                )
            case "at-most":
                return (
                    f"At most {self._many(self.ballots)} would change the outcome or bring it to "
                    f"a tie; fewer may suffice."
                )
            case "between":
                return (
                    f"At least {self.least} and at most {self._many(self.ballots)} would change "
                    f"the outcome or bring it to a tie."
                )

    def told(self, names: Sequence[str]) -> tuple[str, ...]:
        """The sentence, why it is so, and the changed ballots that were recounted.

        Args:
            names: Of the options, in their order.
        """
        told = [self.sentence]
        if self.proof and self.most != 0:
            told.append(self.proof)
        if self.witness is not None:
            told.append(self.witness.told(names, self.unit))
        return tuple(told)

    def _many(self, number: int) -> str:
        return f"{number} changed {self.unit if number != 1 else self.unit[:-1]}"
