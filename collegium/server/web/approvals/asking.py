"""Asking for what nobody does alone: about a member, a body, its posts, the rule book."""

from collections.abc import Callable
from datetime import date

from django.http import HttpResponse
from msgspec import Struct

from collegium.ids import BodyId, Key, MemberId, Moment, PostId
from collegium.parts.organisation import acts
from collegium.parts.organisation.clauses import CLAUSES
from collegium.parts.organisation.pages import value_in_words
from collegium.parts.organisation.shown import (
    Absent,
    Person,
    Sentence,
    Visit,
    body_numbered,
    member_numbered,
    person,
    place,
)
from collegium.secretariat.chance import member_id_from
from collegium.secretariat.house import House
from collegium.secretariat.wording import post_in_words
from collegium.server.web.approvals import forms
from collegium.server.web.approvals.prospects import Prospect, prospect_of
from collegium.server.web.shared.acting import Making, act, slip_of
from collegium.server.web.shared.forms import ActForm
from collegium.server.web.shared.request import Request
from collegium.server.web.shared.showing import gathered, show, shown
from collegium.server.web.shared.signing import keys_in_force

NOBODY = MemberId("")
"""Stands in a deed in which the member is still to be named."""

_MOST_NAMED = 500
"""Members among whom a form lets one choose by name."""

Telling = Callable[[House], Sentence]


class Choosing(Struct, frozen=True):
    """A deed for which a member is to be chosen, and among whom."""

    prospect: Prospect
    people: tuple[Person, ...]


def end_membership(request: Request, number: int) -> HttpResponse:
    """Ask for the end of a membership."""
    return _ask(request, forms.AskForm(request.POST or None), _ending(number), alone=number)


def end_alone(request: Request, number: int) -> HttpResponse:
    """Try to end a membership alone; in a demonstration, to see who says no, and why."""
    making, form = _ending(number), forms.AloneForm(request.POST or None)
    again = {"ask": forms.AskForm(), "alone": form}
    if request.method != "POST":
        return _ask_page(request, making, again, alone=number)
    return act(
        request, "alone", form, making, lambda: _ask_page(request, making, again, alone=number)
    )


def change_standing(request: Request, number: int) -> HttpResponse:
    """Ask that a member's rights be suspended or, where they are, restored."""

    def making(house: House, _visit: Visit) -> Struct:
        name = member_numbered(house, number)
        suspended = house.organisation.members[name].suspended
        standing: acts.Standing = "good" if suspended else "suspended"
        return acts.ChangeStanding(happened_at="", member=name, standing=standing)

    return _ask(request, forms.AskForm(request.POST or None), making)


def admit(request: Request, number: int) -> HttpResponse:
    """Ask that somebody be admitted to a branch."""
    form = forms.AdmitForm(request.POST or None)

    def making(house: House, _visit: Visit) -> Struct:
        return acts.AdmitMember(
            body=body_numbered(house, number),
            happened_at="",
            key=form.cleaned_data["key"],
            # From the form's slip, so that the same form sent twice names the same member.
            member=member_id_from(slip_of(request).salt("ask", "member")),
        )

    def sketch(house: House, _visit: Visit) -> Struct:
        body = body_numbered(house, number)
        return acts.AdmitMember(body=body, happened_at="", key="", member=NOBODY)

    def says(house: House) -> Sentence:
        return ("Admit a member to ", place(house, body_numbered(house, number)))

    return _ask(request, form, making, says, sketch=sketch)


def create_body(request: Request, number: int) -> HttpResponse:
    """Ask for a body within another."""
    form = forms.BodyForm(request.POST or None)

    def making(house: House, _visit: Visit) -> Struct:
        kind: acts.BodyKind = "workplace"
        if form.is_bound and form.is_valid():
            kind = form.cleaned_data["kind_of_body"]
        parent = body_numbered(house, number)
        return acts.CreateBody(happened_at="", kind=kind, level=0, parent=parent)

    def says(house: House) -> Sentence:
        return ("Make a body within ", place(house, body_numbered(house, number)))

    return _ask(request, form, making, says)


