"""The fields of forms are written as Django's own templates would write them."""

import re
from pathlib import Path
from typing import Any

import pytest

NASTY = '<b>"it\'s" & more</b>'


def form(rows: dict[str, str] | None) -> Any:
    from django import forms  # noqa: PLC0415 - settings must stand first
    from django.utils.safestring import mark_safe  # noqa: PLC0415 - likewise here

    choices = [("", "nobody"), ("1", NASTY), (2, mark_safe("<i>two</i>")), ("G", [("3", "three")])]

    class Form(forms.Form):
        words = forms.CharField(label=NASTY, max_length=9)
        number = forms.IntegerField(min_value=1, required=False)
        day = forms.DateField(widget=forms.DateInput(attrs={"type": "date", "hidden": False}))
        tick = forms.BooleanField(widget=forms.CheckboxInput(attrs={NASTY: NASTY}))
        quiet = forms.CharField(widget=forms.HiddenInput, initial=NASTY)
        one = forms.ChoiceField(choices=choices)
        several = forms.MultipleChoiceField(choices=choices, widget=forms.SelectMultiple)
        radios = forms.ChoiceField(choices=choices[:2], widget=forms.RadioSelect)
        ticks = forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple)
        long = forms.CharField(widget=forms.Textarea)

    return Form(rows)


def written(shown: Any) -> str:
    """Every field, and each radio and tick by itself; spaces between elements don't count."""
    tags = [str(shown)]
    tags += [one.tag() for name in ("radios", "ticks") for one in shown[name]]
    return re.sub(r"\s*([<>])\s*", r"\1", "".join(tags))


@pytest.mark.parametrize(
    "rows",
    [
        None,
        {},
        {"words": NASTY, "number": "x", "tick": "on", "one": "1", "several": "3", "radios": "1"},
    ],
)
def test_every_field_is_written_as_django_would(site: Path, rows: dict[str, str] | None) -> None:
    from django.forms.renderers import DjangoTemplates  # noqa: PLC0415 - settings must stand first

    from collegium.server.web.shared.writing import Writer  # noqa: PLC0415 - likewise here

    assert site.exists()
    ours, theirs = form(rows), form(rows)
    ours.renderer, theirs.renderer = Writer(), DjangoTemplates()
    assert written(ours) == written(theirs)
    assert "&lt;b&gt;&quot;it&#x27;s&quot;" in written(ours)
