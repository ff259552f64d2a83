"""Tags about votes: options by their titles, ballots and majorities in words."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import msgspec
from django import template
from django.template import Context

from collegium.counting.ballot import RANKS, UNRANKED, dense_ballot
from collegium.parts.decisions.pages import OptionRow, VoteRow
from collegium.secretariat.texts import Fetched
from collegium.server.web.decisions.forms import place_name
from collegium.server.web.shared.templatetags.showing import act_form

register = template.Library()

_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve"
_EVEN = (1, 1)


@register.simple_tag(takes_context=True)
def option(context: Context, vote: VoteRow, number: int) -> str:
    """An option's title; its number where the title isn't open to the visitor."""
    titles = _titles(_json(context, vote))
    title = titles[number - 1] if number <= len(titles) else ""
    return title or f"option {number}"


@register.simple_tag(takes_context=True)
def options(context: Context, vote: VoteRow, numbers: Sequence[int]) -> str:
    """Several options by their titles: `“Rye”, “Wheat” and “Spelt”`."""
    return _listed([f"“{option(context, vote, number)}”" for number in numbers])


@register.simple_tag(takes_context=True)
def ballot(context: Context, vote: VoteRow, ranks: str) -> str:
    """A ballot in words: `1st Rye, 2nd Wheat and Spelt`."""
    said = []
    dense = dense_ballot(ranks)
    for place, rank in enumerate(RANKS[: len(ranks)], 1):
        equal = [number for number, one in enumerate(dense, 1) if one == rank]
        if equal:
            said.append(f"{place_name(place)} {options(context, vote, equal)}")
    left = [number for number, one in enumerate(dense, 1) if one == UNRANKED]
    if left and said:
        said.append(f"no rank {options(context, vote, left)}")
    return "; ".join(said) or "nothing ranked"


@register.filter
def ranking(ranks: str) -> list[str]:
    """A ballot's rank of each option, in figures, with none left out."""
    return [
        "–" if rank == UNRANKED else str(RANKS.index(rank) + 1)  # noqa: RUF001 - a dash is what is printed for no rank
        for rank in dense_ballot(ranks)
    ]


@register.filter
def majority(ratio: tuple[int, int]) -> str:
    """The majority that an option needs, in words."""
    if tuple(ratio) == _EVEN:
        return "more ballots for it than against it"
    return f"more than {ratio[0]} ballots for it to {ratio[1]} against it"


@register.filter
def spelt(number: int) -> str:
    """A small number as a word, any other in figures."""
    words = _NUMBERS.split()
    return words[number] if 0 < number < len(words) else f"{number:,}"


@register.simple_tag(takes_context=True)
def majorities(context: Context, vote: VoteRow, rows: Sequence[OptionRow]) -> str:
    """The majorities that the options need over the default one, in one or two sentences."""
    special = [row for row in rows if row.ratio != _EVEN]
    said = [
        f"“{option(context, vote, row.number)}” needs {majority(row.ratio)}." for row in special
    ]
    if len(special) < len(rows) - 1:
        said.append(f"{'Every other option' if special else 'An option'} needs {majority(_EVEN)}.")
    return " ".join(said)


@register.simple_tag(takes_context=True)
def default_option(context: Context, vote: VoteRow, rows: Sequence[OptionRow]) -> str:
    """The title of the option that leaves everything as it is."""
    return option(context, vote, _default(rows))


@register.simple_tag
def share(part: int, rest: int) -> str:
    """A part of the whole that it makes with the rest, in per cent for a drawing."""
    return f"{100 * part / (part + rest):.1f}" if part + rest else "0"


@register.filter
def plural_of(number: int, noun: str) -> str:
    """The noun for so many, without the number: `ballot`, `is,are`."""
    one, _, more = noun.partition(",")
    return one if number == 1 else more or one + "s"


@register.filter
def at_place(sequence: Sequence[Any], number: int) -> Any:
    """The so-manieth of a sequence, from 1."""
    return sequence[number - 1]


@register.inclusion_tag("decisions/ballot_form.html", takes_context=True)
def ballot_form(context: Context, vote: VoteRow, rows: Sequence[OptionRow]) -> dict[str, Any]:
    """The form with a rank for each option."""
    found = act_form(context, "cast", "cast", vote.number)
    places = found["form"].places()
    named = [(option(context, vote, number), field) for number, field in enumerate(places, 1)]
    return {**found, "rows": named, "default": _default(rows)}


@register.inclusion_tag("decisions/opening_form.html", takes_context=True)
def opening_form(context: Context, question: int) -> dict[str, Any]:
    """The form that opens a vote."""
    return act_form(context, "open-vote", "open-vote", question)


def _default(rows: Sequence[OptionRow]) -> int:
    return next(row.number for row in rows if row.default)


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _json(context: Context, vote: VoteRow) -> str:
    fetched: Fetched = context["fetched"]
    opened = fetched.texts.get(vote.option_titles)
    return opened.words if opened else ""


@lru_cache(maxsize=512)
def _titles(words: str) -> tuple[str, ...]:
    try:
        return msgspec.json.decode(words, type=tuple[str, ...])
    except msgspec.DecodeError:  # erased, not the visitor's to read, or sealed by no form of ours
        return ()
