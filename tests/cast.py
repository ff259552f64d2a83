"""The cast: the same few people in every test, and the hall in which they act.

Amara, Bo and Chiara found the organisation and sit in its first committee; each has a key.
Dmitri, Esi and Farid are members without a key, once `Hall.admit` has let them in. Goro is
nobody.
"""

from base64 import urlsafe_b64encode
from hashlib import sha256

from msgspec import Struct

from collegium.archive.memory import MemoryArchive
from collegium.archive.protocol import Archive
from collegium.ids import ActId, ApprovalId, BodyId, MemberId, Moment
from collegium.parts.approvals.acts import ApproveDeed, AskApproval, EnactDeed, RefuseDeed
from collegium.parts.organisation.acts import (
    AdmitMember,
    ConsentToFounding,
    Founder,
    FoundOrganisation,
    Source,
)
from collegium.parts.organisation.clauses import ClauseValue, small_preset
from collegium.record.act import FOUNDING
from collegium.record.keys import PrivateKey
from collegium.record.moments import after
from collegium.secretariat.door import Asked, Door, Receipt
from collegium.secretariat.drafting import DEMO, as_deed, draft, imported, kind_of, seen, signed
from collegium.secretariat.line import Line
from collegium.secretariat.registry import BY_KIND

START = Moment("2026-05-01T09:00:00Z")
NO_SOURCE = Source(name="", sha256="")


class Person(Struct, frozen=True):
    """Somebody of the cast: a name, a member's name, a key (whether or not it is registered)."""

    name: str

    @property
    def id(self) -> MemberId:
        """A member's name with 128 bits that a test can repeat."""
        digest = sha256(self.name.encode()).digest()[:16]
        return MemberId("m:" + urlsafe_b64encode(digest).decode()[:22])

    @property
    def key(self) -> PrivateKey:
        """A key that a test can repeat."""
        return PrivateKey.from_seed(sha256(f"key of {self.name}".encode()).digest())


AMARA, BO, CHIARA = Person("Amara"), Person("Bo"), Person("Chiara")
DMITRI, ESI, FARID, GORO = Person("Dmitri"), Person("Esi"), Person("Farid"), Person("Goro")
FOUNDERS = (AMARA, BO, CHIARA)
MEMBERS = (DMITRI, ESI, FARID)
LOG_KEY = PrivateKey.from_seed(sha256(b"log key").digest())


