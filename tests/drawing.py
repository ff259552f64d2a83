"""Acts at random on a house as it stands: mostly allowed ones, often forbidden ones."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, get_args

from hypothesis import strategies as st
from msgspec import Struct

from collegium.ids import (
    ApprovalId,
    BodyId,
    Commitment,
    Key,
    Kind,
    MemberId,
    Moment,
    PostId,
    ProposalId,
    VoteId,
)
from collegium.parts.approvals import acts as approvals
from collegium.parts.deliberation import acts as deliberation
from collegium.parts.organisation import acts as organisation
from collegium.parts.organisation.clauses import ClauseValue
from collegium.parts.organisation.rules import new_key_text
from collegium.record.moments import after
from collegium.secretariat.drafting import as_deed, kind_of
from collegium.secretariat.house import House
from collegium.secretariat.registry import BY_KIND, DEED_TYPES
from tests.cast import AMARA, FOUNDERS, MEMBERS, Hall, Person
from tests.drawing_votes import DRAWN_VOTES, whose
from tests.forging import another_key

T = TypeVar("T")
NameT = TypeVar("NameT", bound=str)

CROWD = tuple(Person(f"Member {number}") for number in range(8))
EVERYBODY = {person.id: person for person in (*FOUNDERS, *MEMBERS, *CROWD)}
KEYS = [key.public for person in EVERYBODY.values() for key in (person.key, another_key(person))]
NOTHING: Any = "0" * 26  # names no thing, of whatever type
PAST = Moment("2005-03-01T12:00:00Z")
BOOKS: tuple[dict[str, ClauseValue], ...] = (
    {"approvals.open_days": 60},
    {"approvals.needed": 3},
    {"approvals.needed": 2},
    {"decisions.openers": "committee"},
    {"decisions.quorum_percent": 20, "posts.longest_days": 30},
    {"record.readers": "public"},
    {"approvals.needed": 1},
    {"approvals.everybody": True},
    {"decisions.most_proxies": 1},
    {"decisions.open_elections": True},
)


class Drawer:
    """Draws names and bodies that fit a hall's house, and now and then some that don't.

    Args:
        data: Hypothesis's source of choices.
        hall: Whose house is looked at.
        happened_at: When, for imported acts; else empty.
    """

    def __init__(self, data: st.DataObject, hall: Hall, happened_at: str = "") -> None:
        self.data = data
        self.hall = hall
        self.happened_at: str = happened_at

    @property
    def house(self) -> House:
        return self.hall.door.house

    def one_of(self, choices: Sequence[T]) -> T:
        return self.data.draw(st.sampled_from(list(choices)))

    def name_of(self, known: Sequence[NameT]) -> NameT:
        """One of the names, the later the likelier; rarely one that names nothing."""
        nothing: NameT = NOTHING
        return self.one_of([*known[-4:], *known[-4:], *known[-2:], nothing])

    def person(self) -> Person:
        """Mostly a member in good standing."""
        book = self.house.organisation
        members = [EVERYBODY[book.names[number]] for number in book.active]
        return self.one_of([*members, *members, *members, self.one_of(list(EVERYBODY.values()))])

    def fitting(self, body: Struct) -> Person:
        """Mostly somebody who can do just that: the author, the holder, who asked."""
        fit = [EVERYBODY[name] for name in _whose(self.house, body)]
        return self.one_of([*fit, *fit, *fit, self.person()])

    def how(self, person: Person, body: Struct) -> str:
        """Mostly the proof that is needed, and that this person has."""
        line = BY_KIND[kind_of(body)]
        keyed = self.house.organisation.key_in_force(person.id, person.key.public)
        usual = "key" if keyed or line.proof == "key" else "session"
        return self.one_of([usual] * 6 + ["session", "demo"])

    def member(self) -> MemberId:
        return self.one_of([*self.house.organisation.names, CROWD[-1].id])

    def newcomer(self) -> MemberId:
        names = self.house.organisation.members
        return self.one_of([one for one in EVERYBODY if one not in names] or list(EVERYBODY))

    def body(self) -> BodyId:
        return self.name_of(list(self.house.organisation.bodies))

    def post(self) -> PostId:
        return self.name_of(list(self.house.organisation.posts))

    def key(self) -> Key:
        """Mostly a key that nobody has registered yet."""
        held = self.house.organisation.keys
        return self.one_of([*(key for key in KEYS if key not in held), *KEYS[:1]])

    def held_key(self) -> tuple[MemberId, Key]:
        held = self.house.organisation.keys
        key = self.one_of(list(held))
        return held[key].member, key

    def approvers(self) -> list[Person]:
        """Those who can approve for the first body now."""
        book = self.house.organisation
        seated = book.approvers(self.hall.root, max(self.hall.now, self.house.at))
        return [EVERYBODY[book.names[number]] for number in seated]

    def waiting(self) -> ApprovalId:
        """Mostly a request that is still open."""
        requests = self.house.approvals.requests
        return self.name_of([name for name, one in requests.items() if one.fate == "open"])

    def own(self, kind: Kind) -> Struct:
        return DRAWN[kind](self)


def _whose(house: House, body: Struct) -> list[MemberId]:
    """Whose it is to do this, if it is somebody's in particular."""
    found: list[MemberId] = []
    proposal = house.deliberation.proposals.get(getattr(body, "proposal", ProposalId("")))
    match body:
        case deliberation.ReviseProposal() | deliberation.WithdrawProposal() if proposal:
            found = [proposal.author]
        case deliberation.WithdrawSignature() if proposal:
            numbers = [number for one in proposal.versions for number in one.signatures]
            found = [house.organisation.names[number] for number in numbers]
        case organisation.LeavePost(post=name) if name in house.organisation.posts:
            holder = house.organisation.posts[name].holder
            found = [MemberId(holder)] if holder else []
        case approvals.WithdrawRequest(approval=name) if name in house.approvals.requests:
            found = [house.approvals.requests[name].asker]
        case organisation.RevokeKey(key=key) if key in house.organisation.keys:
            found = [house.organisation.keys[key].member]
        case organisation.RegisterKey(key=key):
            found = [one for one, person in EVERYBODY.items() if another_key(person).public == key]
    vote = house.decisions.votes.get(getattr(body, "vote", VoteId("")))
    return found or whose(house.organisation, vote, body)


