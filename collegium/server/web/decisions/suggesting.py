"""What the form that opens a vote suggests, a line each."""

from typing import Final, Literal, TypeAlias

from django.utils.html import format_html
from msgspec import Struct

from collegium.server.web.decisions.fields_opening import ELECTORATES, MANNERS
from collegium.server.web.decisions.forms_opening import OpenVoteForm
from collegium.server.web.shared.templatetags.showing import day

Part: TypeAlias = Literal["otherwise", "who", "how", "when", "counted", "note"]

_PARTS: Final[dict[Part, tuple[str, ...]]] = {
    "otherwise": ("default_title",),
    "who": ("electorate", "branches", "present", "level"),
    "how": ("manner", "tellers", "holder", "votes", "secret"),
    "when": ("last_day", "quorum"),
    "counted": ("commission", "needed"),
    "note": ("note",),
}


class Line(Struct, frozen=True):
    """A part of the form in one line, which opens.

    Attributes:
        says: What stands in it now.
        faulty: Whether something in it has to be put right.
    """

    says: str
    faulty: bool


def lines_of(form: OpenVoteForm) -> dict[Part, Line]:
    """Every part of the form in a line."""
    wrong = {name.partition("-")[0] for name in form.errors}
    return {
        part: Line(_SAYS[part](form), not wrong.isdisjoint(names)) for part, names in _PARTS.items()
    }


def _value(form: OpenVoteForm, name: str) -> str:
    return str(form[name].value() or "") if name in form.fields else ""


def _otherwise(form: OpenVoteForm) -> str:
    return _value(form, "default_title")


def _who(form: OpenVoteForm) -> str:
    chosen = _value(form, "electorate")
    said = dict(ELECTORATES).get(chosen, "")
    return f"{said} ({form.offers.electors})" if chosen == "members" else said


def _how(form: OpenVoteForm) -> str:
    if form["secret"].value():
        return "By secret ballot, on paper"
    return dict(MANNERS).get(_value(form, "manner"), "")


def _when(form: OpenVoteForm) -> str:
    quorum = _value(form, "quorum")
    share = f"{quorum} per cent must take part" if quorum.strip("0") else "no quorum"
    return format_html("Until {}; {}", _day(_value(form, "last_day")), share)


def _day(text: str) -> str:
    try:
        return day(text)
    except ValueError:  # as somebody wrote it, who is told beside the field
        return text


def _counted(form: OpenVoteForm) -> str:
    named = form["commission"].value() or ()
    if named or _value(form, "commission-more"):
        return f"{_value(form, 'needed') or 'Some'} of a commission certify"
    return "No commission: any member declares what the ballots come to"


def _note(form: OpenVoteForm) -> str:
    return "Written" if _value(form, "note") else "None"


_SAYS: Final = {
    "otherwise": _otherwise,
    "who": _who,
    "how": _how,
    "when": _when,
    "counted": _counted,
    "note": _note,
}
