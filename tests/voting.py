"""A hall in which the cast votes."""

from msgspec.structs import asdict, replace

from collegium.ids import BodyId, PostId, VoteId
from collegium.parts.decisions.acts import (
    ALL_MEMBERS,
    BY_BALLOT,
    DEBIAN,
    NO_COMMISSION,
    CastBallot,
    CertifyOutcome,
    CloseVote,
    CountedBallots,
    CountInBallots,
    Counting,
    DeclareOutcome,
    Electorate,
    EnterHands,
    OpenVote,
    Option,
    Quorum,
    ReseatBody,
)
from collegium.parts.decisions.state import Decisions, Vote
from collegium.parts.decisions.tallying import accepts_equal, outcome_of, paper_until, winners_of
from collegium.parts.organisation.acts import (
    CreateBody,
    CreatePost,
    FillPost,
    Source,
    TransferMember,
)
from collegium.record.moments import after
from tests.cast import DMITRI, Person
from tests.debating import Debate

PLAIN = Option(majority=(1, 1), members=(), proposal="", version=0)
NO_QUORUM = Quorum(den=1, kind="none", num=0)
REGISTER = Source(name="old-register", sha256="0" * 64)


def by_method(name: str, **different: object) -> Counting:
    """Counting by a method, with equal ranks as it takes them, and with what is different."""
    counting = replace(DEBIAN, method=name, **different)
    stops = "equal" not in different and not accepts_equal(counting)
    return replace(counting, equal="stop") if stops else counting


MAJORITY = by_method("majority/1", base="votes", share=(1, 2))
"""More than half of those who decide for an option."""


def candidates(*people: Person) -> tuple[Option, ...]:
    """Options that are one candidate each."""
    return tuple(replace(PLAIN, members=(person.id,)) for person in people)


def so_many(count: int) -> Electorate:
    """An electorate from before the record, of whom only the number is known."""
    return replace(ALL_MEMBERS, count=count, kind="count")


def slate(*people: Person) -> Option:
    """An option that seats these people."""
    return replace(PLAIN, members=tuple(person.id for person in people))


class Voting(Debate):
    """A hall with short words for what is done in votes."""

    @property
    def decisions(self) -> Decisions:
        """The votes so far."""
        return self.door.house.decisions

    def plain_vote(self, **different: object) -> OpenVote:
        """A vote of all members on two options, open for a week, with what is different."""
        opening = OpenVote(
            body=self.root,
            closes=after(self.now, days=7),
            commission=NO_COMMISSION,
            counting=DEBIAN,
            default=2,
            electorate=ALL_MEMBERS,
            happened_at="",
            manner=BY_BALLOT,
            options=(PLAIN, PLAIN),
            purpose="resolution",
            question="",
            quorum=NO_QUORUM,
            reference="",
            secret=False,
        )
        return replace(opening, **different)

    def reseating(self, *slates: Option, body: BodyId | None = None) -> OpenVote:
        """A vote that re-seats a body; the last option keeps its posts vacant."""
        options = (*slates, PLAIN)
        return self.plain_vote(
            body=body or self.root, default=len(options), options=options, purpose="reseat"
        )

    def open(self, person: Person, opening: OpenVote) -> VoteId:
        return VoteId(self.do(person, opening))

    def vote(self, name: VoteId) -> Vote:
        return self.decisions.votes[name]

    def cast(self, person: Person, vote: VoteId, marks: str) -> None:
        self.do(person, CastBallot(happened_at="", marks=marks, vote=vote))

    def cast_signed(self, person: Person, vote: VoteId, marks: str) -> None:
        self.sign(person, CastBallot(happened_at="", marks=marks, vote=vote))

    def branch(self, *people: Person) -> BodyId:
        """A branch of the first body, to which these people move."""
        created = CreateBody(happened_at="", kind="branch", level=1, parent=self.root)
        branch = BodyId(self.jointly(created))
        for person in people:
            self.jointly(TransferMember(happened_at="", member=person.id, to=branch))
        return branch

    def seat(self, person: Person, body: BodyId) -> None:
        """Somebody sits in a body for the next 100 days."""
        post = PostId(self.jointly(CreatePost(body=body, happened_at="")))
        until = after(self.now, days=100)
        filled = FillPost(
            basis="appointed", happened_at="", member=person.id, post=post, until=until
        )
        self.jointly(filled)

    def paper(self, vote: VoteId, spoilt: int = 0, **counts: int) -> CountInBallots:
        """Ballots on paper: `r12=3` is three ballots that say `12`."""
        ballots = tuple(
            CountedBallots(count=count, marks=name.removeprefix("r"))
            for name, count in counts.items()
        )
        return CountInBallots(ballots=ballots, happened_at="", spoilt=spoilt, vote=vote)

    def raise_hands(self, teller: Person, vote: VoteId, present: int, **counts: int) -> None:
        """A teller's sheet: `r12=2` is two hands for `12`; `blank` are abstentions."""
        ballots = tuple(
            CountedBallots(count=count, marks="--" if name == "blank" else name.removeprefix("r"))
            for name, count in counts.items()
        )
        self.do(teller, EnterHands(ballots=ballots, happened_at="", present=present, vote=vote))

    def close(self, person: Person, vote: VoteId) -> None:
        self.do(person, CloseVote(happened_at="", vote=vote))

    def counted(self, vote: VoteId) -> DeclareOutcome:
        """The declaration that the ballots so far come to."""
        found = self.vote(vote)
        outcome = outcome_of(found)
        return DeclareOutcome(
            ballots=outcome.ballots,
            happened_at="",
            outcome=outcome.digest(),
            profile=outcome.profile,
            vote=vote,
            winners=winners_of(found, outcome),
        )

    def certificate(self, vote: VoteId) -> CertifyOutcome:
        """What one of the commission certifies: the same as the declaration."""
        return CertifyOutcome(**asdict(self.counted(vote)))

    def run_out(self, vote: VoteId) -> None:
        """Its time passes, paper is awaited, and Dmitri records the close."""
        self.now = max(self.now, paper_until(self.vote(vote)))
        self.close(DMITRI, vote)

    def finish(self, person: Person, vote: VoteId) -> None:
        """Its time passes; it is closed, and its outcome declared."""
        self.now = max(self.now, paper_until(self.vote(vote)))
        self.close(person, vote)
        self.do(person, self.counted(vote))

    def reseat(self, person: Person, vote: VoteId) -> None:
        self.do(person, ReseatBody(happened_at="", vote=vote))
