"""The ballots of a vote, read back from the record.

A house keeps the ballots of a vote until its outcome is declared, then only the tally. In the
record they stay for ever, each as an entry of its own.
"""

from collections import Counter
from typing import Any, Final

from msgspec import Struct

from collegium.archive.protocol import Archive
from collegium.counting import Profile
from collegium.ids import MemberId, Moment, VoteId
from collegium.parts.approvals.acts import AskApproval, EnactDeed
from collegium.parts.decisions.acts import CastBallot, CloseVote, CountInBallots
from collegium.record.act import Entry, judged_at
from collegium.secretariat.entering import read

_KINDS: Final = tuple(
    f'"{kind}/'.encode()
    for kind in (
        "decisions.cast-ballot",
        "decisions.count-in-ballots",
        "decisions.close-vote",
        "approvals.ask-approval",
        "approvals.enact-deed",
    )
)


class Cast(Struct, frozen=True):
    """A ballot as a member cast it.

    Attributes:
        seq: Its entry.
        member: Whose it is.
        at: When it was cast.
        ranks: What it says.
        last: Whether it counts: the same member cast none after it.
    """

    seq: int
    member: MemberId
    at: Moment
    ranks: str
    last: bool


class CountedIn(Struct, frozen=True):
    """Ballots whose voters are unknown, as tellers entered them.

    Attributes:
        seq: Their entry.
        at: When they were entered.
        ranks: What they say.
        count: How many say it.
    """

    seq: int
    at: Moment
    ranks: str
    count: int


class BallotBox(Struct, frozen=True):
    """All ballots of a vote whose close is recorded, in the order of the record.

    Attributes:
        cast: Those that members cast, replaced ones too.
        counted_in: Those that tellers entered.
    """

    cast: tuple[Cast, ...]
    counted_in: tuple[CountedIn, ...]

    def profile(self, options: int) -> Profile:
        """The ballots that count, grouped, for so many options."""
        weights = Counter(one.ranks for one in self.cast if one.last)
        for one in self.counted_in:
            weights[one.ranks] += one.count
        return Profile(options, weights)


def ballots_of(archive: Archive, vote: VoteId) -> BallotBox:
    """The ballots of a vote, from its opening to its close.

    Reads every entry in between, so it is called without any lock.

    Raises:
        LookupError: No vote of that name.
    """
    opening = archive.find(vote)  # type: ignore[arg-type] # a vote is named by its act
    if opening is None:
        raise LookupError(f"expected a vote, not {vote}")
    box = _Box(vote)
    for seq, data in enumerate(archive.entries(opening.seq + 1), opening.seq + 1):
        if any(kind in data for kind in _KINDS) and box.takes(seq, data):
            break
    return box.full()


class _Box:
    """A box that is being filled."""

    def __init__(self, vote: VoteId) -> None:
        self._vote = vote
        self._marks = [vote.encode()]
        self._asked: dict[str, CountInBallots] = {}
        self._cast: dict[MemberId, list[Cast]] = {}
        self._counted: list[CountedIn] = []

    def takes(self, seq: int, data: bytes) -> bool:
        """Take an entry in as far as it is about this vote; whether it closes the vote."""
        if not any(mark in data for mark in self._marks):
            return False
        entry, _, body = read(data)
        if isinstance(body, AskApproval):
            self._ask(entry, body)
        elif isinstance(body, EnactDeed) and body.approval in self._asked:
            self._count_in(seq, entry, self._asked[body.approval])
        elif getattr(body, "vote", "") == self._vote:
            return self._about(seq, entry, body)
        return False

    def full(self) -> BallotBox:
        """What was taken in."""
        cast = sorted((one for many in self._cast.values() for one in many), key=lambda c: c.seq)
        return BallotBox(tuple(cast), tuple(self._counted))

    def _about(self, seq: int, entry: Entry, body: Any) -> bool:
        if isinstance(body, CastBallot):
            self._put(seq, entry, body)
        elif isinstance(body, CountInBallots):
            self._count_in(seq, entry, body)
        return isinstance(body, CloseVote)

    def _put(self, seq: int, entry: Entry, body: CastBallot) -> None:
        mine = self._cast.setdefault(entry.act.actor, [])
        mine[:] = [Cast(one.seq, one.member, one.at, one.ranks, last=False) for one in mine]
        at = judged_at(entry, body.happened_at)
        mine.append(Cast(seq, entry.act.actor, at, body.ranks, last=True))

    def _ask(self, entry: Entry, body: AskApproval[Any]) -> None:
        deed = body.deed.body
        if isinstance(deed, CountInBallots) and deed.vote == self._vote:
            self._asked[entry.act.id] = deed
            self._marks.append(entry.act.id.encode())

    def _count_in(self, seq: int, entry: Entry, body: CountInBallots) -> None:
        at = judged_at(entry, body.happened_at)
        self._counted += [CountedIn(seq, at, line.ranks, line.count) for line in body.ballots]
