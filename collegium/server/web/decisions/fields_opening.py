"""The fields of the form that opens a vote: what is on the ballot, who votes, who counts."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms

from collegium.parts.decisions.acts import MOST_MARKS
from collegium.parts.decisions.advice import ELECTIONS, SEVERAL
from collegium.server.web.decisions.choosing import Numbers, People, one_member
from collegium.server.web.decisions.offers import Offers
from collegium.server.web.shared.forms import PlainText

LONGEST_TITLE: Final = 160
SEATS: Final = 3
LEVELS: Final = 6
"""Grades of a vote with grades, unless another number is chosen."""

_RATIOS: Final = (
    ("1:1", "more for it than against"),
    ("3:2", "more than 3 to 2"),
    ("2:1", "more than 2 to 1"),
    ("3:1", "more than 3 to 1"),
)
SHARES: Final = (
    ("1/2", "more than half"),
    ("3/5", "more than three fifths"),
    ("2/3", "more than two thirds"),
    ("3/4", "more than three quarters"),
)
MANNERS: Final = (
    ("ballots", "Each casts a ballot"),
    ("hands", "A show of hands, entered by two tellers"),
    ("roll-call", "A roll call, entered by two tellers"),
    ("cards", "Delegates' cards, which carry a branch's votes"),
)
ELECTORATES: Final = (
    ("members", "All its members in good standing"),
    ("branches", "The members of some of its branches, counted branch by branch"),
    ("sitting", "Whoever sits in it"),
    ("present", "Those of them who are present"),
    ("level", "Whoever sits in the bodies of one level"),
)
_SITTING: Final = ("sitting", "present")
_PLACES: Final = (
    *("title", "candidates", "seats", "motion", "take", "majority", "version", "levels"),
    *("method", "share", "default_title", "electorate", "branches", "present", "level"),
    *("manner", "tellers", "holder", "votes", "secret", "last_day", "quorum", "commission"),
    *("needed", "note"),
)

MET_IN: Final = {
    **dict.fromkeys(("closes-later", "vote-too-short"), "last_day"),
    **dict.fromkeys(("quorum-too-low", "quorum-terms"), "quorum"),
    **dict.fromkeys(("present-few", "present-sitting", "electorate-present"), "present"),
    **dict.fromkeys(("branch-elsewhere", "electorate-branches"), "branches"),
    **dict.fromkeys(("sitting-elects", "electorate-empty"), "electorate"),
    **dict.fromkeys(("cards-terms", "manner-open"), "manner"),
    **dict.fromkeys(("card-holder", "cards-twice"), "holder"),
    **dict.fromkeys(("candidate-terms", "candidate-eligible"), "candidates"),
    **dict.fromkeys(("count-impossible", "present-unknown"), "method"),
    **dict.fromkeys(
        (
            *("commission-terms", "commission-eligible", "commission-stands"),
            *("commission-missing", "commission-small"),
        ),
        "commission",
    ),
    "card-votes": "votes",
    "electorate-level": "level",
    "tellers-terms": "tellers",
    "election-open": "secret",
}
"""A rule's short name to the field by whose value it is met."""


def add_ballot(form: forms.Form, offers: Offers) -> None:
    """The fields of what stands on the ballot."""
    fields = form.fields
    if offers.aim in ELECTIONS:
        _add_members(form, offers, "candidates", "Who stands")
        if offers.aim in SEVERAL:
            fields["seats"] = forms.IntegerField(
                min_value=1, max_value=MOST_MARKS, initial=SEATS, label="Places to fill"
            )
        return
    fields["default_title"] = PlainText(
        most=LONGEST_TITLE,
        label="If it isn't adopted" if offers.aim == "decide" else "If no proposal wins",
        help_text="It is the last option on the ballot, and leaves everything as it is.",
    )
    if offers.aim == "decide":
        named = [(str(one.number), one.title) for one in offers.proposals]
        fields["motion"] = forms.ChoiceField(
            choices=named,
            label="The motion",
            widget=forms.RadioSelect,
            initial=named[0][0] if named else None,
        )
    if offers.aim == "grade":
        grades = [(str(n), f"{n} grades") for n in range(2, 12)]
        fields["levels"] = forms.TypedChoiceField(
            choices=grades, coerce=int, initial=str(LEVELS), label="Grades"
        )
    for one in offers.proposals:
        fields[f"take-{one.number}"] = forms.BooleanField(
            required=False, initial=True, label=one.title
        )
        if offers.aim == "adopt":
            fields[f"majority-{one.number}"] = forms.ChoiceField(
                choices=_RATIOS, label=f"What “{one.title}” needs"
            )
        fields[f"version-{one.number}"] = forms.IntegerField(
            widget=forms.HiddenInput,
            initial=one.version,
            min_value=1,
            max_value=9999,
            label=f"Version of “{one.title}”",
        )


def add_electorate(form: forms.Form, offers: Offers) -> None:
    """The fields of who votes."""
    election = offers.aim in ELECTIONS
    kinds = [one for one in ELECTORATES if not (election and one[0] in _SITTING)]
    if not offers.branches:
        kinds = [one for one in kinds if one[0] != "branches"]
    fields = form.fields
    fields["electorate"] = forms.ChoiceField(choices=kinds, label="Who votes", initial="members")
    fields["branches"] = People(offers.branches, label="Which branches")
    fields["level"] = forms.IntegerField(
        min_value=0, max_value=9, required=False, label="Which level"
    )
    if not election:
        fields["present"] = People(offers.seated, label="Who is present")


def add_people(form: forms.Form, offers: Offers) -> None:
    """The fields of who counts."""
    fields = form.fields
    _add_members(form, offers, "tellers", "Tellers", help_text="Two or more, who count apart.")
    _add_members(form, offers, "commission", "Who counts and certifies")
    for number, name in offers.branches:
        fields[f"holder-{number}"] = one_member(
            offers.members,
            complete=offers.lists_everybody,
            nobody="nobody",
            required=False,
            label=f"Who holds the card of {name}",
        )
        fields[f"votes-{number}"] = forms.IntegerField(
            min_value=1,
            max_value=10**6,
            required=False,
            initial=offers.sizes[number],
            label=f"Votes of {name}",
        )


def _add_members(form: forms.Form, offers: Offers, name: str, label: str, **settings: Any) -> None:
    """The fields in which members are chosen: by name, and further ones by number."""
    form.fields[name] = People(offers.members, label=label, **settings)
    if not offers.lists_everybody:
        form.fields[f"{name}-more"] = Numbers(offers.known, label=f"{label}: others, by number")


def as_shown(names: Iterable[str]) -> list[str]:
    """The fields in the order of the page, in which it also lists what is wrong with them."""
    return sorted(names, key=lambda name: _PLACES.index(name.partition("-")[0]))
