"""How a committed entry changes the house: which part's effect it calls, with what.

Effects can't fail: whatever can, the rule has asked before.
"""

from typing import TYPE_CHECKING, Any

from collegium.parts.approvals.acts import AskApproval, EnactDeed
from collegium.parts.approvals.rules import terms_of
from collegium.parts.decisions.acts import (
    CastBallot,
    CastByProxy,
    CertifyOutcome,
    CloseVote,
    DeclareOutcome,
    EnterRollCall,
    GiveProxy,
    OpenVote,
    ReseatBody,
)
from collegium.parts.decisions.rules_opening import electors_of, terms_of_votes
from collegium.parts.decisions.rules_outcomes import new_seats
from collegium.parts.decisions.rules_tellers import sheet_of
from collegium.parts.deliberation.acts import RaiseObjection, SignProposal
from collegium.parts.deliberation.rules import answer_due
from collegium.record.act import Entry

if TYPE_CHECKING:
    from collegium.secretariat.house import House
    from collegium.secretariat.line import Effect


def plain(kind: str) -> "Effect":
    """The effect of a kind as its part has it: the deed's name with underscores."""
    part, deed = _names(kind)

    def effect(house: "House", entry: Entry, body: Any) -> None:
        getattr(getattr(house, part), deed)(entry, body)

    return effect


def numbered(kind: str) -> "Effect":
    """The same, where the effect also takes the actor's dense number."""
    part, deed = _names(kind)

    def effect(house: "House", entry: Entry, body: Any) -> None:
        number = house.organisation.members[entry.act.actor].number
        getattr(getattr(house, part), deed)(entry, body, number)

    return effect


def sign_proposal(house: "House", entry: Entry, body: SignProposal) -> None:
    """A signature more; spelt out since nothing is done more often."""
    number = house.organisation.members[entry.act.actor].number
    house.deliberation.sign_proposal(entry, body, number)


def cast_ballot(house: "House", entry: Entry, body: CastBallot) -> None:
    """A ballot cast or recast; spelt out since nothing is done more often."""
    number = house.organisation.members[entry.act.actor].number
    house.decisions.cast_ballot(entry, body, number)


def raise_objection(house: "House", entry: Entry, body: RaiseObjection) -> None:
    """An objection, to be answered by when the rule book says."""
    house.deliberation.raise_objection(entry, body, answer_due(house, entry, body))


def open_vote(house: "House", entry: Entry, body: OpenVote) -> None:
    """A vote opens over the members who are its electors now, on the rule book's terms."""
    house.decisions.open_vote(entry, body, electors_of(house, entry, body), terms_of_votes(house))


def give_proxy(house: "House", entry: Entry, body: GiveProxy) -> None:
    """Another elector votes for the actor."""
    members = house.organisation.members
    giver, holder = members[entry.act.actor].number, members[body.member].number
    house.decisions.give_proxy(entry, body, giver, holder)


def cast_by_proxy(house: "House", entry: Entry, body: CastByProxy) -> None:
    """A ballot of another."""
    number = house.organisation.members[body.member].number
    house.decisions.cast_by_proxy(entry, body, number)


def enter_roll_call(house: "House", entry: Entry, body: EnterRollCall) -> None:
    """A teller's sheet."""
    teller = house.organisation.members[entry.act.actor].number
    house.decisions.enter_roll_call(entry, body, teller, sheet_of(house, body))


def close_vote(house: "House", entry: Entry, body: CloseVote) -> None:
    """The ballots are final; a lot would be drawn from the root over all entries before."""
    house.decisions.close_vote(entry, body, house.tree.root().hex())


def declare_outcome(house: "House", entry: Entry, body: DeclareOutcome) -> None:
    """The outcome stands; the ballots are in the record and leave the house."""
    house.decisions.declare_outcome(entry, body, house.tally(body.vote))


def certify_outcome(house: "House", entry: Entry, body: CertifyOutcome) -> None:
    """One of the commission certifies; the last one needed declares."""
    number = house.organisation.members[entry.act.actor].number
    house.decisions.certify_outcome(entry, body, number, house.tally(body.vote))


def reseat_body(house: "House", entry: Entry, body: ReseatBody) -> None:
    """Whom the members elected sit in the body."""
    house.organisation.reseat(*new_seats(house, entry, body))
    house.decisions.reseat_body(entry, body)


def ask_approval(house: "House", entry: Entry, body: AskApproval[Any]) -> None:
    """A request stands, under what the rule book asks now."""
    warrant = house.warrant_of(entry, body)
    terms = terms_of(house, entry, body, warrant)
    house.approvals.ask_approval(entry, body, warrant, terms, house.size)


def enact_deed(house: "House", entry: Entry, body: EnactDeed) -> None:
    """The request is over, and its deed is done in the asker's name."""
    house.enact_deed(entry, body)


def _names(kind: str) -> tuple[str, str]:
    part, _, rest = kind.partition(".")
    return part, rest.partition("/")[0].replace("-", "_")
