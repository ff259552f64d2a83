"""Documents are true: examples run, links lead somewhere, and the fixed headings are there."""

import doctest
import importlib
import re
from pathlib import Path

import pytest

from tests.house import tree

PAGES = [path for path in tree.tracked() if path.suffix == ".md"]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
DECISIONS = [path for path in PAGES if path.parts[:2] == ("docs", "decisions")]


def with_examples(paths: list[Path]) -> list[Path]:
    return [path for path in paths if ">>> " in tree.text(path)]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(tree.text(page)) if "://" not in link]
    missing = [link for link in links if not (tree.ROOT / page.parent / link).exists()]
    assert missing == []


def test_the_examples_of_every_page_are_true() -> None:
    failed = {
        str(page): doctest.testfile(str(tree.ROOT / page), module_relative=False).failed
        for page in with_examples(PAGES)
    }
    assert {page: count for page, count in failed.items() if count} == {}


def test_the_examples_of_every_docstring_are_true() -> None:
    modules = [".".join(p.with_suffix("").parts) for p in with_examples(tree.sources("collegium"))]
    failed = {name: doctest.testmod(importlib.import_module(name)).failed for name in modules}
    assert {name: count for name, count in failed.items() if count} == {}


def test_the_readme_fits_one_screen() -> None:
    readme = tree.text(Path("README.md"))
    assert readme.count("\n") <= 45
    assert "python3 start.py demo" in readme
    assert "python3 start.py test" in readme


def test_the_changelog_keeps_a_heading_for_the_record() -> None:
    changes = tree.text(Path("CHANGELOG.md"))
    assert "## [Unreleased]" in changes
    assert "### Record" in changes


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_what_was_given_up_and_how_it_would_show(decision: Path) -> None:
    said = tree.text(decision)
    assert re.match(r"\d{4}-\d{2}-\d{2}-[a-z0-9-]+$", decision.stem)
    for part in ("Tension", "Decision", "What we gave up", "How we would notice it was wrong"):
        assert part in said, f"no “{part}”"


def test_the_licence_is_the_one_that_is_declared() -> None:
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in tree.text(Path("LICENSE"))
    assert 'license = "AGPL-3.0-or-later"' in tree.text(Path("pyproject.toml"))