# Organisation.


def _admit(draw: Drawer) -> Struct:
    person = EVERYBODY[draw.newcomer()]
    key = draw.one_of([person.key.public, person.key.public, "", AMARA.key.public])
    return organisation.AdmitMember(draw.body(), draw.happened_at, key, person.id)


def _roll(draw: Drawer) -> Struct:
    members = tuple(draw.newcomer() for _ in range(draw.one_of([1, 2])))
    return organisation.AdmitRoll(draw.body(), draw.happened_at, members)


def _standing(draw: Drawer) -> Struct:
    member = draw.member()
    found = draw.house.organisation.members.get(member)
    standing: organisation.Standing = "good" if found and found.suspended else "suspended"
    return organisation.ChangeStanding(draw.happened_at, member, standing)


def _register(draw: Drawer) -> Struct:
    person = draw.person()
    key = another_key(person)
    text = new_key_text(draw.house.origin, person.id, key.public)
    return organisation.RegisterKey(draw.happened_at, key.public, key.sign(text))


def _end_key(draw: Drawer) -> Struct:
    member, key = draw.held_key()
    return organisation.EndKey(draw.happened_at, key, member)


def _create_body(draw: Drawer) -> Struct:
    kind: organisation.BodyKind = draw.one_of(get_args(organisation.BodyKind))
    return organisation.CreateBody(draw.happened_at, kind, draw.one_of([0, 1, 2, 9]), draw.body())


def _fill(draw: Drawer) -> Struct:
    at = Moment(draw.happened_at or draw.hall.now)
    basis: organisation.Basis = draw.one_of(get_args(organisation.Basis))
    until = after(at, days=draw.one_of([1, 30, 300, 5000]))
    return organisation.FillPost(basis, draw.happened_at, draw.member(), draw.post(), until)


def _close_import(draw: Drawer) -> Struct:
    imported = draw.house.organisation.imported
    return organisation.CloseImport(draw.one_of([imported, imported, 7]), draw.happened_at)


def _erase(draw: Drawer) -> Struct:
    kept = [one.commitment for one in draw.hall.archive.payloads()]
    found = draw.one_of([*kept[:5], Commitment("A" * 43 + "=")])
    return organisation.ErasePayload(found, NOTHING, draw.happened_at)


# Approvals.


def _ask(draw: Drawer) -> Struct:
    body = draw.own(draw.one_of(list(DEED_TYPES)))
    return asking(draw, body)


def asking(draw: Drawer, body: Struct) -> Struct:
    """The request for a deed, with notice to whom it is about."""
    joint = BY_KIND[kind_of(body)].joint
    subjects = joint.subjects(draw.house, body) if joint else ()
    asked = draw.one_of([draw.hall.root] * 6 + [draw.body()])
    return approvals.AskApproval(asked, subjects, as_deed(body), draw.happened_at)


