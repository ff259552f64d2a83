"""What follows from the acts about questions, proposals, signatures and objections."""

from msgspec import Struct, field
from pyroaring import BitMap

from collegium.ids import (
    ActId,
    BodyId,
    MemberId,
    Moment,
    ObjectionId,
    ProposalId,
    QuestionId,
)
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
from collegium.record.act import Entry, judged_at

# gc=False: nothing in these leads back to them, and a collection that looks at a million of them
# is a pause of a fifth of a second.


class Question(Struct, gc=False):
    """A question.

    Attributes:
        number: For people: 3 is Q-3.
        body: Whose question it is.
        opener: Who opened it.
        opened: When.
        reference: Its number in the organisation's own register, or empty.
        proposals: The proposals that compete under it, in the order of publication.
    """

    number: int
    body: BodyId
    opener: MemberId
    opened: Moment
    reference: str
    proposals: list[ProposalId] = field(default_factory=list)


class Version(Struct, gc=False):
    """One version of a proposal.

    Attributes:
        act: The act that published it and sealed its title and text.
        published: When.
        language: The language of its text.
        signatures: The numbers of the members who signed this version.
    """

    act: ActId
    published: Moment
    language: str
    signatures: BitMap = field(default_factory=BitMap)


class Proposal(Struct, gc=False):
    """A proposal.

    Attributes:
        number: For people: 118 is P-118.
        question: What it answers.
        author: Who published it; an author stands by it without a signature.
        reference: Its number in the organisation's own register, or empty.
        versions: The first is version 1, the last is the current one.
        objections: Objections to any of its versions.
        withdrawn: When the author took it back, or empty.
    """

    number: int
    question: QuestionId
    author: MemberId
    reference: str
    versions: list[Version]
    objections: list[ObjectionId] = field(default_factory=list)
    withdrawn: str = ""


class Objection(Struct, gc=False):
    """An objection and the answer owed to it.

    Attributes:
        proposal: What it objects to.
        version: Which version of it.
        objector: Who objects.
        raised: When.
        due: Until when it is to be answered.
        answer: The act that answered it and sealed the answer, or empty.
        answered: When, or empty.
    """

    proposal: ProposalId
    version: int
    objector: MemberId
    raised: Moment
    due: Moment
    answer: str = ""
    answered: str = ""


class Deliberation(Struct):
    """Questions, proposals with their versions and signatures, objections."""

    questions: dict[QuestionId, Question] = field(default_factory=dict)
    proposals: dict[ProposalId, Proposal] = field(default_factory=dict)
    objections: dict[ObjectionId, Objection] = field(default_factory=dict)

    # What others ask.

    def support(self, proposal: ProposalId, active: BitMap) -> int:
        """How many of these members signed the current version, its author not counted.

        Args:
            proposal: A proposal that exists.
            active: The numbers of the members in good standing, so that a signature whose
                signatory has left or is suspended stands, but doesn't count.
        """
        return self.proposals[proposal].versions[-1].signatures.intersection_cardinality(active)

    def answers_owed(self, at: Moment) -> list[ObjectionId]:
        """The objections without an answer whose time for one is over, oldest first."""
        return [
            name
            for name, objection in self.objections.items()
            if not objection.answer and objection.due <= at
        ]

    # Effects: of committed entries only, and none can fail.

    def open_question(self, entry: Entry, body: OpenQuestion) -> None:
        """A question more, named by its act."""
        self.questions[QuestionId(entry.act.id)] = Question(
            number=len(self.questions) + 1,
            body=body.body,
            opener=entry.act.actor,
            opened=judged_at(entry, body.happened_at),
            reference=body.reference,
        )

    def publish_proposal(self, entry: Entry, body: PublishProposal) -> None:
        """A proposal more, named by its act, in its first version."""
        name = ProposalId(entry.act.id)
        self.proposals[name] = Proposal(
            number=len(self.proposals) + 1,
            question=body.question,
            author=entry.act.actor,
            reference=body.reference,
            versions=[Version(entry.act.id, judged_at(entry, body.happened_at), body.language)],
        )
        self.questions[body.question].proposals.append(name)

    def revise_proposal(self, entry: Entry, body: ReviseProposal) -> None:
        """A new current version, which nobody has signed yet."""
        self.proposals[body.proposal].versions.append(
            Version(entry.act.id, judged_at(entry, body.happened_at), body.language)
        )

    def withdraw_proposal(self, entry: Entry, body: WithdrawProposal) -> None:
        """The proposal is withdrawn; its versions and signatures stay readable."""
        self.proposals[body.proposal].withdrawn = judged_at(entry, body.happened_at)

    def sign_proposal(self, _entry: Entry, body: SignProposal, number: int) -> None:
        """The version has a signature more: that of the member with this number."""
        self.proposals[body.proposal].versions[body.version - 1].signatures.add(number)

    def withdraw_signature(self, _entry: Entry, body: WithdrawSignature, number: int) -> None:
        """No version bears the signature of the member with this number."""
        for version in self.proposals[body.proposal].versions:
            version.signatures.discard(number)

    def raise_objection(self, entry: Entry, body: RaiseObjection, due: Moment) -> None:
        """An objection more, named by its act, to be answered until `due`."""
        name = ObjectionId(entry.act.id)
        self.objections[name] = Objection(
            proposal=body.proposal,
            version=body.version,
            objector=entry.act.actor,
            raised=judged_at(entry, body.happened_at),
            due=due,
        )
        self.proposals[body.proposal].objections.append(name)

    def answer_objection(self, entry: Entry, body: AnswerObjection) -> None:
        """The objection has its answer."""
        objection = self.objections[body.objection]
        objection.answer = entry.act.id
        objection.answered = judged_at(entry, body.happened_at)
