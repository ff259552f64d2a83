"""The front door: the organisations that are here, and coming in."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from collegium.refusals import Refused
from collegium.server.accounts import signing_in
from collegium.server.desks import desks
from collegium.server.web.front.pages import door_plate
from collegium.server.web.shared.request import Request, Trouble
from collegium.server.web.shared.showing import show


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The organisations, each with its door."""
    plates = []
    for desk in desks().all().values():
        with desk.office.door.reading() as house:
            plate = door_plate(house)
        name = desk.texts.fetch([plate.name], None).texts[plate.name]
        # Not reversed: looking for a name among all addresses loads every page there is.
        address = f"/{desk.slug}/"
        plates.append(
            {
                "address": address,
                "plate": plate,
                "name": name.words or desk.slug,
                "places": bool(signing_in.newcomers(desk)),
            }
        )
    return render(request, "front/front.html", {"plates": plates})


@require_safe
def healthy(_request: HttpRequest) -> HttpResponse:
    """Whether this process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def enter(request: Request) -> HttpResponse:
    """Choose whom to play in a demonstration."""
    desk = request.desk
    people = [one for one in desk.people if not one.newcomer]
    context = {"people": people, "places": bool(signing_in.newcomers(desk))}
    return show(request, "front/enter.html", lambda _house, _visit: (), more=context, to_all=True)


@require_POST
def play(request: Request) -> HttpResponse:
    """Come in as one of the invented people."""
    try:
        signing_in.play(request, request.desk, request.POST.get("member", ""))
    except Refused as refused:
        return _refused(request, refused)
    return _inside(request)


@require_POST
def join(request: Request) -> HttpResponse:
    """Come in as a member of one's own."""
    try:
        signing_in.join(request, request.desk)
    except Refused as refused:
        return _refused(request, refused)
    return _inside(request)


@require_POST
def leave(request: Request) -> HttpResponse:
    """Go out again."""
    signing_in.leave(request, request.desk)
    return _inside(request)


def _refused(request: Request, refused: Refused) -> HttpResponse:
    request.trouble = Trouble("enter", 409, refused.rule, refused.reason)
    return enter(request)


def _inside(request: Request) -> HttpResponse:
    return HttpResponseRedirect(reverse("today", args=(request.desk.slug,)), status=303)
