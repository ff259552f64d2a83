"""The stage of a busy year: its clock, its people's names, and how its acts are drafted."""

import random  # noqa: TID251 - who does what when is the same in every run
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from msgspec import Struct

from collegium.ids import ActId, ApprovalId, MemberId, Moment, VoteId
from collegium.parts.approvals.acts import ApproveDeed, AskApproval, EnactDeed
from collegium.record.keys import PrivateKey
from collegium.record.moments import spelt
from collegium.secretariat import chance
from collegium.secretariat.door import Asked
from collegium.secretariat.drafting import (
    NOTHING_SEEN,
    as_deed,
    draft,
    imported,
    kind_of,
    seen,
    signed,
)
from collegium.secretariat.house import House
from collegium.secretariat.registry import BY_KIND

START = datetime(2026, 1, 1, 9, tzinfo=UTC)
CHECKPOINT_EVERY = 256
CHECKPOINTS_ON_PAGES = 8
"""Members act on pages that show one of so many newest checkpoints."""


class Officer:
    """Somebody with a key of their own."""

    def __init__(self, name: str) -> None:
        self.id = chance.member_id()
        self.key = PrivateKey.from_seed(sha256(name.encode()).digest())


class RecentLeaves:
    """The newest leaf hashes; older ones are asked for by nobody here."""

    def __init__(self) -> None:
        self._first = 0
        self._kept: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """One leaf more."""
        self._kept.append(leaf)
        if len(self._kept) > 4 * CHECKPOINT_EVERY:
            del self._kept[:CHECKPOINT_EVERY]
            self._first += CHECKPOINT_EVERY

    def __call__(self, start: int, stop: int) -> list[bytes]:
        """The leaf hashes `[start, stop)`."""
        return self._kept[start - self._first : stop - self._first]


class Stage:
    """Where the year plays.

    Args:
        own_bases: Whether each act is based on the record just before it.

    Attributes:
        house: As the acts so far left it; whoever writes them lets them in.
        leaves: Their leaf hashes; whoever writes them adds to it.
        step: Seconds from one act to the next.
        everybodys: The vote of everybody that is open.
        due: Approved requests that wait, with the moment at which they can be enacted.
    """

    def __init__(self, *, own_bases: bool) -> None:
        self.own_bases = own_bases
        self.leaves = RecentLeaves()
        self.house = House(self.leaves)
        self.chances = random.Random(1921)  # noqa: S311 - nothing here is a secret
        self.founders = [Officer(name) for name in ("Amara", "Bo", "Chiara")]
        self.now = START
        self.step = 1.0
        self.everybodys = VoteId("")
        self.due: deque[tuple[Moment, ApprovalId]] = deque()
        self._checkpoints: deque[tuple[int, str]] = deque(maxlen=CHECKPOINTS_ON_PAGES)

    def moment(self) -> Moment:
        """The present moment."""
        return spelt(self.now)

    def later(self, *, days: float) -> Moment:
        """A moment so many days from now."""
        return spelt(self.now + timedelta(days=days))

    def pass_time(self, *, days: float) -> None:
        """Let time pass."""
        self.now += timedelta(days=days)

    def pass_until(self, moment: Moment) -> None:
        """Let time pass until a moment, unless it is over."""
        self.now = max(self.now, datetime.fromisoformat(moment))

    def session(self, actor: MemberId, body: Struct, name: ActId | None = None) -> Asked:
        """A member acts, known by their session, on a page that is up to 2,048 acts old."""
        self.now += timedelta(seconds=self.step)
        return self._draft(actor, body, self._base(), name)

    def keyed(self, officer: Officer, body: Struct) -> Asked:
        """An officer acts and signs, having seen the whole record."""
        self.now += timedelta(seconds=self.step)
        asked = self._draft(officer.id, body, seen(self.house))
        return signed(asked, self.house.origin, officer.key)

    def brought(self, body: Struct, actor: MemberId | None = None) -> Asked:
        """An act of the past is imported."""
        self.now += timedelta(milliseconds=1)
        return imported(self._draft(actor or self.founders[0].id, body, self._base()))

    def jointly(self, body: Struct) -> Iterator[Asked]:
        """Two founders ask and approve; it is enacted at once, or later where it has to wait."""
        line = BY_KIND[kind_of(body)]
        subjects = line.joint.subjects(self.house, body) if line.joint else ()
        root = self.house.organisation.root
        asked = self.session(
            self.founders[0].id,
            AskApproval(body=root, concerns=subjects, deed=as_deed(body), happened_at=""),
        )
        yield asked
        name = ApprovalId(asked.act.id)
        yield self.approve(name, self.founders[0])
        yield self.approve(name, self.founders[1])
        opens = self.house.approvals.requests[name].terms.opens
        if opens > self.moment():
            self.due.append((opens, name))
        else:
            yield self.enact(name)

    def approve(self, name: ApprovalId, officer: Officer) -> Asked:
        """A founder approves a request."""
        deed = self.house.approvals.requests[name].deed_hash
        return self.keyed(officer, ApproveDeed(approval=name, deed=deed, happened_at=""))

    def enact(self, name: ApprovalId) -> Asked:
        """An approved request is enacted."""
        return self.session(self.founders[2].id, EnactDeed(approval=name, happened_at=""))

    def enact_due(self) -> Iterator[Asked]:
        """What has waited long enough is enacted."""
        waiting = [pair for pair in self.due if pair[0] > self.moment()]
        ready = [name for opens, name in self.due if opens <= self.moment()]
        self.due = deque(waiting)
        for name in ready:
            yield self.enact(name)

    def _base(self) -> tuple[int, str]:
        if self.own_bases:
            return seen(self.house)
        if self.house.size and self.house.size % CHECKPOINT_EVERY == 0:
            self._checkpoints.append(seen(self.house))
        return self.chances.choice(self._checkpoints) if self._checkpoints else NOTHING_SEEN

    def _draft(
        self, actor: MemberId, body: Struct, base: tuple[int, str], name: ActId | None = None
    ) -> Asked:
        deed = body.deed.body if isinstance(body, AskApproval) else body
        sealed = dict(BY_KIND[kind_of(deed)].sealed)
        if deed is not body:
            sealed |= BY_KIND[kind_of(body)].sealed
        texts = {field: f"The {field} of it. " * 8 for field, one in sealed.items() if one.needed}
        return draft(actor, body, at=self.moment(), base=base, texts=texts, name=name)
