"""The forms of voters, from a vote that was looked at."""

from collegium.parts.decisions.pages_taking import MOST_OTHERS
from collegium.server.web.decisions import forms
from collegium.server.web.decisions.seeing import Seen
from collegium.server.web.shared.request import Request


def ballot_form(looked: Seen, request: Request | None = None) -> forms.BallotForm:
    """The form for one's own ballot."""
    sent = request.POST if request else None
    return forms.BallotForm(
        sent, ballots=looked.ballots, cast=looked.page.yours, titles=looked.titles
    )


def card_form(looked: Seen, request: Request | None = None) -> forms.CardForm:
    """The form for one's card."""
    card = looked.page.card
    return forms.CardForm(
        request.POST if request else None,
        ballots=looked.ballots,
        votes=card.votes if card else 0,
        cast=card.cast if card else (),
        titles=looked.titles,
    )


def proxy_form(looked: Seen, request: Request | None = None) -> forms.GiveProxyForm:
    """The form that gives one's proxy."""
    others = [
        (one.number, looked.found.words(one.name) or f"Member {one.number}")
        for one in looked.page.proxies.others
    ]
    return forms.GiveProxyForm(
        request.POST if request else None,
        others=sorted(others, key=lambda one: one[1]),
        complete=looked.page.row.entitled <= MOST_OTHERS,
    )
