"""Votes as pages and forms: the list, one vote, its ballots."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe
from msgspec import Struct

from collegium.parts.decisions import acts, pages
from collegium.parts.decisions.tallying import winners_of
from collegium.parts.organisation.shown import Visit
from collegium.secretariat.house import House
from collegium.server.web.decisions import forms
from collegium.server.web.decisions.counts import (
    PAGE_LENGTH,
    ballot_rows,
    box_of,
    final,
    narrow,
)
from collegium.server.web.shared.acting import Making, act
from collegium.server.web.shared.forms import ActForm
from collegium.server.web.shared.request import Request
from collegium.server.web.shared.showing import gathered, show, shown, whole_number


@require_safe
def votes(request: Request) -> HttpResponse:
    """What is open, what is over, what is decided."""
    before = whole_number(request.GET.get("before", ""))
    return show(
        request,
        "decisions/votes.html",
        lambda house, visit: pages.votes_page(house, visit, before),
    )


def vote(request: Request, number: int, sent: Mapping[str, ActForm] | None = None) -> HttpResponse:
    """One vote: to vote in while it is open, its outcome explained afterwards.

    Args:
        request: The request.
        number: 9 is V-9.
        sent: A form that was sent and not accepted, by its name.
    """
    page = gathered(request, lambda house, visit: pages.vote_page(house, visit, number))
    found: pages.VotePage = page.shown
    fresh: dict[str, ActForm] = {
        "cast": forms.BallotForm(options=len(found.options), cast=found.yours),
        "close": forms.CloseForm(),
        "declare": forms.DeclareForm(),
    }
    more: dict[str, object] = {"noted": page.words(found.note)}
    if found.closed and page.frame.reads:
        closed = final(request.desk, number)
        more |= {"counted": closed.counted(), "narrow": narrow(request.desk, closed)}
    return shown(request, "decisions/vote.html", page, forms={**fresh, **(sent or {})}, more=more)


@require_POST
def cast(request: Request, number: int) -> HttpResponse:
    """Cast a ballot, or cast it anew."""
    with request.desk.office.door.reading() as house:
        name = pages.vote_numbered(house, number)
        options = len(house.decisions.votes[name].options)
        before = house.decisions.votes[name].ballots.get(_number(house, request.visit), "")
    form = forms.BallotForm(request.POST, options=options, cast=before)

    def making(_house: House, _visit: Visit) -> Struct:
        return acts.CastBallot(happened_at="", marks=form.ranks(), vote=name)

    return _about(request, number, "cast", form, making)


@require_POST
def close(request: Request, number: int) -> HttpResponse:
    """Put the close on record."""

    def making(house: House, _visit: Visit) -> Struct:
        return acts.CloseVote(happened_at="", vote=pages.vote_numbered(house, number))

    return _about(request, number, "close", forms.CloseForm(request.POST), making)


@require_POST
def declare(request: Request, number: int) -> HttpResponse:
    """Declare what the ballots came to, as this machine counted them."""
    closed = final(request.desk, number)

    def making(_house: House, _visit: Visit) -> Struct:
        return acts.DeclareOutcome(
            ballots=closed.outcome.ballots,
            happened_at="",
            outcome=closed.outcome.digest(),
            profile=closed.outcome.profile,
            vote=closed.name,
            winners=winners_of(closed.vote, closed.outcome),
        )

    return _about(request, number, "declare", forms.DeclareForm(request.POST), making)


@require_safe
def ballots(request: Request, number: int) -> HttpResponse:
    """Who voted how, as the record has it."""
    start = whole_number(request.GET.get("from", ""))
    box = box_of(request.desk, final(request.desk, number))
    page = gathered(
        request,
        lambda house, visit: (
            pages.vote_page(house, visit, number),
            ballot_rows(house, visit, box, start),
        ),
    )
    total = len(box.cast) + len(box.counted_in)
    following = start + PAGE_LENGTH
    more = {
        "vote": page.shown[0],
        "rows": page.shown[1],
        "total": total,
        "replaced": sum(not one.last for one in box.cast),
        "following": following if following < total else 0,
    }
    return shown(request, "decisions/ballots.html", page, more=more)


def _about(request: Request, number: int, name: str, form: ActForm, making: Making) -> HttpResponse:
    """Act, or show the vote again with the form as it was sent."""
    return act(request, name, form, making, lambda: vote(request, number, sent={name: form}))


def _number(house: House, visit: Visit) -> int:
    return house.organisation.members[visit.member].number if visit.member else -1
