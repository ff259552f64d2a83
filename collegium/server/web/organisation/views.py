"""Members, bodies, posts and the rule book, as pages."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from collegium.parts.organisation import pages
from collegium.server.web.shared.request import Request
from collegium.server.web.shared.showing import show, whole_number


@require_safe
def members(request: Request) -> HttpResponse:
    """The list of members."""
    start = whole_number(request.GET.get("from", ""))
    return show(
        request,
        "organisation/members.html",
        lambda house, visit: pages.members_page(house, visit, start),
    )


@require_safe
def member(request: Request, number: int) -> HttpResponse:
    """One member."""
    return show(
        request,
        "organisation/member.html",
        lambda house, visit: pages.member_page(house, visit, number),
        to_all=_own(request, number),
    )


@require_safe
def bodies(request: Request) -> HttpResponse:
    """The tree of bodies."""
    return show(request, "organisation/bodies.html", pages.bodies_page)


@require_safe
def body(request: Request, number: int) -> HttpResponse:
    """One body."""
    return show(
        request,
        "organisation/body.html",
        lambda house, visit: pages.body_page(house, visit, number),
    )


@require_safe
def rules(request: Request) -> HttpResponse:
    """The rule book, clause by clause."""
    return show(request, "organisation/rules.html", pages.rule_book_page)


def _own(request: Request, number: int) -> bool:
    """Whether it is the visitor's own page, which they read as a former member too."""
    members = request.desk.office.door.house.organisation.members
    return request.visit.member is not None and members[request.visit.member].number == number
