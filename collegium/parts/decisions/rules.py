"""When an act about votes and ballots is refused."""

from typing import Protocol

from pyroaring import BitMap

from collegium.counting import DebianOutcome, check_ballot
from collegium.counting.ballot import RANKS, UNRANKED
from collegium.ids import BodyId, MemberId, Moment, ProposalId, QuestionId, VoteId
from collegium.parts.decisions.acts import (
    CastBallot,
    CloseVote,
    CountInBallots,
    DeclareOutcome,
    OpenVote,
    Option,
    ReseatBody,
)
from collegium.parts.decisions.state import Decisions, Vote
from collegium.parts.decisions.tallying import counting_rule, fewest_ballots, winners_of
from collegium.parts.deliberation.rules import Rooms as DeliberationRooms
from collegium.parts.deliberation.rules import current_version, question_of
from collegium.parts.organisation.rules import body_of
from collegium.record.act import Entry, judged_at
from collegium.record.moments import after, is_moment
from collegium.refusals import Refused

_SIGNED = ("key", "passkey")
"""Proofs that whoever runs the server can't make up."""

_CHARACTERS = RANKS + UNRANKED


class Rooms(DeliberationRooms, Protocol):
    """What the rules of this part look at."""

    decisions: Decisions

    def tally(self, vote: VoteId) -> DebianOutcome:
        """What the vote's ballots decided (`tallying.outcome_of`), remembered by ballots."""

    def too_few_approvers(self, body: BodyId, at: Moment) -> bool:
        """Whether fewer approvers sit in the body at that moment than a joint approval needs."""


# Opening.


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
    if body.purpose == "reseat":
        _may_open_reseat(house, entry, body)
    elif any(option.members for option in body.options):
        raise Refused("slate-misplaced", "Only a vote that re-seats a body names its members.")
    if entry.by.how != "import":
        _may_open_living(house, entry, body, entitled)


def _may_stand(house: Rooms, option: Option) -> None:
    if option.proposal:
        current_version(house, ProposalId(option.proposal), option.version)
    elif option.version:
        raise Refused("version-current", "An option without a proposal has version 0.")


def _electorate(house: Rooms, entry: Entry, body: OpenVote) -> int:
    """How many are entitled to vote."""
    stated = body.electorate.count
    if body.electorate.kind == "count":
        if entry.by.how != "import":
            raise Refused(
                "electorate-count-imported",
                "Only an imported vote has an electorate that is a mere count; name the members.",
            )
        entitled = stated
    elif stated:
        raise Refused("electorate-stated", "The members are counted when the vote opens; give 0.")
    else:
        entitled = len(electors_of(house, body))
    if not entitled:
        raise Refused("electorate-empty", "Nobody would be entitled to vote.")
    return entitled


def _countable(body: OpenVote, entitled: int) -> None:
    quorum = body.quorum
    if quorum.kind == "none" and (quorum.num, quorum.den) != (0, 1):
        raise Refused("quorum-terms", "No quorum is written 0/1.")
    if quorum.kind == "percent" and not 0 < quorum.num <= 100 * quorum.den:
        raise Refused("quorum-terms", "A quorum in per cent is more than 0 and at most 100.")
    try:
        counting_rule(body.options, body.default, quorum, entitled)
    except ValueError as error:
        raise Refused("count-impossible", f"This vote couldn't be counted: {error}.") from error


def _may_open_living(house: Rooms, entry: Entry, body: OpenVote, entitled: int) -> None:
    organisation = house.organisation
    if body.purpose != "reseat" and not _is_opener(house, entry, body):
        raise Refused("opener", "The rule book says who opens a vote here, and you aren't among.")
    days = organisation.number_clause("decisions.shortest_days")
    if body.closes < after(entry.at, days=days):
        raise Refused("vote-too-short", f"A vote is open for at least {days} days.")
    percent = organisation.number_clause("decisions.quorum_percent")
    if 100 * fewest_ballots(body.quorum, entitled) < percent * entitled:
        raise Refused(
            "quorum-too-low", f"A vote needs ballots of {percent} per cent of its electorate."
        )


