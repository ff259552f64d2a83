"""Showing a page: gather under the read lock, let go, fetch the texts, render."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from msgspec import Struct

from collegium.ids import ActId
from collegium.parts.organisation.shown import Person, Text, Visit, person
from collegium.secretariat.drafting import seen
from collegium.secretariat.house import House
from collegium.secretariat.texts import Fetched, texts_in
from collegium.server.web.shared.forms import ActForm
from collegium.server.web.shared.request import Request
from collegium.server.web.shared.slips import FIELD, new_slip

_FORBIDDEN = 403
_NOT_NOW = 503
_MOST_DIGITS = 9


class Frame(Struct, frozen=True):
    """What stands around every page of an organisation.

    Attributes:
        name: The organisation's name.
        base: Size and root of its record: all of it is replayed in this house.
        me: The visitor, where they are known.
        active: Whether the visitor is a member in good standing.
        closed: Whether it is an imported past, to which nothing is added.
        public: Whether anybody may read what members read.
        reads: Whether the visitor may.
    """

    name: Text
    base: tuple[int, str]
    me: Person | None
    active: bool
    closed: bool
    public: bool
    reads: bool


class Gathered(Struct, frozen=True):
    """What was found for one answer: page data, the frame around it, all their texts."""

    shown: Any
    frame: Frame
    visit: Visit
    fetched: Fetched

    def words(self, text: Text) -> str:
        """A text's words; nothing if it isn't open to the visitor."""
        opened = self.fetched.texts.get(text)
        return opened.words if opened else ""


def gathered(request: Request, gather: Callable[[House, Visit], Any]) -> Gathered:
    """What `gather` finds in the house, with its texts; the house is let go again.

    Args:
        request: Of whom, about which organisation.
        gather: A page function of a part, or several; it runs under the read lock and must
            neither wait nor look anything up elsewhere.

    Raises:
        Absent: There is no such page.
    """
    desk, visit = request.desk, request.visit
    with desk.office.door.reading() as house:
        frame, page = frame_of(house, visit), gather(house, visit)
    fetched = desk.texts.fetch(texts_in((frame, page)), visit.member)
    return Gathered(page, frame, visit, fetched)


def shown(  # noqa: PLR0913 - what a page is made of, by name
    request: Request,
    template: str,
    found: Gathered,
    *,
    forms: Mapping[str, ActForm] | None = None,
    more: Mapping[str, Any] | None = None,
    to_all: bool = False,
) -> HttpResponse:
    """The page from what was gathered; in the template that is `page`.

    Whoever may not read what members read is told so, and how to come in (403).

    Args:
        request: With the trouble of the form that it brought, if any.
        template: The template's name.
        found: What was gathered.
        forms: The page's forms by name; one that met trouble is given as it was sent.
        more: What else the template needs.
        to_all: Whether the page holds something for whoever isn't a member.
    """
    trouble = request.trouble
    closed = not (to_all or found.frame.reads)
    template = "shared/members_only.html" if closed else template
    context = {
        **(more or {}),
        "page": found.shown,
        "frame": found.frame,
        "visit": found.visit,
        "fetched": found.fetched,
        "desk": request.desk,
        "forms": forms or {},
        "slip": _slip(request, found) if forms else "",
        "kept": _kept(request, forms) if forms else (),
        "trouble": trouble,
    }
    response = HttpResponse(render_to_string(template, context, request))
    if closed:
        response.status_code = _FORBIDDEN
    elif trouble:
        response.status_code = trouble.status
        if trouble.status == _NOT_NOW:
            response["Retry-After"] = "5"
    return response


def _kept(request: Request, forms: Mapping[str, ActForm]) -> tuple[tuple[str, str], ...]:
    """What somebody wrote into a form that they may no longer send: else it would be lost."""
    if request.method != "POST":
        return ()
    fields = (one for form in forms.values() if form.is_bound for one in form.visible_fields())
    return tuple((str(one.label), str(one.value())) for one in fields if one.value())


def _slip(request: Request, found: Gathered) -> str:
    # What couldn't be kept now may stand after all: the same form again must be the same act.
    if request.trouble and request.trouble.status == _NOT_NOW:
        return str(request.POST.get(FIELD, ""))
    return new_slip(request.desk, found.visit, found.frame.base)


def show(  # noqa: PLR0913 - what a page is made of, by name
    request: Request,
    template: str,
    gather: Callable[[House, Visit], Any],
    *,
    forms: Mapping[str, ActForm] | None = None,
    more: Mapping[str, Any] | None = None,
    to_all: bool = False,
) -> HttpResponse:
    """The page from what `gather` finds: `gathered`, then `shown`."""
    found = gathered(request, gather)
    return shown(request, template, found, forms=forms, more=more, to_all=to_all)


def frame_of(house: House, visit: Visit) -> Frame:
    """What stands around every page."""
    organisation = house.organisation
    me = person(house, visit.member) if visit.member else None
    public = organisation.clause("record.readers") == "public"
    return Frame(
        name=Text(ActId(organisation.root), "name"),
        base=seen(house),
        me=me,
        active=me is not None and me.standing == "good",
        closed=bool(organisation.source) and not organisation.demo,
        public=public,
        reads=public or (me is not None and me.standing != "former"),
    )


def whole_number(text: str) -> int:
    """A number from an address, or 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else 0
