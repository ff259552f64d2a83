"""When a ballot is refused, and what the rules about votes have in common."""

from typing import Protocol

from pyroaring import BitMap

from collegium.counting import Outcome
from collegium.counting.ballot import RANKS, UNRANKED
from collegium.ids import BodyId, MemberId, Moment, VoteId
from collegium.parts.decisions.acts import (
    CastBallot,
    CastByProxy,
    CastCard,
    CountedBallots,
    GiveProxy,
    Marks,
)
from collegium.parts.decisions.state import Decisions, Vote
from collegium.parts.decisions.tallying import check_marks, ranks_equally
from collegium.parts.deliberation.rules import Rooms as DeliberationRooms
from collegium.record.act import Entry
from collegium.refusals import Refused

_SIGNED = ("key", "passkey")
"""Proofs that whoever runs the server can't make up."""

_CHARACTERS = RANKS + UNRANKED


class Rooms(DeliberationRooms, Protocol):
    """What the rules of this part look at."""

    decisions: Decisions

    def tally(self, vote: VoteId) -> Outcome:
        """What the vote's ballots decided (`tallying.outcome_of`), remembered by ballots."""

    def too_few_approvers(self, body: BodyId, at: Moment) -> bool:
        """Whether fewer approvers sit in the body at that moment than a joint approval needs."""


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
    if number not in vote.electors.numbers:
        _may_cast_uncounted(vote, how, number)
    if (vote.anonymous or vote.spoilt) and number not in vote.ballots:
        fits(vote, 1)  # whoever voted on paper can't be told apart, but can't vote beyond all
    if vote.secret:
        raise Refused("ballot-secret", "This vote is secret: no ballot is cast under one's name.")
    if vote.manner.kind != "ballots":
        _manner(vote, "ballots")
    if vote.purpose == "reseat" and how not in _SIGNED:
        raise Refused("key-needed", "A ballot that re-seats a body is signed with your own key.")
    # Ranks alone strip to nothing; asked so, since nothing but signing is done more often.
    plain = vote.counting.equal == "equal" and len(body.marks) == len(vote.options)
    if not plain or body.marks.strip(_CHARACTERS):
        may_say(body.marks, vote)


def _may_cast_uncounted(vote: Vote, how: str, number: int) -> None:
    """An imported ballot in a vote whose electorate is a count: room for it, and no more."""
    if how != "import" or not vote.electors.count:
        raise _no_elector()
    if number not in vote.ballots:
        fits(vote, 1)


def may_cast_card(house: Rooms, entry: Entry, body: CastCard) -> None:
    """Readable parts that the delegate's card has votes for, in time."""
    vote = vote_of(house, body.vote)
    _open(vote, entry.at)
    _manner(vote, "cards")
    votes = card_votes(vote, entry.act.actor)
    if not votes:
        raise Refused("no-card", "You hold no card in this vote.")
    for part in body.parts:
        may_say(part.marks, vote)
    if sum(part.count for part in body.parts) > votes:
        raise Refused("card-exceeded", f"Your card carries {votes} votes; split no more of them.")


def card_votes(vote: Vote, member: MemberId) -> int:
    """How many votes the member's cards carry together; 0 without a card."""
    return sum(card.votes for card in vote.manner.cards if card.member == member)


# Proxies.


def may_give_proxy(house: Rooms, entry: Entry, body: GiveProxy) -> None:
    """Where the rule book allows it, from an elector to one who votes for few others."""
    vote = vote_of(house, body.vote)
    _open(vote, entry.at)
    most = _proxies_allowed(vote)
    giver = house.organisation.members[entry.act.actor].number
    if giver not in vote.electors.numbers:
        raise _no_elector()
    if giver in vote.ballots and giver not in vote.by_proxy:
        raise Refused("voted-already", "You have voted yourself; you can still vote anew.")
    member = house.organisation.members.get(body.member)
    if member is None or member.number not in vote.electors.numbers:
        raise Refused("proxy-elector", "Only another elector can vote for you.")
    held = vote.holders.get(member.number, BitMap())
    if member.number != giver and giver not in held and len(held) >= most:
        raise Refused("proxies-many", f"That member votes for {most} others already.")


