"""Votes for lists, levels or branches, and rules that share out seats among them."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Annotated

from msgspec import Meta

from collegium.counting.outcome import RuleDocument
from collegium.counting.profile import MOST_BALLOTS
from collegium.counting.stages import Stage, StagedOutcome
from collegium.counting.ties import TieBreaker, TieChain, Ties

MOST_CLAIMANTS = 1000
MOST_SEATS = 10_000

Number = Annotated[int, Meta(ge=0, le=MOST_SEATS)]


class Claims:
    """How many votes or members each claimant of seats has; immutable.

    Args:
        votes: Of each claimant, in their order, 0 or more.

    Raises:
        ValueError: No claimants, more than 1000, or a number out of bounds.
    """

    __slots__ = ("votes",)

    def __init__(self, votes: Sequence[int]) -> None:
        if not 1 <= len(votes) <= MOST_CLAIMANTS:
            raise ValueError(f"expected 1 to {MOST_CLAIMANTS} claimants, not {len(votes)}")
        if not all(0 <= each <= MOST_BALLOTS for each in votes):
            raise ValueError("expected 0 to 2^53 - 1 votes for each claimant")
        self.votes = tuple(votes)

    @property
    def options(self) -> int:
        """How many claimants there are."""
        return len(self.votes)

    @property
    def ballots(self) -> int:
        """How many votes there are in all."""
        return sum(self.votes)

    def __add__(self, other: "Claims") -> "Claims":
        if other.options != self.options:
            raise ValueError(
                f"expected votes for the same claimants, not for {self.options} and {other.options}"
            )
        return Claims([mine + more for mine, more in zip(self.votes, other.votes, strict=True)])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Claims) and self.votes == other.votes

    def __hash__(self) -> int:
        return hash(self.votes)

    def text(self) -> str:
        r"""The votes as text: a heading, then a line a claimant.

        Example:
            >>> Claims([5, 3]).text()
            'collegium-profile/1 claims 2\n1 5\n2 3\n'
        """
        lines = (f"{number} {votes}\n" for number, votes in enumerate(self.votes, 1))
        return f"collegium-profile/1 claims {self.options}\n" + "".join(lines)

    def digest(self) -> str:
        """SHA-256 of `text`, 64 hexadecimal digits."""
        return sha256(self.text().encode("ascii")).hexdigest()


class SeatsOutcome(StagedOutcome, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How the seats are shared out; `elected` names a claimant once for each of its seats.

    Attributes:
        seats: Of each claimant, in their order.
    """

    seats: tuple[int, ...]


class SeatRule(RuleDocument, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A rule that shares out seats.

    Attributes:
        largest: The most seats that each claimant may have, in their order; empty for no limit.
        least: The fewest seats of each claimant, in their order; empty for none.
        options: How many claimants there are.
        seats: How many seats are shared out.
        ties: The steps that decide a tie, in order.
    """

    largest: Annotated[tuple[Number, ...], Meta(max_length=MOST_CLAIMANTS)]
    least: Annotated[tuple[Number, ...], Meta(max_length=MOST_CLAIMANTS)]
    options: Annotated[int, Meta(ge=1, le=MOST_CLAIMANTS)]
    seats: Annotated[int, Meta(ge=1, le=MOST_SEATS)]
    ties: TieChain

    def __post_init__(self) -> None:
        super().__post_init__()
        for limits in (self.largest, self.least):
            if len(limits) not in (0, self.options):
                raise ValueError(
                    f"expected a limit for each of the {self.options} claimants or none, "
                    f"not {len(limits)}"
                )
        if sum(self.floors()) > self.seats or sum(self.ceilings()) < self.seats:
            raise ValueError(f"expected limits between which {self.seats} seats find room")
        if any(low > high for low, high in zip(self.floors(), self.ceilings(), strict=True)):
            raise ValueError("expected no claimant's fewest seats to be more than its most")

    def floors(self) -> tuple[int, ...]:
        """The fewest seats of each claimant."""
        return self.least or (0,) * self.options

    def ceilings(self) -> tuple[int, ...]:
        """The most seats of each claimant."""
        return self.largest or (self.seats,) * self.options

    def count(self, profile: Claims) -> SeatsOutcome:
        """The seats when nothing was recorded for ties.

        Raises:
            UndecidedError: A tie came up.
        """
        return self.decide(profile, TieBreaker(self.ties, Ties()))

    def decide(self, profile: Claims, breaker: TieBreaker) -> SeatsOutcome:
        """The seats, with ties decided by the breaker."""
        raise NotImplementedError


def seats_outcome(
    profile: Claims,
    rule: SeatRule,
    given: Sequence[int],
    stages: Sequence[Stage],
    breaker: TieBreaker,
) -> SeatsOutcome:
    """The outcome in which seats were given to these claimants, in this order."""
    seats = tuple(given.count(number) for number in range(1, profile.options + 1))
    return SeatsOutcome(
        ballots=profile.ballots,
        elected=tuple(given),
        profile=profile.digest(),
        rule=rule,
        seats=seats,
        stages=tuple(stages),
        ties=tuple(breaker.named),
        winners=tuple(number for number, each in enumerate(seats, 1) if each),
    )
