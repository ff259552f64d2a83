"""The generated reference is as the code has it, and nothing in it is empty."""

import re

import pytest

from collegium.cli.reference import cli_page
from collegium.parts.decisions.acts import Marks, Term
from collegium.parts.deliberation.rules import may_sign
from collegium.parts.organisation.clauses import CLAUSES
from collegium.secretariat.field_types import fits
from collegium.secretariat.reference import PAGES, acts_page, main, rule_book_page
from collegium.secretariat.registry import LINES
from collegium.secretariat.ruling import rulings
from tests.house import tree


@pytest.mark.parametrize("name", PAGES)
def test_no_page_of_the_reference_is_stale(name: str) -> None:
    page = tree.ROOT / "docs" / "reference" / f"{name}.md"
    assert page.read_text(encoding="utf-8") == PAGES[name]()


def test_the_page_about_the_command_line_is_not_stale() -> None:
    page = tree.ROOT / "docs" / "reference" / "cli.md"
    assert page.read_text(encoding="utf-8") == cli_page()


def test_a_stale_page_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(PAGES, "acts", lambda: "another page\n")
    assert main(["--check"]) == 1
    assert "docs/reference/acts.md is stale" in capsys.readouterr().out


def test_an_unknown_page_is_refused_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["posts"]) == 2
    assert "acts, rule-book" in capsys.readouterr().err


def test_every_kind_and_every_clause_has_its_place() -> None:
    assert re.findall(r"^### `(.+)`$", acts_page(), re.MULTILINE) == [line.kind for line in LINES]
    assert re.findall(r"^\| `([a-z_.]+)`", rule_book_page(), re.MULTILINE) == list(CLAUSES)


def test_every_refusal_in_the_parts_is_told_of() -> None:
    written = {
        name
        for path in tree.sources("collegium")
        if path.parts[1] in {"parts", "secretariat"}
        for name in re.findall(r'Refused\(\s*"([a-z-]+)"', tree.text(path))
    }
    told = set(re.findall(r"^\| `([a-z-]+)` \|", acts_page(), re.MULTILINE))
    # the door asks these two before there is an entry
    assert written - told == {"payloads-differ", "act-id-used"}


def test_refusals_are_found_through_functions_and_in_order() -> None:
    assert [one.name for one in rulings(may_sign)] == [
        "proposal-unknown",
        "proposal-withdrawn",
        "version-current",
        "author-signs-not",
        "one-signature",
    ]


def test_a_type_is_told_in_words() -> None:
    assert fits(Marks) == "text of 2 to 35 characters"
    assert fits(Term | bool) == "whole number, 1 to 100 or `true` or `false`"
