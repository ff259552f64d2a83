"""How often each ranked ballot was cast.

A profile is all that a count reads. It knows no voter and no order of ballots, and profiles
of parts (branches, boxes, partitions of a large vote) merge by addition: whichever way the
ballots are divided, the whole has the same text and the same digest.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import Self

from collegium.counting.ballot import (
    MOST_OPTIONS,
    NO_OPINION,
    NOT_RANKED,
    UNRANKED,
    check_counted,
    check_options,
    dense_ballot,
    ranks_for,
    spelt,
)
from collegium.counting.fast import Table, table_of

MOST_BALLOTS = 2**53 - 1
"""Ballots in one profile: every figure of an outcome stays an integer that any reader of
JSON holds exactly (RFC 8785, section 3.2.2.3)."""


class Profile:
    """Canonical ballots (`ballot.dense_ballot`) and how often each was cast; immutable.

    Args:
        options: How many options stand on the ballot, 1 to 1000.
        weights: Ballots, dense or as cast, to how often each was cast, at least once.

    Raises:
        ValueError: A ballot that doesn't fit, a weight below 1, or too many ballots.
    """

    __slots__ = ("_digest", "_equal", "_table", "_weights", "ballots", "options")

    def __init__(self, options: int, weights: Mapping[str, int]) -> None:
        check_options(options)
        grouped: dict[str, int] = {}
        for text, weight in weights.items():
            check_counted(text, options)
            if weight < 1:
                raise ValueError(f"expected a weight of at least 1, not {weight} for {text!r}")
            ballot = dense_ballot(text)
            grouped[ballot] = grouped.get(ballot, 0) + weight
        self._fill(options, sum(grouped.values()), grouped, None)

    def _fill(
        self, options: int, ballots: int, weights: dict[str, int] | None, table: Table | None
    ) -> None:
        if ballots > MOST_BALLOTS:
            raise ValueError(f"expected at most 2^53 - 1 ballots, not {ballots}")
        self.options = options
        self.ballots = ballots
        self._weights = weights
        self._table = table
        self._equal: dict[str, int] | None = None
        self._digest = ""

    @classmethod
    def of_dense(cls, options: int, weights: dict[str, int], *, strict: bool = False) -> Self:
        """The profile of ballots that are known to be dense, with weights of at least 1.

        Args:
            options: How many options stand on the ballot.
            weights: The ballots.
            strict: Whether they are known to have no equal ranks.

        Raises:
            ValueError: Too many ballots.
        """
        profile = cls.__new__(cls)
        profile._fill(options, sum(weights.values()), weights, None)  # noqa: SLF001 - of its own
        profile._equal = {} if strict else None  # noqa: SLF001 - of its own
        return profile

    @classmethod
    def of_table(cls, options: int, table: Table) -> Self:
        """The profile of a table of dense ballots (`fast`).

        Raises:
            ValueError: Too many ballots.
        """
        profile = cls.__new__(cls)
        profile._fill(options, table.total, None, table)  # noqa: SLF001 - of its own
        return profile

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
        return MappingProxyType(self._grouped())

    def _grouped(self) -> dict[str, int]:
        if self._weights is None:
            table = self.table()
            counts = table.counts.tolist() if table else []
            self._weights = dict(zip(table.texts() if table else [], counts, strict=True))
        return self._weights

    def table(self) -> Table | None:
        """The ballots as a table for compiled kernels, where the extra `fast` is worth it."""
        if self._table is None and self._weights is not None:
            self._table = table_of(self._weights, self.options)
        return self._table

    @property
    def different(self) -> int:
        """How many different ballots there are."""
        return (
            len(self._table.counts)
            if self._weights is None and self._table
            else len(self._grouped())
        )

    @property
    def blank(self) -> int:
        """Ballots that rank nobody."""
        if self._weights is None and self._table is not None:
            first = self._table.first()
            return first[1] if first and first[0] == UNRANKED * self.options else 0
        weighed = self._grouped().items()
        return sum(weight for text, weight in weighed if not text.strip(NOT_RANKED))

    def with_equal_ranks(self) -> Mapping[str, int]:
        """The ballots that rank two options equally, in the order of their text; read-only."""
        if self._equal is None:
            self._equal = self._found_equal()
        return MappingProxyType(self._equal)

    def _found_equal(self) -> dict[str, int]:
        table = self.table()
        if table is None:
            weights = self._grouped()
            full = self.options
            # Most ballots show it by having as many characters as options: a quick look.
            equal = [text for text in weights if len(set(text)) != full and not _is_strict(text)]
            return {text: weights[text] for text in sorted(equal)}
        places = table.repeating()
        if not places:
            return {}
        texts, counts = table.texts(), table.counts.tolist()
        return {texts[place]: counts[place] for place in places}

    def __add__(self, other: "Profile") -> "Profile":
        if other.options != self.options:
            raise ValueError(
                f"expected profiles of the same options, not of {self.options} and {other.options}"
            )
        both = dict(self._grouped())
        for ballot, weight in other.weights.items():
            both[ballot] = both.get(ballot, 0) + weight
        return Profile.of_dense(self.options, both)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Profile):
            return NotImplemented
        return self.options == other.options and self._grouped() == other._grouped()

    def __hash__(self) -> int:
        return hash((self.options, frozenset(self._grouped().items())))

    def __repr__(self) -> str:
        return f"<Profile: {self.ballots} ballots, {self.different} different>"

    def text(self) -> str:
        r"""The profile as text: a heading, then a line a ballot with its weight, sorted.

        Ballots stand as `ballot.spelt` has them, in the order of their ranks: not ranked, first,
        second …; no opinion comes after the ninth rank.

        Example:
            >>> Profile.of(3, ["12-", "111", "24-"]).text()
            'collegium-profile/1 ranked 3\n111 1\n12- 2\n'
        """
        return b"".join(self._spelt()).decode("ascii")

    def digest(self) -> str:
        """SHA-256 of `text`, 64 hexadecimal digits."""
        if not self._digest:
            digest = sha256()
            for part in self._spelt():
                digest.update(part)
            self._digest = digest.hexdigest()
        return self._digest

    def _spelt(self) -> Iterator[bytes | memoryview]:
        """The text in parts, of which none is copied: a large one is as long as its file."""
        yield f"collegium-profile/1 ranked {self.options}\n".encode("ascii")
        table = self.table()
        if table is not None:
            yield table.spelt()
            return
        cast = self._grouped().items()
        if self.options <= MOST_OPTIONS:
            # Texts are as long as one another, so that whole lines sort as the texts do.
            lines = [f"{text} {weight}\n" for text, weight in cast]
            lines.sort()
        else:
            lines = [f"{spelt(text)} {weight}\n" for text, weight in sorted(cast)]
        yield "".join(lines).encode("ascii")


def _is_strict(ballot: str) -> bool:
    """Whether a dense ballot has no equal ranks: its last rank is as high as ranks are many."""
    ranked = len(ballot) - ballot.count(UNRANKED) - ballot.count(NO_OPINION)
    return not ranked or ranks_for(ranked)[-1] in ballot
