"""`collegium export` and `collegium verify`, on the Debian record and what is done to it."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from collegium.record.base64_text import from_base64
from collegium.record.keys import PrivateKey
from collegium.record.tiles import bundle_of, entries_in
from tests.copies import changed, flip, write_copy
from tests.unit.cli.conftest import Asking

BUNDLE = "tile/entries/003"


def bundle(copy: Path) -> list[bytes]:
    return entries_in((copy / BUNDLE).read_bytes())[0]


def every_entry(copy: Path) -> list[bytes]:
    paths = [*sorted((copy / "tile/entries").glob("0??")), *(copy / "tile/entries").glob("*.p/*")]
    return [data for path in paths for data in entries_in(path.read_bytes())[0]]


def signed_anew(imported: Path, out: Path, entries: list[bytes]) -> Path:
    """A copy as an operator can make it, who has the log's key."""
    origin = (imported / "copy/checkpoint").read_text().partition("\n")[0]
    return write_copy(out, entries, origin, PrivateKey.load(imported / "debian/key"))


def test_the_debian_record_is_without_fault(ask: Asking, imported: Path) -> None:
    code, out, err = ask("verify", imported / "copy")
    assert (code, err) == (0, "")
    assert "is without fault: 5,868 entries of votes.debian.example/" in out
    assert "25 outcomes recounted" in out
    assert "Notice (unanchored)" in out


def test_with_the_logs_key_nothing_is_left_to_notice(ask: Asking, imported: Path) -> None:
    key = (imported / "copy/key").read_text().strip()
    code, out, _ = ask("verify", imported / "copy", "--key", key)
    assert (code, "Notice" in out) == (0, False)


def test_an_empty_key_isnt_no_key(ask: Asking, imported: Path) -> None:
    code, out, err = ask("verify", imported / "copy", "--key", "")
    assert (code, out) == (2, "")
    assert "expected a verifier key" in err


def test_a_folder_stands_where_the_record_was(ask: Asking, coop: Path) -> None:
    (coop / "record.sqlite").unlink()
    (coop / "record.sqlite").mkdir()
    code, _, err = ask("verify", coop)
    assert (code, err.count("\n")) == (2, 1)
    assert "expected a database that this user may read and write" in err


def test_a_program_is_told_how_far_checking_is(ask: Asking, imported: Path) -> None:
    code, out, err = ask("verify", imported / "copy", "--progress")
    assert code == 0
    assert err.splitlines() == ["Checking 0 5868", "Checking 4096 5868", "Checking 5868 5868"]
    assert "is without fault" in out


def test_an_own_folder_is_verified_as_well(ask: Asking, imported: Path) -> None:
    code, out, _ = ask("verify", imported / "debian")
    assert code == 0
    assert "25 outcomes recounted" in out


def test_another_logs_key_is_a_fault(
    ask: Asking, imported: Path, coop: Path, tmp_path: Path
) -> None:
    ask("export", coop, tmp_path / "other")
    key = (tmp_path / "other/key").read_text().strip()
    code, out, _ = ask("verify", imported / "copy", "--key", key)
    assert code == 1
    assert "checkpoint-signature: " in out


def test_one_byte_of_an_entry(ask: Asking, debian_copy: Path) -> None:
    flip(debian_copy / BUNDLE, 1000)
    code, out, _ = ask("verify", debian_copy)
    assert code == 1
    assert "  entry-altered, entry 77" in out
    assert "  unchecked, entry 77" in out


def test_one_byte_of_a_hash_tile(ask: Asking, debian_copy: Path) -> None:
    flip(debian_copy / "tile/0/002", 8000)
    code, out, _ = ask("verify", debian_copy)
    assert code == 1
    assert "has 1 fault:\n  tile-altered: tile/0/002: " in out


def test_one_byte_of_the_signature(ask: Asking, debian_copy: Path) -> None:
    note = (debian_copy / "checkpoint").read_bytes()
    flip(debian_copy / "checkpoint", len(note) - 20)
    code, out, _ = ask("verify", debian_copy)
    assert code == 1
    assert "has 1 fault:\n  checkpoint-signature: " in out


def test_a_truncated_file(ask: Asking, debian_copy: Path) -> None:
    with (debian_copy / BUNDLE).open("r+b") as file:
        file.truncate(20_000)
    code, out, _ = ask("verify", debian_copy)
    assert code == 1
    assert "  entry-missing, entry " in out


