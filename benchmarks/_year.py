"""The story of a busy year, told as the acts in which it happens."""

from collections.abc import Callable, Iterator
from itertools import cycle

from _deeds import Deeds
from _past import NO_QUORUM, Past, declaration, founding
from _stage import Stage

from collegium.ids import (
    BodyId,
    MemberId,
    Moment,
    ObjectionId,
    ProposalId,
    QuestionId,
    VoteId,
)
from collegium.parts.decisions.acts import (
    ALL_MEMBERS,
    BY_BALLOT,
    DEBIAN,
    NO_COMMISSION,
    CastBallot,
    CloseVote,
    OpenVote,
    Option,
    ReseatBody,
)
from collegium.parts.decisions.tallying import paper_until
from collegium.parts.deliberation.acts import (
    AnswerObjection,
    OpenQuestion,
    PublishProposal,
    RaiseObjection,
    ReviseProposal,
    SignProposal,
    WithdrawProposal,
    WithdrawSignature,
)
from collegium.parts.organisation.acts import LeaveOrganisation
from collegium.secretariat.door import Asked

Acts = Iterator[Asked]

FEWEST = 1500
LIVING_DAYS = 300
MOST_BETWEEN_DEEDS = 2000
"""Acts of single members between two joint deeds, in a long record."""

OPTIONS = 7


