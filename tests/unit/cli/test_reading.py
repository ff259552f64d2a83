import json
from pathlib import Path

import pytest

from collegium.datasets.debian.importing import package_files
from collegium.record.act import read_entry
from collegium.record.notes import VerifierKey
from collegium.record.receipts import verify_receipt
from collegium.secretariat.office import open_office
from tests.copies import flip
from tests.unit.cli.conftest import Asking


def published() -> dict[str, list[int]]:
    votes = json.loads(package_files()[0].read_bytes())
    return {vote["id"]: [int(one) for one in vote["published"]["winners"]] for vote in votes}


def test_a_replay_comes_to_the_published_winners(ask: Asking, imported: Path) -> None:
    code, out, err = ask("replay", imported / "copy", "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert told.keys() == {"digest", "outcomes", "root", "size"}
    assert {one["reference"]: one["winners"] for one in told["outcomes"]} == published()


def test_a_copy_replays_as_the_original(ask: Asking, imported: Path) -> None:
    _, copy, _ = ask("replay", imported / "copy", "--json")
    assert ask("replay", imported / "debian", "--json") == (0, copy, "")


def test_a_replay_is_told_to_people(ask: Asking, imported: Path) -> None:
    _, out, _ = ask("replay", imported / "debian")
    assert "5,868 entries of votes.debian.example/" in out
    assert "25 votes:\n  2005-leader2005 option 3 won\n" in out


def test_a_damaged_copy_isnt_replayed(ask: Asking, debian_copy: Path) -> None:
    flip(debian_copy / "tile/entries/003", 1000)
    code, out, err = ask("replay", debian_copy, "--json")
    assert (code, out) == (1, "")
    assert "collegium verify names them" in err


def test_an_entry_is_shown_in_words(ask: Asking, coop: Path) -> None:
    code, out, _ = ask("show", coop, 0)
    assert code == 0
    assert out.startswith("Entry 0: organisation.found-organisation/1\n")
    assert "  domain       bakers.example\n" in out
    assert "  name (read by anybody)\n    The Bakers' Co-op\n" in out
    assert "signed with key ed25519:" in out


@pytest.mark.parametrize("named", ["-1", "3", "9" * 5000, "\u0663", "\udcff", "", "0x1"])
def test_an_entry_that_isnt_there_is_told_in_one_sentence(
    ask: Asking, coop: Path, named: str
) -> None:
    code, out, err = ask("show", coop, named)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("collegium: expected an entry")


def test_an_entry_is_found_by_its_acts_id(ask: Asking, coop: Path) -> None:
    _, numbered, _ = ask("show", coop, 1)
    act = numbered.split("act ")[1].split()[0]
    assert ask("show", coop, act) == (0, numbered, "")


def test_programs_read_an_entry(ask: Asking, coop: Path) -> None:
    told = json.loads(ask("show", coop, 0, "--json")[1])
    assert told["body"]["domain"] == "bakers.example"
    assert told["sealed"]["name"]["text"] == "The Bakers' Co-op"
    assert told["entry"] == 0


@pytest.mark.parametrize("entry", ["3", "99999999999999999999", "nothing", "-", "٣"])
def test_an_entry_that_isnt_there(ask: Asking, coop: Path, entry: str) -> None:
    code, out, err = ask("show", coop, entry)
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_an_entrys_proof_is_checked_without_the_log(ask: Asking, coop: Path) -> None:
    with open_office(coop) as office:
        (data,) = office.folder.archive.entries(2, 3)
        key = VerifierKey.parse(str(office.verifier_key))
    _, proof, _ = ask("show", coop, 2, "--proof")
    assert verify_receipt(proof, data, key).size == 3
    assert read_entry(data).act.kind == "organisation.consent-to-founding/1"


def test_a_checkpoint_is_printed_as_it_is_kept(ask: Asking, coop: Path) -> None:
    code, out, _ = ask("checkpoint", coop)
    assert (code, out) == (0, (coop / "anchor").read_text())