def test_entries_in_another_order(ask: Asking, debian_copy: Path) -> None:
    first, second, *others = bundle(debian_copy)
    (debian_copy / BUNDLE).write_bytes(bundle_of([second, first, *others]))
    code, out, _ = ask("verify", debian_copy)
    assert code == 1
    assert "  entry-moved, entry 768: " in out
    assert "  entry-moved, entry 769: " in out


def test_a_dropped_entry(ask: Asking, debian_copy: Path) -> None:
    (debian_copy / BUNDLE).write_bytes(bundle_of(bundle(debian_copy)[1:]))
    code, out, _ = ask("verify", debian_copy)
    assert code == 1
    assert "  entry-missing, entry 768: " in out


def test_an_act_that_a_rule_forbids(ask: Asking, imported: Path, tmp_path: Path) -> None:
    entries = every_entry(imported / "copy")
    number = next(n for n, data in enumerate(entries) if b"decisions.close-vote/1" in data)
    entries[number] = changed(entries[number], happened_at="2005-01-01T00:00:00Z")
    code, out, _ = ask("verify", signed_anew(imported, tmp_path / "copy", entries))
    assert code == 1
    assert f"  refused, entry {number}: rule vote-open: " in out
    assert f"(after {number})" in out


def test_a_wrong_outcome(ask: Asking, imported: Path, tmp_path: Path) -> None:
    entries = every_entry(imported / "copy")
    number = next(n for n, data in enumerate(entries) if b"declare-outcome" in data)
    entries[number] = changed(entries[number], winners=[1])
    code, out, _ = ask("verify", signed_anew(imported, tmp_path / "copy", entries))
    assert code == 1
    assert f"  outcome-differs, entry {number}: " in out


def test_programs_read_the_findings(ask: Asking, debian_copy: Path) -> None:
    flip(debian_copy / "tile/0/002", 8000)
    code, out, _ = ask("verify", debian_copy, "--json")
    told = json.loads(out)
    assert (code, told["faultless"], told["size"], told["outcomes"]) == (1, False, 5868, 25)
    assert {finding["name"] for finding in told["findings"]} == {"unanchored", "tile-altered"}
    assert from_base64(told["root"], 32)


def test_a_kept_checkpoint_shows_what_was_forgotten(
    ask: Asking, imported: Path, tmp_path: Path
) -> None:
    kept = imported / "copy/checkpoint"
    shorter = signed_anew(imported, tmp_path / "copy", every_entry(imported / "copy")[:-1])
    assert ask("verify", imported / "copy", "--since", kept)[0] == 0
    code, out, _ = ask("verify", shorter, "--since", kept)
    assert code == 1
    assert "  checkpoint-regressed: " in out


def test_a_kept_checkpoint_has_to_be_one(ask: Asking, imported: Path) -> None:
    code, _, err = ask("verify", imported / "copy", "--since", imported / "copy/key")
    assert code == 2
    assert "expected a signed note" in err


def test_an_altered_database_is_a_fault(ask: Asking, coop: Path) -> None:
    with closing(sqlite3.connect(coop / "record.sqlite")) as database:
        (trigger,) = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%UPDATE ON entry%'"
        ).fetchone()
        database.execute(f"DROP TRIGGER {trigger}")
        database.execute(
            "UPDATE entry SET data = CAST(replace(data, 'Z', 'Y') AS BLOB) WHERE seq = 1"
        )
        database.commit()
    code, out, _ = ask("verify", coop)
    assert code == 1
    assert "  root-differs: " in out


def test_an_export_says_who_may_read_it(ask: Asking, coop: Path, tmp_path: Path) -> None:
    code, out, _ = ask("export", coop, tmp_path / "copy")
    assert code == 0
    assert "3 entries are exported to " in out
    assert "Sealed texts and names are left out." in out
    assert "Who may read it: the members of the organisation and nobody else." in out


def test_payloads_are_counted_by_their_readers(ask: Asking, coop: Path, tmp_path: Path) -> None:
    _, out, _ = ask("export", coop, tmp_path / "copy", "--payloads", "public", "members")
    assert "Sealed texts that anybody may read: 1." in out
    assert "Sealed texts that the members may read: 1." in out
    assert ask("verify", tmp_path / "copy")[0] == 0


@pytest.mark.parametrize("command", ["export {} out", "show {} 1", "checkpoint {}", "backup {} f"])
def test_a_copy_is_no_organisations_folder(ask: Asking, imported: Path, command: str) -> None:
    code, _, err = ask(*command.format(imported / "copy").split())
    assert code == 2
    assert err.endswith("is a copy\n")
