"""Words from the right, and characters that steer, stay within their own place in a line."""

import pytest

from collegium.server.web.shared.directions import in_line, is_seen
from collegium.server.web.shared.prose import html_of


@pytest.mark.parametrize("words", ["Bread", "Müller", "パン", "🥖 for all"])
def test_words_from_the_left_stay_as_they_are(words: str) -> None:
    assert in_line(words) == words


@pytest.mark.parametrize("words", ["خبز", "לחם and bread"])
def test_words_from_the_right_are_set_apart(words: str) -> None:
    assert in_line(words) == f"\u2068{words}\u2069"


def test_what_steers_a_line_is_left_out() -> None:
    assert in_line("pay \u202e001 \u2066euros\u2069") == "pay 001 euros"


def test_nothing_closes_the_place_set_apart_before_its_end() -> None:
    assert in_line("خبز\u2069 sold out").count("\u2069") == 1


@pytest.mark.parametrize("character", ["a", "ß", "خ", "🥖", "1", "!"])
def test_what_leaves_a_mark_is_seen(character: str) -> None:
    assert is_seen(character)


@pytest.mark.parametrize("character", [" ", "\u200b", "\u202e", "\u3164", "\u00ad", "\u0301"])
def test_what_leaves_none_is_not(character: str) -> None:
    assert not is_seen(character)


def test_a_paragraph_sets_its_own_direction() -> None:
    assert html_of("خبز") == '<p dir="auto">خبز</p>\n'
