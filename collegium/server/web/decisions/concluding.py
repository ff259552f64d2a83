"""Concluding a vote: its close, its outcome, objections to it and their answers."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_POST
from msgspec import Struct

from collegium.ids import ActId
from collegium.parts.decisions import acts, pages
from collegium.parts.decisions.tallying import winners_of
from collegium.parts.organisation.shown import Absent, Visit
from collegium.secretariat.house import House
from collegium.server.web.decisions import forms
from collegium.server.web.decisions.counts import CountedVote, closed_vote, final
from collegium.server.web.decisions.views import about, about_signed, vote
from collegium.server.web.shared.forms import ActForm
from collegium.server.web.shared.request import Request, Trouble
from collegium.server.web.shared.running import NotYet


@require_POST
def close(request: Request, number: int) -> HttpResponse:
    """Put the close on record."""

    def making(house: House, _visit: Visit) -> Struct:
        return acts.CloseVote(happened_at="", vote=pages.vote_numbered(house, number))

    return about(request, number, "close", forms.CloseForm(request.POST), making)


@require_POST
def declare(request: Request, number: int) -> HttpResponse:
    """Declare what the ballots came to, as this machine counted them."""
    return _stated(request, number, "declare", forms.DeclareForm(request.POST))


@require_POST
def certify(request: Request, number: int) -> HttpResponse:
    """Certify the same, as a member of the counting commission."""
    return _stated(request, number, "certify", forms.CertifyForm(request.POST))


@require_POST
def refuse(request: Request, number: int) -> HttpResponse:
    """Refuse to certify, with reasons, as a member of the counting commission."""

    def making(house: House, _visit: Visit) -> Struct:
        return acts.RefuseOutcome(happened_at="", vote=pages.vote_numbered(house, number))

    return about_signed(request, number, "refuse", forms.RefuseOutcomeForm(request.POST), making)


def _stated(request: Request, number: int, name: str, form: ActForm) -> HttpResponse:
    found = final(request.desk, closed_vote(request.desk, number))
    if isinstance(found, NotYet):
        reason = "The ballots are still being counted. Send the form again when they are."
        request.trouble = Trouble(name, 503, reason=reason)
        return vote(request, number, sent={name: form})

    request.desk.office.door.keep_tally(found.name, found.outcome)

    def making(_house: House, _visit: Visit) -> Struct:
        return _figures(acts.CertifyOutcome if name == "certify" else acts.DeclareOutcome, found)

    stated = about_signed if name == "certify" else about
    return stated(request, number, name, form, making)


def _figures(make: type[Any], found: CountedVote) -> Struct:
    stated: Struct = make(
        ballots=found.outcome.ballots,
        happened_at="",
        outcome=found.outcome.digest(),
        profile=found.outcome.profile,
        vote=found.name,
        winners=winners_of(found.vote, found.outcome),
    )
    return stated


@require_POST
def contest(request: Request, number: int) -> HttpResponse:
    """Object to an outcome."""

    def making(house: House, _visit: Visit) -> Struct:
        return acts.ContestOutcome(happened_at="", vote=pages.vote_numbered(house, number))

    return about(request, number, "contest", forms.ContestForm(request.POST), making)


@require_POST
def answer(request: Request, number: int, place: int) -> HttpResponse:
    """Answer an objection to an outcome."""
    form = forms.AnswerContestForm(request.POST, auto_id=f"id_answer_{place}_%s")

    def making(house: House, _visit: Visit) -> Struct:
        name = pages.vote_numbered(house, number)
        contests = tuple(house.decisions.votes[name].contests)
        if not 1 <= place <= len(contests):
            raise Absent(f"There is no objection {place} to V-{number}.")
        return acts.AnswerContest(contest=ActId(contests[place - 1]), happened_at="", vote=name)

    return about(request, number, f"answer-{place}", form, making)


@require_POST
def annul(request: Request, number: int) -> HttpResponse:
    """Ask that an outcome be void."""

    def making(house: House, _visit: Visit) -> Struct:
        return acts.AnnulOutcome(happened_at="", vote=pages.vote_numbered(house, number))

    return about(request, number, "annul", forms.AnnulForm(request.POST), making)
