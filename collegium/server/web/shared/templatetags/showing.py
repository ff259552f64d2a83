"""Tags for templates: words that members wrote, names with their links, moments, proof.

Every tag that prints a sealed text takes it from what was fetched for the page; a text that
isn't open to the visitor is replaced by a few words that say why.
"""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django import template
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from collegium.ids import ActId
from collegium.parts.organisation.shown import Person, Place, Text
from collegium.secretariat.texts import Condition, Fetched, Opened
from collegium.server.web.shared.deeds import Thing
from collegium.server.web.shared.directions import in_line
from collegium.server.web.shared.forms import ActForm, faults_of
from collegium.server.web.shared.navigation import BAR, SECTIONS
from collegium.server.web.shared.prose import beginning_of, html_of

register = template.Library()

_INSTEAD: dict[Condition, str] = {
    "hidden": "not yours to read",
    "erased": "erased",
    "missing": "no words",
}

_FORMER = SafeString(' <span class="aside">former member</span>')

_MONTHS = "January February March April May June July August September October November December"


@register.simple_tag(takes_context=True)
def words(context: Context, text: Text | None) -> str | SafeString:
    """A text in one line, or what stands instead of it."""
    opened = _opened(context, text)
    return in_line(opened.words) if opened.condition == "open" else _instead(opened)


@register.simple_tag(takes_context=True)
def prose(context: Context, text: Text) -> SafeString:
    """A text as its writer set it out: paragraphs, lists, headings (Markdown)."""
    opened = _opened(context, text)
    return html_of(opened.words) if opened.condition == "open" else _instead(opened)


@register.simple_tag(takes_context=True)
def excerpt(context: Context, text: Text, most: int = 180) -> str | SafeString:
    """The beginning of a text in one line, cut between two words."""
    opened = _opened(context, text)
    if opened.condition != "open":
        return _instead(opened)
    return in_line(beginning_of(opened.words, most))


@register.simple_tag(takes_context=True)
def name(context: Context, person: Person) -> SafeString:
    """A member's name, leading to their page; their number where there is no name."""
    former = person.standing == "former"
    return format_html(
        '<a class="person" href="{}">{}</a>{}',
        to(context, "member", person.number),
        plain_name(context, person),
        _FORMER if former else "",
    )


@register.simple_tag(takes_context=True)
def plain_name(context: Context, person: Person) -> str:
    """A member's name without a link."""
    opened = _opened(context, person.name)
    return in_line(opened.words) or f"Member {person.number}"


@register.simple_tag(takes_context=True)
def body_name(context: Context, place: Place) -> SafeString:
    """A body's name, leading to its page."""
    opened = _opened(context, place.name)
    return format_html(
        '<a href="{}">{}</a>',
        to(context, "body", place.number),
        in_line(opened.words) or f"Body {place.number}",
    )


@register.simple_tag(takes_context=True)
def to(context: Context, view: str, *numbers: object) -> str:
    """The address of a page of this organisation."""
    return _address(context["desk"].slug, view, *map(str, numbers))


@register.simple_tag(takes_context=True)
def proof(context: Context, act: ActId) -> SafeString:
    """The quiet line that leads to the entry of an act."""
    seq = context["fetched"].places.get(act)
    return entry_proof(context, seq) if seq is not None else SafeString("")


@register.simple_tag(takes_context=True)
def entry_proof(context: Context, seq: int) -> SafeString:
    """The same, where the entry's number is known."""
    return format_html(
        '<a class="proof" href="{}">Checked <span aria-hidden="true">✓</span> entry {}</a>',
        to(context, "entry", seq),
        f"{seq:,}",
    )


@register.simple_tag(takes_context=True)
def thing(context: Context, thing: Thing) -> SafeString:
    """What an act was done to: its number and what it is called, leading to its page."""
    opened = _opened(context, thing.title)
    title = format_html(" “{}”", in_line(opened.words)) if opened.words else ""
    if thing.view == "member":
        words_of_it = in_line(opened.words)
        return format_html('<a href="{}">{}</a>', thing_address(context, thing), words_of_it)
    address = thing_address(context, thing)
    return format_html('<a class="reference" href="{}">{}</a>{}', address, thing.label, title)


