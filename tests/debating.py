"""A hall in which the cast debates: Dmitri, Esi and Farid are members."""

from collegium.ids import BodyId, ObjectionId, ProposalId, QuestionId
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
from collegium.parts.deliberation.state import Deliberation
from collegium.parts.organisation.acts import Source
from collegium.parts.organisation.clauses import ClauseValue
from tests.cast import MEMBERS, NO_SOURCE, Hall, Person


class Debate(Hall):
    """A hall with short words for what is done in a debate.

    Args:
        keyed: Whether Dmitri, Esi and Farid have keys as well.
        rule_book: As in the hall.
        source: As in the hall; while something is imported nobody else is admitted.
    """

    def __init__(
        self,
        *,
        keyed: bool = False,
        rule_book: dict[str, ClauseValue] | None = None,
        source: Source = NO_SOURCE,
    ) -> None:
        super().__init__(rule_book=rule_book, source=source)
        if source == NO_SOURCE:
            self.admit(*MEMBERS, keyed=keyed)

    @property
    def deliberation(self) -> Deliberation:
        """What has been said so far."""
        return self.door.house.deliberation

    def ask_question(self, person: Person, of: BodyId | None = None) -> QuestionId:
        body = OpenQuestion(body=of or self.root, happened_at="", reference="")
        return QuestionId(self.do(person, body))

    def publish(self, person: Person, question: QuestionId) -> ProposalId:
        body = PublishProposal(happened_at="", language="en", question=question, reference="")
        return ProposalId(self.do(person, body))

    def revise(self, person: Person, proposal: ProposalId, version: int) -> None:
        body = ReviseProposal(happened_at="", language="en", proposal=proposal, version=version)
        self.do(person, body)

    def take_back(self, person: Person, proposal: ProposalId) -> None:
        self.do(person, WithdrawProposal(happened_at="", proposal=proposal))

    def put_name(self, person: Person, proposal: ProposalId, version: int = 1) -> None:
        self.do(person, SignProposal(happened_at="", proposal=proposal, version=version))

    def take_name_off(self, person: Person, proposal: ProposalId) -> None:
        self.do(person, WithdrawSignature(happened_at="", proposal=proposal))

    def object(self, person: Person, proposal: ProposalId, version: int = 1) -> ObjectionId:
        body = RaiseObjection(happened_at="", proposal=proposal, version=version)
        return ObjectionId(self.do(person, body))

    def answer(self, person: Person, objection: ObjectionId) -> None:
        self.do(person, AnswerObjection(happened_at="", objection=objection))

    def signatories(self, proposal: ProposalId, version: int = 1) -> set[str]:
        """The first names under a version."""
        names = {one.id: one.name for one in MEMBERS}
        rolls = self.door.house.organisation.names
        signed = self.deliberation.proposals[proposal].versions[version - 1].signatures
        return {names[rolls[number]] for number in signed}
