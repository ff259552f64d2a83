"""Downloads for whoever recounts: ballots, their profile, the outcome, the protocol, a picture."""

import csv
import json
from collections.abc import Iterator
from io import StringIO
from typing import Final

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from collegium.counting import BallotPolicy
from collegium.counting.files import RankedFile, write_abif, write_blt
from collegium.counting.marks import marks_of
from collegium.counting.protocol import as_html, as_json, as_rows, as_text, picture_of
from collegium.parts.decisions.tallying import kind_of, profile_of
from collegium.parts.organisation.shown import Absent
from collegium.secretariat.ballots import BallotBox
from collegium.server.web.decisions.counts import (
    DIFFERS,
    ClosedVote,
    CountedVote,
    box_of,
    closed_vote,
    counted_box,
    final,
    is_of_count,
    unclear,
)
from collegium.server.web.decisions.results import sheet_of_vote
from collegium.server.web.decisions.seeing import Seen, seen
from collegium.server.web.shared.request import Request
from collegium.server.web.shared.running import NotYet
from collegium.server.web.shared.showing import frame_of, show

_NOT_YET: Final = "Its ballots are still being counted; look at the vote's page meanwhile."
_HEAD = ("entry", "member", "cast_at", "marks", "count", "counts")
_TYPES: Final = {
    "csv": "text/csv",
    "html": "text/html",
    "json": "application/json",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "blt": "text/plain",
    "abif": "text/plain",
}


@require_safe
def ballots_file(request: Request, number: int, form: str) -> HttpResponseBase:
    """Every ballot of a closed vote; as CSV each with its entry, else grouped."""
    if not _reads(request):
        return _members_only(request)
    closed = closed_vote(request.desk, number)
    if form == "csv":
        lines = _lines(_final(request, closed), box_of(request.desk, closed))
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        _name(response, request, number, "ballots.csv")
        return response
    if form not in {"blt", "abif"} or kind_of(closed.vote.counting) != "ranked":
        raise Absent("These ballots have no file of that form.")
    box = counted_box(request.desk, _final(request, closed))
    written = _ranked(seen(request, number), closed, box, form)
    return _file(request, number, f"ballots.{form}", written)


@require_safe
def profile_file(request: Request, number: int) -> HttpResponse:
    """How often each ballot was cast; this file's SHA-256 is the profile's digest."""
    if not _reads(request):
        return _members_only(request)
    closed = closed_vote(request.desk, number)
    weights = counted_box(request.desk, _final(request, closed)).weights()
    profile = profile_of(closed.vote.counting, len(closed.vote.options), weights)
    return _file(request, number, "profile.txt", profile.text())


@require_safe
def outcome_file(request: Request, number: int) -> HttpResponse:
    """The outcome with its rule and all figures; this file's SHA-256 is the outcome's digest."""
    if not _reads(request):
        return _members_only(request)
    found = _final(request, closed_vote(request.desk, number))
    return _file(request, number, "outcome.json", found.outcome.canonical())


@require_safe
def protocol_file(request: Request, number: int, form: str) -> HttpResponse:
    """The protocol of the count as text, a page, a table or an object for programs."""
    if not _reads(request):
        return _members_only(request)
    found, looked = _final(request, closed_vote(request.desk, number)), seen(request, number)
    return _file(request, number, f"protocol.{form}", _protocol(request, looked, found, form))


@require_safe
def picture_file(request: Request, number: int) -> HttpResponse:
    """The count as a picture."""
    if not _reads(request):
        return _members_only(request)
    found, looked = _final(request, closed_vote(request.desk, number)), seen(request, number)
    drawn = picture_of(found.outcome, looked.titles, alone=True)
    if not drawn:
        raise Absent("This count has no picture: its figures are no votes, approvals or grades.")
    return _file(request, number, "picture.svg", drawn)


def _protocol(request: Request, looked: Seen, found: CountedVote, form: str) -> str:
    names = looked.titles
    if form == "csv":
        return as_rows(found.outcome, names)
    known = unclear(request.desk, found)
    if isinstance(known, NotYet):
        raise Absent(_NOT_YET)
    if form == "json":
        told = as_json(found.outcome, names, found.vote.counting.method, known.margin)
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    sheet = sheet_of_vote(looked, found, known)
    if form == "txt":
        return as_text(sheet)
    if form == "html":
        return as_html(sheet, picture_of(found.outcome, names))
    raise Absent("The protocol has no file of that form.")


def _ranked(looked: Seen, closed: ClosedVote, box: BallotBox, form: str) -> str:
    """The ballots in a format of other programs; marks that it can't spell are replaced."""
    counting = closed.vote.counting
    plain = [title.translate(_AWAY) for title in looked.titles]
    once = [
        f"{title} ({number})" if plain.count(title) > 1 else title
        for number, title in enumerate(plain, 1)
    ]
    file = RankedFile(
        ballots={marks_of(text): count for text, count in _summed(box).items()},
        names=tuple(once),
        policy=BallotPolicy(overvotes=counting.equal),
        seats=counting.seats,
        title=looked.found.words(looked.page.row.title).translate(_AWAY),
    )
    return write_blt(file) if form == "blt" else write_abif(file)


_AWAY: Final = str.maketrans({'"': "'", "[": "(", "]": ")", "\n": " ", "\r": " "})


def _summed(box: BallotBox) -> dict[str, int]:
    """How often each ballot was given; skipped ranks are closed up, so that equal ones add up."""
    summed: dict[str, int] = {}
    spelt: dict[object, str] = {}
    for text, count in sorted(box.weights().items()):
        known = spelt.setdefault(marks_of(text), text)
        summed[known] = summed.get(known, 0) + count
    return summed


def _lines(found: CountedVote, box: BallotBox) -> Iterator[str]:
    yield f"# profile {found.outcome.profile}\n"
    yield f"# outcome {found.outcome.digest()}\n"
    yield f"# vote {found.name}, {len(found.vote.options)} options: one mark each, - is none\n"
    counted = is_of_count(found, box)
    if not counted:
        yield f"# {DIFFERS}\n"
    yield _line(_HEAD)
    last = "yes" if counted else "unknown"
    for one in box.cast:
        counts = last if one.last else "replaced"
        yield _line((one.seq, one.member, one.at, one.marks, one.count, counts))
    for many in box.counted_in:
        yield _line((many.seq, "", many.at, many.marks, many.count, last))


def _line(values: tuple[object, ...]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerow(values)
    return out.getvalue()


def _final(request: Request, closed: ClosedVote) -> CountedVote:
    found = final(request.desk, closed)
    if isinstance(found, NotYet):
        raise Absent(_NOT_YET)
    return found


def _file(request: Request, number: int, name: str, content: str | bytes) -> HttpResponse:
    kind = _TYPES[name.rpartition(".")[2]]
    response = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    _name(response, request, number, name)
    return response


def _name(response: HttpResponseBase, request: Request, number: int, name: str) -> None:
    file = f"{request.desk.slug}-V-{number}-{name}"
    response["Content-Disposition"] = f'attachment; filename="{file}"'


def _reads(request: Request) -> bool:
    with request.desk.office.door.reading() as house:
        return frame_of(house, request.visit).reads


def _members_only(request: Request) -> HttpResponse:
    return show(request, "shared/members_only.html", lambda _house, _visit: ())