class Year(Stage):
    """A year of so many acts.

    Args:
        acts: How many, at least `FEWEST`; from 10,000 on everything finds its place.
        own_bases: Whether each act is based on the record just before it.
        long_rolls: Whether there is one vote of very many members, instead of several.
    """

    def __init__(self, acts: int, *, own_bases: bool = False, long_rolls: bool = False) -> None:
        super().__init__(own_bases=own_bases)
        self.length = acts
        self.past = Past(self, acts, long_rolls=long_rolls)
        self.crowd: list[MemberId] = []  # who sign and vote, but none in whose name others act
        self.set_aside: list[MemberId] = []
        self.questions: list[QuestionId] = []
        self.proposals: list[ProposalId] = []
        self.objections: list[ObjectionId] = []
        self.voters: dict[VoteId, Iterator[MemberId]] = {}
        self._weights: dict[Callable[[], Asked | None], float] = {
            self.sign: 62,
            self.vote: 28,
            self.withdraw_signature: 3,
            self.raise_objection: 2.5,
            self.answer: 2,
            self.revise: 0.6,
            self.publish: 0.4,
            self.open_question: 0.05,
            self.withdraw_proposal: 0.05,
            self.leave: 0.1,
        }

    def acts(self) -> Acts:
        """The story; once all has happened, signatures without end."""
        yield from founding(self)
        yield from self.past.acts()
        self.set_aside = self.past.members[-self.length // 1000 - 20 :]
        self.crowd = self.past.members[: -len(self.set_aside)]
        self.step = LIVING_DAYS * 86400 / self.length
        yield from self._life()
        yield from self._end()
        while True:
            yield self.sign()

    def _life(self) -> Acts:
        yield from self._beginning()
        deeds = Deeds(self, self.past, self.set_aside)
        coming = cycle([*deeds.all(), self._regional_vote])
        makers, weights = list(self._weights), list(self._weights.values())
        between = min(MOST_BETWEEN_DEEDS, self.length // 500)
        while self.house.size < self.length * 99 // 100 - 100:
            for maker in self.chances.choices(makers, weights, k=between):
                yield maker() or self.sign()
            yield from self.enact_due()
            yield from next(coming)()
            if paper_until(self.house.decisions.votes[self.everybodys]) <= self.moment():
                yield from self._decide(self.everybodys)
                yield from self._open_everybodys()

    def _beginning(self) -> Acts:
        for _ in range(5):
            yield self.open_question()
        for _ in range(self.length // 250):
            yield self.publish()
        yield from self._open_everybodys()

    def _end(self) -> Acts:
        self.pass_time(days=15)
        yield from self.enact_due()
        self.pass_time(days=40)
        for vote in list(self.voters):
            yield from self._decide(vote)
        self.pass_time(days=60)
        self.pass_until(self._founders_until())  # later in a short record: then others are seated
        yield from self._reseat()

    def _founders_until(self) -> Moment:
        """When the last of the founders' terms is over."""
        founders = {officer.id for officer in self.founders}
        posts = self.house.organisation.posts.values()
        return max(Moment(post.until) for post in posts if post.holder in founders)

    # What members do by themselves.

    def member(self) -> MemberId:
        """Anybody in good standing."""
        while True:
            name = self.chances.choice(self.crowd)
            if not self.house.organisation.members[name].left:
                return name

    def proposal(self) -> ProposalId:
        """A proposal that stands; old ones are more popular."""
        chance_of_old = self.chances.random()
        return self.proposals[int(len(self.proposals) * chance_of_old * chance_of_old)]

    def open_question(self) -> Asked:
        """A question of the whole organisation."""
        root = self.house.organisation.root
        asked = self.session(self.member(), OpenQuestion(root, "", ""))
        self.questions.append(QuestionId(asked.act.id))
        return asked

    def publish(self) -> Asked:
        """A proposal under any question."""
        question = self.chances.choice(self.questions)
        asked = self.session(self.member(), PublishProposal("", "en", question, ""))
        self.proposals.append(ProposalId(asked.act.id))
        return asked

    def sign(self) -> Asked:
        """A signature that isn't there yet."""
        while True:
            name, member = self.proposal(), self.member()
            found = self.house.deliberation.proposals[name]
            number = self.house.organisation.members[member].number
            if found.author != member and number not in found.versions[-1].signatures:
                return self.session(member, SignProposal("", name, len(found.versions)))

    def withdraw_signature(self) -> Asked | None:
        """Somebody's signature, if the proposal has one."""
        name = self.proposal()
        signatures = self.house.deliberation.proposals[name].versions[-1].signatures
        if not signatures:
            return None
        number = signatures[self.chances.randrange(len(signatures))]
        member = self.house.organisation.names[number]
        if self.house.organisation.members[member].left:
            return None
        return self.session(member, WithdrawSignature("", name))

    def revise(self) -> Asked | None:
        """A next version by the author."""
        name = self.proposal()
        found = self.house.deliberation.proposals[name]
        if self.house.organisation.members[found.author].left:
            return None
        body = ReviseProposal("", "en", name, len(found.versions) + 1)
        return self.session(found.author, body)

    def withdraw_proposal(self) -> Asked | None:
        """A new proposal is taken back by its author."""
        name = self.proposals[-1]
        author = self.house.deliberation.proposals[name].author
        if self.house.organisation.members[author].left:
            return None
        self.proposals.pop()
        return self.session(author, WithdrawProposal("", name))

    def raise_objection(self) -> Asked:
        """An objection to the current version."""
        name = self.proposal()
        version = len(self.house.deliberation.proposals[name].versions)
        asked = self.session(self.member(), RaiseObjection("", name, version))
        self.objections.append(ObjectionId(asked.act.id))
        return asked

    def answer(self) -> Asked | None:
        """An answer by a founder, who sits in the body that is asked."""
        if not self.objections:
            return None
        officer = self.chances.choice(self.founders)
        return self.session(officer.id, AnswerObjection("", self.objections.pop(0)))

    def vote(self) -> Asked | None:
        """The next ballot in the newest vote, else in the oldest: that of everybody."""
        soon = self.later(days=2 * self.step / 86400)
        for vote in reversed(self.voters):
            if self.house.decisions.votes[vote].closes > soon:
                voter = next(self.voters[vote], None)
                if voter and not self.house.organisation.members[voter].left:
                    return self.session(voter, CastBallot("", self._ranks(), vote))
        return None

    def leave(self) -> Asked:
        """Somebody leaves."""
        return self.session(self.member(), LeaveOrganisation(""))

    def _ranks(self) -> str:
        order = self.chances.sample(range(1, OPTIONS + 1), OPTIONS)
        ranked = self.chances.randrange(2, OPTIONS + 1)
        return "".join(str(rank) if rank <= ranked else "-" for rank in order)

    # Votes.

    def _open(self, body: BodyId, days: float, voters: list[MemberId]) -> Acts:
        asked = self.session(
            self.founders[0].id if body == self.house.organisation.root else voters[0],
            OpenVote(
                body=body,
                closes=self.later(days=days),
                commission=NO_COMMISSION,
                counting=DEBIAN,
                default=OPTIONS,
                electorate=ALL_MEMBERS,
                happened_at="",
                manner=BY_BALLOT,
                options=tuple(Option((1, 1), (), "", 0) for _ in range(OPTIONS)),
                purpose="resolution",
                question=self.questions[0],
                quorum=NO_QUORUM,
                reference="",
                secret=False,
            ),
        )
        yield asked
        self.voters[VoteId(asked.act.id)] = iter(voters)

    def _open_everybodys(self) -> Acts:
        """A vote of everybody, so long that most of them cast a ballot in it."""
        ballots = self.length * 27 // 100
        votes = -(-ballots // (len(self.crowd) * 85 // 100))
        voters = self.chances.sample(self.crowd, len(self.crowd))
        yield from self._open(self.house.organisation.root, LIVING_DAYS / votes, voters)
        self.everybodys = next(reversed(self.voters))

    def _decide(self, vote: VoteId) -> Acts:
        self.voters.pop(vote)
        yield self.session(self.member(), CloseVote("", vote))
        yield self.session(self.member(), declaration(self, vote))

    def _regional_vote(self) -> Acts:
        """The regional votes whose time is over are decided, and another opens."""
        for vote in list(self.voters):
            if vote != self.everybodys and self.house.decisions.votes[vote].closes <= self.moment():
                yield from self._decide(vote)
        region = self.chances.choice(self.past.regions)
        names = self.house.organisation.names
        electors = [names[number] for number in self.house.organisation.electors(region)]
        aside = set(self.set_aside)
        several = [name for name in electors if name not in aside][: len(self.crowd) // 300 + 2]
        yield from self._open(region, 1 + LIVING_DAYS / 40, several)

    def _reseat(self) -> Acts:
        root = self.house.organisation.root
        slate = tuple(officer.id for officer in self.founders)
        asked = self.session(
            self.founders[0].id,
            OpenVote(
                body=root,
                closes=self.later(days=2),
                commission=NO_COMMISSION,
                counting=DEBIAN,
                default=2,
                electorate=ALL_MEMBERS,
                happened_at="",
                manner=BY_BALLOT,
                options=(Option((1, 1), slate, "", 0), Option((1, 1), (), "", 0)),
                purpose="reseat",
                question="",
                quorum=NO_QUORUM,
                reference="",
                secret=False,
            ),
        )
        yield asked
        vote = VoteId(asked.act.id)
        for officer in self.founders:
            yield self.keyed(officer, CastBallot("", "12", vote))
        self.pass_time(days=3)
        yield self.session(self.member(), CloseVote("", vote))
        yield self.session(self.member(), declaration(self, vote))
        self.pass_time(days=4)
        yield self.session(self.member(), ReseatBody("", vote))
