"""From the votes as printed to the acts that would have made them, in the order of time.

Who acts: a resolution's question and vote are opened by the first proposer of its first
option. Whatever the source names nobody for (opening elections, counting in ballots whose
voters are unknown, closing, declaring) is done by the *project secretary*: an office that
stands in the record as one member for all years, whoever held it. Members are admitted by a
keeper of the copy just before they first act: the source has no roll, so this says when
somebody first appears in it and nothing more.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import islice

import msgspec
from msgspec import Struct

from collegium.datasets.debian.source import DebianSource, DebianVote, SourceOption, VotePage
from collegium.ids import ActId, BodyId, MemberId, Moment, ProposalId, QuestionId, VoteId
from collegium.parts.decisions.acts import (
    ALL_MEMBERS,
    BY_BALLOT,
    DEBIAN,
    NO_COMMISSION,
    CastBallot,
    CloseVote,
    CountedBallots,
    CountInBallots,
    DeclareOutcome,
    OpenVote,
    Option,
    Quorum,
)
from collegium.parts.decisions.tallying import counted_by, counting_rule, profile_of
from collegium.parts.deliberation.acts import OpenQuestion, PublishProposal, SignProposal
from collegium.parts.organisation.acts import AdmitMember
from collegium.secretariat import chance

SECRETARY = "project secretary"
"""Who acts where the source names nobody."""

SECRETARY_NAME = "project secretary (an office: the source names no person)"
"""How the office stands on the roll."""

LARGEST_COUNT = 200
"""Lines in one act that counts ballots in."""

DEBIAN_QUORUM = Quorum(den=2, kind="root", num=3)
"""Debian's quorum, 3·√n/2 votes over the default option (constitution, 4.2)."""

UNDATED = (
    "The source tells no time of a single proposal, signature or ballot. Proposals and "
    "signatures are entered with the last second before voting opened, ballots with the last "
    "second before it closed. Of the {eligible} people entitled to vote only the number is "
    "known, from the printed quorum."
)
SECOND_BALLOT = (
    "The sheet has a second ballot of {voter}. The published matrix holds only if both are "
    "counted, so it is counted in as an anonymous ballot."
)


class Step(Struct, frozen=True):
    """An act of the import.

    Attributes:
        happened: When; the same moment stands in the body.
        actor: A pseudonym, or `SECRETARY`.
        body: What they did.
        texts: The texts to seal, by field.
        name: The act's id, drawn beforehand where other acts name it.
    """

    happened: Moment
    actor: str
    body: Struct
    texts: dict[str, str]
    name: ActId | None = None


class Planned(Struct, frozen=True):
    """An act of the import with its actor's name in this record."""

    actor: MemberId
    body: Struct
    texts: dict[str, str]
    name: ActId | None


def planned_acts(
    source: DebianSource, root: BodyId, keeper: MemberId, now: Moment
) -> list[Planned]:
    """Every act of the import, each after those that it needs, by the time when it happened.

    Args:
        source: The votes and ballots.
        root: The organisation's first body, whose members and votes these are.
        keeper: The keeper of the copy who admits members.
        now: About when the import takes place; it only goes into the acts' ids.
    """
    steps = [step for vote in source.votes for step in _VotePlan(vote, root, now).steps()]
    # Stable: within one second the order of the plan stands.
    steps.sort(key=lambda step: step.happened)
    return list(_with_admissions(steps, root, keeper))


def _with_admissions(steps: list[Step], root: BodyId, keeper: MemberId) -> Iterator[Planned]:
    members: dict[str, MemberId] = {}
    for step in steps:
        member = members.get(step.actor)
        if member is None:
            member = members[step.actor] = chance.member_id()
            admission = AdmitMember(body=root, happened_at=step.happened, key="", member=member)
            name = SECRETARY_NAME if step.actor == SECRETARY else step.actor
            yield Planned(keeper, admission, {"name": name}, None)
        yield Planned(member, step.body, step.texts, step.name)