def create_post(request: Request, number: int) -> HttpResponse:
    """Ask for a post in a body."""

    def making(house: House, _visit: Visit) -> Struct:
        return acts.CreatePost(body=body_numbered(house, number), happened_at="")

    def says(house: House) -> Sentence:
        return ("Make a post in ", place(house, body_numbered(house, number)))

    return _ask(request, forms.PostForm(request.POST or None), making, says)


def dissolve(request: Request, number: int) -> HttpResponse:
    """Ask that a body end."""

    def making(house: House, _visit: Visit) -> Struct:
        return acts.DissolveBody(body=body_numbered(house, number), happened_at="")

    return _ask(request, forms.AskForm(request.POST or None), making)


def transfer(request: Request, number: int) -> HttpResponse:
    """Ask that a member be moved to this branch."""
    form = forms.MemberForm(request.POST or None)

    def making(house: House, _visit: Visit) -> Struct:
        member = member_numbered(house, form.cleaned_data["member"])
        return acts.TransferMember(happened_at="", member=member, to=body_numbered(house, number))

    def gather(house: House, visit: Visit) -> Choosing:
        to = body_numbered(house, number)
        sketch = acts.TransferMember(happened_at="", member=NOBODY, to=to)
        says = ("Move a member to ", place(house, to))
        return _choosing(house, visit, sketch, says)

    return _choose(request, form, making, gather)


def fill_post(request: Request, number: int, seat: int) -> HttpResponse:
    """Ask that a member be given a vacant post."""
    form = forms.FillForm(request.POST or None)

    def making(house: House, _visit: Visit) -> Struct:
        sent = form.cleaned_data
        return acts.FillPost(
            basis=sent["basis"],
            happened_at="",
            member=member_numbered(house, sent["member"]),
            post=_post(house, number, seat),
            until=_start_of(sent["until"]),
        )

    def gather(house: House, visit: Visit) -> Choosing:
        post = _post(house, number, seat)
        sketch = acts.FillPost(
            basis="appointed", happened_at="", member=NOBODY, post=post, until=visit.at
        )
        return _choosing(house, visit, sketch, ("Fill ", *post_in_words(house, post)))

    return _choose(request, form, making, gather)


def vouch_key(request: Request, number: int) -> HttpResponse:
    """Ask that others vouch for a member's key."""
    form = forms.KeyForm(request.POST or None)

    def making(house: House, _visit: Visit) -> Struct:
        key, member = form.cleaned_data["key"], member_numbered(house, number)
        return acts.VouchKey(happened_at="", key=key, member=member)

    def sketch(house: House, _visit: Visit) -> Struct:
        return acts.VouchKey(happened_at="", key=Key(""), member=member_numbered(house, number))

    def says(house: House) -> Sentence:
        return ("Vouch for a key of ", person(house, member_numbered(house, number)))

    return _ask(request, form, making, says, sketch=sketch)


def end_key(request: Request, number: int) -> HttpResponse:
    """Ask that a member's key be ended, for example one that was lost."""
    form = forms.EndKeyForm(request.POST or None)
    with request.desk.office.door.reading() as house:
        name = member_numbered(house, number)
    form.offer(keys_in_force(request.desk, name))

    def making(_house: House, _visit: Visit) -> Struct:
        return acts.EndKey(happened_at="", key=form.cleaned_data["key"], member=name)

    def sketch(_house: House, _visit: Visit) -> Struct:
        return acts.EndKey(happened_at="", key=Key(""), member=name)

    def says(house: House) -> Sentence:
        return ("End a key of ", person(house, name))

    return _ask(request, form, making, says, sketch=sketch)


def vacate_post(request: Request, number: int, seat: int) -> HttpResponse:
    """Ask that a holder's term end."""

    def making(house: House, _visit: Visit) -> Struct:
        return acts.VacatePost(happened_at="", post=_post(house, number, seat))

    return _ask(request, forms.AskForm(request.POST or None), making)


