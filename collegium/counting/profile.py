"""How often each ranked ballot was cast.

A profile is all that a count reads. It knows no voter and no order of ballots, and profiles
of parts (branches, boxes, partitions of a large vote) merge by addition: whichever way the
ballots are divided, the whole has the same text and the same digest.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import Self

from collegium.counting.ballot import check_ballot, check_options, dense_ballot

MOST_BALLOTS = 2**53 - 1
"""Ballots in one profile: every figure of an outcome stays an integer that any reader of
JSON holds exactly (RFC 8785, section 3.2.2.3)."""


class Profile:
    """Canonical ballots (`ballot.dense_ballot`) and how often each was cast; immutable.

    Args:
        options: How many options stand on the ballot, 1 to 35.
        weights: Ballots, dense or as cast, to how often each was cast, at least once.

    Raises:
        ValueError: A ballot that doesn't fit, a weight below 1, or too many ballots.
    """

    __slots__ = ("_weights", "ballots", "options")

    def __init__(self, options: int, weights: Mapping[str, int]) -> None:
        check_options(options)
        grouped: dict[str, int] = {}
        for text, weight in weights.items():
            check_ballot(text, options)
            if weight < 1:
                raise ValueError(f"expected a weight of at least 1, not {weight} for {text!r}")
            ballot = dense_ballot(text)
            grouped[ballot] = grouped.get(ballot, 0) + weight
        ballots = sum(grouped.values())
        if ballots > MOST_BALLOTS:
            raise ValueError(f"expected at most 2^53 - 1 ballots, not {ballots}")
        self.options = options
        self.ballots = ballots
        self._weights = grouped

    @classmethod
    def of(cls, options: int, ballots: Iterable[str]) -> Self:
        """The profile of ballots as cast, one text a ballot.

        Example:
            >>> dict(Profile.of(3, ["12-", "24-", "111"]).weights)
            {'12-': 2, '111': 1}

        Raises:
            ValueError: A ballot that isn't one rank for each option.
        """
        return cls(options, Counter(ballots))

    @property
    def weights(self) -> Mapping[str, int]:
        """Canonical ballot to how often it was cast, in no particular order; read-only."""
        return MappingProxyType(self._weights)

    def __add__(self, other: "Profile") -> "Profile":
        if other.options != self.options:
            raise ValueError(
                f"expected profiles of the same options, not of {self.options} and {other.options}"
            )
        both = dict(self._weights)
        for ballot, weight in other.weights.items():
            both[ballot] = both.get(ballot, 0) + weight
        return Profile(self.options, both)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Profile):
            return NotImplemented
        return self.options == other.options and self._weights == other._weights

    def __hash__(self) -> int:
        return hash((self.options, frozenset(self._weights.items())))

    def __repr__(self) -> str:
        return f"<Profile: {self.ballots} ballots, {len(self._weights)} different>"

    def text(self) -> str:
        r"""The profile as text: a heading, then a line a ballot with its weight, sorted.

        Example:
            >>> Profile.of(3, ["12-", "111", "24-"]).text()
            'collegium-profile/1 ranked 3\n111 1\n12- 2\n'
        """
        heading = f"collegium-profile/1 ranked {self.options}\n"
        lines = (f"{ballot} {weight}\n" for ballot, weight in sorted(self._weights.items()))
        return heading + "".join(lines)

    def digest(self) -> str:
        """SHA-256 of `text`, 64 hexadecimal digits."""
        return sha256(self.text().encode("ascii")).hexdigest()