def _decide(act: Callable[..., Struct]) -> Callable[[Drawer], Struct]:
    def drawn(draw: Drawer) -> Struct:
        name = draw.waiting()
        request = draw.house.approvals.requests.get(name)
        return act(name, request.deed_hash if request else "A" * 43 + "=", draw.happened_at)

    return drawn


# Deliberation.


def _proposal(draw: Drawer) -> tuple[ProposalId, int]:
    proposals = draw.house.deliberation.proposals
    name = draw.name_of(list(proposals))
    current = len(proposals[name].versions) if name in proposals else 1
    return name, draw.one_of([current] * 6 + [current + 1])


def _of_version(act: Callable[..., Struct]) -> Callable[[Drawer], Struct]:
    def drawn(draw: Drawer) -> Struct:
        return act(draw.happened_at, *_proposal(draw))

    return drawn


def _revise(draw: Drawer) -> Struct:
    proposal, version = _proposal(draw)
    return deliberation.ReviseProposal(draw.happened_at, "en", proposal, version + 1)


def _publish(draw: Drawer) -> Struct:
    question = draw.name_of(list(draw.house.deliberation.questions))
    return deliberation.PublishProposal(draw.happened_at, "en", question, "")


def _answer(draw: Drawer) -> Struct:
    objection = draw.name_of(list(draw.house.deliberation.objections))
    return deliberation.AnswerObjection(draw.happened_at, objection)


_DRAWN: dict[str, Callable[[Drawer], Struct]] = {
    "organisation.found-organisation/1": lambda draw: draw.hall.founding(),
    "organisation.consent-to-founding/1": lambda draw: organisation.ConsentToFounding(
        draw.happened_at
    ),
    "organisation.admit-member/1": _admit,
    "organisation.admit-roll/1": _roll,
    "organisation.transfer-member/1": lambda draw: organisation.TransferMember(
        draw.happened_at, draw.member(), draw.body()
    ),
    "organisation.change-standing/1": _standing,
    "organisation.leave-organisation/1": lambda draw: organisation.LeaveOrganisation(
        draw.happened_at
    ),
    "organisation.end-membership/1": lambda draw: organisation.EndMembership(
        draw.happened_at, draw.member()
    ),
    "organisation.register-key/1": _register,
    "organisation.vouch-key/1": lambda draw: organisation.VouchKey(
        draw.happened_at, draw.key(), draw.member()
    ),
    "organisation.revoke-key/1": lambda draw: organisation.RevokeKey(
        draw.happened_at, draw.held_key()[1]
    ),
    "organisation.end-key/1": _end_key,
    "organisation.create-body/1": _create_body,
    "organisation.dissolve-body/1": lambda draw: organisation.DissolveBody(
        draw.body(), draw.happened_at
    ),
    "organisation.create-post/1": lambda draw: organisation.CreatePost(
        draw.body(), draw.happened_at
    ),
    "organisation.fill-post/1": _fill,
    "organisation.leave-post/1": lambda draw: organisation.LeavePost(draw.happened_at, draw.post()),
    "organisation.vacate-post/1": lambda draw: organisation.VacatePost(
        draw.happened_at, draw.post()
    ),
    "organisation.amend-rule-book/1": lambda draw: organisation.AmendRuleBook(
        draw.one_of(BOOKS), draw.happened_at
    ),
    "organisation.close-import/1": _close_import,
    "organisation.erase-payload/1": _erase,
    "approvals.ask-approval/1": _ask,
    "approvals.approve-deed/1": _decide(approvals.ApproveDeed),
    "approvals.refuse-deed/1": _decide(approvals.RefuseDeed),
    "approvals.withdraw-request/1": lambda draw: approvals.WithdrawRequest(
        draw.waiting(), draw.happened_at
    ),
    "approvals.enact-deed/1": lambda draw: approvals.EnactDeed(draw.waiting(), draw.happened_at),
    "deliberation.open-question/1": lambda draw: deliberation.OpenQuestion(
        draw.body(), draw.happened_at, ""
    ),
    "deliberation.publish-proposal/1": _publish,
    "deliberation.revise-proposal/1": _revise,
    "deliberation.withdraw-proposal/1": lambda draw: deliberation.WithdrawProposal(
        draw.happened_at, _proposal(draw)[0]
    ),
    "deliberation.sign-proposal/1": _of_version(deliberation.SignProposal),
    "deliberation.withdraw-signature/1": lambda draw: deliberation.WithdrawSignature(
        draw.happened_at, _proposal(draw)[0]
    ),
    "deliberation.raise-objection/1": _of_version(deliberation.RaiseObjection),
    "deliberation.answer-objection/1": _answer,
}

DRAWN = {Kind(name): drawn for name, drawn in (_DRAWN | DRAWN_VOTES).items()}
"""For each kind, how its body is drawn."""
