"""Opening a vote on a question's proposals."""

from datetime import date, timedelta

from django.http import HttpResponse
from msgspec import Struct

from collegium.parts.decisions import acts, pages
from collegium.parts.deliberation.pages import proposal_numbered, question_numbered
from collegium.parts.organisation.shown import Visit
from collegium.secretariat.house import House
from collegium.server.web.decisions.forms import Offer, OpenVoteForm
from collegium.server.web.shared.acting import act
from collegium.server.web.shared.request import Request
from collegium.server.web.shared.showing import Gathered, gathered, shown

_DEFAULT = "Leave everything as it is"


def open_vote(request: Request, number: int) -> HttpResponse:
    """Open a vote on a question."""
    page = gathered(request, lambda house, visit: pages.opening_page(house, visit, number))
    form = _form(request, page)

    def again() -> HttpResponse:
        return shown(request, "decisions/open_vote.html", page, forms={"open-vote": form})

    def making(house: House, _visit: Visit) -> Struct:
        return opened(house, number, form)

    if request.method == "POST":
        return act(request, "open-vote", form, making, again)
    return again()


def opened(house: House, number: int, form: OpenVoteForm) -> acts.OpenVote:
    """The act of a form that was filled in: the proposals chosen, then the default option."""
    name = question_numbered(house, number)
    options = [
        acts.Option(
            majority=one.majority,
            members=(),
            proposal=proposal_numbered(house, one.number),
            version=one.version,
        )
        for one in form.chosen()
    ]
    options.append(acts.Option(majority=(1, 1), members=(), proposal="", version=0))
    percent = form.cleaned_data["quorum"]
    return acts.OpenVote(
        body=house.deliberation.questions[name].body,
        closes=form.closes(),
        default=len(options),
        commission=acts.NO_COMMISSION,
        counting=acts.DEBIAN,
        electorate=acts.ALL_MEMBERS,
        happened_at="",
        manner=acts.BY_BALLOT,
        options=tuple(options),
        purpose="resolution",
        question=name,
        quorum=acts.Quorum(den=1, kind="percent" if percent else "none", num=percent),
        reference="",
        secret=False,
    )


def _form(request: Request, page: Gathered) -> OpenVoteForm:
    found: pages.OpeningPage = page.shown
    today = date.fromisoformat(request.visit.at[:10])
    offers = [Offer(one.number, one.version, page.words(one.title)) for one in found.choices]
    return OpenVoteForm(
        request.POST or None,
        offers=offers,
        quorum=found.quorum,
        initial={
            "title": page.words(found.text)[:160],
            "default_title": _DEFAULT,
            "last_day": today + timedelta(days=found.days),
            "quorum": found.quorum,
        },
    )
