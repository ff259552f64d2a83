"""Casting: a ballot, a card, another's ballot by proxy; giving a proxy and taking it back."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST
from msgspec import Struct

from collegium.ids import MemberId, VoteId
from collegium.parts.decisions import acts
from collegium.parts.organisation.shown import Absent, Visit, member_numbered
from collegium.refusals import Refused
from collegium.secretariat.house import House
from collegium.server.web.decisions import forms, voters
from collegium.server.web.decisions.seeing import Seen, seen
from collegium.server.web.decisions.views import about, about_signed, vote
from collegium.server.web.shared.acting import act
from collegium.server.web.shared.request import Request
from collegium.server.web.shared.showing import shown


@require_POST
def cast(request: Request, number: int) -> HttpResponse:
    """Cast a ballot, or cast it anew."""
    looked = seen(request, number)
    form = voters.ballot_form(looked, request)

    def making(_house: House, _visit: Visit) -> Struct:
        return acts.CastBallot(happened_at="", marks=form.marks(), vote=_name(looked))

    signed = about_signed if looked.page.purpose == "reseat" else about
    return signed(request, number, "cast", form, making)


@require_POST
def cast_card(request: Request, number: int) -> HttpResponse:
    """Cast a card, whole or split."""
    looked = seen(request, number)
    form = voters.card_form(looked, request)

    def making(_house: House, _visit: Visit) -> Struct:
        return acts.CastCard(happened_at="", parts=form.said(), vote=_name(looked))

    return about(request, number, "card", form, making)


@require_POST
def give_proxy(request: Request, number: int) -> HttpResponse:
    """Let another elector vote for oneself."""
    looked = seen(request, number)
    form = voters.proxy_form(looked, request)

    def making(house: House, _visit: Visit) -> Struct:
        try:
            holder = member_numbered(house, form.cleaned_data["member"])
        except Absent as error:
            raise Refused(
                "proxy-elector", f"{error} Only another elector can vote for you."
            ) from error
        return acts.GiveProxy(happened_at="", member=holder, vote=_name(looked))

    return about(request, number, "give-proxy", form, making)


@require_POST
def take_back(request: Request, number: int) -> HttpResponse:
    """Take one's proxy back."""
    looked = seen(request, number)

    def making(_house: House, visit: Visit) -> Struct:
        if visit.member is None:
            raise Refused("nobody", "Only members act here; sign in first.")
        return acts.GiveProxy(happened_at="", member=visit.member, vote=_name(looked))

    return about(request, number, "take-back", forms.TakeBackForm(request.POST), making)


def cast_by_proxy(request: Request, number: int, member: int) -> HttpResponse:
    """Cast the ballot of one who gave their proxy."""
    looked = seen(request, number)
    held = next((one for one in looked.page.proxies.held if one.number == member), None)
    if held is None and request.method != "POST":
        raise Absent("That member hasn't given you their proxy for this vote.")
    form = forms.ProxyBallotForm(request.POST or None, ballots=looked.ballots, titles=looked.titles)

    def again() -> HttpResponse:
        if held is None:
            return vote(request, number, sent={"proxy": form})
        more = {"held": held, "ballots": looked.ballots}
        return shown(
            request, "decisions/proxy.html", looked.found, forms={"proxy": form}, more=more
        )

    def making(house: House, _visit: Visit) -> Struct:
        name: MemberId = member_numbered(house, member)
        return acts.CastByProxy(happened_at="", marks=form.marks(), member=name, vote=_name(looked))

    return act(request, "proxy", form, making, again) if request.method == "POST" else again()


def _name(looked: Seen) -> VoteId:
    return looked.page.row.name
