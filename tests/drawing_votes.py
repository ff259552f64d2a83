"""Acts about votes at random, for the drawer: mostly allowed ones, often forbidden ones."""

from collections.abc import Callable
from typing import TYPE_CHECKING, get_args

from msgspec import Struct
from msgspec.structs import asdict, replace

from collegium.ids import MemberId, Moment, VoteId
from collegium.parts.decisions import acts as decisions
from collegium.parts.decisions.acts import ALL_MEMBERS
from collegium.parts.decisions.pages_taking import MannerKind
from collegium.parts.decisions.state import Vote
from collegium.parts.decisions.tallying import kind_of, outcome_of, winners_of
from collegium.parts.organisation.state import Organisation
from collegium.record.moments import after
from tests.cast import FOUNDERS
from tests.voting import MAJORITY, NO_QUORUM, PLAIN, by_method, so_many

if TYPE_CHECKING:
    from tests.drawing import Drawer

PERCENT = decisions.Quorum(den=1, kind="percent", num=20)
COUNTINGS = (
    decisions.DEBIAN,
    decisions.DEBIAN,
    MAJORITY,
    replace(MAJORITY, base="present"),
    by_method("plurality/1"),
    by_method("scottish-stv/1", equal="skip", seats=2),
    by_method("schulze/1"),
    by_method("approval/1"),
    by_method("equal-shares/1", seats=2),
    by_method("score/1", levels=3),
    by_method("pav/1"),
)
MARKS = {
    "ranked": ("12", "12", "21", "11", "--", "1-", "123"),
    "approvals": ("x-", "-x", "xx", "--", "12"),
    "grades": ("02", "20", "1-", "--", "33"),
}
NOWHERE = "0" * 64
MANNERS: tuple[MannerKind, ...] = get_args(MannerKind)


def _open_vote(draw: "Drawer") -> Struct:
    at = Moment(draw.happened_at or draw.hall.now)
    body = draw.body()
    book = draw.house.organisation
    reseats = not draw.happened_at and body in book.bodies
    reseats = reseats and draw.house.too_few_approvers(body, at)
    keyed = tuple(name for name in map(book.names.__getitem__, book.active) if book.has_key(name))
    first = decisions.Option((1, 1), keyed[-3:], "", 0) if reseats else PLAIN
    opening = decisions.OpenVote(
        body=body,
        closes=after(at, days=draw.one_of([1, 1, 3, 3, 0])),
        commission=decisions.NO_COMMISSION,
        counting=draw.one_of(COUNTINGS),
        default=2,
        electorate=draw.one_of([ALL_MEMBERS, so_many(9)]) if draw.happened_at else ALL_MEMBERS,
        happened_at=draw.happened_at,
        manner=decisions.BY_BALLOT,
        options=(first, PLAIN),
        purpose="reseat" if reseats else draw.one_of(["resolution", "resolution", "election"]),
        question="",
        quorum=draw.one_of([PERCENT, PERCENT, NO_QUORUM]),
        reference=draw.one_of(["", "", "V.1"]),
        secret=draw.one_of([False, False, False, True]),
    )
    if reseats or draw.happened_at:
        return opening
    opening = _commission(draw, opening)
    return _manner(draw, opening) if draw.one_of([True, True, False]) else opening


def orderly(draw: "Drawer", kind: MannerKind) -> decisions.OpenVote:
    """A vote of the first body in a manner, as whoever sits there opens it."""
    book = draw.house.organisation
    founders = tuple(person.id for person in FOUNDERS)
    certified = draw.one_of([True, False]) and all(book.has_key(name) for name in founders)
    needed = decisions.Commission(founders, 2) if certified else decisions.NO_COMMISSION
    cards: tuple[decisions.Card, ...] = ()
    if kind == "cards":
        holder = draw.one_of([book.names[number] for number in book.active])
        cards = (decisions.Card(book.members[holder].body, holder, 1),)
    tellers = founders if kind in ("hands", "roll-call") else ()
    return decisions.OpenVote(
        body=draw.hall.root,
        closes=after(max(draw.hall.now, draw.house.at), days=3),
        commission=needed,
        counting=draw.one_of([one for one in COUNTINGS if one.base != "present"][:-1]),
        default=2,
        electorate=ALL_MEMBERS,
        happened_at="",
        manner=decisions.Manner(cards, kind, tellers),
        options=(PLAIN, PLAIN),
        purpose="resolution",
        question="",
        quorum=PERCENT,
        reference="",
        secret=False,
    )


