"""When what tellers enter is refused: paper ballots, shows of hands, roll calls."""

from collegium.ids import VoteId
from collegium.parts.decisions.acts import CountInBallots, EnterHands, EnterRollCall
from collegium.parts.decisions.rules import Rooms, fits, may_say, readable, sum_of, vote_of
from collegium.parts.decisions.state import Sheet, Vote
from collegium.record.act import Entry, judged_at
from collegium.refusals import Refused


def may_count_in(house: Rooms, entry: Entry, body: CountInBallots) -> None:
    """Readable ballots, before the close is recorded, and no more than there are electors."""
    vote = vote_of(house, body.vote)
    if vote.closed or judged_at(entry, body.happened_at) < vote.opened:
        raise Refused("vote-closed", "Ballots are counted in from a vote's opening to its close.")
    if vote.purpose == "reseat":
        raise Refused("key-needed", "Every ballot that re-seats a body is signed by its voter.")
    if vote.manner.kind != "ballots":
        raise Refused("manner-differs", "Paper ballots are counted into votes by ballot alone.")
    if not body.ballots and not body.spoilt:
        raise Refused("counted-nothing", "Enter at least one ballot, readable or spoilt.")
    for line in body.ballots:
        readable(line.marks, vote)
    fits(vote, sum_of(body.ballots) + body.spoilt)


def may_enter_hands(house: Rooms, entry: Entry, body: EnterHands) -> None:
    """A teller's readable sheet, with no more hands than members present."""
    vote = _asked(house, entry, body.vote, "hands")
    for line in body.ballots:
        may_say(line.marks, vote)
    if len({line.marks for line in body.ballots}) < len(body.ballots):
        raise Refused("hands-twice", "Enter each way to vote once, with all hands for it.")
    if sum_of(body.ballots) > body.present:
        raise Refused("hands-exceed", f"Only {body.present} were present; count the hands anew.")
    if body.present > vote.entitled:
        raise Refused(
            "electorate-exceeded", f"Only {vote.entitled} are entitled to vote; count them anew."
        )


def may_enter_roll_call(house: Rooms, entry: Entry, body: EnterRollCall) -> None:
    """A teller's sheet with readable answers of electors, each of them once."""
    vote = _asked(house, entry, body.vote, "roll-call")
    for answer in body.answers:
        may_say(answer.marks, vote)
        member = house.organisation.members.get(answer.member)
        if member is None or member.number not in vote.electors.numbers:
            raise Refused("not-in-electorate", "Somebody on the sheet isn't among the electors.")
        if member.number not in house.organisation.active:
            raise Refused(
                "not-in-standing",
                "The rights of somebody on the sheet rest, or they have left; call the others.",
            )
    if len({answer.member for answer in body.answers}) < len(body.answers):
        raise Refused("answer-twice", "Somebody stands on the sheet twice; call them anew.")


def sheet_of(house: Rooms, body: EnterRollCall) -> Sheet:
    """A roll call as it is compared with the other teller's: in the order of admission."""
    members = house.organisation.members
    answers = {members[answer.member].number: answer.marks for answer in body.answers}
    return Sheet(present=len(answers), answers=dict(sorted(answers.items())))


def _asked(house: Rooms, entry: Entry, name: VoteId, kind: str) -> Vote:
    vote = vote_of(house, name)
    if vote.manner.kind != kind:
        raise Refused("manner-differs", "This vote isn't taken in that manner.")
    if vote.closed or not vote.opened <= entry.at < vote.closes:
        raise Refused("vote-closed", "The vote isn't open: nothing is entered before or after.")
    if entry.act.actor not in vote.manner.tellers:
        raise Refused("teller", "Only the vote's tellers enter what was counted.")
    if vote.agreed:
        raise Refused("tellers-agree", "Two tellers have entered the same; record the close.")
    return vote
