"""Forms that become acts."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from msgspec import Struct

from collegium.ids import Kind
from collegium.secretariat.line import Readers
from collegium.secretariat.registry import BY_KIND
from collegium.server.web.shared.directions import is_seen
from collegium.server.web.shared.plain_words import in_plain_words

_WHO: dict[Readers, str] = {
    "public": "anybody",
    "members": "every member",
    "body": "whoever sits in the body concerned",
    "subject": "whom it is about",
}


class ActForm(forms.Form):
    """A form whose sending is an act.

    Subclasses name the kind of act, the fields that are sealed, and the button; a view gives
    the act's body. The fields' names are those of the payloads.

    Attributes:
        kind: The kind of act.
        sealed: The fields whose words are sealed.
        button: What the button says: what will happen, in a verb.
        asks: Whether it asks for joint approval of the kind instead of doing it.
        met_in: A rule's short name to the field by whose value it is met, where there is one.
    """

    kind: ClassVar[Kind]
    sealed: ClassVar[tuple[str, ...]] = ()
    button: ClassVar[str]
    asks: ClassVar[bool] = False
    met_in: ClassVar[Mapping[str, str]] = {}
    use_required_attribute = True

    def add_error(self, field: str | None, error: Any) -> None:
        """Note what is wrong, in plain words: all that Django finds comes through here."""
        if field is not None and isinstance(error, ValidationError):
            error = in_plain_words(self.fields[field], error)
        super().add_error(field, error)

    def place_of(self, rule: str) -> str | None:
        """The field beside which a rule's refusal is told; None where it is about the whole.

        Args:
            rule: The rule's short name.
        """
        stem = self.met_in.get(rule)
        return next((name for name in self.fields if name.partition("-")[0] == stem), None)

    def texts(self) -> dict[str, str]:
        """The words to seal, by field; fields left empty are left out."""
        cleaned = self.cleaned_data
        return {field: cleaned[field] for field in self.sealed if cleaned.get(field)}

    def who_reads(self, *, public: bool) -> str:
        """One sentence for the person about to send it: who will see that they did."""
        line = BY_KIND[self.kind]
        classes = {line.readers, *(line.sealed[f].readers for f in self.sealed if f in line.sealed)}
        if public and "members" in classes:
            classes = classes - {"members"} | {"public"}
        if len(classes) == 1:
            return f"{_WHO[classes.pop()].capitalize()} will see this, with your name, for ever."
        told = ", ".join(
            f"{self.fields[field].label}: {_WHO[line.sealed[field].readers]}"
            for field in self.sealed
        )
        return f"{_WHO[line.readers].capitalize()} will see that you did this. {told}."


class Fault(Struct, frozen=True):
    """What is wrong with a form that was sent.

    Attributes:
        place: The id of the field to go to; empty where it lies in none that one can see.
        said: A sentence, with the field's label before it.
    """

    place: str
    said: str


def faults_of(form: forms.BaseForm) -> list[Fault]:
    """What is wrong with a form, in the order of its fields.

    What is wrong with the whole leads to its first field: there one begins to put it right.
    """
    first = _place(next(iter(form.visible_fields()), None))
    whole = [Fault(first, str(said)) for said in form.non_field_errors()]
    return whole + [
        Fault(_place(field), f"{field.label}: {said}")
        for field in (*form.hidden_fields(), *form.visible_fields())
        for said in field.errors
    ]


def _place(field: BoundField | None) -> str:
    if field is None or field.is_hidden:
        return ""
    # Boxes to tick have an id each, and none together: one goes to the first of them.
    return field.id_for_label or f"{field.auto_id}_0"


class PlainText(forms.CharField):
    """Words that will be sealed: trimmed, with plain line ends and no control characters."""

    def __init__(self, *, most: int, lines: int = 1, **settings: Any) -> None:
        widget: forms.Widget = forms.TextInput()
        if lines > 1:
            widget = forms.Textarea(attrs={"rows": lines})
        super().__init__(max_length=most, widget=widget, **settings)

    def to_python(self, value: Any) -> str:
        """The words as they are sealed."""
        words = super().to_python(value) or ""
        if words and not any(map(is_seen, words)):
            raise ValidationError("Nothing in this can be seen: write at least one word.")
        return words.replace("\r\n", "\n").replace("\r", "\n")
