"""Copies as pages: the checkpoint, who has copies, how to take one, and how to damage it."""

from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe
from msgspec import Struct

from collegium.parts.organisation.shown import Absent, Visit
from collegium.record.verify import fingerprint
from collegium.secretariat.house import House
from collegium.secretariat.reading import audience
from collegium.server.web.record import checks, copies
from collegium.server.web.record.damage import Part
from collegium.server.web.shared.request import Request
from collegium.server.web.shared.running import NotYet
from collegium.server.web.shared.showing import Gathered, gathered, shown

_PARTS: Final = (
    ("entry", "an entry"),
    ("hash", "its hash in the tree"),
    ("signature", "the log's signature"),
)


class CopiesPage(Struct, frozen=True):
    """How large the record is, and who may read the whole of it."""

    size: int
    audience: str


class DamageForm(forms.Form):
    """What of a copy to damage; nothing else is."""

    part = forms.ChoiceField(choices=_PARTS, label="Change one byte of", initial="entry")
    entry = forms.IntegerField(min_value=0, label="Entry")

    def __init__(self, size: int, asked: Any = None) -> None:
        super().__init__(asked, initial={"entry": size // 2})
        self.fields["entry"] = forms.IntegerField(
            min_value=0,
            max_value=size - 1,
            label="Which entry",
            help_text=f"From 0 to {size - 1}; a signature is over all of them.",
        )


@require_safe
def copies_page(request: Request) -> HttpResponse:
    """The checkpoint, the key, who has copies, and how to take one."""
    found = _found(request)
    if not found.frame.reads:
        return shown(request, "record/copies.html", found)
    office = request.desk.office
    more = {
        "checkpoint": office.checkpoint(),
        "key": str(office.verifier_key),
        "fingerprint": fingerprint(office.verifier_key),
        "copy": copies.copy_name(request.desk),
        "damage": DamageForm(found.shown.size),
        "too_large": found.shown.size > copies.MOST_ENTRIES,
    }
    return shown(request, "record/copies.html", found, more=more)


@require_safe
def damaged(request: Request) -> HttpResponse:
    """What checking says about a copy with one byte changed, beside the whole one."""
    found = _found(request)
    if not found.frame.reads:
        return shown(request, "record/damaged.html", found)
    _check_size(found)
    form = DamageForm(found.shown.size, request.GET or None)
    if not form.is_valid():
        if not request.GET:
            return redirect("copies", request.desk.slug)
        return shown(request, "record/damaged.html", found, more={"damage": form})
    part, entry = _asked(form)
    checks.begin(request.desk)  # the whole one, while the damaged one is waited for
    damaged = checks.check(request.desk, part, entry)
    whole = damaged if isinstance(damaged, NotYet) else checks.check(request.desk)
    if isinstance(whole, NotYet):
        waiting = {"running": whole.step}
        return shown(request, "record/being_checked.html", found, more=waiting)
    more = {
        "damage": form,
        "part": part,
        "entry": entry,
        "damaged": damaged,
        "whole": whole,
    }
    return shown(request, "record/damaged.html", found, more=more)


@require_safe
def copy_file(request: Request) -> HttpResponse:
    """The whole record in one file."""
    _check_reader(request)
    return _download(copies.packed(request.desk))


@require_safe
def damaged_file(request: Request) -> HttpResponse:
    """The whole record in one file, with one byte changed."""
    found = _check_reader(request)
    form = DamageForm(found.shown.size, request.GET)
    if not form.is_valid():
        raise Absent("No such byte can be changed.")
    return _download(copies.packed(request.desk, *_asked(form)))


@require_safe
def checkpoint_file(request: Request) -> HttpResponse:
    """The newest checkpoint: what whoever keeps an eye on the record keeps."""
    response = HttpResponse(request.desk.office.checkpoint(), content_type="text/plain")
    response["Content-Disposition"] = f'attachment; filename="{request.desk.slug}.checkpoint"'
    return response


def _found(request: Request) -> Gathered:
    def gather(house: House, _visit: Visit) -> CopiesPage:
        return CopiesPage(house.size, audience(house))

    return gathered(request, gather)


def _check_reader(request: Request) -> Gathered:
    found = _found(request)
    if not found.frame.reads:
        raise Absent("Only who may read the whole record can take a copy of it.")
    _check_size(found)
    return found


def _check_size(found: Gathered) -> None:
    if found.shown.size > copies.MOST_ENTRIES:
        raise Absent("This record is too large for a page; copy it with `collegium export`.")


def _asked(form: DamageForm) -> tuple[Part, int]:
    part: Part = form.cleaned_data["part"]
    return part, 0 if part == "signature" else form.cleaned_data["entry"]


def _download(file: copies.Packed) -> HttpResponse:
    response = HttpResponse(file.data, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response
