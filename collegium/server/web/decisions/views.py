"""Votes as pages: the list, one vote, its ballots."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from collegium.parts.decisions import pages
from collegium.parts.organisation.shown import Sentence, Visit
from collegium.secretariat.house import House
from collegium.server.web.decisions import forms, voters
from collegium.server.web.decisions.counts import (
    DIFFERS,
    PAGE_LENGTH,
    ballot_rows,
    box_of,
    closed_vote,
    final,
    is_of_count,
    is_readable,
)
from collegium.server.web.decisions.results import results_of
from collegium.server.web.decisions.seeing import Seen, seen
from collegium.server.web.shared.acting import Making, act
from collegium.server.web.shared.forms import ActForm
from collegium.server.web.shared.request import Request
from collegium.server.web.shared.running import NotYet
from collegium.server.web.shared.showing import gathered, show, shown, whole_number
from collegium.server.web.shared.signing import Thing, signed_act


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
    looked = seen(request, number)
    more: dict[str, object] = {
        "noted": looked.found.words(looked.page.note),
        "ballots": looked.ballots,
        "titles": looked.titles,
    }
    if looked.page.closed and looked.found.frame.reads:
        more |= results_of(request, looked)
    fresh = _forms(looked)
    # A form that the vote, as it stands now, has no place for still has its refusal shown.
    more["loose"] = next((name for name in sent or {} if name not in fresh), "")
    given = {name: (sent or {}).get(name, form) for name, form in fresh.items()}
    return shown(request, "decisions/vote.html", looked.found, forms=given, more=more)


def _forms(looked: Seen) -> dict[str, ActForm]:
    """The forms that the vote has for its visitor as it stands; its page shows each of them."""
    page, frame = looked.page, looked.found.frame
    if frame.closed:
        return {}
    if page.row.state == "open":
        return _forms_of_voter(looked)
    fresh: dict[str, ActForm] = {}
    if page.row.state == "over" and frame.active and not page.paper_until:
        fresh["close"] = forms.CloseForm()
    commission = page.certifying
    if page.row.state == "closed" and frame.active:
        if commission and commission.yours:
            fresh["certify"] = forms.CertifyForm()
            fresh["refuse"] = forms.RefuseOutcomeForm()
        if not commission or (commission.over and not commission.void):
            fresh["declare"] = forms.DeclareForm()
    return fresh | _forms_after(looked)


def _forms_of_voter(looked: Seen) -> dict[str, ActForm]:
    page = looked.page
    fresh: dict[str, ActForm] = {}
    if page.card:
        fresh["card"] = voters.card_form(looked)
    elif page.manner == "ballots" and page.row.yours in {"voted", "may-vote"}:
        fresh["cast"] = voters.ballot_form(looked)
        if page.proxies.given:
            fresh["take-back"] = forms.TakeBackForm()
        elif page.proxies.most and page.row.yours == "may-vote":
            fresh["give-proxy"] = voters.proxy_form(looked)
    if page.telling and page.telling.early and looked.found.frame.active:
        fresh["close"] = forms.CloseForm()
    return fresh


def _forms_after(looked: Seen) -> dict[str, ActForm]:
    heard = looked.page.objections
    if heard is None:
        return {}
    fresh: dict[str, ActForm] = {}
    if heard.may_contest:
        fresh["contest"] = forms.ContestForm()
    if heard.may_annul:
        fresh["annul"] = forms.AnnulForm()
    for row in heard.rows if heard.may_answer else ():
        if row.answer is None:
            named = f"id_answer_{row.number}_%s"
            fresh[f"answer-{row.number}"] = forms.AnswerContestForm(auto_id=named)
    return fresh


@require_safe
def ballots(request: Request, number: int) -> HttpResponse:
    """Who voted how, as the record has it."""
    start = whole_number(request.GET.get("from", ""))
    closed = closed_vote(request.desk, number)
    readable = is_readable(closed)
    box = box_of(request.desk, closed) if readable else None
    found = final(request.desk, closed)
    counting = isinstance(found, NotYet)
    differs = bool(box and not isinstance(found, NotYet) and not is_of_count(found, box))
    if counting or differs:
        box = None
    page = gathered(
        request,
        lambda house, visit: (
            pages.vote_page(house, visit, number),
            ballot_rows(house, visit, box, start) if box else (),
        ),
    )
    total = len(box.cast) + len(box.counted_in) if box else 0
    following = start + PAGE_LENGTH
    more = {
        "vote": page.shown[0],
        "rows": page.shown[1],
        "readable": readable,
        "counting": counting,
        "differs": DIFFERS if differs else "",
        "total": total,
        "replaced": sum(not one.last for one in box.cast) if box else 0,
        "following": following if following < total else 0,
    }
    return shown(request, "decisions/ballots.html", page, more=more)


def about(request: Request, number: int, name: str, form: ActForm, making: Making) -> HttpResponse:
    """Act, or show the vote again with the form as it was sent."""
    return act(request, name, form, making, lambda: vote(request, number, sent={name: form}))


def about_signed(
    request: Request, number: int, name: str, form: ActForm, making: Making
) -> HttpResponse:
    """The same for an act that is signed with the member's own key."""

    def again() -> HttpResponse:
        return vote(request, number, sent={name: form})

    def says(house: House, visit: Visit) -> Sentence:
        return (pages.vote_page(house, visit, number).row.title,)

    address = reverse("vote", args=(request.desk.slug, number))
    return signed_act(request, name, form, making, again, Thing(f"V-{number}", address, says))
