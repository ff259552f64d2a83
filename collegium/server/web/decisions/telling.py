"""Tellers: entering hands, a roll call, ballots on paper."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe
from msgspec import Struct

from collegium.ids import VoteId
from collegium.parts.decisions import acts
from collegium.parts.decisions.pages_papers import asked_ballots
from collegium.parts.decisions.pages_taking import Telling
from collegium.parts.organisation.shown import Absent, Visit, member_numbered
from collegium.secretariat.house import House
from collegium.server.web.decisions.forms_tellers import CountInForm, HandsForm, RollCallForm
from collegium.server.web.decisions.piles import FEWEST
from collegium.server.web.decisions.seeing import Seen, seen
from collegium.server.web.shared.acting import act
from collegium.server.web.shared.forms import ActForm
from collegium.server.web.shared.request import Request
from collegium.server.web.shared.showing import show, shown, whole_number


def tell(request: Request, number: int) -> HttpResponse:
    """Enter what one counted or heard, without seeing what the other teller entered."""
    looked = seen(request, number)
    if looked.page.telling is None:
        raise Absent(f"V-{number} isn't taken by tellers: each elector casts a ballot.")
    if looked.page.manner == "hands":
        return _hands(request, looked)
    return _roll_call(request, looked, looked.page.telling)


def _hands(request: Request, looked: Seen) -> HttpResponse:
    form = HandsForm(request.POST or None, ballots=looked.ballots, titles=looked.titles)

    def making(_house: House, _visit: Visit) -> Struct:
        return acts.EnterHands(
            ballots=form.counted(),
            happened_at="",
            present=form.cleaned_data["present"],
            vote=_name(looked),
        )

    def again() -> HttpResponse:
        return _page(request, looked, "hands", form)

    return act(request, "hands", form, making, again) if request.method == "POST" else again()


def _roll_call(request: Request, looked: Seen, telling: Telling) -> HttpResponse:
    called = {
        one.number: looked.found.words(one.name) or f"Member {one.number}" for one in telling.called
    }
    form = RollCallForm(
        request.POST or None, ballots=looked.ballots, called=called, titles=looked.titles
    )

    def making(house: House, _visit: Visit) -> Struct:
        answers = tuple(
            acts.Answer(marks=marks, member=member_numbered(house, number))
            for number, marks in form.said().items()
        )
        return acts.EnterRollCall(answers=answers, happened_at="", vote=_name(looked))

    def again() -> HttpResponse:
        return _page(request, looked, "roll-call", form)

    return act(request, "roll-call", form, making, again) if request.method == "POST" else again()


def count_in(request: Request, number: int) -> HttpResponse:
    """Ask that ballots from paper be counted in."""
    looked = seen(request, number)
    form = _paper_form(request, looked)

    def making(_house: House, _visit: Visit) -> Struct:
        return acts.CountInBallots(
            ballots=form.counted(),
            happened_at="",
            spoilt=form.cleaned_data["spoilt"] or 0,
            vote=_name(looked),
        )

    def again() -> HttpResponse:
        return _page(request, looked, "count-in", form)

    sent = request.method == "POST" and "more" not in request.POST
    return act(request, "count-in", form, making, again) if sent else again()


def _paper_form(request: Request, looked: Seen) -> CountInForm:
    """The form as it was sent, or with room for more piles and all that was filled in."""
    ballots, titles = looked.ballots, looked.titles
    if "more" not in request.POST:
        sent, files = request.POST or None, request.FILES or None
        return CountInForm(sent, files, ballots=ballots, titles=titles)
    kept = request.POST.dict()
    kept["room"] = str(whole_number(request.POST.get("room", "")) + FEWEST)
    return CountInForm(ballots=ballots, titles=titles, initial=kept)


def _page(request: Request, looked: Seen, name: str, form: ActForm) -> HttpResponse:
    more = {"sheet_name": name, "ballots": looked.ballots}
    return shown(request, "decisions/tell.html", looked.found, forms={name: form}, more=more)


def _name(looked: Seen) -> VoteId:
    return looked.page.row.name


@require_safe
def asked(request: Request, number: int) -> HttpResponse:
    """The ballots that a request for joint approval asks to count in."""
    return show(
        request,
        "decisions/asked_ballots.html",
        lambda house, visit: asked_ballots(house, visit, number),
    )
