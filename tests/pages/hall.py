"""A co-operative of a test's own, whose clock can be moved, with votes of every kind."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from collegium.datasets.cooperative.founding import found_cooperative
from collegium.ids import MemberId, Moment, VoteId
from collegium.parts.decisions.acts import (
    ALL_MEMBERS,
    BY_BALLOT,
    DEBIAN,
    NO_COMMISSION,
    CertifyOutcome,
    CloseVote,
    Counting,
    DeclareOutcome,
    Manner,
    OpenVote,
    Option,
    Quorum,
)
from collegium.parts.decisions.state import Vote
from collegium.parts.decisions.tallying import outcome_of, winners_of
from collegium.record.moments import after

SLIP = re.compile(r'name="slip" value="([^"]+)"')
PLAIN = Option(majority=(1, 1), members=(), proposal="", version=0)
QUORUM = Quorum(den=1, kind="percent", num=20)
YES_NO = Counting("votes", "skip", 0, "majority/1", 1, (1, 2), 35)
STV = Counting("", "skip", 0, "scottish-stv/1", 2, (1, 1), 35)
APPROVAL = Counting("", "skip", 0, "approval/1", 1, (1, 1), 35)
GRADES = Counting("", "skip", 6, "majority-judgment/1", 1, (1, 1), 35)


def text_of(response: Any) -> str:
    """A page's source with every white space as one blank."""
    return " ".join(response.content.decode().replace("&#x27;", "'").split())


def slip_on(page: Any) -> str:
    """The slip of a page's forms."""
    found = SLIP.search(page.content.decode())
    assert found, text_of(page)[-400:]
    return found.group(1)


class Hall:
    """An organisation with votes, seen through its pages."""

    def __init__(self, desk: Any) -> None:
        self.desk = desk
        self.door = desk.office.door
        self._now: Moment = self.door.clock()
        self.door.clock = lambda: self._now
        self.people = {one.name: one for one in desk.people}

    @property
    def house(self) -> Any:
        return self.door.house

    def pass_days(self, days: int) -> None:
        self._now = after(self._now, days=days)

    def member(self, name: str) -> MemberId:
        member: MemberId = self.people[name].member
        return member

    def number(self, name: str) -> int:
        number: int = self.house.organisation.members[self.member(name)].number
        return number

    def do(self, name: str, body: Any, **texts: str) -> Any:
        """Somebody acts, signing if they can."""
        from collegium.secretariat.drafting import draft, seen  # noqa: PLC0415 - settings first

        base = seen(self.house)
        asked = draft(self.member(name), body, at=self._now, base=base, texts=texts)
        return self.door.perform(self.desk.proven(asked)).act

    def plain(self, options: int = 3, **different: Any) -> OpenVote:
        """A vote of all members, open for a week, the last option the default one."""
        opening = OpenVote(
            body=self.house.organisation.root,
            closes=after(self._now, days=7),
            commission=NO_COMMISSION,
            counting=DEBIAN,
            default=options,
            electorate=ALL_MEMBERS,
            happened_at="",
            manner=BY_BALLOT,
            options=(PLAIN,) * options,
            purpose="resolution",
            question="",
            quorum=QUORUM,
            reference="",
            secret=False,
        )
        return replace(opening, **different)

    def open(self, body: OpenVote, *titles: str, title: str = "A vote") -> int:
        """Kofi opens it; its number."""
        named = [*titles, *(f"Option {n}" for n in range(len(titles) + 1, len(body.options) + 1))]
        act = self.do("Kofi Mensah", body, title=title, option_titles=json.dumps(named))
        number: int = self.house.decisions.votes[VoteId(act)].number
        return number

    def vote(self, number: int) -> Any:
        return next(one for one in self.house.decisions.votes.values() if one.number == number)

    def name(self, number: int) -> VoteId:
        votes: dict[VoteId, Vote] = self.house.decisions.votes
        return next(name for name, one in votes.items() if one.number == number)

    def close(self, number: int) -> None:
        self.do("Kofi Mensah", CloseVote(happened_at="", vote=self.name(number)))

    def finish(self, number: int) -> None:
        """Its time passes; it is closed and its outcome declared."""
        self.pass_days(8)
        self.declare(number)

    def declare(self, number: int) -> None:
        """It is closed and its outcome declared."""
        self.close(number)
        self.do("Kofi Mensah", self.stated(number, DeclareOutcome))

    def stated(
        self, number: int, kind: type[DeclareOutcome | CertifyOutcome]
    ) -> DeclareOutcome | CertifyOutcome:
        """The act of this kind that states what the closed vote's ballots come to."""
        vote = self.vote(number)
        outcome = outcome_of(vote)
        return kind(
            ballots=outcome.ballots,
            happened_at="",
            outcome=outcome.digest(),
            profile=outcome.profile,
            vote=self.name(number),
            winners=winners_of(vote, outcome),
        )

    def by_tellers(self, kind: Any, *names: str) -> Manner:
        return Manner(cards=(), kind=kind, tellers=tuple(map(self.member, names)))

    # Pages.

    def visit(self, name: str) -> Any:
        """Somebody's own browser; nobody's without a name."""
        from django.test import Client  # noqa: PLC0415 - settings must stand first

        browser = Client(headers={"host": "localhost"})
        if name:
            entered = browser.post("/hall/enter/play/", {"member": self.member(name)})
            assert entered.status_code == 303
        return browser

    def page(self, name: str, number: int, below: str = "") -> str:
        return text_of(self.visit(name).get(f"/hall/votes/{number}/{below}"))

    def send(self, name: str, number: int, below: str, **sent: Any) -> Any:
        """Somebody sends a form of a vote, with the slip of that form's own page."""
        browser, address = self.visit(name), f"/hall/votes/{number}/{below}"
        page = browser.get(address)
        if page.status_code != 200:
            page = browser.get(f"/hall/votes/{number}/")
        if not SLIP.search(page.content.decode()):
            page = browser.get("/hall/questions/new/")
        return browser.post(address, {"slip": slip_on(page)} | sent)


@contextmanager
def hall_in(folder: Path) -> Iterator[Hall]:
    """The organisation in a folder, served as `hall`."""
    from collegium.server.desks import desks, open_desk  # noqa: PLC0415 - settings first

    found_cooperative(folder / "hall").close()
    desk = open_desk(folder / "hall")
    served = desks()
    served.all()
    served._desks["hall"] = desk
    yield Hall(desk)
    del served._desks["hall"]
    desk.close()
