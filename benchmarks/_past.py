"""How a busy year's organisation is founded and brings in its past."""

from collections.abc import Iterator
from hashlib import sha256

from _stage import Stage
from msgspec.structs import replace

from collegium.ids import BodyId, MemberId, Moment, PostId, VoteId
from collegium.parts.decisions.acts import (
    ALL_MEMBERS,
    BY_BALLOT,
    DEBIAN,
    NO_COMMISSION,
    CloseVote,
    CountedBallots,
    CountInBallots,
    DeclareOutcome,
    OpenVote,
    Option,
    Quorum,
)
from collegium.parts.decisions.tallying import winners_of
from collegium.parts.organisation.acts import (
    AdmitMember,
    AdmitRoll,
    ChangeStanding,
    CloseImport,
    ConsentToFounding,
    CreateBody,
    CreatePost,
    DissolveBody,
    EndMembership,
    FillPost,
    Founder,
    FoundOrganisation,
    LeaveOrganisation,
    LeavePost,
    Source,
    TransferMember,
)
from collegium.parts.organisation.clauses import small_preset
from collegium.record.act import FOUNDING
from collegium.record.keys import PrivateKey
from collegium.secretariat import chance
from collegium.secretariat.door import Asked
from collegium.secretariat.drafting import draft, signed

THEN = Moment("2024-05-01T00:00:00Z")
OLD_REGISTER = Source(name="old-register", sha256=sha256(b"old register").hexdigest())
ON_A_ROLL = 250
MOST_MEMBERS = 600_000
"""With long rolls: 30 % of the acts, and no more than this."""
NO_QUORUM = Quorum(den=1, kind="none", num=0)


def founding(stage: Stage, *, imports: bool = True) -> Iterator[Asked]:
    """One founds, two consent; with a past to bring in, or without."""
    first, *others = stage.founders
    body = FoundOrganisation(
        demo=False,
        domain="busy.example",
        founders=tuple(Founder(key=one.key.public, member=one.id) for one in stage.founders),
        happened_at="",
        log_key=PrivateKey.from_seed(sha256(b"log").digest()).public,
        rule_book=small_preset(),
        source=OLD_REGISTER if imports else Source(name="", sha256=""),
    )
    asked = draft(first.id, body, at=stage.moment(), texts={"name": "The Busy Union"})
    yield signed(asked, FOUNDING, first.key)
    for officer in others:
        yield stage.keyed(officer, ConsentToFounding(happened_at=""))


class Past:
    """What is brought in.

    Args:
        stage: Where.
        acts: How long the whole record will be.
        long_rolls: Whether so many come in by the roll that all ballots of the year have
            voters of their own; otherwise few do.

    Attributes:
        regions: Bodies under the first one.
        branches: Bodies under the regions, with everybody's names on their rolls.
        members: Everybody who was brought in.
    """

    def __init__(self, stage: Stage, acts: int, *, long_rolls: bool) -> None:
        self.stage = stage
        self.admitted = acts // 20
        self.on_rolls = acts // 200
        if long_rolls:
            self.on_rolls = max(0, min(acts * 3 // 10, MOST_MEMBERS) - self.admitted)
        self.few = acts // 2000 + 1
        self.regions: list[BodyId] = []
        self.branches: list[BodyId] = []
        self.members: list[MemberId] = []

    def acts(self) -> Iterator[Asked]:
        """The whole past, and its close by joint approval."""
        yield from self._bodies()
        yield from self._admissions()
        yield from self._changes()
        yield from self._posts()
        yield from self._old_vote()
        imported = self.stage.house.organisation.imported
        yield from self.stage.jointly(CloseImport(acts=imported, happened_at=""))

    def _bodies(self) -> Iterator[Asked]:
        root = self.stage.house.organisation.root
        for _ in range(6):
            asked = self.stage.brought(CreateBody(THEN, "region", 5, root))
            self.regions.append(BodyId(asked.act.id))
            yield asked
        for place in range(60):
            region = self.regions[place % len(self.regions)]
            asked = self.stage.brought(CreateBody(THEN, "branch", 0, region))
            self.branches.append(BodyId(asked.act.id))
            yield asked
        yield self.stage.brought(DissolveBody(self.branches.pop(), THEN))

    def _admissions(self) -> Iterator[Asked]:
        for place in range(self.admitted):
            name = chance.member_id()
            self.members.append(name)
            yield self.stage.brought(AdmitMember(self._branch(place), THEN, "", name))
        for place in range(self.on_rolls // ON_A_ROLL):
            names = tuple(chance.member_id() for _ in range(ON_A_ROLL))
            self.members += names
            yield self.stage.brought(AdmitRoll(self._branch(place), THEN, names))
        self.stage.chances.shuffle(self.members)

    def _changes(self) -> Iterator[Asked]:
        for place in range(self.few):
            moved, rested = self.members[place], self.members[-1 - place]
            at = self.stage.house.organisation.members[moved].body
            to = next(name for name in self.branches if name != at)
            yield self.stage.brought(TransferMember(THEN, moved, to))
            yield self.stage.brought(ChangeStanding(THEN, rested, "suspended"))
            yield self.stage.brought(ChangeStanding(THEN, rested, "good"))
        yield self.stage.brought(EndMembership(THEN, self.members.pop()))
        yield self.stage.brought(LeaveOrganisation(THEN), self.members.pop())

    def _posts(self) -> Iterator[Asked]:
        for place, body in enumerate(self.branches):
            asked = self.stage.brought(CreatePost(body, THEN))
            yield asked
            post, holder = PostId(asked.act.id), self.members[place]
            until = Moment("2027-05-01T00:00:00Z")
            yield self.stage.brought(FillPost("elected", THEN, holder, post, until))
            if place % 3 == 0:
                yield self.stage.brought(LeavePost(THEN, post), holder)

    def _old_vote(self) -> Iterator[Asked]:
        asked = self.stage.brought(
            OpenVote(
                body=self.stage.house.organisation.root,
                closes=Moment("2024-06-01T00:00:00Z"),
                commission=NO_COMMISSION,
                counting=DEBIAN,
                default=3,
                electorate=replace(ALL_MEMBERS, count=1000, kind="count"),
                happened_at=THEN,
                manner=BY_BALLOT,
                options=tuple(Option((1, 1), (), "", 0) for _ in range(3)),
                purpose="resolution",
                question="",
                quorum=NO_QUORUM,
                reference="old-1",
                secret=False,
            )
        )
        yield asked
        vote = VoteId(asked.act.id)
        paper = tuple(CountedBallots(count, ranks) for count, ranks in ((200, "123"), (90, "21-")))
        yield self.stage.brought(CountInBallots(paper, THEN, 0, vote))
        yield self.stage.brought(CloseVote(Moment("2024-06-01T00:00:00Z"), vote))
        yield self.stage.brought(declaration(self.stage, vote, "2024-06-02T00:00:00Z"))

    def _branch(self, place: int) -> BodyId:
        return self.branches[place % len(self.branches)]


def declaration(stage: Stage, vote: VoteId, happened_at: str = "") -> DeclareOutcome:
    """What a closed vote's ballots come to."""
    counted = stage.house.tally(vote)
    winners = winners_of(stage.house.decisions.votes[vote], counted)
    return DeclareOutcome(
        counted.ballots, happened_at, counted.digest(), counted.profile, vote, winners
    )
