"""What can be done about questions, proposals, signatures and objections.

Titles and texts are sealed payloads; what stands here is only who, what and when.
"""

from typing import Annotated, TypeAlias

from msgspec import Meta, Struct

from collegium.record.fields import (
    BodyName,
    Happened,
    ObjectionName,
    ProposalName,
    QuestionName,
    Reference,
)

Language: TypeAlias = Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,4})?\Z")]
"""A language, perhaps as it is written somewhere: `pl`, `pt-BR`, `sr-Latn` (BCP 47)."""

VersionNumber: TypeAlias = Annotated[int, Meta(ge=1, le=9999)]


class OpenQuestion(Struct, frozen=True, forbid_unknown_fields=True):
    """Something is asked of a body and its members; proposals compete under it."""

    body: BodyName
    happened_at: Happened
    reference: Reference


class PublishProposal(Struct, frozen=True, forbid_unknown_fields=True):
    """A member publishes a proposal, without anybody's consent."""

    happened_at: Happened
    language: Language
    question: QuestionName
    reference: Reference


class ReviseProposal(Struct, frozen=True, forbid_unknown_fields=True):
    """The author publishes the proposal's next version.

    Attributes:
        version: The number of the version that this one becomes.
    """

    happened_at: Happened
    language: Language
    proposal: ProposalName
    version: VersionNumber


class WithdrawProposal(Struct, frozen=True, forbid_unknown_fields=True):
    """The author takes a proposal back; it stays readable."""

    happened_at: Happened
    proposal: ProposalName


class SignProposal(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A member stands by one version of a proposal."""

    happened_at: Happened
    proposal: ProposalName
    version: VersionNumber


class WithdrawSignature(Struct, frozen=True, forbid_unknown_fields=True):
    """A member no longer stands by a proposal, in any of its versions."""

    happened_at: Happened
    proposal: ProposalName


class RaiseObjection(Struct, frozen=True, forbid_unknown_fields=True):
    """A member objects to a version of a proposal; that obliges an answer."""

    happened_at: Happened
    proposal: ProposalName
    version: VersionNumber


class AnswerObjection(Struct, frozen=True, forbid_unknown_fields=True):
    """An objection gets the answer that it is owed."""

    happened_at: Happened
    objection: ObjectionName
