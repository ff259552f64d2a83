"""When closing a vote, declaring its outcome or objecting to it is refused."""

from collegium.ids import BodyId, MemberId, Moment
from collegium.parts.decisions.acts import (
    AnnulOutcome,
    AnswerContest,
    CertifyOutcome,
    CloseVote,
    ContestOutcome,
    DeclareOutcome,
    RefuseOutcome,
    ReseatBody,
)
from collegium.parts.decisions.rules import Rooms, so_many, vote_of
from collegium.parts.decisions.rules_standing import is_eligible, too_few
from collegium.parts.decisions.state import Vote
from collegium.parts.decisions.tallying import (
    certified_until,
    is_refused,
    objections_until,
    paper_until,
    winners_of,
)
from collegium.parts.organisation.rules import body_of
from collegium.record.act import Entry, judged_at
from collegium.record.moments import after
from collegium.refusals import Refused


def may_close(house: Rooms, entry: Entry, body: CloseVote) -> None:
    """Once, when its time is over and paper is counted in.

    Where a body meets it may be earlier: once two tellers have entered the same.
    """
    vote = vote_of(house, body.vote)
    if vote.closed:
        raise Refused("closed-already", "The close of this vote stands in the record.")
    if (
        not (vote.agreed and vote.electors.meets)
        and judged_at(entry, body.happened_at) < vote.closes
    ):
        raise Refused("vote-open", f"The vote is open until {vote.closes}.")
    if entry.by.how != "import" and vote.closes <= entry.at < paper_until(vote):
        raise Refused(
            "paper-awaited",
            f"Ballots on paper are counted in until {paper_until(vote)}; close it then.",
        )


def may_declare(house: Rooms, entry: Entry, body: DeclareOutcome) -> None:
    """Once, when the close is recorded, exactly what the ballots come to.

    Where there is a commission, anybody declares only if too few are left of it to certify, or
    if it has had its time; nobody does if so many of it refuse that the others are too few.
    """
    vote = _countable(house, body)
    needed, until = vote.commission.needed, certified_until(vote)
    if is_refused(vote):
        raise Refused(
            "commission-refuses",
            f"{len(vote.refused)} of the commission refuse to certify this: hold the vote again.",
        )
    if needed and able_to_certify(house, vote) >= needed and entry.at < until:
        raise Refused(
            "commission-certifies",
            f"The outcome stands once {needed} of the commission certify it; if they haven't by "
            f"{until}, anybody declares it.",
        )
    _same_count(house, body, vote)


def may_certify(house: Rooms, entry: Entry, body: CertifyOutcome) -> None:
    """Once by each of the commission, exactly what the ballots come to."""
    vote = _countable(house, body)
    actor = entry.act.actor
    if actor not in vote.commission.members:
        raise Refused("commission", "Only the vote's counting commission certifies its outcome.")
    if house.organisation.members[actor].number in vote.certified:
        raise Refused("certified-already", "You have certified this outcome.")
    _same_count(house, body, vote)


def may_refuse_outcome(house: Rooms, entry: Entry, body: RefuseOutcome) -> None:
    """Once by each of the commission who hasn't certified, before the outcome is declared."""
    vote = _countable(house, body)
    actor = entry.act.actor
    if actor not in vote.commission.members:
        raise Refused("commission", "Only the vote's counting commission refuses to certify it.")
    number = house.organisation.members[actor].number
    if number in vote.certified:
        raise Refused("certified-already", "You have certified this outcome.")
    if number in vote.refused:
        raise Refused("refused-already", "You have refused this; you can still certify it.")


def able_to_certify(house: Rooms, vote: Vote) -> int:
    """How many of the commission have certified or still can."""
    members = house.organisation.members
    return sum(
        members[name].number in vote.certified or is_eligible(house, name)
        for name in vote.commission.members
    )


def _countable(house: Rooms, body: DeclareOutcome | CertifyOutcome | RefuseOutcome) -> Vote:
    vote = vote_of(house, body.vote)
    if not vote.closed:
        raise Refused("not-closed", "Record the close of the vote first.")
    if vote.declared:
        raise Refused("declared-already", "The outcome of this vote is declared.")
    return vote


