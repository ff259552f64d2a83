"""Who visits: the member whom a browser's session is linked to, one for each organisation.

Until real sign-in comes, the only way in is a demonstration's: choose one of its invented
people, or take a newcomer's place. It is open only in organisations founded as a
demonstration, and only at the machine itself.
"""

from ipaddress import ip_address
from typing import Final

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.http.request import split_domain_port

from collegium.datasets.cooperative.people import DemoPerson
from collegium.ids import MemberId
from collegium.refusals import Refused
from collegium.server.accounts.models import Account
from collegium.server.desks import Desk

MEMBERS: Final = "members"
"""In a session: the member's name, by organisation."""

_FORWARDED: Final = (
    *("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP", "HTTP_X_CLIENT_IP"),
    *("HTTP_TRUE_CLIENT_IP", "HTTP_CF_CONNECTING_IP", "HTTP_X_FORWARDED"),
)
"""How those headers begin by which a proxy says that it stands between."""


def visitor_of(request: HttpRequest, desk: Desk) -> MemberId | None:
    """The member as whom this browser visits the organisation; None for nobody.

    A former member is still told apart from nobody; what they may read and do, rules say.
    """
    known: dict[str, str] = request.session.get(MEMBERS, {})
    member = MemberId(known.get(desk.slug, ""))
    return member if member in desk.office.door.house.organisation.members else None


def play(request: HttpRequest, desk: Desk, member: str) -> None:
    """Visit a demonstration as one of its invented people.

    Raises:
        Refused: `no-demo`, `not-at-this-machine`, `nobody-to-play`.
    """
    _check_demo(request, desk)
    if not any(one.member == member and not one.newcomer for one in desk.people):
        raise Refused("nobody-to-play", "Choose one of the people on the list.")
    _remember(request, desk, member)


def join(request: HttpRequest, desk: Desk) -> None:
    """Visit a demonstration as a member of one's own: the next newcomer nobody has taken.

    Raises:
        Refused: `no-demo`, `not-at-this-machine`, `no-place-left`.
    """
    _check_demo(request, desk)
    taken = set(Account.objects.filter(organisation=desk.slug).values_list("member", flat=True))
    for newcomer in newcomers(desk):
        if newcomer.member not in taken and _taken_now(desk, newcomer):
            _remember(request, desk, newcomer.member)
            return
    raise Refused(
        "no-place-left",
        "Every newcomer's place is taken; choose one of the people, or start the demo anew.",
    )


def leave(request: HttpRequest, desk: Desk) -> None:
    """Visit as nobody again."""
    known: dict[str, str] = request.session.get(MEMBERS, {})
    known.pop(desk.slug, None)
    request.session[MEMBERS] = known


def newcomers(desk: Desk) -> list[DemoPerson]:
    """The places kept for whoever tries a demonstration."""
    return [one for one in desk.people if one.newcomer]


def at_this_machine(request: HttpRequest) -> bool:
    """Whether the request comes from this machine, by its own name and not through a proxy."""
    if any(header.startswith(_FORWARDED) for header in request.META):
        return False
    host, _ = split_domain_port(request.get_host())
    named = host.strip("[]")
    return _loopback(request.META.get("REMOTE_ADDR", "")) and (
        named == "localhost" or _loopback(named)
    )


def _check_demo(request: HttpRequest, desk: Desk) -> None:
    if not desk.demo:
        raise Refused("no-demo", "Only an organisation founded as a demonstration is played.")
    if not at_this_machine(request):
        raise Refused(
            "not-at-this-machine",
            "A demonstration is played only at the machine on which it runs; start your own.",
        )


def _taken_now(desk: Desk, newcomer: DemoPerson) -> bool:
    try:
        with transaction.atomic():
            Account.objects.create(organisation=desk.slug, member=newcomer.member)
    except IntegrityError:  # somebody else was quicker
        return False
    return True


def _remember(request: HttpRequest, desk: Desk, member: str) -> None:
    known: dict[str, str] = request.session.get(MEMBERS, {})
    request.session.cycle_key()
    request.session[MEMBERS] = known | {desk.slug: member}


def _loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
