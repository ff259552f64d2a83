"""The forms about votes: opening one, casting a ballot, closing, declaring."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.forms import BoundField
from msgspec import Struct

from collegium.counting.ballot import RANKS, UNRANKED
from collegium.ids import Kind, Moment
from collegium.server.web.shared.forms import ActForm, PlainText

LONGEST_TITLE: Final = 160
LONGEST_NOTE: Final = 4_000

_RATIOS: Final = (
    ("1:1", "more for it than against"),
    ("3:2", "more than 3 to 2"),
    ("2:1", "more than 2 to 1"),
    ("3:1", "more than 3 to 1"),
)
_NAMES: Final = {
    1: "1st",
    2: "2nd",
    3: "3rd",
    21: "21st",
    22: "22nd",
    23: "23rd",
    31: "31st",
    32: "32nd",
    33: "33rd",
}


def place_name(rank: int) -> str:
    """A rank as people say it: `1st`, `2nd`."""
    return _NAMES.get(rank, f"{rank}th")


class BallotForm(ActForm):
    """To cast a ballot: a rank for each option, equal ranks allowed, none allowed.

    Args:
        data: What was sent, or None.
        options: How many options there are.
        cast: The ballot cast before, or empty.
    """

    kind = Kind("decisions.cast-ballot/1")
    button = "Cast my ballot"

    def __init__(self, data: Any = None, *, options: int, cast: str = "") -> None:
        super().__init__(data)
        if cast:
            self.button = "Cast it anew"  # type: ignore[misc] # for this form alone
        ranks = [(RANKS[place - 1], place_name(place)) for place in range(1, options + 1)]
        for number in range(1, options + 1):
            before = cast[number - 1] if cast else ""
            self.fields[f"rank-{number}"] = forms.ChoiceField(
                choices=[("", "no rank"), *ranks],
                required=False,
                initial="" if before == UNRANKED else before,
            )

    def places(self) -> list[BoundField]:
        """The fields in the order of the options."""
        return [self[name] for name in self.fields]

    def clean(self) -> dict[str, Any]:
        """Refuse a ballot that says nothing by oversight."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(
                "Give at least one option a rank. If all are the same to you, give them the "
                "same rank: that is a ballot too."
            )
        return cleaned

    def ranks(self) -> str:
        """The ballot as the record spells it."""
        return "".join(self.cleaned_data[name] or UNRANKED for name in self.fields)


class CloseForm(ActForm):
    """To put on record that a vote's time is over."""

    kind = Kind("decisions.close-vote/1")
    button = "Record the close"


class DeclareForm(ActForm):
    """To declare what the ballots came to."""

    kind = Kind("decisions.declare-outcome/1")
    button = "Declare this outcome"


class Offer(Struct, frozen=True):
    """A proposal that can stand as an option.

    Attributes:
        number: 118 is P-118.
        version: The version that would stand.
        title: Its title.
    """

    number: int
    version: int
    title: str


class Chosen(Struct, frozen=True):
    """A proposal that was chosen as an option, with the majority that it needs."""

    number: int
    version: int
    majority: tuple[int, int]


class OpenVoteForm(ActForm):
    """To open a vote on a question's proposals.

    Args:
        data: What was sent, or None.
        offers: The proposals to choose from.
        quorum: The least quorum in per cent.
        initial: What stands in the fields at first.
    """

    kind = Kind("decisions.open-vote/1")
    sealed = ("title", "option_titles", "note")
    button = "Open the vote"

    title = PlainText(most=LONGEST_TITLE, label="Title", help_text="What is voted on.")
    note = PlainText(
        most=LONGEST_NOTE,
        lines=3,
        label="Note",
        required=False,
        help_text="What voters should know. It may stay empty.",
    )
    default_title = PlainText(
        most=LONGEST_TITLE,
        label="If no proposal wins",
        help_text="The last option on the ballot: it leaves everything as it is.",
    )
    last_day = forms.DateField(
        label="Last day to vote",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Ballots are taken until the end of this day (UTC).",
    )
    quorum = forms.IntegerField(label="Quorum, per cent of the electorate", min_value=0)

    def __init__(
        self,
        data: Any = None,
        *,
        offers: Sequence[Offer],
        quorum: int,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.offers = offers
        self.fields["quorum"].help_text = f"The rule book asks for at least {quorum}."
        for one in offers:
            self.fields[f"take-{one.number}"] = forms.BooleanField(required=False, initial=True)
            self.fields[f"majority-{one.number}"] = forms.ChoiceField(choices=_RATIOS)
            self.fields[f"version-{one.number}"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=one.version, min_value=1, max_value=9999
            )

    def plain_fields(self) -> list[BoundField]:
        """The fields that aren't about one proposal."""
        return [self[name] for name in ("title", "note", "default_title", "last_day", "quorum")]

    def choices(self) -> list[tuple[Offer, BoundField, BoundField, BoundField]]:
        """Each proposal with its three fields: taken, majority, version."""
        return [
            (
                one,
                self[f"take-{one.number}"],
                self[f"majority-{one.number}"],
                self[f"version-{one.number}"],
            )
            for one in self.offers
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse a vote without a choice."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned[f"take-{one.number}"] for one in self.offers):
            raise forms.ValidationError("Choose at least one proposal for the ballot.")
        return cleaned

    def chosen(self) -> list[Chosen]:
        """The proposals chosen, in the order of the ballot."""
        return [
            Chosen(
                one.number,
                self.cleaned_data[f"version-{one.number}"],
                _ratio(self.cleaned_data[f"majority-{one.number}"]),
            )
            for one in self.offers
            if self.cleaned_data[f"take-{one.number}"]
        ]

    def closes(self) -> Moment:
        """The first moment at which no ballot is taken."""
        return Moment(f"{self.cleaned_data['last_day'] + timedelta(days=1)}T00:00:00Z")

    def texts(self) -> dict[str, str]:
        """The title, the note, and the options' titles as one list."""
        taken = {one.number for one in self.chosen()}
        titles = [one.title for one in self.offers if one.number in taken]
        titles.append(self.cleaned_data["default_title"])
        return super().texts() | {"option_titles": json.dumps(titles, ensure_ascii=False)}


def _ratio(text: str) -> tuple[int, int]:
    over, _, under = text.partition(":")
    return int(over), int(under)
