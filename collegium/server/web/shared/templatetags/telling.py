"""Tags for sentences whose pieces are members, bodies and sealed texts."""

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from collegium.parts.organisation.shown import Person, Place, Sentence, Text
from collegium.server.web.shared.templatetags.showing import (
    act_form,
    body_name,
    plain_name,
    to,
    words,
)

register = template.Library()


@register.simple_tag(takes_context=True)
def sentence(context: Context, pieces: Sentence) -> SafeString:
    """A sentence, with its members and bodies leading to their pages."""
    return format_html_join("", "{}", ((_linked(context, one),) for one in pieces))


@register.simple_tag(takes_context=True)
def plain_sentence(context: Context, pieces: Sentence) -> SafeString:
    """A sentence without links: for titles, and where it leads somewhere itself."""
    return format_html_join("", "{}", ((_plain(context, one),) for one in pieces))


@register.inclusion_tag("shared/act_form.html", takes_context=True)
def act_form_at(context: Context, form_name: str, address: str, style: str = "") -> dict[str, Any]:
    """The form that `act_form` shows, sent to an address that the view gives."""
    return act_form(context, form_name, "today", style=style) | {"action": address}


def _linked(context: Context, piece: str | Person | Place | Text) -> str | SafeString:
    if isinstance(piece, Person):
        address = to(context, "member", piece.number)
        return format_html(
            '<a class="person" href="{}">{}</a>', address, plain_name(context, piece)
        )
    if isinstance(piece, Place):
        return body_name(context, piece)
    return _plain(context, piece)


def _plain(context: Context, piece: str | Person | Place | Text) -> str | SafeString:
    if isinstance(piece, Person):
        return plain_name(context, piece)
    if isinstance(piece, Place):
        return words(context, piece.name)
    return words(context, piece) if isinstance(piece, Text) else piece
