"""Tags about votes: options by their titles, ballots and majorities in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.template import Context

from collegium.counting.ballot import RANKS, UNRANKED, dense_ballot
from collegium.parts.decisions.advice import Aim, advised, choice_of
from collegium.parts.decisions.pages import OptionRow, VotePage, VoteRow
from collegium.parts.decisions.pages_opening import OpeningPage
from collegium.parts.decisions.tallying import APPROVED, GRADES
from collegium.secretariat.texts import Fetched
from collegium.server.web.decisions.papers import ballots_of, grade_name, place_name
from collegium.server.web.decisions.seeing import titled
from collegium.server.web.shared.templatetags.showing import act_form

register = template.Library()

_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve"
_EVEN = (1, 1)
_DASH = "–"  # noqa: RUF001 - what is printed for no mark

_AIMS: dict[Aim, tuple[str, str]] = {
    "adopt": ("Adopt one of several proposals", "They compete, and nothing changes if none wins."),
    "decide": ("Say yes or no to one proposal", "The usual motion."),
    "elect-one": ("Elect one member", "To a post or as a speaker."),
    "elect-several": ("Elect several members", "Those with the most support."),
    "represent": (
        "Elect a committee that stands for all",
        "Each group of voters gets its share of the places.",
    ),
    "grade": ("Grade proposals", "To see how much each of them is wanted."),
}


@register.simple_tag(takes_context=True)
def option(context: Context, vote: VoteRow, number: int) -> str:
    """An option's title; its number where the title isn't open to the visitor."""
    return titled(_json(context, vote), max(number, 1))[number - 1]


@register.simple_tag(takes_context=True)
def options(context: Context, vote: VoteRow, numbers: Sequence[int]) -> str:
    """Several options by their titles: `“Rye”, “Wheat” and “Spelt”`."""
    return _listed([f"“{option(context, vote, number)}”" for number in numbers])


@register.simple_tag(takes_context=True)
def ballot(context: Context, page: VotePage, marks: str) -> str:
    """A ballot in words: `1st “Rye”; 2nd “Wheat” and “Spelt”`."""
    if page.paper == "yes-no":
        return {"1-": "Yes", "-1": "No"}.get(marks, "You abstained")
    if page.paper in {"tick", "choose"}:
        ticked = [number for number, mark in enumerate(marks, 1) if mark != UNRANKED]
        return options(context, page.row, ticked) if ticked else "nothing ticked"
    if page.paper == "grade":
        said = [
            f"“{option(context, page.row, number)}” {grade_said(page, mark)}"
            for number, mark in enumerate(marks, 1)
        ]
        return "; ".join(said)
    return _order(context, page.row, marks)


def _order(context: Context, row: VoteRow, marks: str) -> str:
    said = []
    dense = dense_ballot(marks)
    for place, rank in enumerate(RANKS[: len(marks)], 1):
        equal = [number for number, one in enumerate(dense, 1) if one == rank]
        if equal:
            said.append(f"{place_name(place)} {options(context, row, equal)}")
    left = [number for number, one in enumerate(dense, 1) if one == UNRANKED]
    if left and said:
        said.append(f"no rank {options(context, row, left)}")
    return "; ".join(said) or "nothing ranked"


@register.simple_tag
def grade_said(page: VotePage, mark: str) -> str:
    """A grade as people say it."""
    return "no opinion" if mark == UNRANKED else grade_name(ballots_of(page), GRADES.index(mark))


@register.simple_tag
def cells(page: VotePage, marks: str) -> list[str]:
    """A ballot's mark for each option, as a table shows it."""
    if page.paper == "grade":
        return [_DASH if mark == UNRANKED else str(GRADES.index(mark)) for mark in marks]
    if page.paper == "rank":
        dense = dense_ballot(marks)
        return [_DASH if mark == UNRANKED else str(RANKS.index(mark) + 1) for mark in dense]
    return ["✓" if mark in {APPROVED, RANKS[0]} else _DASH for mark in marks]


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
def has(named: Mapping[str, Any], name: str) -> bool:
    """Whether something of that name is there; for names that a template can't spell."""
    return name in named


@register.filter
def figure(number: int) -> str:
    """A number with its thousands apart."""
    return f"{number:,}"


@register.filter
def at_place(sequence: Sequence[Any], number: int) -> Any:
    """The so-manieth of a sequence, from 1."""
    return sequence[number - 1]


@register.filter
def method_name(page: VotePage) -> str:
    """How the vote is counted, as a person would call it."""
    choice = choice_of(page.counting.method, page.counting.base)
    try:
        return advised(choice).name
    except KeyError:  # a method that no form offers
        return page.counting.method


@register.filter
def aim_said(aim: Aim) -> str:
    """What a vote is for, in a few words."""
    return _AIMS[aim][0]


@register.filter
def aim_told(aim: Aim) -> str:
    """The same, in a sentence more."""
    return _AIMS[aim][1]


@register.inclusion_tag("decisions/ballot_form.html", takes_context=True)
def ballot_form(
    context: Context, page: VotePage, name: str, view: str, *numbers: int
) -> dict[str, Any]:
    """The form of one ballot, whatever it asks for."""
    found = act_form(context, name, view, *numbers)
    return {**found, **_paper(page, context, found["form"].places())}


@register.inclusion_tag("decisions/card_form.html", takes_context=True)
def card_form(context: Context, page: VotePage) -> dict[str, Any]:
    """The form of a card, whose votes may say different things."""
    found = act_form(context, "card", "cast-card", page.row.number)
    parts = [
        {"votes": votes, **_paper(page, context, places)} for votes, places in found["form"].parts()
    ]
    return {**found, "parts": parts, "card": page.card}


@register.inclusion_tag("shared/act_form.html", takes_context=True)
def answer_form(context: Context, number: int, place: int) -> dict[str, Any]:
    """The form that answers an objection to an outcome."""
    return act_form(context, f"answer-{place}", "answer-contest", number, place, style="plain")


@register.inclusion_tag("decisions/opening_form.html", takes_context=True)
def opening_form(context: Context, page: OpeningPage) -> dict[str, Any]:
    """The form that opens a vote."""
    address, number = "open-vote", page.question
    if page.elects is not None:
        address, number = "open-election", page.elects.number
    found = act_form(context, "open-vote", address, number)
    return {**found, **{name: context[name] for name in ("preview", "lines", "aim")}}


def _paper(page: VotePage, context: Context, places: Sequence[Any]) -> dict[str, Any]:
    """What a ballot asks for, with its fields beside the options' titles."""
    titles = titled(_json(context, page.row), len(page.options))
    named = list(zip(titles, places, strict=False)) if len(places) == len(titles) else []
    return {
        "kind": page.paper,
        "rows": named,
        "one": places[0] if places else None,
        "default": page.default,
        "equal": ballots_of(page).equal,
    }


def _default(rows: Sequence[OptionRow]) -> int:
    return next((row.number for row in rows if row.default), 1)


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _json(context: Context, vote: VoteRow) -> str:
    fetched: Fetched = context["fetched"]
    opened = fetched.texts.get(vote.option_titles)
    return opened.words if opened else ""
