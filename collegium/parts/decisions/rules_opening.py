"""When opening a vote is refused: who may, on what, for whom, counted how."""

from pyroaring import BitMap

from collegium.ids import BodyId, Moment, ProposalId, QuestionId
from collegium.parts.decisions.acts import (
    ALL_MEMBERS,
    MOST_NAMED,
    Card,
    Electorate,
    OpenVote,
    Option,
)
from collegium.parts.decisions.rules import Rooms, so_many
from collegium.parts.decisions.rules_standing import (
    FEWEST_HANDS,
    commission_fits,
    is_member,
    purpose_fits,
)
from collegium.parts.decisions.state import Electors, Terms
from collegium.parts.decisions.tallying import counting_rule, fewest_ballots
from collegium.parts.deliberation.rules import current_version, question_of
from collegium.parts.organisation.rules import body_of
from collegium.record.act import Entry, judged_at
from collegium.record.moments import after, is_moment
from collegium.refusals import Refused

_BY_TELLERS = ("hands", "roll-call")

_SHEET = 15_600
_ANSWER = 49
"""Bytes that an entry has for a roll call, and that each answer takes beside its marks."""

_SEATED = ("sitting", "present")
"""Electorates that meet, and need no days of notice."""


def may_open_vote(house: Rooms, entry: Entry, body: OpenVote) -> None:
    """A vote that can be counted, of people who exist, about what exists."""
    at = judged_at(entry, body.happened_at)
    body_of(house, body.body)
    if body.question:
        question_of(house, QuestionId(body.question))
    if body.reference and body.reference in house.decisions.references:
        raise Refused("reference-taken", "Another vote has that reference; choose another.")
    if not is_moment(body.closes) or body.closes <= at:
        raise Refused("closes-later", "A vote closes at a moment after it opens.")
    for option in body.options:
        _may_stand(house, option)
    entitled = _electorate(house, entry, body)
    _countable(body, entitled)
    _manner(house, entry, body, entitled)
    commission_fits(house, entry, body)
    purpose_fits(house, entry, body)
    if entry.by.how != "import":
        _may_open_living(house, entry, body, entitled)


def terms_of_votes(house: Rooms) -> Terms:
    """What the rule book says now about votes that open now."""
    clause = house.organisation.number_clause
    return Terms(
        certify_days=clause("decisions.certify_days"),
        most_proxies=clause("decisions.most_proxies"),
        objection_days=clause("decisions.objection_days"),
        paper_days=clause("decisions.paper_days"),
    )


def _may_stand(house: Rooms, option: Option) -> None:
    if option.proposal:
        current_version(house, ProposalId(option.proposal), option.version)
    elif option.version:
        raise Refused("version-current", "An option without a proposal has version 0.")


# Whom it is put to.


def _electorate(house: Rooms, entry: Entry, body: OpenVote) -> int:
    """How many votes there would be if everybody voted."""
    asked = body.electorate
    if asked.kind == "count" and entry.by.how != "import":
        raise Refused(
            "electorate-count-imported",
            "Only an imported vote has an electorate that is a mere count; name the members.",
        )
    _says_one_thing(asked)
    _joined_by(house, entry, asked)
    for branch in asked.bodies:
        body_of(house, branch)
        if branch == body.body or not house.organisation.contains(body.body, branch):
            raise Refused("branch-elsewhere", "A branch that votes is a part of the vote's body.")
    if asked.kind == "present":
        _present(house, entry, body)
    entitled = asked.count or len(electors_of(house, entry, body).numbers)
    if body.manner.kind == "cards":
        entitled = sum(card.votes for card in body.manner.cards)
    if not entitled:
        raise Refused("electorate-empty", "Nobody would be entitled to vote.")
    return entitled


def _joined_by(house: Rooms, entry: Entry, asked: Electorate) -> None:
    """Newcomers may be left out, but not for longer than the rule book says."""
    if not asked.joined_by:
        return
    if not is_moment(asked.joined_by) or asked.joined_by > entry.at:
        raise Refused(
            "joined-by", "Say by which moment electors must have joined: one that has passed."
        )
    days = house.organisation.number_clause("decisions.newcomer_days")
    if entry.by.how != "import" and after(Moment(asked.joined_by), days=days) < entry.at:
        raise Refused(
            "joined-early", f"Nobody is left out who joined more than {so_many(days, 'day')} ago."
        )


