"""The form that opens a vote: what is on the ballot, who votes, how, and what it takes to win."""

import json
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from collegium.ids import Kind, Moment
from collegium.parts.decisions.acts import MOST_MARKS
from collegium.parts.decisions.advice import ELECTIONS, SEVERAL, Advice, Advised, advice
from collegium.server.web.decisions.fields_opening import (
    LONGEST_TITLE,
    MANNERS,
    MET_IN,
    SEATS,
    SHARES,
    add_ballot,
    add_electorate,
    add_people,
    as_shown,
)
from collegium.server.web.decisions.offers import Chosen, Offer, Offers
from collegium.server.web.shared.forms import ActForm, PlainText

LONGEST_NOTE: Final = 4_000

_BALLOT: Final = ("candidates", "motion", "take-")


class OpenVoteForm(ActForm):
    """To open a vote on a question.

    Args:
        data: What was sent, or None.
        offers: What there is to choose from.
        initial: What stands in the fields at first.
    """

    kind = Kind("decisions.open-vote/1")
    sealed = ("title", "option_titles", "note")
    button = "Open the vote"
    met_in = MET_IN

    title = PlainText(most=LONGEST_TITLE, label="Title", help_text="What is voted on.")
    note = PlainText(
        most=LONGEST_NOTE,
        lines=3,
        label="Note",
        required=False,
        help_text="What voters should know. It may stay empty.",
    )
    last_day = forms.DateField(
        label="Last day to vote",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Ballots are taken until the end of this day (UTC).",
    )
    quorum = forms.IntegerField(
        label="How many of those entitled must take part, in per cent", min_value=0, max_value=100
    )
    share = forms.ChoiceField(choices=SHARES, label="Majority", required=False)
    manner = forms.ChoiceField(choices=MANNERS, label="How they vote", initial="ballots")
    needed = forms.IntegerField(
        min_value=0, max_value=15, required=False, label="How many of it must certify"
    )
    secret = forms.BooleanField(required=False, label="Secret: no name stands beside a ballot")

    def __init__(
        self, data: Any = None, *, offers: Offers, initial: dict[str, object] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.offers = offers
        self.fields["quorum"].help_text = _least(offers.quorum)
        add_ballot(self, offers)
        add_electorate(self, offers)
        add_people(self, offers)
        if offers.aim in ELECTIONS:
            self.fields["title"].label = "Who is elected to what"
            self.fields["title"].help_text = "For example: Two delegates to the region."
            self.fields["secret"].initial = offers.secret
            self.fields["needed"].initial = offers.commission or None
        found = self.advice()
        every = [one.choice for one in (*found.suited, *found.more)]
        self.fields["method"] = forms.ChoiceField(
            choices=[(one, one) for one in every],
            initial=found.suited[0].choice,
            label="Method",
            widget=forms.RadioSelect,
        )
        self.order_fields(as_shown(self.fields))

    # What the page shows.

    def advice(self) -> Advice:
        """The methods that suit as many options as would stand now, and the others."""
        offers = self.offers
        if offers.aim in ELECTIONS:
            named = self.data.getlist("candidates") if isinstance(self.data, QueryDict) else []
            options = len(named) or self.seats() + 2
        elif offers.aim == "decide":
            options = 2
        else:
            options = len(offers.proposals) + 1
        return advice(offers.aim, options, self.seats())

    def seats(self) -> int:
        """How many places are to be filled, as far as the form says it."""
        silent: int = self.initial.get("seats", SEATS)
        return self._number("seats", silent) if self.offers.aim in SEVERAL else 1

    def asks_majority(self) -> bool:
        """Whether some of its methods ask for a share of something."""
        found = self.advice()
        return any(one.base for one in (*found.suited, *found.more))

    def suited(self) -> list[tuple[Advised, bool]]:
        """Three methods that suit, each with whether it is chosen."""
        chosen = self["method"].value()
        return [(one, one.choice == chosen) for one in self.advice().suited]

    def more(self) -> list[tuple[Advised, bool]]:
        """The other methods, likewise."""
        chosen = self["method"].value()
        return [(one, one.choice == chosen) for one in self.advice().more]

    def choices(self) -> list[tuple[Offer, BoundField, BoundField | None, BoundField]]:
        """Each proposal with its fields: taken, majority, version."""
        compared = self.offers.aim == "adopt"
        return [
            (
                one,
                self[f"take-{one.number}"],
                self[f"majority-{one.number}"] if compared else None,
                self[f"version-{one.number}"],
            )
            for one in self.offers.proposals
        ]

    def cards(self) -> list[tuple[str, int, BoundField, BoundField]]:
        """Each branch with its fields: who holds its card, how many votes it carries."""
        return [
            (name, self.offers.sizes[number], self[f"holder-{number}"], self[f"votes-{number}"])
            for number, name in self.offers.branches
        ]

    def further(self) -> dict[str, list[BoundField]]:
        """The fields in which members are named by number, by the field they stand beside."""
        names = ("candidates", "tellers", "commission")
        return {
            name: [self[f"{name}-more"]] if f"{name}-more" in self.fields else [] for name in names
        }

    def _number(self, name: str, silent: int) -> int:
        """A number as it was sent, however the rest was filled in."""
        text = str(self.data.get(name, "")) if self.is_bound else ""
        known = text.isascii() and text.isdigit() and len(text) <= 2  # noqa: PLR2004 - two digits
        return min(max(int(text), 1), MOST_MARKS) if known else silent

    # What was sent.

    def clean(self) -> dict[str, Any]:
        """Refuse a vote without a choice, or with more than a ballot holds."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        options = self.chosen()
        if len(options) < (1 if self.offers.aim == "decide" else 2):
            election = self.offers.aim in ELECTIONS
            few = "two candidates" if election else "one proposal for the ballot"
            self.add_error(self._first_choice(), f"Choose at least {few}.")
        elif len(options) > MOST_MARKS:
            self.add_error(self._first_choice(), f"A ballot has at most {MOST_MARKS} options.")
        elif (cleaned.get("seats") or 1) > len(options):
            self.add_error("seats", "There are fewer candidates than places.")
        return cleaned

    def _first_choice(self) -> str | None:
        """The field in which the ballot begins; None where there is nothing to choose from."""
        return next((one for one in self.fields if one.startswith(_BALLOT)), None)

    def chosen(self) -> list[Chosen]:
        """The options, in the order of the ballot; the one that changes nothing is the last."""
        sent, offers = self.cleaned_data, self.offers
        if offers.aim in ELECTIONS:
            names = dict(offers.members)
            return [
                Chosen(number, 0, (1, 1), names.get(number, f"Member {number}"))
                for number in self.named("candidates")
            ]
        kept = [one for one in offers.proposals if self._takes(one)]
        found = [
            Chosen(one.number, sent[f"version-{one.number}"], self._ratio(one), one.title)
            for one in kept
        ]
        return [*found, Chosen(-1, 0, (1, 1), sent["default_title"])] if found else []

    def named(self, name: str) -> list[int]:
        """The members chosen in a field, by name or by number, each once."""
        sent = self.cleaned_data
        return list(dict.fromkeys([*sent[name], *sent.get(f"{name}-more", ())]))

    def _takes(self, offer: Offer) -> bool:
        if self.offers.aim == "decide":
            return str(self.cleaned_data["motion"]) == str(offer.number)
        return bool(self.cleaned_data[f"take-{offer.number}"])

    def _ratio(self, offer: Offer) -> tuple[int, int]:
        over, _, under = self.cleaned_data.get(f"majority-{offer.number}", "1:1").partition(":")
        return int(over), int(under)

    def closes(self) -> Moment:
        """The first moment at which no ballot is taken."""
        return Moment(f"{self.cleaned_data['last_day'] + timedelta(days=1)}T00:00:00Z")

    def texts(self) -> dict[str, str]:
        """The title, the note, and the options' titles as one list."""
        titles = [one.title for one in self.chosen()]
        return super().texts() | {"option_titles": json.dumps(titles, ensure_ascii=False)}


def _least(quorum: int) -> str:
    if not quorum:
        return "The rule book asks for no quorum; 0 is none."
    return f"This is the quorum. The rule book asks for at least {quorum}."
