"""The forms about questions, proposals, signatures and objections."""

from django import forms

from collegium.ids import Kind
from collegium.server.web.shared.forms import ActForm, PlainText

LONGEST_QUESTION = 300
LONGEST_TITLE = 160
LONGEST_TEXT = 60_000
LONGEST_REPLY = 10_000


class QuestionForm(ActForm):
    """To open a question."""

    kind = Kind("deliberation.open-question/1")
    sealed = ("text",)
    button = "Open the question"

    text = PlainText(
        most=LONGEST_QUESTION,
        label="The question",
        help_text="One sentence with a question mark. Proposals will compete to answer it.",
    )


class ProposalForm(ActForm):
    """To publish a proposal."""

    kind = Kind("deliberation.publish-proposal/1")
    sealed = ("title", "text")
    button = "Publish"

    title = PlainText(most=LONGEST_TITLE, label="Title", help_text="What would be decided.")
    text = PlainText(
        most=LONGEST_TEXT,
        lines=14,
        label="Text",
        help_text="What is proposed and why. A blank line begins a paragraph.",
    )


class RevisionForm(ProposalForm):
    """To publish a proposal's next version."""

    kind = Kind("deliberation.revise-proposal/1")
    button = "Publish this version"

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=9999)


class OnVersion(ActForm):
    """A form about the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=9999)


class SignForm(OnVersion):
    """To sign a proposal."""

    kind = Kind("deliberation.sign-proposal/1")
    button = "Sign this proposal"


class WithdrawSignatureForm(ActForm):
    """To take one's signature back."""

    kind = Kind("deliberation.withdraw-signature/1")
    button = "Withdraw my signature"


class WithdrawForm(ActForm):
    """To take one's proposal back."""

    kind = Kind("deliberation.withdraw-proposal/1")
    button = "Withdraw my proposal"


class ObjectionForm(OnVersion):
    """To object to a proposal."""

    kind = Kind("deliberation.raise-objection/1")
    sealed = ("text",)
    button = "Object"

    text = PlainText(
        most=LONGEST_REPLY,
        lines=4,
        label="Your objection",
        help_text="An objection obliges an answer. Say what would have to change.",
    )


class AnswerForm(ActForm):
    """To answer an objection."""

    kind = Kind("deliberation.answer-objection/1")
    sealed = ("text",)
    button = "Answer"

    text = PlainText(most=LONGEST_REPLY, lines=4, label="The answer")
