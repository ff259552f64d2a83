"""An organisation in which every form of a vote is open at once, for whoever looks at pages."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from unittest import mock

from msgspec.structs import replace

from collegium.datasets.cooperative.founding import found_cooperative
from collegium.ids import ApprovalId, VoteId
from collegium.parts.approvals.acts import ApproveDeed, AskApproval, EnactDeed
from collegium.parts.approvals.state import Request
from collegium.parts.decisions.acts import (
    ALL_MEMBERS,
    DEBIAN,
    AnnulOutcome,
    AnswerContest,
    Card,
    CastBallot,
    CastByProxy,
    CastCard,
    CertifyOutcome,
    Commission,
    ContestOutcome,
    CountedBallots,
    CountInBallots,
    Counting,
    EnterHands,
    GiveProxy,
    Manner,
    Option,
)
from collegium.parts.organisation.acts import AmendRuleBook
from collegium.record.moments import after
from collegium.secretariat import clock
from collegium.secretariat.drafting import as_deed
from collegium.server.desks import Desk, open_desk
from tests.pages.hall import APPROVAL, GRADES, STV, YES_NO, Hall

HOUSE: Final = "hall"

ONE, TWO = "Marek Novak", "Julia Weber"
OFFICERS = ("Kofi Mensah", "Noor Rahman")
HOLDER = "Amina Yusuf"
"""Who holds the cards."""
GIVER = "Yuki Tanaka"

_SITTING = replace(ALL_MEMBERS, kind="sitting")
_SCORE = Counting("", "skip", 6, "score/1", 1, (1, 1), 35)
_CHOICE = Counting("ballots", "skip", 0, "majority/1", 1, (1, 2), 35)
_LOAVES = ("Rye from the old starter", "Wheat with seeds", "Spelt, every second day", "Neither")
_LONG = (
    "Give each bakery a fund of its own of two thousand euros a year, spent by whoever works there",
    "Publish all purchases above fifty euros at the door of the bakery they are for",
    "Buy flour only from mills whose workers have an agreement, and say on the bag which",
    *(f"Keep route {n} with two riders, Saturdays included" for n in range(1, 9)),
    "Leave everything as it is",
)


class Opening:
    """Opens the votes, one after the other.

    Args:
        hall: Where.
    """

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.numbers: dict[str, int] = {}

    def open(self, name: str, title: str, titles: tuple[str, ...], **different: Any) -> VoteId:
        """Open a vote; it is found by this name."""
        hall = self.hall
        number = hall.open(replace(hall.plain(len(titles)), **different), *titles, title=title)
        self.numbers[name] = number
        return hall.name(number)

    def motion(self, name: str, title: str, **different: Any) -> VoteId:
        """Open a vote that is answered by yes or no."""
        settings = {"counting": YES_NO} | different
        return self.open(name, title, ("Buy the second oven", "Leave it"), **settings)

    def yes(self, vote: VoteId, *names: str) -> None:
        """These say yes."""
        for name in names:
            self.hall.do(name, CastBallot(happened_at="", marks="1-", vote=vote))

    def ask(self, body: Any) -> Request:
        """One of the committee asks for joint approval of a deed."""
        hall = self.hall
        ask = AskApproval(
            body=hall.house.organisation.root, concerns=(), deed=as_deed(body), happened_at=""
        )
        name = ApprovalId(hall.do(OFFICERS[0], ask, reasons="We talked about it."))
        found: Request = hall.house.approvals.requests[name]
        return found

    def approve(self, body: Any) -> ApprovalId:
        """Two of the committee approve it; in three days it can be enacted."""
        request = self.ask(body)
        for name in OFFICERS:
            approve = ApproveDeed(approval=request.name, deed=request.deed_hash, happened_at="")
            self.hall.do(name, approve, reasons="I agree.")
        return request.name

    def enact(self, request: ApprovalId) -> None:
        """What was approved is done."""
        self.hall.do(OFFICERS[0], EnactDeed(approval=request, happened_at=""))


def _voters(hall: Hall) -> list[str]:
    return [one.name for one in hall.desk.people if not one.newcomer][:24]


def _over(opening: Opening) -> None:
    """Votes whose time is over today, as they were opened twelve days ago."""
    hall, voters = opening.hall, _voters(opening.hall)
    commission = Commission(members=tuple(map(hall.member, (*OFFICERS, ONE))), needed=2)
    over = opening.motion("over", "Shall we buy the second oven?")
    undeclared = opening.open("closed", "Which bread on Saturdays?", _LOAVES, counting=STV)
    certifying = opening.motion("certifying", "Shall we rent the yard?", commission=commission)
    for name, title in (
        ("declared", "Shall we open on Sundays?"),
        ("contested", "Shall we close in August?"),
        ("annulled", "Shall we sell the mill's lorry?"),
    ):
        opening.yes(opening.motion(name, title), *voters)
    opening.yes(over, *voters)
    opening.yes(certifying, *voters)
    for at, name in enumerate(voters):
        marks = ("12-3", "21--", "-123")[at % 3]
        hall.do(name, CastBallot(happened_at="", marks=marks, vote=undeclared))


def _concluded(opening: Opening) -> None:
    """Eight to eleven days later most of them are closed, and one of them is void."""
    hall = opening.hall
    proxies = opening.approve(AmendRuleBook(changes={"decisions.most_proxies": 2}, happened_at=""))
    void = _contested(opening, "annulled")
    answer = AnswerContest(
        contest=next(iter(hall.vote(opening.numbers["annulled"]).contests)),
        happened_at="",
        vote=void,
    )
    hall.do(OFFICERS[0], answer, text="That is so. We hold it again.")
    annulled = opening.approve(AnnulOutcome(happened_at="", vote=void))
    hall.pass_days(3)
    opening.enact(proxies)
    opening.enact(annulled)
    _contested(opening, "contested")
    hall.declare(opening.numbers["declared"])
    hall.close(opening.numbers["closed"])
    _certified(opening, opening.numbers["certifying"])


def _contested(opening: Opening, name: str) -> VoteId:
    """The vote is declared, and one objects to it."""
    hall, number = opening.hall, opening.numbers[name]
    hall.declare(number)
    contest = ContestOutcome(happened_at="", vote=hall.name(number))
    hall.do(ONE, contest, text="The notice came a day late, and not everybody saw it.")
    return hall.name(number)


def _certified(opening: Opening, number: int) -> None:
    """The vote is closed, and one of its commission has certified it."""
    hall = opening.hall
    hall.close(number)
    hall.do(OFFICERS[1], hall.stated(number, CertifyOutcome))


def _ballots(opening: Opening) -> None:
    """One vote of each kind of ballot."""
    opening.open("rank", "Which bread on Sundays?", _LOAVES, counting=STV)
    opening.open("rank-equal", "Which bread at Easter?", _LOAVES, counting=DEBIAN)
    opening.open("rank-many", "What shall we do with the surplus of this year?", _LONG)
    opening.open("tick", "Which of these could you live with?", _LOAVES, counting=APPROVAL)
    opening.open("score", "How much do we want each of these?", _LOAVES, counting=_SCORE)
    opening.open("grade", "How good is each of these?", _LOAVES, counting=GRADES)
    opening.open("choose", "One of these on Mondays?", _LOAVES, counting=_CHOICE)
    opening.motion("yes-no", "Shall we buy the third oven?")
    given = opening.motion("proxy", "Shall we buy the fourth oven?")
    hall = opening.hall
    for name in (GIVER, "Rosa Jimenez"):
        hall.do(name, GiveProxy(happened_at="", member=hall.member(HOLDER), vote=given))
    rosa = hall.member("Rosa Jimenez")
    hall.do(HOLDER, CastByProxy(happened_at="", marks="1-", member=rosa, vote=given))


def _tellers(opening: Opening) -> None:
    """Hands, roll calls and cards."""
    hall = opening.hall
    hands = hall.by_tellers("hands", ONE, TWO)
    calls = hall.by_tellers("roll-call", ONE, TWO)
    opening.motion("hands", "Hands: shall we paint the shop?", manner=hands)
    opening.open("hands-choose", "Hands: which colour?", _LOAVES, counting=_CHOICE, manner=hands)
    opening.open("hands-rank", "Hands: in which order?", _LOAVES, counting=STV, manner=hands)
    differ = opening.motion("hands-differ", "Hands: shall we move the door?", manner=hands)
    agreed = opening.motion(
        "hands-agreed", "Hands: shall we fix the roof?", manner=hands, electorate=_SITTING
    )
    for name, yes in ((ONE, 9), (TWO, 8)):
        raised = (CountedBallots(yes, "1-"), CountedBallots(4, "-1"))
        hall.do(name, EnterHands(ballots=raised, happened_at="", present=14, vote=differ))
        few = (CountedBallots(3, "1-"),)
        hall.do(name, EnterHands(ballots=few, happened_at="", present=4, vote=agreed))
    opening.motion("roll-call", "Roll call: the wage table", manner=calls, electorate=_SITTING)
    opening.motion("roll-call-all", "Roll call: the lease", manner=calls)
    opening.open("roll-call-rank", "Roll call: the loaf", _LOAVES, counting=STV, manner=calls)
    opening.motion("cards", "Cards: the affiliation fee", manner=_cards(hall))
    opening.open("cards-rank", "Cards: the venue", _LOAVES, counting=STV, manner=_cards(hall))
    split = opening.motion("cards-split", "Cards: the levy", manner=_cards(hall))
    parts = (CountedBallots(5, "1-"), CountedBallots(2, "-1"))
    hall.do(HOLDER, CastCard(happened_at="", parts=parts, vote=split))


def _cards(hall: Hall) -> Manner:
    found = []
    for holder in (HOLDER, "Bogdan Ilie"):
        organisation = hall.house.organisation
        branch = next(
            name
            for name, one in organisation.bodies.items()
            if name != organisation.root and hall.number(holder) in organisation.electors(name)
        )
        votes = len(organisation.electors(branch))
        found.append(Card(body=branch, member=hall.member(holder), votes=votes))
    return Manner(cards=tuple(found), kind="cards", tellers=())


def _papers(opening: Opening) -> None:
    """Votes to which boxes of paper belong."""
    hall = opening.hall
    names = ("Chloe Martin", "Luca Ferri", "Sofia Rossi", "Thandi Dube", "Mei Chen")
    standing = tuple(
        Option(majority=(1, 1), members=(hall.member(name),), proposal="", version=0)
        for name in names
    )
    opening.open(
        "election",
        "The committee's two new seats",
        names,
        counting=STV,
        default=0,
        options=standing,
        purpose="election",
        secret=True,
    )
    _ask_for_a_box(opening)
    opening.open("paper-tick", "Which days off?", _LOAVES, counting=APPROVAL, secret=True)
    opening.open("paper-grade", "How were the trials?", _LOAVES, counting=GRADES, secret=True)
    opening.open("paper-choose", "Which name?", _LOAVES, counting=_CHOICE, secret=True)
    opening.motion("paper-yes-no", "Shall the till close at six?", secret=True)


def _ask_for_a_box(opening: Opening) -> None:
    """Of the election, a box is to be counted in: nobody has approved it yet."""
    hall = opening.hall
    vote = hall.name(opening.numbers["election"])
    piles = (CountedBallots(9, "21---"), CountedBallots(4, "--12-"), CountedBallots(1, "54321"))
    box = CountInBallots(ballots=piles, happened_at="", spoilt=1, vote=vote)
    opening.numbers["box"] = opening.ask(box).number


def every_vote(folder: Path) -> Mapping[str, int]:
    """The co-operative in a new folder; the numbers of its votes and of `box`, a request."""
    opened_at = after(clock.now(), days=-13)
    with mock.patch.object(clock, "now", return_value=opened_at):
        found_cooperative(folder).close()
    with _desk(folder) as desk:
        hall = Hall(desk)
        hall.pass_days(-12)
        opening = Opening(hall)
        _over(opening)
        hall.pass_days(8)
        _concluded(opening)
        for scene in (_ballots, _tellers, _papers):
            scene(opening)
    return opening.numbers


@contextmanager
def _desk(folder: Path) -> Iterator[Desk]:
    desk = open_desk(folder)
    yield desk
    desk.close()
