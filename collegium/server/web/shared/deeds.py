"""Acts in a few words, and where to read about what they were done to."""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from collegium.ids import ActId, ApprovalId, BodyId, Kind, PostId, ProposalId, QuestionId, VoteId
from collegium.parts.approvals.acts import AskApproval
from collegium.parts.organisation.shown import Person, Sentence, Text, person
from collegium.record.act import Entry
from collegium.secretariat.entering import read
from collegium.secretariat.house import House

_SAID: Final[Mapping[str, str]] = {
    "organisation.found-organisation": "founded the organisation",
    "organisation.consent-to-founding": "consented to the founding",
    "organisation.admit-member": "admitted a member",
    "organisation.admit-roll": "admitted a roll of members",
    "organisation.transfer-member": "moved a member to another branch",
    "organisation.change-standing": "changed a member's standing",
    "organisation.leave-organisation": "left the organisation",
    "organisation.end-membership": "ended a membership",
    "organisation.register-key": "registered a key of their own",
    "organisation.vouch-key": "vouched for a member's key",
    "organisation.revoke-key": "ended a key of their own",
    "organisation.end-key": "ended a member's key",
    "organisation.create-body": "made a body",
    "organisation.dissolve-body": "dissolved a body",
    "organisation.create-post": "made a post",
    "organisation.fill-post": "filled a post",
    "organisation.leave-post": "gave a post back",
    "organisation.vacate-post": "ended a holder's term",
    "organisation.amend-rule-book": "changed the rule book",
    "organisation.close-import": "closed the import",
    "organisation.erase-payload": "erased a sealed text",
    "approvals.ask-approval": "asked for joint approval",
    "approvals.approve-deed": "approved",
    "approvals.refuse-deed": "refused",
    "approvals.withdraw-request": "withdrew a request",
    "approvals.enact-deed": "enacted what was approved",
    "deliberation.open-question": "opened a question",
    "deliberation.publish-proposal": "published a proposal",
    "deliberation.revise-proposal": "published a new version of",
    "deliberation.withdraw-proposal": "withdrew a proposal",
    "deliberation.sign-proposal": "signed",
    "deliberation.withdraw-signature": "withdrew a signature from",
    "deliberation.raise-objection": "objected to",
    "deliberation.answer-objection": "answered an objection to",
    "decisions.open-vote": "opened a vote",
    "decisions.cast-ballot": "cast a ballot in",
    "decisions.cast-card": "cast a card in",
    "decisions.give-proxy": "gave or took back a proxy in",
    "decisions.cast-by-proxy": "cast another's ballot in",
    "decisions.count-in-ballots": "counted in ballots of",
    "decisions.enter-hands": "entered a show of hands in",
    "decisions.enter-roll-call": "entered a roll call in",
    "decisions.close-vote": "closed",
    "decisions.declare-outcome": "declared the outcome of",
    "decisions.certify-outcome": "certified the outcome of",
    "decisions.refuse-outcome": "refused to certify the outcome of",
    "decisions.contest-outcome": "objected to the outcome of",
    "decisions.answer-contest": "answered an objection to the outcome of",
    "decisions.annul-outcome": "made the outcome void of",
    "decisions.reseat-body": "re-seated a body",
}


class Thing(Struct, frozen=True):
    """What an act was done to, or made.

    Attributes:
        view: The name of its page's address.
        number: Its number there.
        label: How people say it: `P-118`.
        title: What it is called; None where it has no words of its own.
        says: What is asked for, of a request for joint approval.
    """

    view: str
    number: int
    label: str
    title: Text | None
    says: Sentence = ()


class Deed(Struct, frozen=True):
    """An act in words.

    Attributes:
        seq: Its entry's number.
        kind: `part.deed/version`.
        actor: Who; None where an unknown name stands (a refused entry).
        said: What they did.
        thing: What it was done to.
        at: When it was entered.
        happened: When it happened, where that is said.
        how: How the actor was known.
    """

    seq: int
    kind: Kind
    actor: Person | None
    said: str
    thing: Thing | None
    at: str
    happened: str
    how: str


def deed_of(house: House, seq: int, data: bytes) -> Deed:
    """An entry in words; of a kind that this release knows."""
    entry, _, body = read(data)
    known = entry.act.actor in house.organisation.members
    return Deed(
        seq=seq,
        kind=entry.act.kind,
        actor=person(house, entry.act.actor) if known else None,
        said=said_of(entry.act.kind),
        thing=_thing(house, entry, body),
        at=entry.at,
        happened=getattr(body, "happened_at", ""),
        how=entry.by.how,
    )


def said_of(kind: Kind) -> str:
    """A kind of act in a few words, in the past."""
    return _SAID.get(kind.partition("/")[0], kind)


def _thing(house: House, entry: Entry, body: Any) -> Thing | None:
    """By what the body names, or by what the act itself made."""
    act = entry.act.id
    if isinstance(body, AskApproval):
        return _request(house, act)
    for field, find in _FIELDS:
        named = getattr(body, field, "")
        if named:
            return find(house, ActId(named))
    for find in _MADE:
        made = find(house, act)
        if made is not None:
            return made
    return None


def _proposal(house: House, name: ActId) -> Thing | None:
    found = house.deliberation.proposals.get(ProposalId(name))
    if found is None:
        return None
    title = Text(found.versions[-1].act, "title")
    return Thing("proposal", found.number, f"P-{found.number}", title)


def _objection(house: House, name: ActId) -> Thing | None:
    found = house.deliberation.objections.get(name)  # type: ignore[call-overload] # an objection is named by its act
    return _proposal(house, ActId(found.proposal)) if found else None


def _question(house: House, name: ActId) -> Thing | None:
    found = house.deliberation.questions.get(QuestionId(name))
    if found is None:
        return None
    return Thing("question", found.number, f"Q-{found.number}", Text(name, "text"))


def _vote(house: House, name: ActId) -> Thing | None:
    found = house.decisions.votes.get(VoteId(name))
    if found is None:
        return None
    return Thing("vote", found.number, f"V-{found.number}", Text(name, "title"))


def _request(house: House, name: ActId) -> Thing | None:
    found = house.approvals.requests.get(ApprovalId(name))
    if found is None:
        return None
    return Thing("approval", found.number, f"A-{found.number}", None, house.sentence_of(found))


def _body(house: House, name: ActId) -> Thing | None:
    found = house.organisation.bodies.get(BodyId(name))
    if found is None:
        return None
    return Thing("body", found.number, f"B-{found.number}", Text(name, "name"))


def _member(house: House, name: ActId) -> Thing | None:
    found = house.organisation.members.get(name)  # type: ignore[call-overload] # a member's name, not an act's
    if found is None:
        return None
    shown = person(house, name)  # type: ignore[arg-type] # likewise, not an act
    return Thing("member", found.number, f"M-{found.number}", shown.name)


def _post(house: House, name: ActId) -> Thing | None:
    found = house.organisation.posts.get(PostId(name))
    return _body(house, ActId(found.body)) if found else None


_FIELDS: Final = (
    ("objection", _objection),
    ("proposal", _proposal),
    ("vote", _vote),
    ("approval", _request),
    ("post", _post),
    ("member", _member),
)
_MADE: Final = (_proposal, _objection, _question, _vote, _request, _body)
