"""What follows from requests, approvals and refusals."""

from typing import Any, Literal, TypeAlias

from msgspec import Struct, field
from pyroaring import BitMap

from collegium.ids import ActId, ApprovalId, BodyId, Key, Kind, MemberId, Moment
from collegium.parts.approvals.acts import (
    ApproveDeed,
    AskApproval,
    EnactDeed,
    RefuseDeed,
    WithdrawRequest,
)
from collegium.record.act import Entry

Fate: TypeAlias = Literal["open", "enacted", "withdrawn"]


class Deed(Struct, frozen=True):
    """A deed as it stands in a request.

    Attributes:
        kind: Its kind.
        text: Its body as canonical JSON.
        hash: SHA-256 (base64) over `{"body": …, "kind": …, "sealed": …}`, canonical.
    """

    kind: Kind
    text: str
    hash: str


class Warrant(Struct, frozen=True):
    """What a deed asks of its approval.

    Attributes:
        deed: The deed.
        body: The body that it is about.
        subjects: Whom it is about: they get notice and don't approve it themselves.
        wait_hours: How long it waits after the notice.
    """

    deed: Deed
    body: BodyId
    subjects: tuple[MemberId, ...]
    wait_hours: int


class Approving(Struct, frozen=True):
    """One approval: whose, and by which key it was signed."""

    number: int
    key: Key


class Answer(Struct, frozen=True):
    """One approval or refusal, as it was given; later ones don't take it off the list.

    Attributes:
        act: The act, which seals the reasons.
        number: Whose.
        approves: Whether it was an approval.
        at: When.
    """

    act: ActId
    number: int
    approves: bool
    at: Moment


class Terms(Struct, frozen=True):
    """What the rule book asked of a request when it was made.

    Attributes:
        needed: How many must approve.
        opens: From when on it can be enacted.
        expires: From when on it can't any more.
        sitting: The numbers of those who sat in the body then.
    """

    needed: int
    opens: Moment
    expires: Moment
    sitting: BitMap


class Request(Struct):
    """A request for joint approval and what became of it.

    Attributes:
        name: The act that asked.
        number: For people: A-1, A-2 …
        seq: Its entry's number; an approval's base must cover it.
        asker: Who asked; the deed is done in their name.
        body: Who decides.
        concerns: Who gets notice.
        subjects: Whom the deed is about; they don't decide.
        kind: The deed's kind.
        deed: The deed's body as canonical JSON.
        deed_hash: What approvals name.
        sealed: The payloads' commitments, by field.
        asked: When.
        terms: What the rule book asked then.
        approvals: Who approved.
        refusals: The numbers of those who refused.
        answers: Every approval and refusal ever given, in order.
        fate: Open, enacted or withdrawn; an open one past `terms.expires` has expired.
        over: When it was enacted or withdrawn, or empty.
        over_by: The act that did it, or empty.
    """

    name: ApprovalId
    number: int
    seq: int
    asker: MemberId
    body: BodyId
    concerns: tuple[MemberId, ...]
    subjects: tuple[MemberId, ...]
    kind: Kind
    deed: str
    deed_hash: str
    sealed: dict[str, str]
    asked: Moment
    terms: Terms
    approvals: list[Approving] = field(default_factory=list)
    refusals: BitMap = field(default_factory=BitMap)
    answers: list[Answer] = field(default_factory=list)
    fate: Fate = "open"
    over: str = ""
    over_by: str = ""


class Approvals(Struct):
    """All requests for joint approval."""

    requests: dict[ApprovalId, Request] = field(default_factory=dict)

    def ask_approval(
        self, entry: Entry, body: AskApproval[Any], warrant: Warrant, terms: Terms, seq: int
    ) -> None:
        """A request more, named by its act."""
        deed = warrant.deed
        name = ApprovalId(entry.act.id)
        self.requests[name] = Request(
            name=name,
            number=len(self.requests) + 1,
            seq=seq,
            asker=entry.act.actor,
            body=body.body,
            concerns=body.concerns,
            subjects=warrant.subjects,
            kind=deed.kind,
            deed=deed.text,
            deed_hash=deed.hash,
            sealed=dict(entry.act.sealed),
            asked=entry.at,
            terms=terms,
        )

    def approve_deed(self, entry: Entry, body: ApproveDeed, number: int) -> None:
        """One more approves; whoever refused before has changed their mind."""
        request = self.requests[body.approval]
        request.refusals.discard(number)
        request.approvals.append(Approving(number, Key(entry.by.key)))
        request.answers.append(Answer(entry.act.id, number, approves=True, at=entry.at))

    def refuse_deed(self, entry: Entry, body: RefuseDeed, number: int) -> None:
        """One more refuses; whoever approved before has changed their mind."""
        request = self.requests[body.approval]
        request.approvals = [one for one in request.approvals if one.number != number]
        request.refusals.add(number)
        request.answers.append(Answer(entry.act.id, number, approves=False, at=entry.at))

    def withdraw_request(self, entry: Entry, body: WithdrawRequest) -> None:
        """The request is over."""
        self._end(entry, body.approval, "withdrawn")

    def enact_deed(self, entry: Entry, body: EnactDeed) -> None:
        """The request is over; the deed's own effect follows."""
        self._end(entry, body.approval, "enacted")

    def _end(self, entry: Entry, name: ApprovalId, fate: Fate) -> None:
        request = self.requests[name]
        request.fate, request.over, request.over_by = fate, entry.at, entry.act.id
