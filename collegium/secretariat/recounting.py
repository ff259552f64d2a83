"""Recounting one vote from the record's entries alone, by asking every rule again."""

import re
from collections.abc import Iterable
from copy import copy
from typing import Final

from msgspec import Struct

from collegium.counting import Outcome, ReadBallots
from collegium.ids import ActId, VoteId
from collegium.parts.decisions.state import Decisions, Vote
from collegium.parts.decisions.tallying import (
    kind_of,
    outcome_by,
    read_weights,
    weights_of,
    winners_of,
)
from collegium.secretariat.house import House
from collegium.secretariat.replay import enter

_OPENING: Final = b'"decisions.open-vote/'
_NUMBERED: Final = re.compile(r"[Vv]-[1-9][0-9]*")
_WRONG: Final = "outcome-differs"


class Recount(Struct, frozen=True):
    """What a vote's ballots come to.

    Attributes:
        name: The act that opened it.
        vote: As it stood when its close was recorded.
        weights: How often each ballot was given, as marked.
        read: What the vote's ballot policy made of ranked ballots; None for others.
        outcome: What they come to.
        winners: The options that won, the quorum asked.
        declaration: The act that declared the same, or empty.
        annulled: When that was made void, or empty.
        certified: How many of the counting commission certify it.
        refused: How many of it refuse to.
        wrong: Entries that state another outcome; the rules refused them.
        ignored: How many entries of the record the rules refused, these among them.
    """

    name: VoteId
    vote: Vote
    weights: dict[str, int]
    read: ReadBallots | None
    outcome: Outcome
    winners: tuple[int, ...]
    declaration: str
    annulled: str
    certified: int
    refused: int
    wrong: tuple[int, ...]
    ignored: int


def recounted(house: House, entries: Iterable[bytes], wanted: str) -> Recount:
    """Let all entries into an empty house, and count one vote's ballots anew.

    Args:
        house: Empty; it is as the record leaves it afterwards.
        entries: All of a record.
        wanted: The vote: V-9, its reference, or the act that opened it.

    Raises:
        ValueError: There is no such vote, or it isn't closed yet.
    """
    name: VoteId | None = None
    final: Vote | None = None
    wrong: list[int] = []
    ignored = 0
    for data in entries:
        seq = house.size
        refusal = enter(house, data)
        ignored += refusal is not None
        if name is None:
            name = _named(house.decisions, wanted) if _OPENING in data else None
            continue
        if refusal is not None and refusal.rule == _WRONG and name.encode() in data:
            wrong.append(seq)
        if final is None and house.decisions.votes[name].closed:
            # Its ballots leave the house when the outcome is declared, but not this copy.
            final = copy(house.decisions.votes[name])
    faults = "; the rules refuse entries here, which collegium verify names" if ignored else ""
    if name is None:
        raise ValueError(
            f"expected a vote of this record, as V-9 or by its reference: {wanted!r}{faults}"
        )
    if final is None:
        raise ValueError(f"{wanted} isn't closed yet, and an open vote is never counted{faults}")
    return _counted(name, final, house.decisions.votes[name], tuple(wrong), ignored)


def _counted(name: VoteId, final: Vote, now: Vote, wrong: tuple[int, ...], ignored: int) -> Recount:
    weights = dict(sorted(weights_of(final).items()))
    outcome = outcome_by(final, weights)
    ranked = kind_of(final.counting) == "ranked"
    return Recount(
        name=name,
        vote=final,
        weights=weights,
        read=read_weights(final.counting, len(final.options), weights) if ranked else None,
        outcome=outcome,
        winners=winners_of(final, outcome),
        declaration=ActId(now.declaration) if now.declared else "",
        annulled=now.annulled,
        certified=len(now.certified),
        refused=len(now.refused),
        wrong=wrong,
        ignored=ignored,
    )


def _named(decisions: Decisions, wanted: str) -> VoteId | None:
    name = VoteId(wanted)
    if name in decisions.votes:
        return name
    if _NUMBERED.fullmatch(wanted):  # another vote's reference may look the same
        newest = next(reversed(decisions.votes), None)
        number = decisions.votes[newest].number if newest else 0
        return newest if wanted.upper() == f"V-{number}" else None
    return decisions.references.get(wanted)
