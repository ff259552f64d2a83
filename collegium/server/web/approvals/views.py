"""Joint approvals as pages: what waits, what was decided, and answering with reasons."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe
from msgspec import Struct

from collegium.parts.approvals import acts, pages
from collegium.parts.organisation.shown import Visit
from collegium.refusals import Refused
from collegium.secretariat.house import House
from collegium.server.web.approvals import forms
from collegium.server.web.approvals.signing import signed_elsewhere, text_to_sign
from collegium.server.web.shared.acting import Making, act, drafted
from collegium.server.web.shared.forms import ActForm
from collegium.server.web.shared.request import Request, Trouble
from collegium.server.web.shared.showing import gathered, show, shown, whole_number
from collegium.server.web.shared.slips import FIELD, SlipError

_SENT = 400


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
    """Answer: signed by the desk in a demonstration, else with a signature made elsewhere.

    The first time such a form comes, it gets back the exact text to sign; the second time it
    brings the signature along.
    """
    elsewhere = "elsewhere" in request.POST or not request.desk.signs_for(request.visit.member)
    if not elsewhere or not (form.is_valid() or form.errors.keys() == {"signature"}):
        return _about(request, number, name, form, making)
    try:
        asked = drafted(request, name, form, making)
    except (Refused, SlipError) as error:
        rule = error.rule if isinstance(error, Refused) else ""
        reason = error.reason if isinstance(error, Refused) else str(error)
        request.trouble = Trouble(name, 409 if rule else _SENT, rule, reason)
        return approval(request, number, {name: form})
    text = text_to_sign(request.desk, asked)
    if "text" in request.POST:
        response = HttpResponse(text, content_type="text/plain; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{_file(number, name)}"'
        return response
    signature = form.cleaned_data.get("signature", "")

    def again() -> HttpResponse:
        return _to_sign(request, number, name, form, text)

    if not signature and "signature" not in form.errors:
        return again()
    return act(
        request,
        name,
        form,
        making,
        again,
        proving=lambda asked: signed_elsewhere(request.desk, asked, signature),
    )


def _to_sign(request: Request, number: int, name: str, form: ActForm, text: bytes) -> HttpResponse:
    more = {
        "form": form,
        "name": name,
        "text": text.decode(),
        "file": _file(number, name),
        "kept_slip": request.POST.get(FIELD, ""),
        "reasons": form.cleaned_data["reasons"],
    }
    return show(
        request,
        "approvals/sign.html",
        lambda house, visit: pages.request_page(house, visit, number),
        more=more,
    )


def _file(number: int, name: str) -> str:
    return f"A-{number}-{name}.txt"


def _about(request: Request, number: int, name: str, form: ActForm, making: Making) -> HttpResponse:
    """Act, or show the request again with the form as it was sent."""
    again = {name: form}
    return act(request, name, form, making, lambda: approval(request, number, again))
