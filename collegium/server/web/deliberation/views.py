"""Questions, proposals, signatures and objections, as pages and forms."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe
from msgspec import Struct
from msgspec.structs import replace

from collegium.ids import QuestionId
from collegium.parts.decisions.pages import VoteRow, votes_about
from collegium.parts.deliberation import acts, pages
from collegium.parts.organisation.shown import Absent, Visit
from collegium.secretariat.house import House
from collegium.server.web.deliberation import forms
from collegium.server.web.shared.acting import Making, act
from collegium.server.web.shared.differing import Piece, pieces_between
from collegium.server.web.shared.forms import ActForm
from collegium.server.web.shared.request import Request
from collegium.server.web.shared.showing import Gathered, gathered, show, shown, whole_number

LANGUAGE = "en"
"""The language of what is published here, until a page asks for it."""


@require_safe
def questions(request: Request) -> HttpResponse:
    """The list of questions."""
    before = whole_number(request.GET.get("before", ""))
    return show(
        request,
        "deliberation/questions.html",
        lambda house, visit: pages.questions_page(house, visit, before),
    )


def new_question(request: Request) -> HttpResponse:
    """Open a question."""
    form = forms.QuestionForm(request.POST or None)

    def again() -> HttpResponse:
        return show(
            request,
            "deliberation/new_question.html",
            lambda _house, _visit: (),
            forms={"question": form},
        )

    def making(house: House, _visit: Visit) -> Struct:
        root = house.organisation.root
        return acts.OpenQuestion(body=root, happened_at="", reference="")

    if request.method == "POST":
        return act(request, "question", form, making, again)
    return again()


@require_safe
def question(request: Request, number: int) -> HttpResponse:
    """One question with its competing proposals, and the votes on it."""

    def gather(house: House, visit: Visit) -> tuple[pages.QuestionPage, tuple[VoteRow, ...]]:
        page = pages.question_page(house, visit, number)
        return page, votes_about(house, visit, page.name)

    found = gathered(request, gather)
    page, votes = found.shown
    more = {"votes": votes, "voting": any(one.state == "open" for one in votes)}
    return shown(request, "deliberation/question.html", replace(found, shown=page), more=more)


def new_proposal(request: Request, number: int) -> HttpResponse:
    """Publish a proposal under a question."""
    form = forms.ProposalForm(request.POST or None)

    def again() -> HttpResponse:
        return show(
            request,
            "deliberation/new_proposal.html",
            lambda house, visit: pages.question_page(house, visit, number),
            forms={"proposal": form},
        )

    def making(house: House, _visit: Visit) -> Struct:
        return acts.PublishProposal(
            happened_at="",
            language=LANGUAGE,
            question=QuestionId(pages.question_numbered(house, number)),
            reference="",
        )

    if request.method == "POST":
        return act(request, "proposal", form, making, again)
    return again()


def proposal(
    request: Request,
    number: int,
    version: int | None = None,
    sent: Mapping[str, ActForm] | None = None,
) -> HttpResponse:
    """One proposal in a version, with what can be done about it.

    Args:
        request: The request.
        number: 118 is P-118.
        version: Which version; the current one unless given.
        sent: A form that was sent and not accepted, by its name.
    """
    page = gathered(
        request, lambda house, visit: pages.proposal_page(house, visit, number, version)
    )
    found: pages.ProposalPage = page.shown
    fresh: dict[str, ActForm] = {
        "sign": forms.SignForm(initial={"version": found.shown.number}),
        "unsign": forms.WithdrawSignatureForm(),
        "object": forms.ObjectionForm(initial={"version": found.shown.number}),
        "withdraw": forms.WithdrawForm(),
    }
    for one in found.objections:
        fresh[f"answer-{one.place}"] = forms.AnswerForm(prefix=f"answer-{one.place}")
    more = {"changes": _changes(page) if "changes" in request.GET else ()}
    return shown(
        request, "deliberation/proposal.html", page, forms={**fresh, **(sent or {})}, more=more
    )


@require_POST
def sign(request: Request, number: int) -> HttpResponse:
    """Sign the version that was read."""
    form = forms.SignForm(request.POST)

    def making(house: House, _visit: Visit) -> Struct:
        name = pages.proposal_numbered(house, number)
        version = form.cleaned_data["version"]
        return acts.SignProposal(happened_at="", proposal=name, version=version)

    return _about(request, number, "sign", form, making)


@require_POST
def withdraw_signature(request: Request, number: int) -> HttpResponse:
    """Take one's signature back."""

    def making(house: House, _visit: Visit) -> Struct:
        name = pages.proposal_numbered(house, number)
        return acts.WithdrawSignature(happened_at="", proposal=name)

    return _about(request, number, "unsign", forms.WithdrawSignatureForm(request.POST), making)


@require_POST
def withdraw(request: Request, number: int) -> HttpResponse:
    """Take one's proposal back."""

    def making(house: House, _visit: Visit) -> Struct:
        name = pages.proposal_numbered(house, number)
        return acts.WithdrawProposal(happened_at="", proposal=name)

    return _about(request, number, "withdraw", forms.WithdrawForm(request.POST), making)


@require_POST
def raise_objection(request: Request, number: int) -> HttpResponse:
    """Object to the version that was read."""
    form = forms.ObjectionForm(request.POST)

    def making(house: House, _visit: Visit) -> Struct:
        name = pages.proposal_numbered(house, number)
        version = form.cleaned_data["version"]
        return acts.RaiseObjection(happened_at="", proposal=name, version=version)

    return _about(request, number, "object", form, making)


@require_POST
def answer_objection(request: Request, number: int, place: int) -> HttpResponse:
    """Answer the so-manieth objection to a proposal."""
    form = forms.AnswerForm(request.POST, prefix=f"answer-{place}")

    def making(house: House, _visit: Visit) -> Struct:
        found = house.deliberation.proposals[pages.proposal_numbered(house, number)]
        if not 1 <= place <= len(found.objections):
            raise Absent(f"P-{number} has no objection {place}.")
        return acts.AnswerObjection(happened_at="", objection=found.objections[place - 1])

    return _about(request, number, f"answer-{place}", form, making)


def revise(request: Request, number: int) -> HttpResponse:
    """Publish the next version of one's own proposal."""
    page = gathered(request, lambda house, visit: pages.proposal_page(house, visit, number))
    found: pages.ProposalPage = page.shown
    now = {
        "title": page.words(found.shown.title),
        "text": page.words(found.shown.text),
        "version": found.shown.number + 1,
    }
    form = forms.RevisionForm(request.POST or None, initial=now)

    def again() -> HttpResponse:
        return shown(request, "deliberation/revise.html", page, forms={"revise": form})

    def making(house: House, _visit: Visit) -> Struct:
        return acts.ReviseProposal(
            happened_at="",
            language=LANGUAGE,
            proposal=pages.proposal_numbered(house, number),
            version=form.cleaned_data["version"],
        )

    if request.method == "POST":
        return act(request, "revise", form, making, again)
    return again()


def _changes(page: Gathered) -> tuple[Piece, ...]:
    """The text that is shown, with what came and went since the version before."""
    found: pages.ProposalPage = page.shown
    if found.previous is None:
        return ()
    return pieces_between(page.words(found.previous.text), page.words(found.shown.text))


def _about(request: Request, number: int, name: str, form: ActForm, making: Making) -> HttpResponse:
    """Act, or show the proposal again with the form as it was sent."""
    again = {name: form}
    return act(request, name, form, making, lambda: proposal(request, number, sent=again))
