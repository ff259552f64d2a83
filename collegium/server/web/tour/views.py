"""The tour: its stations, each station, and the figures of all votes."""

from weakref import WeakKeyDictionary

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from collegium.datasets.debian.figures import FiguresFound, find_figures, tell_figures
from collegium.datasets.debian.sheets import read_sheets
from collegium.datasets.debian.tour import (
    Sheets,
    StationFound,
    find_station,
    stations,
    tell_station,
)
from collegium.datasets.debian.toured import is_toured
from collegium.parts.organisation.shown import Absent, Visit
from collegium.secretariat.house import House
from collegium.server.desks import Desk
from collegium.server.web.shared.request import Request
from collegium.server.web.shared.showing import gathered, shown

_read: WeakKeyDictionary[Desk, Sheets] = WeakKeyDictionary()
"""The ballots of imports, which are closed: they stay as they are."""


@require_safe
def tour(request: Request) -> HttpResponse:
    """All stations."""

    def gather(house: House, _visit: Visit) -> tuple[StationFound, ...]:
        _check(house)
        return tuple(find_station(house, place) for place in range(1, len(stations()) + 1))

    found = gathered(request, gather)
    sheets = _sheets(request.desk)
    told = [tell_station(one, found.words, sheets) for one in found.shown]
    return shown(request, "tour/tour.html", found, more={"stations": told})


@require_safe
def station(request: Request, slug: str) -> HttpResponse:
    """One station: the question, what was proposed, the count, and why it matters."""
    slugs = [one.slug for one in stations()]
    if slug not in slugs:
        raise Absent("The tour has no such station.")
    place = slugs.index(slug) + 1

    def gather(house: House, _visit: Visit) -> StationFound:
        _check(house)
        return find_station(house, place)

    found = gathered(request, gather)
    more = {
        "told": tell_station(found.shown, found.words, _sheets(request.desk)),
        "previous": stations()[place - 2] if place > 1 else None,
        "following": stations()[place] if place < len(slugs) else None,
    }
    return shown(request, "tour/station.html", found, more=more)


@require_safe
def figures(request: Request) -> HttpResponse:
    """Every vote in figures, their limits, and what can't be said."""

    def gather(house: House, _visit: Visit) -> FiguresFound:
        _check(house)
        return find_figures(house)

    found = gathered(request, gather)
    told = tell_figures(found.shown, found.words, _sheets(request.desk))
    return shown(request, "tour/figures.html", found, more={"told": told})


def _check(house: House) -> None:
    if not is_toured(house):
        raise Absent("There is a tour of the Debian votes, and none of this organisation.")


def _sheets(desk: Desk) -> Sheets:
    sheets = _read.get(desk)
    if sheets is None:
        sheets = _read[desk] = read_sheets(desk.office.folder.archive.entries(0))
    return sheets
