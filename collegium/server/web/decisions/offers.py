"""What the form that opens a vote lets one choose from, and what was chosen."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from collegium.parts.decisions.advice import Aim

Named: TypeAlias = Sequence[tuple[int, str]]
"""Numbers of members or bodies, and what they are called."""


class Offer(Struct, frozen=True):
    """A proposal that can stand as an option.

    Attributes:
        number: 118 is P-118.
        version: The version that would stand.
        title: Its title.
    """

    number: int
    version: int
    title: str


class Chosen(Struct, frozen=True):
    """An option that was chosen.

    Attributes:
        number: Of the proposal, or of the member who stands; -1 for neither.
        version: The proposal's version; 0 without one.
        majority: That it needs, where it is asked for one of its own.
        title: As it stands on the ballot.
    """

    number: int
    version: int
    majority: tuple[int, int]
    title: str


class Offers(Struct, frozen=True):
    """What the form lets one choose from.

    Attributes:
        aim: What the vote is for.
        proposals: Those under the question.
        members: Of the body.
        seated: Those who sit in it.
        branches: Bodies within it: number and name.
        sizes: A branch's number to how many members it has.
        electors: How many members there are.
        known: How many numbers of members there are, from 0.
        quorum: The least quorum in per cent.
        days: The fewest days.
        commission: How many must certify an election.
        secret: Whether persons are elected by secret ballot.
    """

    aim: Aim
    proposals: tuple[Offer, ...]
    members: Named
    seated: Named
    branches: Named
    sizes: Mapping[int, int]
    electors: int
    known: int
    quorum: int
    days: int
    commission: int
    secret: bool

    @property
    def lists_everybody(self) -> bool:
        """Whether every member is offered by name."""
        return len(self.members) >= self.electors