def _says_one_thing(asked: Electorate) -> None:
    kind = asked.kind
    if bool(asked.count) != (kind == "count"):
        raise Refused("electorate-stated", "The members are counted when the vote opens; give 0.")
    if bool(asked.bodies) != (kind == "branches") or len(set(asked.bodies)) < len(asked.bodies):
        raise Refused("electorate-branches", "Branches are named, each once, where they vote.")
    if bool(asked.members) != (kind == "present") or len(set(asked.members)) < len(asked.members):
        raise Refused("electorate-present", "Who is present is named, each once, where they vote.")
    if asked.level and kind != "level":
        raise Refused("electorate-level", "A level is named where whoever sits at it votes.")


def _present(house: Rooms, entry: Entry, body: OpenVote) -> None:
    """Those present sit in the body, and are as many of it as the rule book asks for."""
    organisation = house.organisation
    sitting = organisation.sitting(body.body, entry.at) & organisation.active
    for name in body.electorate.members:
        member = organisation.members.get(name)
        if member is None or member.number not in sitting:
            raise Refused("present-sitting", "Only who sits in that body is present to vote.")
    percent = organisation.number_clause("decisions.present_percent")
    if 100 * len(body.electorate.members) < percent * len(sitting):
        raise Refused(
            "present-few", f"Of those who sit in a body, {percent} per cent must be present."
        )


def electors_of(house: Rooms, entry: Entry, body: OpenVote) -> Electors:
    """Who is entitled to vote now; nobody by number where only a count is known."""
    asked = body.electorate
    if asked.kind == "count":
        return Electors(BitMap(), count=asked.count)
    numbers = _numbers(house, entry, body)
    if asked.joined_by:
        members, names = house.organisation.members, house.organisation.names
        numbers = BitMap(n for n in numbers if members[names[n]].joined <= asked.joined_by)
    branches = {
        BodyId(branch): house.organisation.electors(BodyId(branch)) & numbers
        for branch in asked.bodies
    }
    return Electors(numbers, branches, meets=asked.kind in _SEATED)


def _numbers(house: Rooms, entry: Entry, body: OpenVote) -> BitMap:
    organisation = house.organisation
    asked = body.electorate
    if body.manner.kind == "cards":
        return BitMap(organisation.members[card.member].number for card in _known(house, body))
    match asked.kind:
        case "branches":
            found = BitMap()
            for branch in asked.bodies:
                found |= organisation.electors(BodyId(branch))
            return found
        case "sitting":
            return organisation.sitting(body.body, entry.at) & organisation.active
        case "present":
            members = organisation.members
            return BitMap(members[name].number for name in asked.members if name in members)
        case "level":
            return _level(house, body, entry.at)
    return _roll(house, body)


def _known(house: Rooms, body: OpenVote) -> list[Card]:
    return [card for card in body.manner.cards if card.member in house.organisation.members]


def _level(house: Rooms, body: OpenVote, at: Moment) -> BitMap:
    organisation = house.organisation
    found = BitMap()
    for name, other in organisation.bodies.items():
        same = other.level == body.electorate.level and not other.dissolved
        if same and organisation.contains(body.body, name):
            found |= organisation.sitting(name, at)
    return found & organisation.active


def _roll(house: Rooms, body: OpenVote) -> BitMap:
    """The body's members; a committee has no roll of its own and is re-seated by what it is in."""
    organisation = house.organisation
    name = body.body
    electors = organisation.electors(name)
    while body.purpose == "reseat" and not electors and organisation.bodies[name].parent:
        name = BodyId(organisation.bodies[name].parent)
        electors = organisation.electors(name)
    return electors


# How it is taken and counted.


def _countable(body: OpenVote, entitled: int) -> None:
    quorum = body.quorum
    if quorum.kind == "none" and (quorum.num, quorum.den) != (0, 1):
        raise Refused("quorum-terms", "No quorum is written 0/1.")
    if quorum.kind == "percent" and not 0 < quorum.num <= 100 * quorum.den:
        raise Refused("quorum-terms", "A quorum in per cent is more than 0 and at most 100.")
    if body.default > len(body.options):
        raise Refused("default-option", "The option that stands if no other wins is on the ballot.")
    if not body.default and body.purpose != "election":
        raise Refused("default-option", "Name the option that stands if no other wins.")
    counted = body.counting
    if counted.base == "present" and not (
        body.manner.kind in _BY_TELLERS or body.electorate.kind == "present"
    ):
        raise Refused("present-unknown", "Who is present is known at a show of hands or by name.")
    try:
        counting_rule(counted, body.options, body.default, quorum, entitled, entitled)
    except ValueError as error:
        raise Refused("count-impossible", f"This vote couldn't be counted: {error}.") from error