def _commission(draw: "Drawer", opening: decisions.OpenVote) -> decisions.OpenVote:
    founders = tuple(person.id for person in FOUNDERS)
    commission = draw.one_of(
        [opening.commission] * 3
        + [decisions.Commission(founders, 2), decisions.Commission(founders[:2], 1)]
    )
    return replace(opening, commission=commission)


def _manner(draw: "Drawer", opening: decisions.OpenVote) -> decisions.OpenVote:
    """Another manner or electorate, in a vote of the first body as a rule."""
    book = draw.house.organisation
    kind = draw.one_of([*MANNERS, MANNERS[0]])
    cards: tuple[decisions.Card, ...] = ()
    electorate = draw.one_of([ALL_MEMBERS, _sitting(draw), _sitting(draw)])
    if kind == "cards":
        electorate, holder = ALL_MEMBERS, draw.member()
        body = book.members[holder].body if holder in book.members else draw.hall.root
        cards = (decisions.Card(body, holder, draw.one_of([1, 1, 2, 99])),)
    tellers = tuple(one.id for one in FOUNDERS) if kind in ("hands", "roll-call") else ()
    return replace(
        opening,
        body=draw.one_of([draw.hall.root, draw.hall.root, opening.body]),
        electorate=electorate,
        manner=decisions.Manner(cards, kind, tellers),
        secret=opening.secret and kind == "ballots",
    )


def _sitting(draw: "Drawer") -> decisions.Electorate:
    book = draw.house.organisation
    seated = book.sitting(draw.hall.root, max(draw.hall.now, draw.house.at))
    named = tuple(book.names[number] for number in seated)[:2]
    parts = tuple(book.bodies[draw.hall.root].parts[:1])
    return draw.one_of(
        [
            replace(ALL_MEMBERS, kind="sitting"),
            replace(ALL_MEMBERS, kind="present", members=named),
            replace(ALL_MEMBERS, kind="branches", bodies=parts),
            replace(ALL_MEMBERS, kind="level", level=draw.one_of([0, 1])),
            replace(ALL_MEMBERS, joined_by=after(draw.house.at, days=-1)),
        ]
    )


def _vote(draw: "Drawer", *manners: MannerKind) -> VoteId:
    """Mostly one that is taken in one of the manners."""
    votes = draw.house.decisions.votes
    fit = [name for name, vote in votes.items() if vote.manner.kind in (manners or MANNERS)]
    return draw.one_of([*fit[-1:] * 6, draw.name_of(fit), draw.name_of(list(votes))])


def _marks(draw: "Drawer", name: VoteId) -> str:
    """Mostly a ballot of the kind that the vote takes."""
    vote = draw.house.decisions.votes.get(name)
    return draw.one_of(MARKS[kind_of(vote.counting)] if vote else MARKS["ranked"])


def _cast(draw: "Drawer") -> Struct:
    name = _vote(draw, "ballots")
    return decisions.CastBallot(draw.happened_at, _marks(draw, name), name)


def _cast_card(draw: "Drawer") -> Struct:
    name = _vote(draw, "cards")
    parts = (decisions.CountedBallots(draw.one_of([1, 1, 2]), _marks(draw, name)),)
    return decisions.CastCard(draw.happened_at, parts, name)


def _give_proxy(draw: "Drawer") -> Struct:
    return decisions.GiveProxy(draw.happened_at, draw.person().id, _vote(draw, "ballots"))


def _cast_by_proxy(draw: "Drawer") -> Struct:
    name = _vote(draw, "ballots")
    book = draw.house.organisation
    vote = draw.house.decisions.votes.get(name)
    givers = [book.names[number] for number in vote.proxies] if vote else []
    giver = draw.one_of([*givers, *givers, draw.member()])
    return decisions.CastByProxy(draw.happened_at, _marks(draw, name), giver, name)


