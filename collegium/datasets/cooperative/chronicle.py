"""A record that is written with another clock than today's: for demonstrations only."""

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from msgspec import Struct

from collegium.archive.memory import MemoryArchive
from collegium.ids import ActId, ApprovalId, MemberId, Moment
from collegium.parts.approvals.acts import ApproveDeed, AskApproval, EnactDeed, RefuseDeed
from collegium.record.act import By, signed_text
from collegium.record.keys import PrivateKey
from collegium.record.moments import spelt
from collegium.secretariat import chance
from collegium.secretariat.deeds import joint_of
from collegium.secretariat.door import Asked, Door
from collegium.secretariat.drafting import DEMO, as_deed, draft, kind_of, seen
from collegium.secretariat.registry import BY_KIND


class Player(Struct, frozen=True):
    """Somebody in the story."""

    name: str
    about: str
    member: MemberId
    key: PrivateKey


class Chronicle:
    """Acts of invented people at invented times, through the door like any other.

    Args:
        today: The day from which the story's days count backwards, at midnight.

    Attributes:
        players: The people so far, by what they are called.
        door: In memory; what stands behind it is written to a folder at the end.
    """

    def __init__(self, today: datetime) -> None:
        self.today = today.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        self.now = spelt(self.today)
        self.archive = MemoryArchive()
        self.door = Door(self.archive, clock=lambda: self.now)
        self.players: dict[str, Player] = {}
        self._scenes: list[tuple[Moment, Callable[[], object]]] = []

    # Time.

    def moment(self, days: float, *, later: float = 0.0) -> Moment:
        """The moment so many days before today, or ahead of it where negative.

        Args:
            days: Whole days; the fraction is the time of that day, also where negative.
            later: Days to add.
        """
        whole, time = divmod(abs(days), 1)
        day = self.today + timedelta(days=whole if days < 0 else -whole)
        return spelt(day + timedelta(days=time + later))

    def days_between(self, first: float, last: float) -> float:
        """How many days lie between two of the story's days."""
        start, end = self.moment(first), self.moment(last)
        span = datetime.fromisoformat(end) - datetime.fromisoformat(start)
        return span / timedelta(days=1)

    def plan(self, days: float, scene: Callable[[], object], *, later: float = 0.0) -> None:
        """Let something happen at its time; of two at one time, the one planned first."""
        self._scenes.append((self.moment(days, later=later), scene))

    def play(self) -> None:
        """Let everything happen that was planned, in the order of time."""
        for at, scene in sorted(self._scenes, key=lambda planned: planned[0]):
            self.now = at
            scene()

    # People.

    def cast(self, name: str, about: str) -> Player:
        """A new person with a name in the record and a key."""
        player = Player(name, about, chance.member_id(), PrivateKey.generate())
        self.players[name] = player
        return player

    def members(self) -> list[Player]:
        """Everybody in good standing, in the order of admission."""
        organisation = self.door.house.organisation
        by_member = {player.member: player for player in self.players.values()}
        return [by_member[organisation.names[number]] for number in organisation.active]

    def some(self, topic: str, many: int, *, besides: Collection[str] = ()) -> list[Player]:
        """So many members, chosen by a hash of the topic and their names."""
        able = [player for player in self.members() if player.name not in besides]
        able.sort(key=lambda player: sha256(f"{topic}\n{player.name}".encode()).digest())
        return able[:many]

    # Acts.

    def act(
        self,
        by: str,
        body: Struct,
        texts: Mapping[str, str] | None = None,
        *,
        name: ActId | None = None,
        signed: bool = False,
    ) -> ActId:
        """Somebody acts: signed with their key where that is asked for, as a demo else.

        Args:
            by: What they are called.
            body: What they do.
            texts: The texts to seal, by field.
            name: The act's id, where it was drawn before.
            signed: Whether they sign though a demo act would do.
        """
        player, house = self.players[by], self.door.house
        asked = draft(player.member, body, at=self.now, base=seen(house), texts=texts, name=name)
        signed = signed or BY_KIND[kind_of(body)].proof == "key"
        proof = self._signed(player, asked) if signed else DEMO
        return self.door.perform(Asked(asked.act, proof, asked.payloads)).act

    def ask(self, by: str, body: Struct, texts: Mapping[str, str]) -> ApprovalId:
        """Somebody asks the committee to approve a deed."""
        house = self.door.house
        request = AskApproval(
            body=house.organisation.root,
            concerns=joint_of(BY_KIND[kind_of(body)]).subjects(house, body),
            deed=as_deed(body),
            happened_at="",
        )
        return ApprovalId(self.act(by, request, texts))

    def approve(self, by: str, request: ApprovalId, reasons: str) -> None:
        """Somebody approves, with reasons and their key."""
        body = ApproveDeed(approval=request, deed=self._deed(request), happened_at="")
        self.act(by, body, {"reasons": reasons})

    def refuse(self, by: str, request: ApprovalId, reasons: str) -> None:
        """Somebody refuses, with reasons and their key."""
        body = RefuseDeed(approval=request, deed=self._deed(request), happened_at="")
        self.act(by, body, {"reasons": reasons})

    def enact(self, by: str, request: ApprovalId) -> None:
        """Somebody says that what was approved is done."""
        self.act(by, EnactDeed(approval=request, happened_at=""))

    def jointly(self, by: tuple[str, str], body: Struct, texts: Mapping[str, str]) -> ActId:
        """Two of the committee do something together, at once."""
        first, second = by
        request = self.ask(first, body, texts)
        self.approve(first, request, "I asked for it.")
        self.approve(second, request, "I agree.")
        self.enact(first, request)
        return ActId(request)

    def _deed(self, request: ApprovalId) -> str:
        return self.door.house.approvals.requests[request].deed_hash

    def _signed(self, player: Player, asked: Asked) -> By:
        text = signed_text(self.door.house.origin, asked.act)
        return By("key", player.key.public, player.key.sign(text))
