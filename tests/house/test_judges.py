"""The page about who counts as we do names every rule, and only tests that exist."""

import re

from collegium.counting import RULES
from tests.house import tree

PAGE = (tree.ROOT / "docs" / "reference" / "judges.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| `")
]
FOLDERS = ("judges", "properties", "vectors")


def test_every_rule_has_a_row_and_no_other() -> None:
    assert {re.findall(r"`(.+?)`", row[0])[0] for row in ROWS} == set(RULES)


def test_every_test_that_the_page_names_exists() -> None:
    files = [path for folder in FOLDERS for path in (tree.ROOT / "tests" / folder).glob("*.py")]
    here = {
        name
        for path in files
        for name in re.findall(r"^def (test_\w+)", path.read_text(), re.MULTILINE)
    }
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    assert named
    assert named - here == set()


def test_a_rule_with_fewer_than_two_programs_says_what_stands_in() -> None:
    alone = [
        rule
        for rule, programs, _, instead in ROWS
        if programs.count("; ") < 1 and " and " not in programs and not instead
    ]
    assert alone == []