@register.simple_tag(takes_context=True)
def thing_address(context: Context, thing: Thing) -> str:
    """The address of the page of what an act was done to."""
    try:
        return to(context, thing.view, thing.number)
    except NoReverseMatch:  # a part whose pages aren't built yet
        return to(context, "record")


@register.filter
def chapter(name: str) -> str:
    """The heading of a chapter of the rule book."""
    return name.replace("_", " ").capitalize()


@register.filter
def moment(text: str) -> SafeString:
    """A moment as people write it, with its exact spelling for programs."""
    at = datetime.fromisoformat(text)
    return format_html('<time datetime="{}">{}, {}</time>', text, _day(at), f"{at:%H:%M}")


@register.filter
def day(text: str) -> SafeString:
    """The day of a moment."""
    return format_html('<time datetime="{}">{}</time>', text, _day(datetime.fromisoformat(text)))


@register.simple_tag(takes_context=True)
def from_now(context: Context, text: str) -> SafeString:
    """How far a moment is from this visit: `in 3 days`, `2 hours ago`."""
    seconds = (
        datetime.fromisoformat(text) - datetime.fromisoformat(context["visit"].at)
    ).total_seconds()
    span = _span(abs(seconds))
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        text,
        text,
        f"in {span}" if seconds > 0 else f"{span} ago",
    )


@register.simple_tag
def percent(part: int, whole: int) -> str:
    """A share in per cent for a drawing, with one decimal."""
    return f"{1000 * part // whole / 10:.1f}" if whole else "0"


@register.filter
def count(number: int, noun: str) -> str:
    """A number with what is counted: `1 member`, `40 members`; `entry,entries` for others."""
    one, _, more = noun.partition(",")
    return f"{number:,} {one if number == 1 else more or one + 's'}"


@register.filter
def thousands(number: int) -> str:
    """A number to be read, its thousands set apart."""
    return f"{number:,}"


@register.inclusion_tag("shared/bar.html", takes_context=True)
def bar(context: Context) -> dict[str, Any]:
    """The bar on top, with the word marked under which this page stands."""
    match = context["request"].resolver_match
    here = match.url_name if match else ""
    section = SECTIONS.get(here, here)
    return {
        "words": [(to(context, view), word, view == section, view == here) for view, word in BAR]
    }


@register.inclusion_tag("shared/act_form.html", takes_context=True)
def act_form(
    context: Context, form_name: str, view: str, *numbers: int, style: str = ""
) -> dict[str, Any]:
    """A form with its button, who will see the act, and the trouble it met.

    Args:
        context: The page's.
        form_name: The form's name among the page's forms.
        view: The name of the address to which it is sent.
        numbers: What that address needs beside the organisation.
        style: `plain` for a form that isn't the page's next step.
    """
    form: ActForm = context["forms"][form_name]
    trouble = context["trouble"]
    mine = trouble if trouble and trouble.form == form_name else None
    return {
        "form": form,
        "name": form_name,
        "action": to(context, view, *numbers),
        "style": style,
        "slip": context["slip"],
        "csrf_token": context["csrf_token"],
        "desk": context["desk"],
        "trouble": mine,
        "who_reads": form.who_reads(public=context["frame"].public),
    }


register.filter("faults", faults_of)


@register.inclusion_tag("shared/trouble.html", takes_context=True)
def refusal(context: Context, form_name: str) -> dict[str, Any]:
    """The trouble of a form that is no longer shown on the page as it stands now."""
    trouble = context["trouble"]
    shown = trouble if trouble and trouble.form == form_name else None
    return {"trouble": shown, "desk": context["desk"]}


def _opened(context: Context, text: Text | None) -> Opened:
    fetched: Fetched = context["fetched"]
    found = fetched.texts.get(text) if text else None
    return found or Opened("", "missing")


def _instead(opened: Opened) -> SafeString:
    return format_html('<span class="instead">({})</span>', _INSTEAD[opened.condition])


def _day(at: datetime) -> str:
    return f"{at.day} {_MONTHS.split()[at.month - 1]} {at.year}"


def _span(seconds: float) -> str:
    for name_of, length in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= length * (2 if name_of == "day" else 1):
            number = int(seconds // length)
            return f"{number} {name_of}{'s' if number > 1 else ''}"
    return "a moment"


@lru_cache(maxsize=16384)
def _address(slug: str, view: str, *numbers: str) -> str:
    return reverse(view, args=(slug, *numbers))
