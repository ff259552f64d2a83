"""What is wrong with a field, in our own words: what to do, not what a program expected."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

_SAID: Final = {
    "invalid": "Write a whole number in figures, such as 12.",
    "invalid_choice": "Choose one of those that are offered here.",
    "invalid_list": "Choose among those that are offered here.",
    "min_value": "It must be at least {limit_value}.",
    "max_value": "It can be {limit_value} at most.",
    "max_length": "Shorten it: it has {show_value} characters, and {limit_value} fit.",
    "null_characters_not_allowed": "Something in this isn't text: write it anew.",
}
_DATE: Final = "Write a day as year, month and day: 2030-05-01."
_FILL: Final = "Write something here; it can't stay empty."
_MISSING: Final[tuple[tuple[type[forms.Field], str], ...]] = (
    (forms.MultipleChoiceField, "Choose at least one."),
    (forms.ChoiceField, "Choose one of these."),
    (forms.BooleanField, "Tick it to go on."),
    (forms.DateField, "Give a day."),
    (forms.IntegerField, "Give a number."),
    (forms.FileField, "Choose a file."),
)


def in_plain_words(field: forms.Field, error: ValidationError) -> ValidationError:
    """The same fault in our words, where they are still Django's.

    Args:
        field: Where it is.
        error: What is wrong with it.
    """
    return ValidationError([_plain(field, one) for one in error.error_list])


def _plain(field: forms.Field, error: ValidationError) -> ValidationError:
    if _is_our_own(field, error):
        return error
    known: dict[str, Any] = error.params or {}
    if error.code == "required":
        said = next((words for kind, words in _MISSING if isinstance(field, kind)), _FILL)
    elif error.code == "invalid" and isinstance(field, forms.DateField):
        said = _DATE
    else:
        said = _SAID.get(str(error.code), "").format(**known)
    return ValidationError(said or error.message, code=error.code, params=error.params)


def _is_our_own(field: forms.Field, error: ValidationError) -> bool:
    """Whether we wrote it: it has no code of Django's, or the field was given words of its own."""
    code = str(error.code)
    if code != "required" and code not in _SAID:
        return True
    given = field.error_messages.get(code)
    kinds = reversed(type(field).__mro__)
    usual = [kind.__dict__.get("default_error_messages", {}).get(code) for kind in kinds]
    return given is not None and given not in usual
