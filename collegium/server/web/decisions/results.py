"""Results as pages tell them: a sentence, the count round by round, its picture, what if."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from collegium.counting import Outcome
from collegium.counting.protocol import Sheet, sheet_of
from collegium.counting.stages import StagedOutcome
from collegium.parts.decisions.advice import USUAL
from collegium.parts.decisions.pages import VotePage
from collegium.parts.decisions.shown import Concluded
from collegium.parts.decisions.what_if import alternatives
from collegium.parts.organisation.shown import Absent
from collegium.server.web.decisions.counts import (
    CountedVote,
    Unclear,
    box_of,
    branch_tallies,
    closed_vote,
    final,
    is_of_count,
    is_readable,
    narrow,
    other_outcome,
    unclear,
)
from collegium.server.web.decisions.rounds import Rounds, of_yes_and_no, rounds_of
from collegium.server.web.decisions.seeing import Seen, seen
from collegium.server.web.shared.request import Request
from collegium.server.web.shared.running import NotYet
from collegium.server.web.shared.showing import gathered, shown


def results_of(request: Request, looked: Seen) -> dict[str, object]:
    """What a closed vote's page tells of its count, or how far that is."""
    closed = closed_vote(request.desk, looked.page.row.number)
    found = final(request.desk, closed)
    if isinstance(found, NotYet):
        return {"running": found.step}
    told: dict[str, object] = {
        "concluded": found.concluded(),
        "verdict": verdict(looked, found.concluded(), found.outcome),
        "branches": _branches(request, found),
    }
    against = found.counted()
    if against:
        close_run = narrow(request.desk, found)
        return told | {
            "counted": against,
            "narrow": None if isinstance(close_run, NotYet) else close_run,
        }
    sheet = sheet_of_vote(looked, found, unclear(request.desk, found))
    return told | {
        "sheet": sheet,
        "rounds": _rounds(looked, sheet, found.outcome),
        "basis": sheet.basis,
    }


def _rounds(looked: Seen, sheet: Sheet, outcome: Outcome) -> Rounds:
    """The count as the page tells it: of a yes or no no stages, since there is but one."""
    figures = _figures(looked.page, outcome)
    if looked.page.paper == "yes-no" and figures:
        return of_yes_and_no(sheet, outcome, figures)
    return rounds_of(sheet, outcome, looked.titles)


def _branches(request: Request, found: CountedVote) -> object:
    closed = closed_vote(request.desk, found.vote.number)
    if not found.vote.electors.branches or not is_readable(closed):
        return ()
    box = box_of(request.desk, closed)
    if not is_of_count(found, box):
        return ()
    tallies = gathered(request, lambda house, _visit: branch_tallies(house, found.vote, box))
    return [
        (tallies.words(one.body.name) or f"Body {one.body.number}", one) for one in tallies.shown
    ]


def sheet_of_vote(looked: Seen, found: CountedVote, known: Unclear | NotYet) -> Sheet:
    """The protocol of a vote's count.

    Args:
        looked: The vote's page.
        found: Its count.
        known: What isn't plain from the count alone; left out as long as that is sought.
    """
    vote = found.vote
    title = looked.found.words(looked.page.row.title) or f"V-{vote.number}"
    told = Unclear(None, None, frozenset()) if isinstance(known, NotYet) else known
    return sheet_of(
        found.outcome,
        looked.titles,
        title,
        told.read,
        told.ways,
        margin=told.margin,
        seed=vote.seed,
        spoilt=vote.spoilt,
    )


# The one sentence.


def verdict(looked: Seen, concluded: Concluded, outcome: Outcome) -> str:
    """What came out, in one sentence."""
    page, titles = looked.page, looked.titles
    figures = _figures(page, outcome)
    if not concluded.enough:
        came = concluded.ballots + concluded.spoilt
        stands = "nobody is elected" if not page.default else "everything stays as it is"
        return f"Too few voted: {_ballots(came)}, and {page.fewest} were needed; so {stands}."
    if page.paper == "yes-no":
        adopted = concluded.winners == (1,)
        return f"{'Adopted' if adopted else 'Not adopted'}: {figures}."
    if not concluded.winners:
        return f"Nobody is elected: none reached what was needed. {figures}".strip()
    persons = page.purpose == "election"
    quoted = "{}" if persons else "“{}”"
    won = _listed([quoted.format(titles[number - 1]) for number in concluded.elected])
    if concluded.level:
        return f"{won} are level; the count can't choose between them."
    if concluded.winners == (page.default,):
        return f"{won} stands: nothing changes."
    many = len(concluded.winners) > 1
    verb = "are elected" if persons and many else "is elected" if persons else "won"
    return f"{won} {verb}{': ' + figures if figures else ''}."


def _figures(page: VotePage, outcome: Outcome) -> str:
    """Votes for each option at the first count, where a ballot makes one choice."""
    if page.paper not in {"yes-no", "choose"} or not isinstance(outcome, StagedOutcome):
        return ""
    totals = [total for total in outcome.stages[0].totals if total.isdigit()]
    if page.paper == "yes-no" and len(totals) == len(page.options):
        yes, no = map(int, totals)
        silent = outcome.ballots - yes - no
        return f"{yes:,} yes, {no:,} no" + (f", {silent:,} abstained" if silent else "")
    most = max(map(int, totals), default=0)
    return f"{most:,} of {_ballots(outcome.ballots)}"


def _ballots(number: int) -> str:
    return f"{number:,} ballot{'' if number == 1 else 's'}"


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


# What if.


@require_safe
def what_if(request: Request, number: int) -> HttpResponse:
    """Another method on the same ballots, once nobody can object to the outcome any more."""
    looked = seen(request, number)
    closed = closed_vote(request.desk, number)
    heard = looked.page.objections
    if heard is None or heard.open:
        raise Absent(
            f"Other methods are tried on the ballots of V-{number} once nobody can object to its "
            "outcome any more."
        )
    offered = alternatives(closed.vote)
    choice = request.GET.get("method", "")
    usual = [one for one in offered if one.choice in USUAL]
    more: dict[str, object] = {
        "near": usual or offered,
        "far": [one for one in offered if usual and one not in usual],
        "choice": choice,
    }
    chosen = next((one for one in offered if one.choice == choice), None)
    if choice and chosen is None:
        raise Absent("That method can't count these ballots.")
    if chosen and looked.found.frame.reads:
        more |= {"chosen": chosen} | _tried(request, looked, choice)
    return shown(request, "decisions/what_if.html", looked.found, more=more)


def _tried(request: Request, looked: Seen, choice: str) -> dict[str, object]:
    closed = closed_vote(request.desk, looked.page.row.number)
    found = other_outcome(request.desk, closed, choice)
    if isinstance(found, NotYet):
        return {"running": found.step}
    sheet = sheet_of(found, looked.titles)
    same = set(found.winners) == set(closed.vote.winners)
    won = _listed([f"“{looked.titles[option - 1]}”" for option in found.winners])
    return {
        "won": won or "nobody",
        "same": same,
        "rounds": _rounds(looked, sheet, found),
    }
