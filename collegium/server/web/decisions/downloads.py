"""Downloads for whoever recounts: ballots, their profile, the outcome with all its figures."""

import csv
from collections.abc import Iterator
from io import StringIO

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from collegium.parts.decisions.tallying import profile_of
from collegium.secretariat.ballots import BallotBox
from collegium.server.web.decisions.counts import ClosedVote, box_of, final
from collegium.server.web.shared.request import Request
from collegium.server.web.shared.showing import frame_of, show

_HEAD = ("entry", "member", "cast_at", "marks", "count", "counts")


@require_safe
def ballots_file(request: Request, number: int) -> HttpResponseBase:
    """Every ballot of a closed vote with its entry, as CSV; the heading names the digests."""
    if not _reads(request):
        return _members_only(request)
    closed = final(request.desk, number)
    lines = _lines(closed, box_of(request.desk, closed))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    _name(response, request, number, "ballots.csv")
    return response


@require_safe
def profile_file(request: Request, number: int) -> HttpResponse:
    """How often each ballot was cast; this file's SHA-256 is the profile's digest."""
    if not _reads(request):
        return _members_only(request)
    closed = final(request.desk, number)
    weights = box_of(request.desk, closed).weights()
    profile = profile_of(closed.vote.counting, len(closed.vote.options), weights)
    response = HttpResponse(profile.text(), content_type="text/plain; charset=us-ascii")
    _name(response, request, number, "profile.txt")
    return response


@require_safe
def outcome_file(request: Request, number: int) -> HttpResponse:
    """The outcome with its rule and all figures; this file's SHA-256 is the outcome's digest."""
    if not _reads(request):
        return _members_only(request)
    canonical = final(request.desk, number).outcome.canonical()
    response = HttpResponse(canonical, content_type="application/json")
    _name(response, request, number, "outcome.json")
    return response


def _lines(closed: ClosedVote, box: BallotBox) -> Iterator[str]:
    yield f"# profile {closed.outcome.profile}\n"
    yield f"# outcome {closed.outcome.digest()}\n"
    yield f"# vote {closed.name}, {len(closed.vote.options)} options: one mark each, - is none\n"
    yield _line(_HEAD)
    for one in box.cast:
        yield _line((one.seq, one.member, one.at, one.marks, one.count, "yes" if one.last else "replaced"))
    for many in box.counted_in:
        yield _line((many.seq, "", many.at, many.marks, many.count, "yes"))


def _line(values: tuple[object, ...]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerow(values)
    return out.getvalue()


def _name(response: HttpResponseBase, request: Request, number: int, name: str) -> None:
    file = f"{request.desk.slug}-V-{number}-{name}"
    response["Content-Disposition"] = f'attachment; filename="{file}"'


def _reads(request: Request) -> bool:
    with request.desk.office.door.reading() as house:
        return frame_of(house, request.visit).reads


def _members_only(request: Request) -> HttpResponse:
    return show(request, "shared/members_only.html", lambda _house, _visit: ())
