"""Choosing members in a form: by name while a list of them fits, by number beyond it."""

from typing import Any, Final

from django import forms

from collegium.server.web.decisions.offers import Named

_MOST_DIGITS: Final = 9
_LONGEST: Final = 2_000

WHERE_NUMBERS_ARE: Final = "The list of members has their numbers."


class People(forms.TypedMultipleChoiceField):
    """Members, each with a box to tick; what comes back are their numbers."""

    def __init__(self, people: Named, **settings: Any) -> None:
        super().__init__(
            choices=people,
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            **settings,
        )


class Numbers(forms.CharField):
    """Members by number, for whom a list of names has no room.

    Args:
        known: How many numbers there are, from 0.
    """

    def __init__(self, known: int, **settings: Any) -> None:
        settings.setdefault("help_text", f"With blanks between them. {WHERE_NUMBERS_ARE}")
        super().__init__(max_length=_LONGEST, required=False, **settings)
        self.known = known

    def clean(self, value: Any) -> list[int]:
        """The numbers, each once.

        Raises:
            ValidationError: One that isn't a member's.
        """
        words = super().clean(value).replace(",", " ").split()
        for word in words:
            if not (word.isascii() and word.isdigit() and len(word) <= _MOST_DIGITS):
                raise forms.ValidationError(
                    f"“{word[:40]}” is no number. Write numbers with blanks between them: 12 48."
                )
            if int(word) >= self.known:
                raise forms.ValidationError(f"There is no member {word}.")
        return list(dict.fromkeys(map(int, words)))


def one_member(people: Named, *, complete: bool, nobody: str, **settings: Any) -> forms.Field:
    """The field for one member; an empty one is nobody.

    Args:
        people: Number and name of those who can be listed.
        complete: Whether these are all who may be chosen; otherwise they are chosen by number.
        nobody: What stands there before one is chosen.
        settings: As of any field.
    """
    if not complete:
        settings.setdefault("help_text", f"Their number. {WHERE_NUMBERS_ARE}")
        return forms.IntegerField(min_value=0, max_value=10**_MOST_DIGITS, **settings)
    choices = [("", nobody), *((str(number), name) for number, name in people)]
    return forms.TypedChoiceField(choices=choices, coerce=int, empty_value=None, **settings)
