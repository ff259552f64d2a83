"""Opening a vote, on a question or to elect somebody: what it is for, then everything else."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.http import HttpResponse
from msgspec import Struct

from collegium.datasets.countries import country
from collegium.parts.decisions import acts
from collegium.parts.decisions.advice import AIMS, ELECTIONS, Advised, advised
from collegium.parts.decisions.methods_told import TOLD
from collegium.parts.decisions.needs import needed
from collegium.parts.decisions.pages_opening import OpeningPage, electing_page, opening_page
from collegium.parts.decisions.tallying import accepts_equal, kind_of
from collegium.parts.deliberation.pages import proposal_numbered, question_numbered
from collegium.parts.organisation.shown import (
    Person,
    Visit,
    body_numbered,
    member_numbered,
)
from collegium.secretariat.house import House
from collegium.server.web.decisions.fields_opening import LEVELS
from collegium.server.web.decisions.forms_opening import OpenVoteForm
from collegium.server.web.decisions.offers import Chosen, Offer, Offers
from collegium.server.web.decisions.suggesting import lines_of
from collegium.server.web.shared.acting import act
from collegium.server.web.shared.request import Request
from collegium.server.web.shared.showing import Gathered, gathered, shown

_DEFAULT = "Leave everything as it is"
_ANY_SKIPS = 35


def open_vote(request: Request, number: int) -> HttpResponse:
    """Open a vote on a question: first say what it is for, then the rest."""
    page = gathered(request, lambda house, visit: opening_page(house, visit, number))
    return _opening(request, page, AIMS)


def open_election(request: Request, number: int) -> HttpResponse:
    """Open an election to a body, in the same steps."""
    page = gathered(request, lambda house, visit: electing_page(house, visit, number))
    return _opening(request, page, ELECTIONS)


def _opening(request: Request, page: Gathered, aims: Sequence[str]) -> HttpResponse:
    aim = next((one for one in aims if one == request.GET.get("for")), None)
    if aim is None:
        law = country(page.shown.country)
        return shown(request, "decisions/open_vote.html", page, more={"aims": aims, "law": law})
    form = _form(request, page, _offers(page, aim))

    def again() -> HttpResponse:
        more = {"aim": aim, "preview": preview(form), "lines": lines_of(form)}
        forms = {"open-vote": form}
        return shown(request, "decisions/open_vote.html", page, forms=forms, more=more)

    def making(house: House, _visit: Visit) -> Struct:
        return opened(house, page.shown, form)

    if request.method == "POST" and "preview" not in request.POST:
        return act(request, "open-vote", form, making, again)
    return again()


def _offers(page: Gathered, aim: object) -> Offers:
    found: OpeningPage = page.shown
    return Offers(
        aim=next(one for one in AIMS if one == aim),
        proposals=tuple(
            Offer(one.number, one.version, page.words(one.title)) for one in found.choices
        ),
        members=_named(page, found.members),
        seated=_named(page, found.sitting),
        branches=[
            (one.body.number, page.words(one.body.name) or f"Body {one.body.number}")
            for one in found.branches
        ],
        sizes={one.body.number: one.members for one in found.branches},
        electors=found.electors,
        known=found.known,
        quorum=found.quorum,
        days=found.days,
        commission=found.commission,
        secret=found.secret,
    )


def _named(page: Gathered, people: tuple[Person, ...]) -> list[tuple[int, str]]:
    named = [(one.number, page.words(one.name) or f"Member {one.number}") for one in people]
    return sorted(named, key=lambda one: one[1])


def _form(request: Request, page: Gathered, offers: Offers) -> OpenVoteForm:
    found: OpeningPage = page.shown
    today = date.fromisoformat(request.visit.at[:10])
    return OpenVoteForm(
        request.POST or None,
        offers=offers,
        initial={
            "title": _title(page, offers),
            "default_title": _DEFAULT,
            "last_day": today + timedelta(days=found.days),
            "quorum": found.quorum,
        }
        | ({"seats": found.free} if found.free > 1 else {}),
    )


def _title(page: Gathered, offers: Offers) -> str:
    """What stands as the title at first: the question, or to which body somebody is elected."""
    found: OpeningPage = page.shown
    if found.elects is not None:
        body = page.words(found.elects.name)
        return f"Election: {body}"[:160] if body else ""
    return "" if offers.aim in ELECTIONS or found.text is None else page.words(found.text)[:160]


# What it would take to win.


def preview(form: OpenVoteForm) -> tuple[str, ...]:
    """What it would take to win the vote as the form stands, in sentences."""
    form.is_valid()
    sent = getattr(form, "cleaned_data", {})
    counting = counting_of(form)
    percent = sent.get("quorum")
    if percent is None:
        percent = form.offers.quorum
    entitled = _entitled(form)
    return needed(counting, _quorum(percent), entitled, entitled)


def _entitled(form: OpenVoteForm) -> int:
    """How many would be entitled, as far as the form says it."""
    sent, offers = getattr(form, "cleaned_data", {}), form.offers
    if sent.get("manner") == "cards":
        return sum(
            sent.get(f"votes-{number}") or 0
            for number, _ in offers.branches
            if sent.get(f"holder-{number}") is not None
        )
    match sent.get("electorate"):
        case "branches":
            return sum(offers.sizes[number] for number in sent.get("branches", ()))
        case "sitting":
            return len(offers.seated)
        case "present":
            return len(sent.get("present", ()))
    return offers.electors


def counting_of(form: OpenVoteForm) -> acts.Counting:
    """How the vote would be counted."""
    sent = getattr(form, "cleaned_data", {})
    choice: str = sent.get("method") or form.advice().suited[0].choice
    found: Advised = advised(choice)
    above, _, below = (sent.get("share") or "1/2").partition("/")
    counting = acts.Counting(
        base=found.base,
        equal="skip",
        levels=0,
        method=found.method,
        seats=form.seats(),
        share=(int(above), int(below)) if TOLD[choice].base else (1, 1),
        skips=_ANY_SKIPS,
    )
    graded = kind_of(counting) == "grades"
    return acts.Counting(
        base=counting.base,
        equal="equal" if accepts_equal(counting) else "skip",
        levels=(sent.get("levels") or LEVELS) if graded else 0,
        method=counting.method,
        seats=counting.seats,
        share=counting.share,
        skips=_ANY_SKIPS,
    )


def _quorum(percent: int) -> acts.Quorum:
    return acts.Quorum(den=1, kind="percent" if percent else "none", num=percent)


# The act.


def opened(house: House, page: OpeningPage, form: OpenVoteForm) -> acts.OpenVote:
    """The act of a form that was filled in."""
    sent = form.cleaned_data
    options = tuple(_option(house, form, one) for one in form.chosen())
    election = form.offers.aim in ELECTIONS
    return acts.OpenVote(
        body=body_numbered(house, page.body.number),
        closes=form.closes(),
        commission=_commission(house, form),
        counting=counting_of(form),
        default=0 if election else len(options),
        electorate=_electorate(house, form),
        happened_at="",
        manner=_manner(house, form),
        options=options,
        purpose="election" if election else "resolution",
        question=question_numbered(house, page.question) if page.question else "",
        quorum=_quorum(sent["quorum"]),
        reference="",
        secret=sent["secret"],
    )


def _option(house: House, form: OpenVoteForm, one: Chosen) -> acts.Option:
    stands = form.offers.aim in ELECTIONS
    proposal = "" if stands or one.number < 0 else proposal_numbered(house, one.number)
    return acts.Option(
        majority=one.majority,
        members=(member_numbered(house, one.number),) if stands else (),
        proposal=proposal,
        version=one.version,
    )


def _electorate(house: House, form: OpenVoteForm) -> acts.Electorate:
    sent = form.cleaned_data
    kind = sent["electorate"]
    branches = sent["branches"] if kind == "branches" else ()
    present = sent.get("present", ()) if kind == "present" else ()
    return acts.Electorate(
        bodies=tuple(body_numbered(house, one) for one in branches),
        count=0,
        joined_by="",
        kind=kind,
        level=(sent["level"] or 0) if kind == "level" else 0,
        members=tuple(member_numbered(house, one) for one in present),
    )


def _manner(house: House, form: OpenVoteForm) -> acts.Manner:
    sent = form.cleaned_data
    kind = sent["manner"]
    tellers = form.named("tellers") if kind in {"hands", "roll-call"} else ()
    cards = tuple(
        acts.Card(
            body=body_numbered(house, number),
            member=member_numbered(house, sent[f"holder-{number}"]),
            votes=sent[f"votes-{number}"] or form.offers.sizes[number],
        )
        for number, _ in form.offers.branches
        if kind == "cards" and sent[f"holder-{number}"] is not None
    )
    return acts.Manner(
        cards=cards, kind=kind, tellers=tuple(member_numbered(house, one) for one in tellers)
    )


def _commission(house: House, form: OpenVoteForm) -> acts.Commission:
    members = form.named("commission")
    so_many = form.cleaned_data["needed"] or 0
    return acts.Commission(
        members=tuple(member_numbered(house, one) for one in members),
        needed=so_many if members else 0,
    )
