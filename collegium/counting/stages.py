"""An outcome reached stage by stage, in the same shape for every rule that counts so."""

from collections.abc import Sequence
from typing import Any, Literal, Self, TypeAlias

import msgspec
from msgspec import Struct

from collegium.counting.outcome import Outcome, RuleDocument
from collegium.counting.ties import Tie

Event: TypeAlias = Literal[
    "count", "surplus", "exclusion", "election", "keep-values", "completion", "comparison"
]
"""What happened: ballots were first counted; a surplus or the votes of an excluded option
passed on; seats given one by one; keep values (Meek); seats filled otherwise; two compared."""

Reason: TypeAlias = Literal[
    "quota", "majority", "most-votes", "last-places", "only-one", "score", "guarded", "undefeated"
]
"""Why an option is elected."""


class Elected(Struct, frozen=True, forbid_unknown_fields=True):
    """An option elected at a stage, and why."""

    option: int
    reason: Reason


class Transfer(Struct, frozen=True, forbid_unknown_fields=True):
    """Votes passed on from one option.

    Attributes:
        exhausted: Votes on ballots that name no further option that still stands.
        gains: What each option received, in the order of the options.
        lost: What the rounding of the rule lost.
        source: The option whose votes passed on.
        values: The ballots passed on, as pairs: the value of each, and how many had it.
    """

    exhausted: str
    gains: tuple[str, ...]
    lost: str
    source: int
    values: tuple[tuple[str, int], ...]


class Stage(Struct, frozen=True, forbid_unknown_fields=True):
    """One stage of a count, as it stood at its end.

    Attributes:
        elected: Who is elected here, in order, and why.
        event: What happened.
        excluded: Who is excluded here; several in one stage only where the rule says so.
        exhausted: Votes that no standing option holds any more, in all.
        lost: Votes lost to rounding, in all.
        quota: What elects at this stage; empty where the rule has none.
        totals: Of each option, in the order of the options.
        transfers: The votes passed on.
    """

    elected: tuple[Elected, ...]
    event: Event
    excluded: tuple[int, ...]
    exhausted: str
    lost: str
    quota: str
    totals: tuple[str, ...]
    transfers: tuple[Transfer, ...] = ()


class StagedOutcome(Outcome, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the ballots decided, stage by stage.

    Attributes:
        elected: Option numbers in the order of their election.
        ranking: All options by places where the rule gives an order, the winners first;
            otherwise empty.
        rule: The rule document.
        stages: The stages, first to last.
        ties: Every tie that came up and what decided it.
    """

    elected: tuple[int, ...]
    ranking: tuple[tuple[int, ...], ...] = ()
    rule: RuleDocument
    stages: tuple[Stage, ...]
    ties: tuple[Tie, ...] = ()

    @classmethod
    def read(cls, data: bytes) -> Self:
        """The outcome that canonical bytes spell, whichever its rule; ask its own class.

        Raises:
            ValueError: No outcome of this class, or not in its canonical spelling.
        """
        from collegium.counting.rules import read_rule  # noqa: PLC0415 - rules build on outcomes

        try:
            plain = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
            parts: dict[str, Any] = {"rule": read_rule(bytes(plain.pop("rule")))}
            for field in msgspec.structs.fields(cls):
                if field.name in plain:
                    parts[field.name] = msgspec.json.decode(plain.pop(field.name), type=field.type)
            outcome = cls(**parts)
        except (msgspec.DecodeError, KeyError, TypeError, UnicodeDecodeError) as error:
            raise ValueError(f"expected an outcome: {error}") from error
        if plain or outcome.canonical() != data:
            raise ValueError("expected an outcome in canonical JSON: sorted keys, no spaces")
        return outcome


def plain_stage(
    totals: Sequence[str],
    event: Event = "count",
    elected: Sequence[Elected] = (),
    excluded: Sequence[int] = (),
) -> Stage:
    """A stage in which nothing is transferred, exhausted or lost."""
    return Stage(
        elected=tuple(elected),
        event=event,
        excluded=tuple(excluded),
        exhausted="0",
        lost="0",
        quota="",
        totals=tuple(totals),
    )


def winners_of(elected: Sequence[Elected]) -> tuple[int, ...]:
    """The option numbers, in the order of election."""
    return tuple(one.option for one in elected)
