"""What a protocol tells in words and tables is what was published, not only what was counted."""

import re
from functools import cache
from typing import Any

import pytest

from collegium.counting import count
from collegium.counting.irv import burlington_irv
from collegium.counting.methods import method_named
from collegium.counting.protocol import as_text, sheet_of
from tests.published import files_in, json_of, profile_of, ranked
from tests.vectors.test_instant_runoffs import MINNEAPOLIS, counted_in_minneapolis, minneapolis
from tests.vectors.test_scottish_wards import says

WARDS = files_in("scotland", ".blt")
STAGE = re.compile(r"Stage (\d+): ")
NOW = re.compile(r"(?:(?:Received: |, )(?P<name>[^,;:]+?) [\d.]+ \(now (?P<now>[\d.]+)\))")


@cache
def told(ward: str) -> tuple[tuple[str, ...], str, dict[str, Any]]:
    file = ranked(f"scotland/{ward}.blt")
    rule: Any = method_named("scottish-stv").make(len(file.names), file.seats, 0)
    sheet = sheet_of(count(profile_of(file), rule), file.names)
    return file.names, as_text(sheet), json_of(f"scotland/{ward}.official.json")


def table_of(text: str, names: tuple[str, ...]) -> dict[str, list[str]]:
    """The figures of each option in the table of all stages, its blocks joined."""
    _, table = re.split(r"Votes at the end of each stage:|What each option came to:", text)
    table = table.partition("How narrow it was")[0].partition("How to count it again")[0]
    found: dict[str, list[str]] = {name: [] for name in names}
    for line in table.splitlines():
        for name in names:
            if line.startswith(f"{name}  "):
                found[name] += line.removeprefix(name).split()
    return found


def stages_of(text: str) -> list[str]:
    """The words of each stage, in one line."""
    words = " ".join(text.partition("All stages\n")[0].split())
    return STAGE.split(words)[2::2]


@pytest.mark.parametrize("ward", WARDS)
def test_the_table_has_every_published_figure(ward: str) -> None:
    names, text, official = told(ward)
    table = table_of(text, names)
    for number, published in enumerate(official["stages"]):
        for name in names:
            assert says(published[name], table[name][number], official["published_decimals"])


@pytest.mark.parametrize("ward", WARDS)
def test_whoever_receives_votes_then_has_what_was_published(ward: str) -> None:
    names, text, official = told(ward)
    stages = stages_of(text)
    assert len(stages) == len(official["stages"])
    for words, published in zip(stages, official["stages"], strict=True):
        for found in NOW.finditer(words):
            assert found["name"] in names
            assert says(published[found["name"]], found["now"], official["published_decimals"])


@pytest.mark.parametrize("ward", WARDS)
def test_each_stage_names_those_who_were_elected_then(ward: str) -> None:
    names, text, official = told(ward)
    for number, words in enumerate(stages_of(text), 1):
        elected = {name for name in names if f"{name} is elected with " in words}
        assert elected == {name for name, at in official["elected"].items() if at == number}


def test_minneapolis_is_told_with_its_published_totals() -> None:
    names, outcome = counted_in_minneapolis(minneapolis().policy)
    table = table_of(as_text(sheet_of(outcome, names)), names)
    rounds = json_of(f"{MINNEAPOLIS}_rctab_expected_detailed_report.json")["results"]
    for number, published in enumerate(rounds):
        assert {name: table[name][number] for name in published["tally"]} == published["tally"]


def test_burlington_is_told_with_its_published_totals() -> None:
    file = ranked("irv/burlington_2009.abif")
    outcome = count(profile_of(file), burlington_irv(len(file.names)))
    words = stages_of(as_text(sheet_of(outcome, file.names)))[-1]
    assert "(now 4313)" in words
    assert "Bob Kiss (Progressive) is elected with 4313 votes" in words
