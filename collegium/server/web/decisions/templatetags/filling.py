"""Tags about what tellers and the counting commission fill in."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.forms import BoundField
from django.template import Context

from collegium.parts.decisions.pages import VotePage
from collegium.parts.decisions.pages_taking import CardRow
from collegium.server.web.shared.templatetags.showing import act_form

register = template.Library()


@register.inclusion_tag("decisions/tellers_form.html", takes_context=True)
def tellers_form(context: Context, name: str, page: VotePage) -> dict[str, Any]:
    """The form of a teller: hands or a roll call."""
    return act_form(context, name, "tell", page.row.number)


@register.inclusion_tag("decisions/count_in_form.html", takes_context=True)
def count_in_form(context: Context, page: VotePage) -> dict[str, Any]:
    """The form that has ballots from paper counted in."""
    found = act_form(context, "count-in", "count-in", page.row.number)
    return {**found, "kind": page.paper, "titles": found["form"].titles}


@register.filter
def uncast(card: CardRow) -> int:
    """How many votes of a card say nothing yet."""
    return card.votes - sum(part.count for part in card.cast)


@register.filter
def beside(fields: Sequence[BoundField], titles: Sequence[str]) -> list[tuple[str, BoundField]]:
    """Fields with the titles of the options that they belong to."""
    return list(zip(titles, fields, strict=True))
