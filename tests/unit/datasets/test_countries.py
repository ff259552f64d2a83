"""Country packs: what votes may not be used for."""

import re

import pytest

from collegium.datasets.countries import CODES, Country, country
from collegium.parts.organisation.clauses import CLAUSES


def pack(code: str) -> Country:
    found = country(code)
    assert found is not None
    return found


def test_every_country_that_a_rule_book_can_name_has_a_pack() -> None:
    assert ("none", *CODES) == CLAUSES["organisation.country"].choices


@pytest.mark.parametrize("code", CODES)
def test_every_pack_says_what_the_law_asks_for_and_where_it_stands(code: str) -> None:
    for limit in pack(code).limits:
        assert limit.matter[0].isupper()
        assert limit.needs.endswith(".")
        assert re.search(r"\d", limit.source)


def test_british_statutory_ballots_are_listed() -> None:
    matters = " ".join(limit.matter for limit in pack("gb").limits)
    assert "executive" in matters
    assert "Industrial action" in matters


def test_american_elections_of_officers_are_listed() -> None:
    assert any("LMRDA" in limit.needs for limit in pack("us").limits)


def test_a_country_without_a_pack_has_none() -> None:
    assert country("none") is None
