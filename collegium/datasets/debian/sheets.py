"""The ballots of each vote, read again from the record's entries.

Of a declared vote the house keeps the tally and no ballots; whoever asks how a single ballot
ranked the options reads the entries once more.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from collegium.counting.ballot import UNRANKED
from collegium.ids import MemberId, VoteId
from collegium.parts.decisions.acts import CastBallot, CountInBallots
from collegium.secretariat.entering import read

_MARK: Final = b"ballot"  # in the kind of both acts: the other entries needn't be read


@dataclass(frozen=True, slots=True)
class Sheet:
    """The ballots of one vote.

    Attributes:
        named: Voter to ballot, where ballots are open.
        unnamed: Ballot to how often it was counted in.
    """

    named: dict[MemberId, str] = field(default_factory=dict)
    unnamed: dict[str, int] = field(default_factory=dict)

    def first_choices(self, options: int) -> tuple[int, ...]:
        """How many ballots put each option alone in the first place."""
        ballots = Counter(self.named.values()) + Counter(self.unnamed)
        first = [0] * options
        for ranks, times in ballots.items():
            best = min(ranks.replace(UNRANKED, ""), default="")
            if best and ranks.count(best) == 1:
                first[ranks.index(best)] += times
        return tuple(first)


def read_sheets(entries: Iterable[bytes]) -> dict[VoteId, Sheet]:
    """The sheet of every vote on which a ballot was cast or counted in."""
    sheets: dict[VoteId, Sheet] = {}
    for data in entries:
        if _MARK not in data:
            continue
        entry, _, body = read(data)
        if isinstance(body, CastBallot):
            sheets.setdefault(body.vote, Sheet()).named[entry.act.actor] = body.marks
        elif isinstance(body, CountInBallots):
            unnamed = sheets.setdefault(body.vote, Sheet()).unnamed
            for line in body.ballots:
                unnamed[line.marks] = unnamed.get(line.marks, 0) + line.count
    return sheets