def _manner(house: Rooms, entry: Entry, body: OpenVote, entitled: int) -> None:
    manner = body.manner
    if bool(manner.cards) != (manner.kind == "cards"):
        raise Refused("cards-terms", "Cards are named where they vote, and only there.")
    if manner.kind not in _BY_TELLERS:
        if manner.tellers:
            raise Refused("tellers-terms", "Tellers are named for hands and roll calls alone.")
    elif len(set(manner.tellers)) < max(len(manner.tellers), FEWEST_HANDS):
        raise Refused("tellers-terms", "Name at least two tellers, each of them once.")
    if manner.kind != "ballots" and (body.secret or body.electorate.kind == "count"):
        raise Refused("manner-open", "Hands, roll calls and cards are open votes of named members.")
    named = min(_SHEET // (_ANSWER + len(body.options)), MOST_NAMED)
    if manner.kind == "roll-call" and entitled > named and entry.by.how != "import":
        raise Refused(
            "roll-call-large",
            f"A roll call on so many options names {named} members, not {entitled}; let each of "
            "them cast a ballot.",
        )
    if any(not is_member(house, name) for name in manner.tellers):
        raise Refused("tellers-terms", "A teller is a member in good standing.")
    if manner.kind == "cards":
        _cards(house, body, entitled)


def _cards(house: Rooms, body: OpenVote, entitled: int) -> None:
    """Each branch's cards carry at most its membership, and members in standing hold them."""
    organisation = house.organisation
    asked = body.electorate
    if asked.kind != "members" or asked.joined_by or not entitled:
        raise Refused("cards-terms", "Cards speak for the members of the body's branches.")
    votes: dict[BodyId, int] = {}
    for card in body.manner.cards:
        body_of(house, card.body)
        if not organisation.contains(body.body, card.body):
            raise Refused("branch-elsewhere", "A branch with cards is a part of the vote's body.")
        member = organisation.members.get(card.member)
        if member is None or member.number not in organisation.electors(card.body):
            raise Refused(
                "card-holder", "Who holds a branch's card is one of its members in good standing."
            )
        votes[card.body] = votes.get(card.body, 0) + card.votes
    if len(body.manner.cards) > len({(card.body, card.member) for card in body.manner.cards}):
        raise Refused("cards-terms", "One delegate holds one card for a branch.")
    if any(
        outer != inner and organisation.contains(outer, inner) for outer in votes for inner in votes
    ):
        raise Refused("cards-twice", "A branch that is part of another one here votes twice.")
    for branch, carried in votes.items():
        members = len(organisation.electors(branch))
        if carried > members:
            raise Refused(
                "card-votes",
                f"A branch of {members} members has cards for no more votes, not {carried}.",
            )


# How it is opened.


def _may_open_living(house: Rooms, entry: Entry, body: OpenVote, entitled: int) -> None:
    organisation = house.organisation
    if body.purpose != "reseat" and not _is_opener(house, entry, body):
        raise Refused(
            "opener",
            "Who sits in the body, or in one that contains it, opens its votes; members open "
            "votes of all its members by ballot, where the rule book says so.",
        )
    if body.electorate.kind in _SEATED:
        if body.purpose != "resolution":
            raise Refused("sitting-elects", "Those who sit in a body don't elect for its members.")
    else:
        days = organisation.number_clause("decisions.shortest_days")
        if body.closes < after(entry.at, days=days):
            raise Refused("vote-too-short", f"A vote is open for at least {so_many(days, 'day')}.")
    percent = organisation.number_clause("decisions.quorum_percent")
    if 100 * fewest_ballots(body.quorum, entitled) < percent * entitled:
        raise Refused(
            "quorum-too-low", f"A vote needs ballots of {percent} per cent of its electorate."
        )


def _is_opener(house: Rooms, entry: Entry, body: OpenVote) -> bool:
    """Who names electors or counts hands has power over the outcome: whoever sits, alone."""
    organisation = house.organisation
    number = organisation.members[entry.act.actor].number
    plain = body.manner.kind == "ballots" and body.electorate == ALL_MEMBERS
    if plain and organisation.clause("decisions.openers") == "member":
        return number in electors_of(house, entry, body).numbers
    name: str = body.body
    while name:
        outer = BodyId(name)
        if number in organisation.sitting(outer, entry.at):
            return True
        name = organisation.bodies[outer].parent
    return False