def _same_count(house: Rooms, body: DeclareOutcome | CertifyOutcome, vote: Vote) -> None:
    counted = house.tally(body.vote)
    winners = winners_of(vote, counted)
    stated = (body.ballots, body.profile, body.outcome, body.winners)
    if stated != (counted.ballots, counted.profile, counted.digest(), winners):
        raise Refused(
            "outcome-differs",
            f"The {counted.ballots} ballots (profile {counted.profile}) come to winners "
            f"{list(winners)} and outcome {counted.digest()}.",
        )


# Objections to an outcome.


def may_contest(house: Rooms, entry: Entry, body: ContestOutcome) -> None:
    """Once by an elector or a member of the vote's body or commission, while they are heard."""
    vote = _declared(house, body)
    actor = entry.act.actor
    if not _concerned(house, vote, actor, entry.at):
        raise Refused(
            "not-concerned", "You are no elector of this vote, nor of its body or its commission."
        )
    if vote.annulled:
        raise Refused("annulled-already", "The outcome is void already.")
    if entry.at >= objections_until(vote):
        raise Refused("objections-over", f"Objections were heard until {objections_until(vote)}.")
    if any(one.member == actor for one in vote.contests.values()):
        raise Refused("contested-already", "You have objected to this outcome.")


def _concerned(house: Rooms, vote: Vote, member: MemberId, at: Moment) -> bool:
    """Whether it is their vote, would be had they not been left out, or is theirs to certify."""
    organisation = house.organisation
    number = organisation.members[member].number
    return (
        number in vote.electors.numbers
        or number in organisation.electors(vote.body)
        or number in organisation.sitting(vote.body, at)
        or member in vote.commission.members
    )


def may_answer_contest(house: Rooms, entry: Entry, body: AnswerContest) -> None:
    """Once, by the commission or whoever sits in the vote's body."""
    vote = _declared(house, body)
    contest = vote.contests.get(body.contest)
    if contest is None:
        raise Refused("contest-unknown", "There is no such objection to this outcome.")
    if contest.answer:
        raise Refused("answered-already", "That objection is answered.")
    actor = entry.act.actor
    number = house.organisation.members[actor].number
    if actor not in vote.commission.members and number not in house.organisation.sitting(
        vote.body, entry.at
    ):
        raise Refused("answerer", "The commission answers, or whoever sits in the vote's body.")


def may_annul(house: Rooms, entry: Entry, body: AnnulOutcome) -> None:
    """Once, after an objection, before the outcome has been carried out."""
    vote = _declared(house, body)
    if not vote.contests:
        raise Refused("not-contested", "Nobody has objected to this outcome.")
    if vote.annulled:
        raise Refused("annulled-already", "The outcome is void already.")
    if vote.reseated:
        raise Refused("reseated-already", "That vote has re-seated its body.")
    if entry.at >= after(objections_until(vote), days=vote.terms.objection_days):
        raise Refused(
            "objections-over",
            "An outcome is annulled within the time for objections, or as long after.",
        )


def _declared(house: Rooms, body: ContestOutcome | AnswerContest | AnnulOutcome) -> Vote:
    vote = vote_of(house, body.vote)
    if not vote.declared:
        raise Refused("not-declared", "The outcome of that vote isn't declared.")
    return vote


# Re-seating a body.


def may_reseat(house: Rooms, entry: Entry, body: ReseatBody) -> None:
    """Once, after objections, by a slate that won with enough signed ballots."""
    vote = vote_of(house, body.vote)
    if vote.purpose != "reseat":
        raise Refused("no-reseat-vote", "That vote wasn't opened to re-seat a body.")
    if vote.reseated:
        raise Refused("reseated-already", "That vote has re-seated its body.")
    if not vote.declared:
        raise Refused("not-declared", "The outcome of that vote isn't declared.")
    if vote.annulled:
        raise Refused("annulled-already", "The outcome of that vote is void.")
    if len(vote.winners) != 1 or vote.default in vote.winners:
        raise Refused("slate-not-elected", "No slate alone won that vote.")
    organisation = house.organisation
    if entry.at < objections_until(vote):
        raise Refused(
            "objection-period",
            f"Objections are heard for {so_many(vote.terms.objection_days, 'day')} first.",
        )
    needed = organisation.number_clause("approvals.needed")
    signed = max(needed, len(body_of(house, vote.body).posts) // 3 + 1)
    if vote.counted < signed:
        raise Refused("signed-ballots", f"At least {signed} signed ballots re-seat this body.")
    too_few(house, vote.body, entry.at)
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
    return tuple(member for member in slate if is_eligible(house, member))
