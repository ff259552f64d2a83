"""Joint approvals as pages: what waits, what was decided, and answering with reasons."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from msgspec import Struct

from collegium.parts.approvals import acts, pages
from collegium.parts.organisation.shown import Sentence, Visit
from collegium.secretariat.house import House
from collegium.server.web.approvals import forms
from collegium.server.web.shared.acting import Making, act
from collegium.server.web.shared.forms import ActForm
from collegium.server.web.shared.request import Request
from collegium.server.web.shared.showing import gathered, show, shown, whole_number
from collegium.server.web.shared.signing import Thing, signed_act


@require_safe
def approvals(request: Request) -> HttpResponse:
    """What waits for joint approval, and what was decided."""
    before, contested = whole_number(request.GET.get("before", "")), "refused" in request.GET
    return show(
        request,
        "approvals/approvals.html",
        lambda house, visit: pages.approvals_page(house, visit, before, refused=contested),
        more={"contested": contested},
    )


def approval(
    request: Request, number: int, sent: Mapping[str, ActForm] | None = None
) -> HttpResponse:
    """One request, with what was said about it and what can be done.

    Args:
        request: The request.
        number: 7 is A-7.
        sent: A form that was sent and not accepted, by its name.
    """
    found = gathered(request, lambda house, visit: pages.request_page(house, visit, number))
    fresh: dict[str, ActForm] = {
        "approve": forms.ApproveForm(),
        "refuse": forms.RefuseForm(),
        "enact": forms.EnactForm(),
        "withdraw": forms.WithdrawForm(),
    }
    more = {"desk_signs": request.desk.signs_for(request.visit.member)}
    return shown(
        request, "approvals/approval.html", found, forms={**fresh, **(sent or {})}, more=more
    )


@require_POST
def approve(request: Request, number: int) -> HttpResponse:
    """Approve, with reasons."""

    def making(house: House, _visit: Visit) -> Struct:
        found = house.approvals.requests[pages.request_numbered(house, number)]
        return acts.ApproveDeed(approval=found.name, deed=found.deed_hash, happened_at="")

    return _answer(request, number, "approve", forms.ApproveForm(request.POST), making)


@require_POST
def refuse(request: Request, number: int) -> HttpResponse:
    """Refuse, with reasons."""

    def making(house: House, _visit: Visit) -> Struct:
        found = house.approvals.requests[pages.request_numbered(house, number)]
        return acts.RefuseDeed(approval=found.name, deed=found.deed_hash, happened_at="")

    return _answer(request, number, "refuse", forms.RefuseForm(request.POST), making)


@require_POST
def enact(request: Request, number: int) -> HttpResponse:
    """Say that what was approved is done."""

    def making(house: House, _visit: Visit) -> Struct:
        return acts.EnactDeed(approval=pages.request_numbered(house, number), happened_at="")

    return _about(request, number, "enact", forms.EnactForm(request.POST), making)


@require_POST
def withdraw(request: Request, number: int) -> HttpResponse:
    """Ask no more."""

    def making(house: House, _visit: Visit) -> Struct:
        return acts.WithdrawRequest(approval=pages.request_numbered(house, number), happened_at="")

    return _about(request, number, "withdraw", forms.WithdrawForm(request.POST), making)


def _answer(
    request: Request, number: int, name: str, form: forms.AnswerForm, making: Making
) -> HttpResponse:
    """Answer, signed."""

    def again() -> HttpResponse:
        return approval(request, number, {name: form})

    def says(house: House, visit: Visit) -> Sentence:
        return pages.request_page(house, visit, number).row.says

    address = reverse("approval", args=(request.desk.slug, number))
    return signed_act(request, name, form, making, again, Thing(f"A-{number}", address, says))


def _about(request: Request, number: int, name: str, form: ActForm, making: Making) -> HttpResponse:
    """Act, or show the request again with the form as it was sent."""
    again = {name: form}
    return act(request, name, form, making, lambda: approval(request, number, again))
