"""What is wrong with a field is said in our own words, whatever Django would say."""

from typing import Any

import pytest


def made(name: str, **settings: Any) -> Any:
    from django import forms  # noqa: PLC0415 - settings must stand first

    return getattr(forms, name)(**settings)


def said_of(field: Any, sent: Any) -> list[str]:
    from collegium.server.web.shared.forms import ActForm  # noqa: PLC0415 - settings first

    form = ActForm({"it": sent})
    form.fields["it"] = field
    return [str(one) for one in form.errors["it"]]


@pytest.mark.parametrize(
    ("name", "settings", "sent", "said"),
    [
        ("CharField", {}, "", "Write something here; it can't stay empty."),
        ("CharField", {"max_length": 2}, "rye", "Shorten it: it has 3 characters, and 2 fit."),
        ("IntegerField", {}, "", "Give a number."),
        ("IntegerField", {}, "ten", "Write a whole number in figures, such as 12."),
        ("IntegerField", {"min_value": 2}, "1", "It must be at least 2."),
        ("IntegerField", {"max_value": 2}, "3", "It can be 2 at most."),
        ("DateField", {}, "", "Give a day."),
        ("DateField", {}, "soon", "Write a day as year, month and day: 2030-05-01."),
        ("ChoiceField", {"choices": [("1", "Rye")]}, "", "Choose one of these."),
        (
            *("TypedChoiceField", {"choices": [("1", "Rye")], "coerce": int}, "2"),
            "Choose one of those that are offered here.",
        ),
        ("MultipleChoiceField", {"choices": [("1", "Rye")]}, "", "Choose at least one."),
        ("BooleanField", {}, "", "Tick it to go on."),
    ],
)
def test_a_fault_says_what_to_do(
    site: Any, name: str, settings: dict[str, Any], sent: str, said: str
) -> None:
    assert site
    assert said_of(made(name, **settings), sent) == [said]


def test_a_field_with_words_of_its_own_keeps_them(site: Any) -> None:
    assert site
    own = made("IntegerField", error_messages={"required": "How many were in the room?"})
    assert said_of(own, "") == ["How many were in the room?"]
