"""From a form to an act, its receipt or its refusal."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from msgspec import Struct
from msgspec.structs import replace

from collegium.archive.protocol import Busy, Full, InDoubt
from collegium.ids import ActId, MemberId, Moment
from collegium.parts.approvals.acts import AskApproval
from collegium.parts.organisation.shown import Visit
from collegium.record.canonical import NotCanonicalError
from collegium.refusals import Refused
from collegium.secretariat.deeds import deciding_body, joint_of
from collegium.secretariat.door import Asked, Broken, Receipt
from collegium.secretariat.drafting import as_deed, draft, kind_of
from collegium.secretariat.house import House
from collegium.secretariat.registry import BY_KIND
from collegium.server.web.shared.forms import ActForm
from collegium.server.web.shared.request import Request, Trouble
from collegium.server.web.shared.slips import FIELD, Slip, SlipError, read_slip

Making = Callable[[House, Visit], Struct]
"""Makes an act's body from the house; it runs under the read lock."""

Again = Callable[[], HttpResponse]
"""Shows the form's page again, with what was sent and why it wasn't accepted."""


Proving = Callable[[Asked], Asked]
"""Gives an act the proof of its actor: see `Desk.proven`."""


def act(  # noqa: PLR0913 - what an act is made of, by name
    request: Request,
    name: str,
    form: ActForm,
    making: Making,
    again: Again,
    *,
    proving: Proving | None = None,
) -> HttpResponse:
    """Perform the act of a form that was sent: to its receipt, or its page once more.

    Args:
        request: The request that sent it.
        name: The form's name on its page; with the page's slip it makes the act's id.
        form: The form with what was sent.
        making: Makes the act's body.
        again: Shows the page again if it isn't accepted.
        proving: Proves who acts; the desk does, unless given.
    """
    if not form.is_valid():
        return _again(request, Trouble(name, 400), again)
    try:
        asked = drafted(request, name, form, making)
        proven = (proving or request.desk.proven)(asked)
        receipt = request.desk.office.door.perform(proven)
    except Refused as refused:
        trouble = _beside_its_field(form, _refusal(request, name, refused))
        return _again(request, trouble, again)
    except (SlipError, NotCanonicalError) as error:
        return _again(request, Trouble(name, 400, reason=str(error)), again)
    except (Busy, Full, InDoubt, Broken) as error:
        return _again(request, Trouble(name, 503, reason=_not_now(error)), again)
    return to_receipt(request, receipt)


def to_receipt(request: Request, receipt: Receipt) -> HttpResponse:
    """To the receipt's own page: reloading it does nothing again."""
    return HttpResponseRedirect(f"{_entries(request.desk.slug)}{receipt.seq}/?receipt", status=303)


@cache
def _entries(slug: str) -> str:
    # Finding an address costs more than entering an act's effect; all but the number stays.
    return reverse("entry", kwargs={"organisation": slug, "seq": 0}).removesuffix("0/")


def slip_of(request: Request) -> Slip:
    """The slip that came with a form.

    Raises:
        Refused: `nobody`: a visitor who isn't known.
        SlipError: It isn't this visitor's.
    """
    member = request.visit.member
    if member is None:
        raise Refused("nobody", "Only members act here; sign in first.")
    return read_slip(request.POST.get(FIELD, ""), request.desk, member)


def drafted(request: Request, name: str, form: ActForm, making: Making) -> Asked:
    """The act of a form that was sent and is valid; the same form makes the same act again.

    Raises:
        Refused: `nobody`.
        SlipError: The form's slip isn't this visitor's.
    """
    slip, desk = slip_of(request), request.desk
    with desk.office.door.reading() as house:
        body = making(house, request.visit)
        if form.asks:
            body = asked_of_body(house, body, request.visit.at)
    return draft(
        slip.member,
        body,
        at=slip.at,
        base=slip.base,
        texts=form.texts(),
        name=slip.act_id(name),
        salt_of=lambda field: slip.salt(name, field),
    )


def asked_of_body(house: House, body: Struct, at: Moment) -> AskApproval[Any]:
    """The request for joint approval of a deed, to the nearest body that can decide about it."""
    joint = joint_of(BY_KIND[kind_of(body)])
    subjects = joint.subjects(house, body)
    return AskApproval(
        body=deciding_body(house, joint.body(house, body), at),
        concerns=tuple(MemberId(subject) for subject in subjects),
        deed=as_deed(body),
        happened_at="",
    )


def _refusal(request: Request, name: str, refused: Refused) -> Trouble:
    entry = -1
    if refused.rule == "act-id-used":
        stored = request.desk.office.folder.archive.find(_act_sent(request, name))
        entry = stored.seq if stored else -1
    return Trouble(name, 409, refused.rule, refused.reason, entry)


def _beside_its_field(form: ActForm, trouble: Trouble) -> Trouble:
    """A refusal, told beside the field that it is about where there is one."""
    place = form.place_of(trouble.rule)
    if place is None:
        return trouble
    form.add_error(place, trouble.reason)
    return replace(trouble, reason="")


def _act_sent(request: Request, name: str) -> ActId:
    return slip_of(request).act_id(name)


def _not_now(error: Exception) -> str:
    if isinstance(error, Busy):
        return "Others are writing just now. Nothing was lost: send the form again in a moment."
    if isinstance(error, InDoubt):
        return (
            "It isn't certain whether this was kept. Send the form again: if it was, you get the "
            "same receipt."
        )
    return f"Nothing can be accepted just now: {error}"


def _again(request: Request, trouble: Trouble, again: Again) -> HttpResponse:
    request.trouble = trouble
    return again()