def _count_in(draw: "Drawer") -> Struct:
    name = _vote(draw, "ballots")
    ballots = (decisions.CountedBallots(draw.one_of([1, 2, 1000]), _marks(draw, name)),)
    spoilt = draw.one_of([0, 0, 1])
    return decisions.CountInBallots(ballots, draw.happened_at, spoilt, name)


def _enter_hands(draw: "Drawer") -> Struct:
    name = _vote(draw, "hands")
    hands = (decisions.CountedBallots(1, _marks(draw, name)),)
    return decisions.EnterHands(hands, draw.happened_at, draw.one_of([2, 2, 99]), name)


def _enter_roll_call(draw: "Drawer") -> Struct:
    name = _vote(draw, "roll-call")
    vote = draw.house.decisions.votes.get(name)
    names = draw.house.organisation.names
    electors = [names[number] for number in vote.electors.numbers][:2] if vote else []
    marks = MARKS[kind_of(vote.counting)][0] if vote else "12"
    called = electors or [draw.member()]
    answers = tuple(decisions.Answer(marks, member) for member in called)
    return decisions.EnterRollCall(answers, draw.happened_at, name)


def _declare(draw: "Drawer") -> decisions.DeclareOutcome:
    name = _vote(draw)
    found = draw.house.decisions.votes.get(name)
    if found is None or not found.closed:
        return decisions.DeclareOutcome(0, draw.happened_at, NOWHERE, NOWHERE, name, (1,))
    outcome = outcome_of(found)
    winners = draw.one_of([winners_of(found, outcome)] * 3 + [(1, 2)])
    return decisions.DeclareOutcome(
        outcome.ballots, draw.happened_at, outcome.digest(), outcome.profile, name, winners
    )


def _answer_contest(draw: "Drawer") -> Struct:
    name = _vote(draw)
    vote = draw.house.decisions.votes.get(name)
    contest = draw.name_of(list(vote.contests) if vote else [])
    return decisions.AnswerContest(contest, draw.happened_at, name)


def whose(book: Organisation, vote: Vote | None, body: Struct) -> list[MemberId]:
    """Whose it is to do this about a vote, if it is somebody's in particular."""
    match body:
        case decisions.EnterHands() | decisions.EnterRollCall() if vote:
            return [MemberId(name) for name in vote.manner.tellers]
        case decisions.CertifyOutcome() | decisions.RefuseOutcome() if vote:
            return [MemberId(name) for name in vote.commission.members]
        case decisions.CastCard() if vote:
            return [MemberId(card.member) for card in vote.manner.cards]
        case decisions.CastByProxy() if vote:
            return [book.names[number] for number in vote.proxies.values()]
        case decisions.AnswerContest() | decisions.OpenVote():
            return [person.id for person in FOUNDERS if person.id in book.members]
    return []


DRAWN_VOTES: dict[str, Callable[["Drawer"], Struct]] = {
    "decisions.open-vote/1": _open_vote,
    "decisions.cast-ballot/1": _cast,
    "decisions.cast-card/1": _cast_card,
    "decisions.give-proxy/1": _give_proxy,
    "decisions.cast-by-proxy/1": _cast_by_proxy,
    "decisions.count-in-ballots/1": _count_in,
    "decisions.enter-hands/1": _enter_hands,
    "decisions.enter-roll-call/1": _enter_roll_call,
    "decisions.close-vote/1": lambda draw: decisions.CloseVote(draw.happened_at, _vote(draw)),
    "decisions.declare-outcome/1": _declare,
    "decisions.certify-outcome/1": lambda draw: decisions.CertifyOutcome(**asdict(_declare(draw))),
    "decisions.refuse-outcome/1": lambda draw: decisions.RefuseOutcome(
        draw.happened_at, _vote(draw)
    ),
    "decisions.contest-outcome/1": lambda draw: decisions.ContestOutcome(
        draw.happened_at, _vote(draw)
    ),
    "decisions.answer-contest/1": _answer_contest,
    "decisions.annul-outcome/1": lambda draw: decisions.AnnulOutcome(draw.happened_at, _vote(draw)),
    "decisions.reseat-body/1": lambda draw: decisions.ReseatBody(draw.happened_at, _vote(draw)),
}
"""For each kind about votes, how its body is drawn."""
