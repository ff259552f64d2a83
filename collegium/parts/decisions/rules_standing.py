"""When those who stand, or who certify, are refused: elections, slates, commissions."""

from collegium.ids import BodyId, MemberId, Moment
from collegium.parts.decisions.acts import OpenVote
from collegium.parts.decisions.rules import Rooms
from collegium.record.act import Entry
from collegium.refusals import Refused

FEWEST_HANDS = 2
"""No account alone counts or certifies."""


def is_member(house: Rooms, name: MemberId) -> bool:
    """Whether somebody is a member in good standing."""
    member = house.organisation.members.get(name)
    return member is not None and member.number in house.organisation.active


def commission_fits(house: Rooms, entry: Entry, body: OpenVote) -> None:
    """Refuse a commission that can't certify, or shouldn't.

    Raises:
        Refused: `commission-terms`, `commission-eligible`, `commission-stands`,
            `commission-missing`, `commission-small`.
    """
    commission = body.commission
    members = len(set(commission.members))
    if members < len(commission.members) or not (
        members == commission.needed == 0 or FEWEST_HANDS <= commission.needed <= members
    ):
        raise Refused(
            "commission-terms", "Of a commission, each named once, at least two must certify."
        )
    if any(not is_eligible(house, name) for name in commission.members):
        raise Refused(
            "commission-eligible",
            "Who is in the commission is a member in good standing and has a key.",
        )
    if entry.by.how == "import":
        return
    standing = {member for option in body.options for member in option.members}
    if standing & set(commission.members) or standing & set(body.manner.tellers):
        raise Refused("commission-stands", "Nobody counts an election in which they stand.")
    if body.purpose == "election" and not commission.needed:
        _others_count(house, entry, body, standing)
    needed = house.organisation.number_clause("decisions.commission_needed")
    if commission.needed < needed and body.purpose == "election":
        raise Refused(
            "commission-small", f"In an election a commission of at least {needed} certifies."
        )


def _others_count(house: Rooms, entry: Entry, body: OpenVote, standing: set[MemberId]) -> None:
    """Whoever sits in the body counts the paper in, so somebody else must certify if they stand."""
    organisation = house.organisation
    sitting = organisation.sitting(body.body, entry.at)
    known = (organisation.members.get(name) for name in standing)
    if any(member.number in sitting for member in known if member is not None):
        raise Refused(
            "commission-missing",
            "Somebody who stands sits in the body that counts the ballots in: name a commission "
            "of others.",
        )


# What it is for.


def purpose_fits(house: Rooms, entry: Entry, body: OpenVote) -> None:
    """Refuse options that don't do what the vote is for; `slate-misplaced` and many more."""
    if body.purpose == "reseat":
        _may_open_reseat(house, entry, body)
    elif body.purpose == "election":
        _may_open_election(house, entry, body)
    elif any(option.members for option in body.options):
        raise Refused("slate-misplaced", "Only an election, or re-seating a body, names members.")


def _may_open_election(house: Rooms, entry: Entry, body: OpenVote) -> None:
    candidates = [option.members for option in body.options if option.members]
    if any(len(one) > 1 for one in candidates) or len(set(candidates)) < len(candidates):
        raise Refused("candidate-terms", "Each option of an election is one candidate.")
    if entry.by.how == "import":
        return
    for place, option in enumerate(body.options, 1):
        if place != body.default and not option.members:
            raise Refused("candidate-terms", "Each option of an election is one candidate.")
        if any(not is_member(house, member) for member in option.members):
            raise Refused("candidate-eligible", "Who stands is a member in good standing.")
    if not body.secret and not house.organisation.clause("decisions.open_elections"):
        raise Refused(
            "election-open",
            "Persons are elected by secret ballot, on paper here; an open vote needs the clause "
            "decisions.open_elections.",
        )


# Re-seating a body.


def _may_open_reseat(house: Rooms, entry: Entry, body: OpenVote) -> None:
    if entry.by.how == "import":
        raise Refused("reseat-imported", "A body is re-seated by a living vote.")
    if body.secret:
        raise Refused("reseat-secret", "The ballots that re-seat a body are signed, so not secret.")
    plain = body.manner.kind == "ballots" and body.electorate.kind == "members"
    if not plain or body.electorate.joined_by or body.commission.needed or body.counting.seats > 1:
        raise Refused("reseat-plain", "All members re-seat a body, by ballots of one slate each.")
    too_few(house, body.body, entry.at)
    needed = house.organisation.number_clause("approvals.needed")
    for place, option in enumerate(body.options, 1):
        slate = option.members
        if place == body.default:
            if slate:
                raise Refused("slate-vacant", "The default option keeps the posts vacant.")
            continue
        if len(set(slate)) < max(len(slate), needed):
            raise Refused(
                "slate-short", f"A slate names at least {needed} members, each of them once."
            )
        for member in slate:
            if not is_eligible(house, member):
                raise Refused(
                    "slate-eligible", "Who stands is a member in good standing and has a key."
                )


def too_few(house: Rooms, body: BodyId, at: Moment) -> None:
    """Refuse to re-seat a body that can act.

    Raises:
        Refused: `approvers-left`.
    """
    if not house.too_few_approvers(body, at):
        raise Refused(
            "approvers-left", "Enough members sit in that body to act; a vote can't replace them."
        )


def is_eligible(house: Rooms, name: MemberId) -> bool:
    """Whether a member is in good standing and has a key."""
    return is_member(house, name) and house.organisation.has_key(name)
