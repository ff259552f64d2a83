"""Every quotation in the account of the founding document stands at the line it names."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXPLANATION = ROOT / "docs" / "explanation"
ACCOUNT = " ".join((EXPLANATION / "source.md").read_text(encoding="utf-8").split())
COPY = EXPLANATION / "source" / "workers-opposition-1921.txt"
LINES = COPY.read_bytes().decode().split("\n")

QUOTATIONS = re.findall(r"“([^”]+)” \(L(\d+)\)", ACCOUNT)
ROWS = re.findall(r"\| (\d+)\. [^|]+\| ([^|]+)\| \*\*([^*|]+)\*\*([^|]*)\|", ACCOUNT)


@pytest.mark.parametrize(("quotation", "line"), QUOTATIONS)
def test_a_quotation_stands_at_its_line(quotation: str, line: str) -> None:
    rest = " ".join(LINES[int(line) - 1].split())
    for part in quotation.split(" … "):
        before, found, rest = rest.partition(part)
        assert found, f"line {line} doesn't say “{part}” after “{before[-40:]}”"


def test_every_quotation_names_its_line() -> None:
    assert len(QUOTATIONS) > 50
    assert ACCOUNT.count("“") == ACCOUNT.count("”") == len(QUOTATIONS)


def test_straight_quotes_stand_only_inside_quotations() -> None:
    assert '"' not in re.sub(r"“[^”]+”", "", ACCOUNT)


def test_a_quotation_is_short() -> None:
    assert max(len(quotation.split()) for quotation, _ in QUOTATIONS) <= 25


def test_the_copy_is_the_one_that_is_described() -> None:
    digest = hashlib.sha256(COPY.read_bytes()).hexdigest()
    assert digest in ACCOUNT
    assert digest in (EXPLANATION / "source" / "README.md").read_text(encoding="utf-8")
    assert len(LINES) == 178


def test_all_eighteen_systems_have_a_row_with_a_state() -> None:
    assert [int(number) for number, *_ in ROWS] == list(range(1, 19))
    assert {state for _, _, state, _ in ROWS} <= {"Works.", "In part.", "Not yet."}


def test_every_system_is_quoted_by_line() -> None:
    assert [number for number, text, *_ in ROWS if not re.search(r"\(L\d+\)", text)] == []


def test_a_system_that_is_there_says_in_which_folder() -> None:
    here = [(number, place) for number, _, state, place in ROWS if state != "Not yet."]
    assert [number for number, place in here if "`collegium/" not in place] == []


@pytest.mark.parametrize("folder", sorted(set(re.findall(r"`(collegium/[a-z/_]+)`", ACCOUNT))))
def test_a_folder_that_is_named_exists(folder: str) -> None:
    assert (ROOT / folder).is_dir(), f"{folder} isn't there: correct docs/explanation/source.md"
