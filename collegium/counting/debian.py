"""The rule `debian-a6/1`: how the Debian project counted from 2003 to 2015.

1. An option that too few ballots rank above the default option is dropped (quorum).
2. An option that doesn't defeat the default option by its majority ratio is dropped.
3. Schwartz sequential dropping decides among the rest, the default option among them. If
   everything else was dropped, the default option wins.

Quorum: A.6.2 asks for *at least* R votes, here 3·√n/2 with n developers (4.2.4 and 4.2.7);
the published tally sheets print `votes > R`. The two differ only where R is a whole number
and exactly reached, which none of the votes that we have come to; the text of the rule wins.

Majority: *strictly* more than the ratio times the votes of the other side. Version 1.6
(13 December 2015) lets exactly 3:1 suffice: that is another rule, `debian-a6/2` when needed.
For a ratio of 1:1, which is all that the election of 2017 needs, the two are the same.

Source: Debian constitution, versions 1.1 (21 June 2003) to 1.5, A.6.
"""

from collections.abc import Mapping
from math import gcd, isqrt
from typing import Annotated, Literal

from msgspec import Meta, Struct

from collegium.counting.ballot import WIDEST
from collegium.counting.outcome import OptionNumber, Outcome, Rule
from collegium.counting.pairwise import Matrix, pairwise_matrix
from collegium.counting.profile import Profile
from collegium.counting.schwartz import Round, sequential_dropping

LARGEST_TERM = 1000
"""The largest numerator or denominator of a ratio."""

Term = Annotated[int, Meta(ge=1, le=LARGEST_TERM)]


def _check_terms(numerator: int, denominator: int) -> None:
    if not (1 <= numerator <= LARGEST_TERM and 1 <= denominator <= LARGEST_TERM):
        raise ValueError(f"expected terms of 1 to {LARGEST_TERM}, not {numerator}:{denominator}")
    if gcd(numerator, denominator) != 1:
        raise ValueError(f"expected a ratio in lowest terms, not {numerator}:{denominator}")


class Ratio(Struct, frozen=True, forbid_unknown_fields=True):
    """A majority ratio in lowest terms, at least 1:1; 3:1 is `Ratio(3, 1)`."""

    numerator: Term
    denominator: Term

    def __post_init__(self) -> None:
        _check_terms(self.numerator, self.denominator)
        if self.numerator < self.denominator:
            raise ValueError(
                f"expected a majority of at least 1:1, not {self.numerator}:{self.denominator}"
            )

    def exceeded(self, above: int, below: int) -> bool:
        """Whether the votes on one side are more than the ratio times those on the other."""
        return above * self.denominator > self.numerator * below


