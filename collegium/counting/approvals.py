"""Ballots that approve any number of options, and how often each was cast."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import Annotated, Self, TypeAlias

from msgspec import Meta

from collegium.counting.ballot import WIDEST
from collegium.counting.outcome import RuleDocument
from collegium.counting.profile import MOST_BALLOTS
from collegium.counting.stages import StagedOutcome
from collegium.counting.ties import TieBreaker, TieChain, Ties

Approved: TypeAlias = tuple[int, ...]
"""The numbers of the approved options, ascending, from 1."""


class Approvals:
    """Sets of approved options and how often each was cast; immutable.

    Args:
        options: How many options stand on the ballot, 1 to 1000.
        weights: Approved options, in any order, to how often so cast, at least once.

    Raises:
        ValueError: An option that isn't on the ballot or is named twice, a weight below 1, or
            too many ballots.
    """

    __slots__ = ("_weights", "ballots", "options")

    def __init__(self, options: int, weights: Mapping[Approved, int]) -> None:
        if not 1 <= options <= WIDEST:
            raise ValueError(f"expected 1 to {WIDEST} options, not {options}")
        grouped: dict[Approved, int] = {}
        for approved, weight in weights.items():
            ballot = _checked(approved, options)
            if weight < 1:
                raise ValueError(f"expected a weight of at least 1, not {weight} for {approved}")
            grouped[ballot] = grouped.get(ballot, 0) + weight
        self.options = options
        self.ballots = sum(grouped.values())
        if self.ballots > MOST_BALLOTS:
            raise ValueError(f"expected at most 2^53 - 1 ballots, not {self.ballots}")
        self._weights = grouped

    @classmethod
    def of(cls, options: int, ballots: Iterable[Iterable[int]]) -> Self:
        """The profile of ballots as cast.

        Raises:
            ValueError: A ballot approves an option that isn't there, or one twice.
        """
        weights: dict[Approved, int] = {}
        for approved in ballots:
            ballot = tuple(sorted(approved))
            weights[ballot] = weights.get(ballot, 0) + 1
        return cls(options, weights)

    @property
    def weights(self) -> Mapping[Approved, int]:
        """Approved options, ascending, to how often so cast; read-only."""
        return MappingProxyType(self._weights)

    def __add__(self, other: "Approvals") -> "Approvals":
        if other.options != self.options:
            raise ValueError(
                f"expected ballots on the same options, not on {self.options} and {other.options}"
            )
        both = dict(self._weights)
        for ballot, weight in other.weights.items():
            both[ballot] = both.get(ballot, 0) + weight
        return Approvals(self.options, both)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Approvals):
            return NotImplemented
        return self.options == other.options and self._weights == other._weights

    def __hash__(self) -> int:
        return hash((self.options, frozenset(self._weights.items())))

    def __repr__(self) -> str:
        return f"<Approvals: {self.ballots} ballots, {len(self._weights)} different>"

    def totals(self) -> list[int]:
        """How many ballots approve each option, in the order of the options."""
        totals = [0] * self.options
        for approved, weight in self._weights.items():
            for option in approved:
                totals[option - 1] += weight
        return totals

    def text(self) -> str:
        r"""The profile as text: a heading, then a line a ballot with its weight, sorted.

        Example:
            >>> Approvals(3, {(3, 1): 2, (): 1}).text()
            'collegium-profile/1 approvals 3\n- 1\n1,3 2\n'
        """
        lines = (
            f"{','.join(map(str, approved)) or '-'} {weight}\n"
            for approved, weight in sorted(self._weights.items())
        )
        return f"collegium-profile/1 approvals {self.options}\n" + "".join(lines)

    def digest(self) -> str:
        """SHA-256 of `text`, 64 hexadecimal digits."""
        return sha256(self.text().encode("ascii")).hexdigest()


def _checked(approved: Approved, options: int) -> Approved:
    ballot = tuple(sorted(approved))
    if len(set(ballot)) < len(ballot):
        raise ValueError(f"expected each option at most once, not {ballot}")
    if ballot and not (ballot[0] >= 1 and ballot[-1] <= options):
        raise ValueError(f"expected options 1 to {options}, not {ballot}")
    return ballot


class ApprovalRule(RuleDocument, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A rule for ballots of approvals that decides ties by a chain.

    Attributes:
        options: How many options stand on the ballot.
        seats: How many are elected.
        ties: The steps that decide a tie, in order.
    """

    options: Annotated[int, Meta(ge=1, le=WIDEST)]
    seats: Annotated[int, Meta(ge=1, le=WIDEST)]
    ties: TieChain

    def __post_init__(self) -> None:
        if not 1 <= self.seats <= self.options <= WIDEST:
            raise ValueError(
                f"expected 1 to {WIDEST} options and as many seats or fewer, "
                f"not {self.options} and {self.seats}"
            )
        super().__post_init__()

    def count(self, profile: Approvals) -> StagedOutcome:
        """The outcome when nothing was recorded for ties.

        Raises:
            UndecidedError: A tie came up.
        """
        return self.decide(profile, TieBreaker(self.ties, Ties()))

    def decide(self, profile: Approvals, breaker: TieBreaker) -> StagedOutcome:
        """The outcome, with ties decided by the breaker."""
        raise NotImplementedError