class _VotePlan:
    """The steps of one vote."""

    def __init__(self, vote: DebianVote, root: BodyId, now: Moment) -> None:
        self.page = vote.page
        self.period = vote.period
        self.root = root
        self.question = QuestionId(chance.act_id(now))
        self.vote = VoteId(chance.act_id(now))
        self.proposals = {
            option.n: ProposalId(chance.act_id(now))
            for option in vote.page.options
            if option.proposers
        }
        self.named, self.unnamed = _shared_out(vote)

    def steps(self) -> Iterator[Step]:
        """All of them, in an order in which each has what it needs."""
        yield self._question()
        for option in self.page.options:
            if option.n in self.proposals:
                yield from self._proposal(option)
        yield self._opening()
        yield from self._ballots()
        yield self._close()
        yield self._declaration()

    def _question(self) -> Step:
        at = self.period.raised
        body = OpenQuestion(body=self.root, happened_at=at, reference=self.page.id)
        texts = {"text": self.page.title}
        return Step(at, _opener(self.page), body, texts, ActId(self.question))

    def _proposal(self, option: SourceOption) -> Iterator[Step]:
        at, name = self.period.debated_until, self.proposals[option.n]
        body = PublishProposal(
            happened_at=at,
            language="en",
            question=self.question,
            reference=f"{self.page.id}.{option.n}",
        )
        author, *others = option.proposers
        texts = {"title": option.title, "text": option.text or ""}
        yield Step(at, author, body, texts, ActId(name))
        for signatory in dict.fromkeys([*others, *option.seconders]):
            if signatory != author:
                signature = SignProposal(happened_at=at, proposal=name, version=1)
                yield Step(at, signatory, signature, {})

    def _opening(self) -> Step:
        page, at = self.page, self.period.opens
        body = OpenVote(
            body=self.root,
            closes=self.period.closes,
            commission=NO_COMMISSION,
            counting=DEBIAN,
            default=page.default_option,
            electorate=msgspec.structs.replace(ALL_MEMBERS, count=page.eligible, kind="count"),
            happened_at=at,
            manner=BY_BALLOT,
            options=self._options(),
            purpose=page.kind,
            question=self.question,
            quorum=DEBIAN_QUORUM,
            reference=page.id,
            secret=not page.open_ballot,
        )
        titles = msgspec.json.encode([option.title for option in page.options]).decode()
        texts = {"title": page.title, "option_titles": titles, "note": self._note()}
        return Step(at, _opener(page), body, texts, ActId(self.vote))

    def _options(self) -> tuple[Option, ...]:
        return tuple(
            Option(
                majority=(self.page.ratio(option), 1),
                members=(),
                proposal=self.proposals.get(option.n, ""),
                version=int(option.n in self.proposals),
            )
            for option in self.page.options
        )

    def _note(self) -> str:
        again = [SECOND_BALLOT.format(voter=voter) for voter, _ in self.unnamed if voter]
        notes = [self.page.majority_note, UNDATED.format(eligible=self.page.eligible), *again]
        return "\n\n".join(note for note in notes if note)

    def _ballots(self) -> Iterator[Step]:
        at = self.period.cast_until
        for voter, ranks in self.named:
            yield Step(at, voter, CastBallot(happened_at=at, marks=ranks, vote=self.vote), {})
        # Sorted, so that the order of the sheet tells nothing about who voted secretly.
        groups = iter(sorted(Counter(ranks for _, ranks in self.unnamed).items()))
        while lines := tuple(islice(groups, LARGEST_COUNT)):
            counted = tuple(CountedBallots(count=times, marks=ranks) for ranks, times in lines)
            body = CountInBallots(ballots=counted, happened_at=at, spoilt=0, vote=self.vote)
            yield Step(at, SECRETARY, body, {})

    def _close(self) -> Step:
        at = self.period.closes
        return Step(at, SECRETARY, CloseVote(happened_at=at, vote=self.vote), {})

    def _declaration(self) -> Step:
        """What our own count gives; the door counts again and refuses anything else."""
        at, page = self.period.closes, self.page
        options, entitled = self._options(), page.eligible
        ballots = Counter(ranks for _, ranks in [*self.named, *self.unnamed])
        rule = counting_rule(
            DEBIAN, options, page.default_option, DEBIAN_QUORUM, entitled, entitled
        )
        outcome = counted_by(rule, profile_of(DEBIAN, len(options), ballots), "")
        body = DeclareOutcome(
            ballots=outcome.ballots,
            happened_at=at,
            outcome=outcome.digest(),
            profile=outcome.profile,
            vote=self.vote,
            winners=outcome.winners,
        )
        return Step(at, SECRETARY, body, {})


def _opener(page: VotePage) -> str:
    return next((option.proposers[0] for option in page.options if option.proposers), SECRETARY)


def _shared_out(vote: DebianVote) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Voter and ranks of the ballots that are cast, and of those that are counted in.

    A voter casts one; a second of the same name on the sheet is counted in.
    """
    named: dict[str, str] = {}
    unnamed = []
    for ballot in vote.ballots:
        if ballot.voter and ballot.voter not in named:
            named[ballot.voter] = ballot.ranks
        else:
            unnamed.append((ballot.voter, ballot.ranks))
    return list(named.items()), unnamed