class Quorum(Struct, frozen=True, forbid_unknown_fields=True):
    """Votes over the default option that an option needs: a factor times √electorate.

    Attributes:
        electorate: How many are entitled to vote.
        numerator: Of the factor, in lowest terms; Debian's 3·√n/2 has 3.
        denominator: Of the factor; Debian's has 2.
    """

    electorate: Annotated[int, Meta(ge=1, le=2**53 - 1)]
    numerator: Term
    denominator: Term

    def __post_init__(self) -> None:
        _check_terms(self.numerator, self.denominator)
        if not 1 <= self.electorate < 2**53:
            raise ValueError(
                f"expected an electorate of 1 to 2^53 - 1 members, not {self.electorate}"
            )

    def reached(self, votes: int) -> bool:
        """Whether so many votes are at least factor · √electorate; integers only."""
        return (self.denominator * votes) ** 2 >= self.numerator**2 * self.electorate

    def needed(self) -> int:
        """The fewest votes that reach the quorum."""
        return isqrt((self.numerator**2 * self.electorate - 1) // self.denominator**2) + 1


class QuorumFigure(Struct, frozen=True, forbid_unknown_fields=True):
    """An option before the quorum.

    Attributes:
        needed: The fewest votes that reach it.
        option: The option's number.
        reached: Whether it did.
        votes: Ballots that rank the option above the default option.
    """

    needed: int
    option: int
    reached: bool
    votes: int


class MajorityFigure(Struct, frozen=True, forbid_unknown_fields=True):
    """An option against the default option.

    Attributes:
        above: Ballots that rank it above the default option.
        below: Ballots that rank it below.
        needed: The ratio that `above` to `below` must exceed.
        option: The option's number.
        passed: Whether it did.
    """

    above: int
    below: int
    needed: Ratio
    option: int
    passed: bool


class DroppedOption(Struct, frozen=True, forbid_unknown_fields=True):
    """An option that isn't considered further, and why; quorum is asked before majority."""

    option: int
    reason: Literal["majority", "quorum"]


class DebianOutcome(Outcome, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the ballots decided by Debian's rule.

    Attributes:
        dropped: The options dropped before the comparison, ascending.
        majority: A figure for each option but the default one, ascending.
        matrix: Row a, column b: ballots that rank option a + 1 above option b + 1.
        quorum: A figure for each option but the default one; none without a quorum.
        rounds: The rounds of sequential dropping, with the defeats that each one dropped.
        rule: The rule document.
        schwartz: The Schwartz set that is left. The winners are these; among several the
            elector with the casting vote chooses (A.6.8), which no count can do.
    """

    dropped: tuple[DroppedOption, ...]
    majority: tuple[MajorityFigure, ...]
    matrix: Matrix
    quorum: tuple[QuorumFigure, ...]
    rounds: tuple[Round, ...]
    rule: "DebianA6"
    schwartz: tuple[int, ...]


class DebianA6(Rule, frozen=True, forbid_unknown_fields=True, tag="debian-a6/1"):
    """The rule document of `debian-a6/1`.

    Attributes:
        default: The number of the default option ("further discussion").
        majorities: The ratio that each option needs against the default option, in the order
            of the options; 1:1 in the default option's own place.
        quorum: The quorum, or None where the vote has none.

    Raises:
        ValueError: The parameters don't fit each other.
    """

    default: OptionNumber
    majorities: Annotated[tuple[Ratio, ...], Meta(min_length=2, max_length=WIDEST)]
    quorum: Quorum | None

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 1 <= self.default <= self.options:
            raise ValueError(
                f"expected the default option's number, 1 to {self.options}, not {self.default}"
            )
        if len(self.majorities) != self.options:
            raise ValueError(
                f"expected a majority ratio for each of the {self.options} options, "
                f"not {len(self.majorities)}"
            )
        if self.majorities[self.default - 1] != Ratio(1, 1):
            raise ValueError("expected 1:1 as the default option's own majority ratio")

    def count(self, profile: Profile) -> DebianOutcome:
        """Quorum, majority and Schwartz sequential dropping, with every figure."""
        matrix = pairwise_matrix(profile)
        quorum = self._quorum_figures(matrix)
        majority = self._majority_figures(matrix)
        reasons: dict[int, Literal["majority", "quorum"]] = {
            figure.option: "majority" for figure in majority if not figure.passed
        }
        reasons.update({figure.option: "quorum" for figure in quorum if not figure.reached})
        standing = [number for number in range(1, self.options + 1) if number not in reasons]
        ending = sequential_dropping(matrix, standing)
        return DebianOutcome(
            ballots=profile.ballots,
            dropped=tuple(DroppedOption(*pair) for pair in sorted(reasons.items())),
            majority=majority,
            matrix=matrix,
            profile=profile.digest(),
            quorum=quorum,
            rounds=ending.rounds,
            rule=self,
            schwartz=ending.schwartz,
            winners=ending.schwartz,
        )

    def _challengers(self) -> list[int]:
        return [number for number in range(1, self.options + 1) if number != self.default]

    def _quorum_figures(self, matrix: Matrix) -> tuple[QuorumFigure, ...]:
        if self.quorum is None:
            return ()
        needed = self.quorum.needed()
        figures = []
        for option in self._challengers():
            votes = matrix[option - 1][self.default - 1]
            reached = self.quorum.reached(votes)
            figures.append(QuorumFigure(needed=needed, option=option, reached=reached, votes=votes))
        return tuple(figures)

    def _majority_figures(self, matrix: Matrix) -> tuple[MajorityFigure, ...]:
        figures = []
        for option in self._challengers():
            ratio = self.majorities[option - 1]
            above = matrix[option - 1][self.default - 1]
            below = matrix[self.default - 1][option - 1]
            passed = ratio.exceeded(above, below)
            figures.append(
                MajorityFigure(above=above, below=below, needed=ratio, option=option, passed=passed)
            )
        return tuple(figures)


def developers_vote(options: int, electorate: int, ratios: Mapping[int, int]) -> DebianA6:
    """The document for a vote of all developers: the last option is the default one.

    Args:
        options: How many options stand on the ballot, the default option included.
        electorate: How many developers are entitled to vote.
        ratios: Option number to S where it needs S:1; every other option needs 1:1.

    Raises:
        ValueError: A ratio for an option that isn't on the ballot, or impossible figures.

    Source: Debian constitution 1.1, 4.2.4 and 4.2.7 (quorum), 5.2.7 (elections
    likewise), A.3.3 (default option).
    """
    strangers = sorted(set(ratios) - set(range(1, options)))
    if strangers:
        raise ValueError(f"expected ratios for options 1 to {options - 1}, not {strangers[0]}")
    return DebianA6(
        options=options,
        default=options,
        majorities=tuple(Ratio(ratios.get(number, 1), 1) for number in range(1, options + 1)),
        quorum=Quorum(electorate=electorate, numerator=3, denominator=2),
    )
