"""Tags of the tour: links to votes, quorums and verdicts in words."""

from typing import Final

from django import template
from django.template import Context
from django.urls import NoReverseMatch
from django.utils.html import format_html
from django.utils.safestring import SafeString

from collegium.datasets.debian.tour import OptionFound, Verdict
from collegium.datasets.debian.toured import is_toured
from collegium.server.web.shared.templatetags.showing import to

register = template.Library()

_VERDICTS: Final[dict[Verdict, str]] = {
    "won": "won",
    "passed": "passed, but lost to the winner",
    "quorum": "fell out: too few votes",
    "majority": "fell out: no majority",
    "default": "leaves everything as it is",
}


@register.simple_tag(takes_context=True)
def vote_link(context: Context, number: int, words: str = "") -> SafeString:
    """The vote's number, or words about it, leading to its page."""
    try:
        address = to(context, "vote", number)
    except NoReverseMatch:  # where the votes have no pages
        address = to(context, "record")
    return format_html('<a href="{}">{}</a>', address, words or f"V-{number}")


@register.filter
def verdict(option: OptionFound) -> str:
    """What became of an option, in words."""
    if option.verdict == "won" and not option.proposal:
        return "won: everything stays as it was"
    if option.verdict == "majority" and option.needed != "1:1":
        return f"fell out: {option.needed} was needed"
    return _VERDICTS[option.verdict]


@register.inclusion_tag("tour/invitation.html", takes_context=True)
def tour_invitation(context: Context) -> dict[str, object]:
    """The way to the tour, where this record has one."""
    desk = context["desk"]
    with desk.office.door.reading() as house:
        return {"toured": is_toured(house), "address": to(context, "tour")}