def may_cast_by_proxy(house: Rooms, entry: Entry, body: CastByProxy) -> None:
    """A readable ballot of one who gave their proxy and hasn't voted themselves."""
    vote = vote_of(house, body.vote)
    _open(vote, entry.at)
    _proxies_allowed(vote)
    holder = house.organisation.members[entry.act.actor].number
    member = house.organisation.members.get(body.member)
    number = member.number if member else -1
    if vote.proxies.get(number, -1) != holder:
        raise Refused("no-proxy", "That member hasn't given you their proxy for this vote.")
    if number not in house.organisation.active:
        raise Refused("not-in-standing", "That member's rights rest, or they have left.")
    if number in vote.ballots and number not in vote.by_proxy:
        raise Refused("voted-already", "That member has voted themselves.")
    if number not in vote.ballots:
        fits(vote, 1)
    may_say(body.marks, vote)


def _proxies_allowed(vote: Vote) -> int:
    """How many others one member may vote for."""
    if vote.purpose != "resolution":
        raise Refused("proxy-election", "Nobody elects by proxy: persons are voted for in person.")
    if vote.secret or vote.manner.kind != "ballots":
        raise Refused("manner-differs", "Proxies are for votes in which ballots are cast.")
    if vote.electors.count:
        raise Refused("not-in-electorate", "Nobody stands on the roll of this vote.")
    if not vote.terms.most_proxies:
        raise Refused("proxies-off", "The rule book allowed no proxies when this vote opened.")
    return vote.terms.most_proxies


# What they have in common.


def vote_of(house: Rooms, name: VoteId) -> Vote:
    """The vote of that name.

    Raises:
        Refused: `vote-unknown`.
    """
    vote = house.decisions.votes.get(name)
    if vote is None:
        raise Refused("vote-unknown", "There is no vote of that name.")
    return vote


def may_say(marks: Marks, vote: Vote) -> None:
    """Refuse what isn't readable, or ranks that a member can be asked to choose between.

    Raises:
        Refused: `ballot-unreadable`, `ballot-equal`.
    """
    readable(marks, vote)
    if ranks_equally(vote.counting, marks):
        raise Refused("ballot-equal", "This count can't follow equal ranks: give each another.")


def readable(marks: Marks, vote: Vote) -> None:
    """Refuse a ballot that isn't one of this vote.

    Raises:
        Refused: `ballot-unreadable`.
    """
    try:
        check_marks(vote.counting, len(vote.options), marks)
    except ValueError as error:
        raise Refused("ballot-unreadable", f"The ballot can't be read: {error}.") from error


def sum_of(ballots: tuple[CountedBallots, ...]) -> int:
    """How many ballots there are."""
    return sum(line.count for line in ballots)


def fits(vote: Vote, more: int) -> None:
    """Refuse more votes than there are electors.

    Raises:
        Refused: `electorate-exceeded`.
    """
    if vote.received + more > vote.entitled:
        raise Refused(
            "electorate-exceeded",
            f"Only {vote.entitled} are entitled to vote; recount the ballots.",
        )


def so_many(count: int, one: str) -> str:
    """A figure in a sentence: `1 day`, `7 days`."""
    return f"{count} {one if count == 1 else one + 's'}"


def _no_elector() -> Refused:
    return Refused(
        "not-in-electorate",
        "You aren't among the electors of this vote: they were put down when it opened.",
    )


def _open(vote: Vote, at: Moment) -> None:
    if vote.closed or not vote.opened <= at < vote.closes:
        raise Refused("vote-closed", "The vote isn't open: no ballot is taken before or after.")


def _manner(vote: Vote, kind: str) -> None:
    if vote.manner.kind != kind:
        raise Refused("manner-differs", f"This vote is taken by {_MANNERS[vote.manner.kind]}.")


_MANNERS = {
    "ballots": "ballots that each elector casts",
    "cards": "delegates' cards",
    "hands": "a show of hands, which tellers enter",
    "roll-call": "roll call, which tellers enter",
}