def _is_opener(house: Rooms, entry: Entry, body: OpenVote) -> bool:
    organisation = house.organisation
    number = organisation.members[entry.act.actor].number
    if organisation.clause("decisions.openers") == "member":
        return number in electors_of(house, body)
    name: str = body.body
    while name:
        outer = BodyId(name)
        if number in organisation.sitting(outer, entry.at):
            return True
        name = organisation.bodies[outer].parent
    return False


def _may_open_reseat(house: Rooms, entry: Entry, body: OpenVote) -> None:
    if entry.by.how == "import":
        raise Refused("reseat-imported", "A body is re-seated by a living vote.")
    if body.secret:
        raise Refused("reseat-secret", "The ballots that re-seat a body are signed, so not secret.")
    _too_few(house, body.body, entry.at)
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
            if not _is_eligible(house, member):
                raise Refused(
                    "slate-eligible", "Who stands is a member in good standing and has a key."
                )


def _too_few(house: Rooms, body: BodyId, at: Moment) -> None:
    if not house.too_few_approvers(body, at):
        raise Refused(
            "approvers-left", "Enough members sit in that body to act; a vote can't replace them."
        )


def _is_eligible(house: Rooms, name: MemberId) -> bool:
    organisation = house.organisation
    member = organisation.members.get(name)
    return (
        member is not None and member.number in organisation.active and organisation.has_key(name)
    )


def electors_of(house: Rooms, body: OpenVote) -> BitMap:
    """The numbers of the members entitled to vote; none where only their count is known.

    A committee has no roll of its own: the members of what it is part of re-seat it.
    """
    if body.electorate.kind == "count":
        return BitMap()
    organisation = house.organisation
    name = body.body
    electors = organisation.electors(name)
    while body.purpose == "reseat" and not electors and organisation.bodies[name].parent:
        name = BodyId(organisation.bodies[name].parent)
        electors = organisation.electors(name)
    return electors


# Ballots.


def may_cast(house: Rooms, entry: Entry, body: CastBallot) -> None:
    """A readable ballot in one's own name, in time, from an elector."""
    vote = house.decisions.votes.get(body.vote)
    if vote is None:
        vote = vote_of(house, body.vote)
    how = entry.by.how
    at = entry.at if how != "import" else body.happened_at
    if vote.closed or not vote.opened <= at < vote.closes:
        raise Refused("vote-closed", "The vote isn't open: no ballot is taken before or after.")
    number = house.organisation.members[entry.act.actor].number
    if number not in vote.electors:
        _may_cast_uncounted(vote, how, number)
    if vote.anonymous and number not in vote.ballots:
        _fits(vote, 1)  # whoever voted on paper can't be told apart, but can't vote beyond all
    if vote.secret:
        raise Refused("ballot-secret", "This vote is secret: no ballot is cast under one's name.")
    if vote.purpose == "reseat" and how not in _SIGNED:
        raise Refused("key-needed", "A ballot that re-seats a body is signed with your own key.")
    # Ranks alone strip to nothing; asked so, since nothing but signing is done more often.
    if len(body.ranks) != len(vote.options) or body.ranks.strip(_CHARACTERS):
        _readable(body.ranks, vote)


def _may_cast_uncounted(vote: Vote, how: str, number: int) -> None:
    """An imported ballot in a vote whose electorate is a count: room for it, and no more."""
    if how != "import" or not vote.count:
        raise Refused("not-in-electorate", "You aren't among the electors of this vote.")
    if number not in vote.ballots:
        _fits(vote, 1)


def may_count_in(house: Rooms, entry: Entry, body: CountInBallots) -> None:
    """Readable ballots, before the close is recorded, and no more than there are electors."""
    vote = vote_of(house, body.vote)
    if vote.closed or judged_at(entry, body.happened_at) < vote.opened:
        raise Refused("vote-closed", "Ballots are counted in from a vote's opening to its close.")
    if vote.purpose == "reseat":
        raise Refused("key-needed", "Every ballot that re-seats a body is signed by its voter.")
    for line in body.ballots:
        _readable(line.ranks, vote)
    _fits(vote, sum(line.count for line in body.ballots))


