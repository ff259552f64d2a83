"""`collegium recount`, on the Debian record and on copies of it."""

import json
from pathlib import Path

from collegium.record.tiles import entries_in
from tests.copies import changed, write_copy
from tests.unit.cli.conftest import Asking

BY_REFERENCE = "2014-002"
WON = "Accept CoC, updates via GR"


def test_a_vote_is_recounted_from_the_folder_with_its_options_by_name(
    ask: Asking, imported: Path
) -> None:
    code, out, _ = ask("recount", BY_REFERENCE, imported / "debian")
    assert code == 0
    assert f"Elected: {WON}." in out
    assert "228 to 53 against the default option" in out
    assert "V-20 was recounted from the record: 288 ballots." in out
    assert "The declared outcome is the same" in out


def test_a_copy_without_texts_names_options_by_number(ask: Asking, imported: Path) -> None:
    code, out, _ = ask("recount", "V-20", imported / "copy")
    assert code == 0
    assert "Elected: Option 2." in out


def test_a_copy_with_texts_names_them(ask: Asking, imported: Path, tmp_path: Path) -> None:
    ask("export", imported / "debian", tmp_path / "full", "--payloads", "members")
    _, out, _ = ask("recount", "v-20", tmp_path / "full")
    assert f"Elected: {WON}." in out


def test_a_program_gets_the_ballots_and_digests(ask: Asking, imported: Path) -> None:
    _, out, _ = ask("recount", BY_REFERENCE, imported / "debian", "--json")
    told = json.loads(out)
    assert (told["winners"], told["elected"], told["ballots"]) == ([2], [WON], 288)
    assert sum(told["weights"].values()) == 288
    assert told["wrong"] == []


def test_the_picture_of_the_comparisons(ask: Asking, imported: Path) -> None:
    _, out, _ = ask("recount", BY_REFERENCE, imported / "debian", "--as", "svg")
    assert out.startswith("<svg")
    assert WON in out


def test_a_stated_outcome_that_the_ballots_dont_come_to_is_named(
    ask: Asking, imported: Path, tmp_path: Path
) -> None:
    paths = sorted((imported / "copy/tile/entries").glob("0??"))
    paths += (imported / "copy/tile/entries").glob("*.p/*")
    entries = [one for path in paths for one in entries_in(path.read_bytes())[0]]
    number = next(n for n, data in enumerate(entries) if b"declare-outcome" in data)
    entries[number] = changed(entries[number], winners=[1])
    origin = (imported / "copy/checkpoint").read_text(encoding="utf-8").splitlines()[0]
    forged = write_copy(tmp_path / "forged", entries, origin)
    code, out, err = ask("recount", "V-1", forged)
    assert code == 1
    assert f"entry {number} states another outcome" in err
    assert "is the same" not in out


def test_a_vote_that_isnt_there(ask: Asking, imported: Path) -> None:
    code, _, err = ask("recount", "V-999", imported / "copy")
    assert code == 2
    assert "expected a vote of this record" in err


def test_nothing_to_read_there(ask: Asking, tmp_path: Path) -> None:
    code, _, err = ask("recount", "V-1", tmp_path)
    assert code == 2
    assert "expected a copy or an organisation's folder" in err