def change_clause(request: Request, clause: str) -> HttpResponse:
    """Ask for another value of a clause of the rule book."""
    known = CLAUSES.get(clause)
    if known is None:
        raise Absent(f"The rule book has no clause {clause[:64]}.")
    with request.desk.office.door.reading() as house:
        value = house.organisation.clause(clause)
    form = forms.ClauseForm(request.POST or None)
    form.about(known, value)

    def making(_house: House, _visit: Visit) -> Struct:
        sent = form.cleaned_data["value"] if form.is_bound and form.is_valid() else value
        return acts.AmendRuleBook(changes={clause: sent}, happened_at="")

    def says(_house: House) -> Sentence:
        before, _, behind = known.says.partition("{}")
        return (f"Change the clause “{before}{value_in_words(value)}{behind}”",)

    return _ask(request, form, making, says)


def _ending(number: int) -> Making:
    def making(house: House, _visit: Visit) -> Struct:
        return acts.EndMembership(happened_at="", member=member_numbered(house, number))

    return making


def _ask(  # noqa: PLR0913 - what such a page is made of, by name
    request: Request,
    form: ActForm,
    making: Making,
    says: Telling | None = None,
    *,
    sketch: Making | None = None,
    alone: int = -1,
) -> HttpResponse:
    """The page that asks, or the request that was sent from it.

    Args:
        request: The request.
        form: What is to be filled in.
        making: Makes the deed.
        says: It in words, where the deed isn't known before.
        sketch: Makes as much of the deed as is known before, if that isn't all.
        alone: The member whose membership one may try to end alone; -1 for nobody.
    """
    again: dict[str, ActForm] = {"ask": form}
    if alone >= 0:
        again["alone"] = forms.AloneForm()

    def page() -> HttpResponse:
        return _ask_page(request, sketch or making, again, says, alone=alone)

    return act(request, "ask", form, making, page) if request.method == "POST" else page()


def _choose(
    request: Request,
    form: forms.MemberForm,
    making: Making,
    gather: Callable[[House, Visit], Choosing],
) -> HttpResponse:
    """The same, where a member is chosen by name: names are known once texts are fetched."""

    def again() -> HttpResponse:
        found = gathered(request, gather)
        choosing: Choosing = found.shown
        named = [(one.number, found.words(one.name)) for one in choosing.people]
        form.offer(sorted(named, key=lambda one: one[1]))
        more = {"prospect": choosing.prospect, "address": request.path}
        return shown(request, "approvals/ask.html", found, forms={"ask": form}, more=more)

    return act(request, "ask", form, making, again) if request.method == "POST" else again()


def _choosing(house: House, visit: Visit, sketch: Struct, says: Sentence) -> Choosing:
    names = house.organisation.names
    people = tuple(person(house, names[one]) for one in house.organisation.active[:_MOST_NAMED])
    return Choosing(prospect_of(house, visit, sketch, says), people)


def _ask_page(
    request: Request,
    making: Making,
    again: dict[str, ActForm],
    says: Telling | None = None,
    *,
    alone: int = -1,
) -> HttpResponse:
    def gather(house: House, visit: Visit) -> Prospect:
        return prospect_of(house, visit, making(house, visit), says(house) if says else ())

    address = request.path.removesuffix("alone/")
    more = {"alone": alone, "address": address}
    return show(request, "approvals/ask.html", gather, forms=again, more=more)


def _post(house: House, number: int, seat: int) -> PostId:
    name: BodyId = body_numbered(house, number)
    posts = house.organisation.bodies[name].posts
    if not 1 <= seat <= len(posts):
        raise Absent(f"Body {number} has no post {seat}.")
    return posts[seat - 1]


def _start_of(day: date) -> Moment:
    return Moment(f"{day.isoformat()}T00:00:00Z")