class Hall:
    """A founded organisation with its door, and a clock that tests move.

    Args:
        archive: Where its record is kept; in memory unless given.
        rule_book: Clauses; the small preset (two approvals, no wait) unless given.
        demo: Founded as a demonstration.
        source: What is to be imported.
        founded: Whether it is founded and consented to at once.
    """

    def __init__(
        self,
        *,
        archive: Archive | None = None,
        rule_book: dict[str, ClauseValue] | None = None,
        demo: bool = False,
        source: Source = NO_SOURCE,
        founded: bool = True,
    ) -> None:
        self.now = START
        self.archive = archive or MemoryArchive()
        self.door = Door(self.archive, clock=lambda: self.now)
        self.house = self.door.house
        self.rule_book = small_preset() if rule_book is None else rule_book
        self.demo = demo
        self.source = source
        if founded:
            self.found()

    @property
    def root(self) -> BodyId:
        """The organisation's first body."""
        return self.door.house.organisation.root

    def later(self, *, days: int = 0, hours: int = 0) -> None:
        """Let time pass."""
        self.now = after(self.now, days=days, hours=hours)

    def found(self) -> None:
        """Amara founds, Bo and Chiara consent."""
        asked = draft(AMARA.id, self.founding(), at=self.now, texts={"name": "The Bakers' Co-op"})
        self.door.perform(signed(asked, FOUNDING, AMARA.key))
        for person in FOUNDERS[1:]:
            self.sign(person, ConsentToFounding(happened_at=""))

    def founding(self) -> FoundOrganisation:
        """The founding act of the three founders."""
        founders = tuple(Founder(key=one.key.public, member=one.id) for one in FOUNDERS)
        return FoundOrganisation(
            demo=self.demo,
            domain="bakers.example",
            founders=founders,
            happened_at="",
            log_key=LOG_KEY.public,
            rule_book=self.rule_book,
            source=self.source,
        )

    # Acts; each gives the act's id, by which its object is named.

    def draft(self, person: Person, body: Struct, **texts: str) -> Asked:
        """An act on the newest record, with dull texts for the payloads that it needs."""
        line = BY_KIND[kind_of(body)]
        needed = {field: f"the {field}" for field in needed_texts(line)}
        house = self.door.house
        return draft(person.id, body, at=self.now, base=seen(house), texts=needed | texts)

    def do(self, person: Person, body: Struct, **texts: str) -> ActId:
        """Somebody acts, known by their session."""
        return self.perform(self.draft(person, body, **texts)).act

    def sign(self, person: Person, body: Struct, **texts: str) -> ActId:
        """Somebody acts, and signs with their key."""
        asked = self.draft(person, body, **texts)
        return self.perform(signed(asked, self.door.house.origin, person.key)).act

    def bring(self, person: Person, body: Struct, **texts: str) -> ActId:
        """An act is imported."""
        return self.perform(imported(self.draft(person, body, **texts))).act

    def pretend(self, person: Person, body: Struct, **texts: str) -> ActId:
        """Somebody acts in a demonstration, without any proof."""
        asked = self.draft(person, body, **texts)
        return self.perform(Asked(asked.act, DEMO, asked.payloads)).act

    def perform(self, asked: Asked) -> Receipt:
        """The door's answer."""
        return self.door.perform(asked)

    # Joint approval.

    def ask(
        self, person: Person, body: Struct, *, of: BodyId | None = None, **texts: str
    ) -> ApprovalId:
        """Somebody asks a body (the first one unless given) to approve a deed."""
        line = BY_KIND[kind_of(body)]
        joint = line.joint
        subjects = joint.subjects(self.door.house, body) if joint else ()
        request = AskApproval(
            body=of or self.root, concerns=subjects, deed=as_deed(body), happened_at=""
        )
        needed = {field: f"the {field}" for field in ("reasons", *needed_texts(line))}
        return ApprovalId(self.do(person, request, **(needed | texts)))

    def approve(self, person: Person, request: ApprovalId) -> ActId:
        """Somebody approves, with reasons and their key."""
        deed = self.door.house.approvals.requests[request].deed_hash
        return self.sign(person, ApproveDeed(approval=request, deed=deed, happened_at=""))

    def refuse(self, person: Person, request: ApprovalId) -> ActId:
        """Somebody refuses, with reasons and their key."""
        deed = self.door.house.approvals.requests[request].deed_hash
        return self.sign(person, RefuseDeed(approval=request, deed=deed, happened_at=""))

    def enact(self, person: Person, request: ApprovalId) -> ActId:
        """Somebody says that it is done."""
        return self.do(person, EnactDeed(approval=request, happened_at=""))

    def jointly(self, body: Struct, *by: Person, **texts: str) -> ApprovalId:
        """A deed is asked for, approved (by Amara and Bo unless given), waited for, enacted."""
        approvers = by or (AMARA, BO)
        request = self.ask(approvers[0], body, of=None, **texts)
        for person in approvers:
            self.approve(person, request)
        opens = self.door.house.approvals.requests[request].terms.opens
        self.now = max(self.now, opens)
        self.enact(approvers[0], request)
        return request

    def admit(self, *people: Person, body: BodyId | None = None, keyed: bool = False) -> None:
        """People become members, with their key or without."""
        for person in people:
            key = person.key.public if keyed else ""
            self.jointly(
                AdmitMember(body=body or self.root, happened_at="", key=key, member=person.id)
            )


def needed_texts(line: Line) -> list[str]:
    """The payloads without which an act of the kind is refused."""
    return [field for field, sealed in line.sealed.items() if sealed.needed]