def _fits(vote: Vote, more: int) -> None:
    if vote.received + more > vote.entitled:
        raise Refused(
            "electorate-exceeded",
            f"Only {vote.entitled} are entitled to vote; recount the ballots.",
        )


def _readable(ranks: str, vote: Vote) -> None:
    try:
        check_ballot(ranks, len(vote.options))
    except ValueError as error:
        raise Refused("ballot-unreadable", f"The ballot can't be read: {error}.") from error


# Close and outcome.


def may_close(house: Rooms, entry: Entry, body: CloseVote) -> None:
    """Once, when its time is over."""
    vote = vote_of(house, body.vote)
    if vote.closed:
        raise Refused("closed-already", "The close of this vote stands in the record.")
    if judged_at(entry, body.happened_at) < vote.closes:
        raise Refused("vote-open", f"The vote is open until {vote.closes}.")


def may_declare(house: Rooms, _entry: Entry, body: DeclareOutcome) -> None:
    """Once, when the close is recorded, exactly what the ballots come to."""
    vote = vote_of(house, body.vote)
    if not vote.closed:
        raise Refused("not-closed", "Record the close of the vote first.")
    if vote.declared:
        raise Refused("declared-already", "The outcome of this vote is declared.")
    counted = house.tally(body.vote)
    winners = winners_of(vote, counted)
    stated = (body.ballots, body.profile, body.outcome, body.winners)
    if stated != (counted.ballots, counted.profile, counted.digest(), winners):
        raise Refused(
            "outcome-differs",
            f"The {counted.ballots} ballots (profile {counted.profile}) come to winners "
            f"{list(winners)} and outcome {counted.digest()}.",
        )


def may_reseat(house: Rooms, entry: Entry, body: ReseatBody) -> None:
    """Once, after objections, by a slate that won with enough signed ballots."""
    vote = vote_of(house, body.vote)
    if vote.purpose != "reseat":
        raise Refused("no-reseat-vote", "That vote wasn't opened to re-seat a body.")
    if vote.reseated:
        raise Refused("reseated-already", "That vote has re-seated its body.")
    if not vote.declared:
        raise Refused("not-declared", "The outcome of that vote isn't declared.")
    if len(vote.winners) > 1 or vote.default in vote.winners:
        raise Refused("slate-not-elected", "No slate alone won that vote.")
    organisation = house.organisation
    days = organisation.number_clause("decisions.objection_days")
    if entry.at < after(Moment(vote.declared), days=days):
        raise Refused("objection-period", f"Objections are heard for {days} days first.")
    needed = organisation.number_clause("approvals.needed")
    signed = max(needed, len(body_of(house, vote.body).posts) // 3 + 1)
    if vote.outcome is None or vote.outcome.ballots < signed:
        raise Refused("signed-ballots", f"At least {signed} signed ballots re-seat this body.")
    _too_few(house, vote.body, entry.at)
    if len(_elected(house, vote)) < needed:
        raise Refused("slate-short", f"Fewer than {needed} of the slate can still take a seat.")


def new_seats(
    house: Rooms, entry: Entry, body: ReseatBody
) -> tuple[BodyId, tuple[MemberId, ...], tuple[Moment, Moment]]:
    """What re-seating does: the body, who sits in it from now on, and from when to when."""
    vote = house.decisions.votes[body.vote]
    days = house.organisation.number_clause("posts.founders_days")
    return vote.body, _elected(house, vote), (entry.at, after(entry.at, days=days))


def _elected(house: Rooms, vote: Vote) -> tuple[MemberId, ...]:
    """Those of the slate that won who are still eligible."""
    slate = vote.options[vote.winners[0] - 1].members
    return tuple(member for member in slate if _is_eligible(house, member))


def vote_of(house: Rooms, name: VoteId) -> Vote:
    """The vote of that name.

    Raises:
        Refused: `vote-unknown`.
    """
    vote = house.decisions.votes.get(name)
    if vote is None:
        raise Refused("vote-unknown", "There is no vote of that name.")
    return vote
