"""The ballots of a vote, read back from the record.

A house keeps the ballots of a vote until its outcome is declared, then only the tally. In the
record they stay for ever, each as an entry of its own.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final, Protocol, TypeAlias

import msgspec
from msgspec import Struct

from collegium.archive.protocol import Stored
from collegium.ids import ActId, MemberId, Moment, VoteId
from collegium.parts.approvals.acts import AskApproval, EnactDeed
from collegium.parts.decisions.acts import (
    CastBallot,
    CastByProxy,
    CastCard,
    CloseVote,
    CountedBallots,
    CountInBallots,
    EnterHands,
    EnterRollCall,
    GiveProxy,
)
from collegium.record.act import Entry, judged_at
from collegium.secretariat.entering import read

_KINDS: Final = tuple(
    f'"{kind}/'.encode()
    for kind in (
        "decisions.cast-ballot",
        "decisions.cast-by-proxy",
        "decisions.cast-card",
        "decisions.count-in-ballots",
        "decisions.close-vote",
        "decisions.enter-hands",
        "decisions.enter-roll-call",
        "decisions.give-proxy",
        "approvals.ask-approval",
        "approvals.enact-deed",
    )
)


Said: TypeAlias = list[tuple[str, int]]
"""What a member's votes say, and how many say it."""


class _Dated(Struct):
    happened_at: str


class Readable(Protocol):
    """What of an archive is read here."""

    def find(self, act: ActId, /) -> Stored | None:
        """An entry by the name of its act."""

    def entries(self, start: int, /) -> Iterable[bytes]:
        """The entries from one on."""


class Cast(Struct, frozen=True):
    """A ballot under a member's name.

    Attributes:
        seq: Its entry.
        member: Whose it is.
        by: Who cast or entered it: the same member, a proxy, or a teller.
        at: When it was cast.
        marks: What it says.
        count: How many votes say it; more than 1 on cards alone.
        last: Whether it counts: none took its place.
    """

    seq: int
    member: MemberId
    by: MemberId
    at: Moment
    marks: str
    count: int
    last: bool


class CountedIn(Struct, frozen=True):
    """Ballots whose voters are unknown, as tellers entered them.

    Attributes:
        seq: Their entry.
        at: When they were entered.
        marks: What they say.
        count: How many say it.
    """

    seq: int
    at: Moment
    marks: str
    count: int


class BallotBox(Struct, frozen=True):
    """All ballots of a vote whose close is recorded, in the order of the record.

    Attributes:
        cast: Those under a member's name, replaced ones too.
        counted_in: Those that tellers entered.
    """

    cast: tuple[Cast, ...]
    counted_in: tuple[CountedIn, ...]

    def weights(self) -> Counter[str]:
        """How often each ballot that counts was given, as marked."""
        weights: Counter[str] = Counter()
        for one in self.cast:
            weights[one.marks] += one.count if one.last else 0
        for many in self.counted_in:
            weights[many.marks] += many.count
        return +weights


def ballots_of(archive: Readable, vote: VoteId) -> BallotBox:
    """The ballots of a vote, from its opening to its close.

    Reads every entry in between, so it is called without any lock.

    Raises:
        LookupError: No vote of that name.
    """
    opening = archive.find(ActId(vote))
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
        self._sheets: dict[MemberId, list[tuple[str, str | int]]] = {}

    def takes(self, seq: int, data: bytes) -> bool:
        """Take an entry in as far as it is about this vote; whether it closes the vote."""
        if not any(mark in data for mark in self._marks):
            return False
        entry, _, body = read(data)
        if isinstance(body, AskApproval):
            self._ask(entry, body)
        elif isinstance(body, EnactDeed) and body.approval in self._asked:
            self._count_in(seq, entry, self._asked[body.approval].ballots)
        elif getattr(body, "vote", "") == self._vote:
            return self._about(seq, entry, body)
        return False

    def full(self) -> BallotBox:
        """What was taken in."""
        cast = sorted((one for many in self._cast.values() for one in many), key=lambda c: c.seq)
        return BallotBox(tuple(cast), tuple(self._counted))

    def _about(self, seq: int, entry: Entry, body: Any) -> bool:
        actor = entry.act.actor
        match body:
            case CastBallot():
                self._put(seq, entry, actor, [(body.marks, 1)])
            case CastByProxy():
                self._put(seq, entry, body.member, [(body.marks, 1)])
            case CastCard():
                self._put(seq, entry, actor, [(part.marks, part.count) for part in body.parts])
            case GiveProxy() if any(one.by != actor for one in self._cast.get(actor, ())):
                self._put(seq, entry, actor, [])
            case CountInBallots():
                self._count_in(seq, entry, body.ballots)
            case EnterHands() | EnterRollCall():
                self._enter(seq, entry, body)
        return isinstance(body, CloseVote)

    def _put(self, seq: int, entry: Entry, member: MemberId, said: Said) -> None:
        mine = self._cast.setdefault(member, [])
        mine[:] = [
            Cast(one.seq, one.member, one.by, one.at, one.marks, one.count, last=False)
            for one in mine
        ]
        by, at = entry.act.actor, _moment(entry)
        mine += [Cast(seq, member, by, at, marks, count, last=True) for marks, count in said]

    def _ask(self, entry: Entry, body: AskApproval[Any]) -> None:
        deed = body.deed.body
        if isinstance(deed, CountInBallots) and deed.vote == self._vote:
            self._asked[entry.act.id] = deed
            self._marks.append(entry.act.id.encode())

    def _count_in(self, seq: int, entry: Entry, ballots: Iterable[CountedBallots]) -> None:
        at = _moment(entry)
        self._counted += [CountedIn(seq, at, line.marks, line.count) for line in ballots]

    def _enter(self, seq: int, entry: Entry, body: EnterHands | EnterRollCall) -> None:
        teller = entry.act.actor
        if isinstance(body, EnterHands):
            rows = sorted((line.marks, line.count) for line in body.ballots)
            if self._agreed(teller, [("present", body.present), *rows]):
                self._count_in(seq, entry, body.ballots)
        elif self._agreed(teller, sorted((one.member, one.marks) for one in body.answers)):
            for answer in body.answers:
                self._put(seq, entry, answer.member, [(answer.marks, 1)])

    def _agreed(self, teller: MemberId, sheet: list[tuple[str, str | int]]) -> bool:
        """Keep a teller's sheet; whether another teller's is the same."""
        self._sheets[teller] = sheet
        return any(other == sheet for name, other in self._sheets.items() if name != teller)


def _moment(entry: Entry) -> Moment:
    """When an entry's act counts as done: an imported one says so itself."""
    if entry.by.how != "import":
        return entry.at
    return judged_at(entry, msgspec.json.decode(entry.act.body, type=_Dated).happened_at)
