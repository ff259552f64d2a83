"""The forms about joint approvals."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from collegium.ids import Kind
from collegium.parts.organisation.clauses import Clause, ClauseValue
from collegium.parts.organisation.pages import value_in_words
from collegium.record.keys import KeyTextError, ssh_public_key
from collegium.server.web.shared.forms import ActForm, PlainText

LONGEST_REASONS = 10_000
LONGEST_NAME = 160
LONGEST_LINE = 1_000

KINDS_OF_BODY = (
    ("workplace", "workplace"),
    ("branch", "branch"),
    ("committee", "committee"),
    ("region", "region"),
)
BASES = (("appointed", "by appointment"), ("co-opted", "by co-option"), ("lot", "by lot"))


class AskForm(ActForm):
    """To ask for joint approval of a deed."""

    kind = Kind("approvals.ask-approval/1")
    sealed: ClassVar[tuple[str, ...]] = ("reasons",)
    button = "Ask for their approval"
    asks = True
    field_order = (
        *("name", "title", "kind_of_body", "key", "member"),
        *("basis", "until", "value", "reasons"),
    )

    reasons = PlainText(
        most=LONGEST_REASONS,
        lines=4,
        label="Your reasons",
        help_text="Whoever decides reads them first, and so does whom it is about.",
    )


class AdmitForm(AskForm):
    """To have somebody admitted."""

    sealed = ("name", "reasons")

    name = PlainText(most=LONGEST_NAME, label="Their name")
    key = PlainText(
        most=LONGEST_LINE,
        label="Their SSH public key, if they have one",
        required=False,
        help_text="One line that begins with ssh-ed25519; you have seen that it is theirs.",
    )

    def clean_key(self) -> str:
        """The key as a record spells it, or nothing."""
        line: str = self.cleaned_data["key"]
        return _key_in(line) if line else ""


class BodyForm(AskForm):
    """To have a body made."""

    sealed = ("name", "reasons")

    name = PlainText(most=LONGEST_NAME, label="What it is called")
    kind_of_body = forms.ChoiceField(choices=KINDS_OF_BODY, label="What it is")


class PostForm(AskForm):
    """To have a post made."""

    sealed = ("title", "reasons")

    title = PlainText(most=LONGEST_NAME, label="What it is called")


class KeyForm(AskForm):
    """To have others vouch for a member's key."""

    key = PlainText(
        most=LONGEST_LINE,
        label="The SSH public key",
        help_text="One line that begins with ssh-ed25519; say in your reasons how you saw it.",
    )

    def clean_key(self) -> str:
        """The key as a record spells it."""
        return _key_in(self.cleaned_data["key"])


class EndKeyForm(AskForm):
    """To have a member's key ended."""

    key = forms.CharField(max_length=256, label="Which key")

    def offer(self, keys: tuple[str, ...]) -> None:
        """Let these keys be chosen."""
        self.fields["key"].widget = forms.Select(choices=[(key, key) for key in keys])


class MemberForm(AskForm):
    """A form in which a member is chosen."""

    member = forms.IntegerField(min_value=0, label="Who")

    def offer(self, people: list[tuple[int, str]]) -> None:
        """Let these members be chosen, by number and name."""
        self.fields["member"].widget = forms.Select(choices=people)


class FillForm(MemberForm):
    """To have a post filled."""

    basis = forms.ChoiceField(choices=BASES, label="How they were found")
    until = forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}), label="Until when (the day it ends)"
    )


class ClauseForm(AskForm):
    """To have a clause of the rule book changed."""

    value = forms.CharField(max_length=64, label="Its new value")

    def about(self, clause: Clause, value: ClauseValue) -> None:
        """Ask for a value that this clause takes; the one in force stands there first."""
        self.fields["value"] = _field_of(clause, value)
        self.order_fields(self.field_order)


class AnswerForm(ActForm):
    """To approve or refuse, with reasons.

    Attributes:
        name: On its page, which has two of them: their fields' ids begin with it.
    """

    sealed = ("reasons",)
    name: ClassVar[str]

    reasons = PlainText(
        most=LONGEST_REASONS,
        lines=3,
        label="Your reasons",
        help_text="They stand in the record beside your name, whatever comes of it.",
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id=f"{self.name}-%s")


class ApproveForm(AnswerForm):
    """To approve."""

    kind = Kind("approvals.approve-deed/1")
    name = "approve"
    button = "Approve"


class RefuseForm(AnswerForm):
    """To refuse."""

    kind = Kind("approvals.refuse-deed/1")
    name = "refuse"
    button = "Refuse"


class EnactForm(ActForm):
    """To say that what was approved is done."""

    kind = Kind("approvals.enact-deed/1")
    button = "Do it now"


class WithdrawForm(ActForm):
    """To ask no more."""

    kind = Kind("approvals.withdraw-request/1")
    button = "Withdraw this request"


class AloneForm(ActForm):
    """To end a membership alone, which a rule refuses: for demonstrations."""

    kind = Kind("organisation.end-membership/1")
    button = "End it alone, now"


def _key_in(line: str) -> str:
    try:
        return ssh_public_key(line)
    except KeyTextError as error:
        raise ValidationError(str(error)) from error


def _field_of(clause: Clause, value: ClauseValue) -> forms.Field:
    told: dict[str, Any] = {"label": "Its new value", "initial": value}
    if isinstance(clause.silent, bool):
        return forms.TypedChoiceField(
            choices=((True, "yes"), (False, "no")), coerce=lambda sent: sent == "True", **told
        )
    if clause.choices:
        return forms.ChoiceField(
            choices=[(one, value_in_words(one)) for one in clause.choices], **told
        )
    return forms.IntegerField(
        min_value=clause.low, max_value=clause.high, help_text=clause.bounds().capitalize(), **told
    )
