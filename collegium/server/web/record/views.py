"""The record as pages: its newest entries, one entry with its receipt, its proof."""

from itertools import islice

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe
from msgspec import Struct

from collegium.ids import ActId
from collegium.parts.organisation.shown import Absent, Visit
from collegium.record.base64_text import to_base64
from collegium.record.tree import leaf_hash
from collegium.secretariat.entering import read
from collegium.secretariat.house import House
from collegium.secretariat.reading import matter_of, may_read
from collegium.server.web.shared.deeds import Deed, deed_of
from collegium.server.web.shared.request import Request
from collegium.server.web.shared.showing import show, whole_number

_LENGTH = 40
"""Entries on one page."""


class RecordPage(Struct, frozen=True):
    """The newest entries, or those below a number.

    Attributes:
        origin: The log's name.
        size: How many entries there are.
        deeds: Those on this page that the visitor may read, the newest first.
        hidden: How many of this page's they may not.
        before: Where the next page goes on; None on the last.
        later: Where the page before this one goes on; None on the first.
    """

    origin: str
    size: int
    deeds: tuple[Deed, ...]
    hidden: int
    before: int | None
    later: int | None


class EntryPage(Struct, frozen=True):
    """One entry; `deed` is None if it isn't the visitor's to read."""

    seq: int
    act: ActId
    deed: Deed | None
    leaf: str
    key: str
    sealed: tuple[tuple[str, str], ...]
    root: str
    size: int
    previous: int | None
    following: int | None


@require_safe
def record(request: Request) -> HttpResponse:
    """The newest entries in words, or the way to one of them."""
    if asked := request.GET.get("entry", "").strip():
        wanted = whole_number(asked)
        if not wanted and asked.strip("0"):
            raise Absent(f"“{asked[:20]}” is no entry's number. They are counted from 0.")
        return redirect("entry", request.desk.slug, wanted)
    before = whole_number(request.GET.get("before", ""))
    archive = request.desk.office.folder.archive
    size = archive.size()
    stop = min(before, size) if before else size
    start = max(stop - _LENGTH, 0)
    # Read before the house is held: nothing waits for a disk under its lock.
    entries = list(islice(archive.entries(start, stop), _LENGTH))

    def gather(house: House, visit: Visit) -> RecordPage:
        rows = [
            deed_of(house, start + place, data) if _readable(house, visit, data) else None
            for place, data in enumerate(entries)
        ]
        deeds = tuple(deed for deed in reversed(rows) if deed)
        return RecordPage(
            origin=house.origin,
            size=house.size,
            deeds=deeds,
            hidden=len(rows) - len(deeds),
            before=start or None,
            later=stop + _LENGTH if stop < house.size else None,
        )

    return show(request, "record/record.html", gather, to_all=True)


@require_safe
def entry(request: Request, seq: int) -> HttpResponse:
    """One entry: what was done, by whom, and how anybody can check it."""
    found = list(request.desk.office.folder.archive.entries(seq, seq + 1))
    if not found:
        raise Absent(f"The record has no entry {seq} yet.")

    def gather(house: House, visit: Visit) -> EntryPage:
        (data,) = found
        stored = read(data)[0]
        readable = _readable(house, visit, data)
        return EntryPage(
            seq=seq,
            act=stored.act.id,
            deed=deed_of(house, seq, data) if readable else None,
            leaf=to_base64(leaf_hash(data)),
            key=stored.by.key,
            sealed=tuple(stored.act.sealed.items()) if readable else (),
            root=to_base64(house.tree.root()),
            size=house.size,
            previous=seq - 1 if seq else None,
            following=seq + 1 if seq + 1 < house.size else None,
        )

    more = {"receipt": "receipt" in request.GET, "log_key": str(request.desk.office.verifier_key)}
    return show(request, "record/entry.html", gather, more=more, to_all=True)


@require_safe
def entry_file(request: Request, seq: int) -> HttpResponse:
    """The entry's bytes as they stand in the record, for whoever may read them."""
    found = list(request.desk.office.folder.archive.entries(seq, seq + 1))
    with request.desk.office.door.reading() as house:
        readable = bool(found) and _readable(house, request.visit, found[0])
    if not readable:
        raise Absent(f"The record has no entry {seq} that you may read.")
    response = HttpResponse(found[0], content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{request.desk.slug}-{seq}.entry.json"'
    return response


@require_safe
def proof_file(request: Request, seq: int) -> HttpResponse:
    """The entry's proof under the newest checkpoint, as other programs read it."""
    if seq >= request.desk.office.folder.archive.size():
        raise Absent(f"The record has no entry {seq} yet.")
    response = HttpResponse(request.desk.office.proof(seq), content_type="text/plain")
    response["Content-Disposition"] = f'attachment; filename="{request.desk.slug}-{seq}.tlog-proof"'
    return response


def _readable(house: House, visit: Visit, data: bytes) -> bool:
    return may_read(house, visit.member, matter_of(house, data))
