import json
import shutil
from pathlib import Path

import pytest

from collegium.datasets.cooperative.people import read_people
from collegium.record.keys import PrivateKey
from collegium.secretariat.office import open_office
from tests.archives import schema
from tests.unit.cli.conftest import FOUNDERS, FOUNDING, Asking


def test_an_organisation_is_founded_with_everybodys_consent(coop: Path) -> None:
    with open_office(coop) as office, office.door.reading() as house:
        assert (house.size, house.organisation.awaiting) == (3, [])
        assert house.organisation.number_clause("approvals.needed") == 2
        assert not house.organisation.demo


def test_keys_are_made_for_their_owners_alone(founded: Path) -> None:
    keys = sorted((founded / "coop-keys").iterdir())
    assert [key.name for key in keys] == ["Amara.key", "Bo.key", "Chiara.key"]
    assert {key.stat().st_mode & 0o777 for key in keys} == {0o600}


def test_whoever_founds_is_told_to_hand_the_keys_over(ask: Asking, tmp_path: Path) -> None:
    code, out, _ = ask("init", tmp_path / "new", *FOUNDING, *FOUNDERS)
    assert code == 0
    assert "Hand each founder their own key (Amara.key, Bo.key, Chiara.key in " in out
    assert "nobody can tell if the folder is put back to an older state" in out


def test_keys_that_are_there_are_used(ask: Asking, tmp_path: Path) -> None:
    key = PrivateKey.generate()
    (tmp_path / "keys").mkdir()
    key.save(tmp_path / "keys/Bo.key")
    _, out, _ = ask("init", tmp_path / "new", *FOUNDING, *FOUNDERS, "--keys", tmp_path / "keys")
    with open_office(tmp_path / "new") as office:
        assert key.public in office.door.house.organisation.keys
    assert "(Amara.key, Chiara.key in " in out


def test_programs_learn_names_and_key(ask: Asking, tmp_path: Path) -> None:
    _, out, _ = ask("init", tmp_path / "new", *FOUNDING, *FOUNDERS, "--json")
    told = json.loads(out)
    assert told["members"].keys() == {"Amara", "Bo", "Chiara"}
    assert told["key"].startswith(told["origin"])


def test_a_demonstration_says_so_for_ever(ask: Asking, tmp_path: Path) -> None:
    _, out, _ = ask("init", tmp_path / "new", *FOUNDING, *FOUNDERS, "--demo")
    with open_office(tmp_path / "new") as office:
        assert office.door.house.organisation.demo
    assert "a demonstration for ever" in out


def test_the_founders_of_a_demonstration_may_be_played(ask: Asking, tmp_path: Path) -> None:
    own = PrivateKey.generate()
    (tmp_path / "keys").mkdir()
    own.save(tmp_path / "keys/Bo.key")
    keys = ("--keys", tmp_path / "keys")
    _, out, _ = ask("init", tmp_path / "new", *FOUNDING, *FOUNDERS, "--demo", *keys)
    people = {one.name: one.seed for one in read_people(tmp_path / "new")}
    assert people.keys() == {"Amara", "Bo", "Chiara"}
    assert people["Amara"] == PrivateKey.load(tmp_path / "keys/Amara.key").seed
    assert not people["Bo"]  # a key that was brought along stays with its owner
    assert "may play them: collegium serve" in out
    assert "Hand each founder" not in out


def test_nobody_plays_the_founders_of_a_living_organisation(coop: Path) -> None:
    assert read_people(coop) == ()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([*FOUNDING, "--founder", "Amara", "--founder", "Bo"], "at least 3 founders"),
        ([*FOUNDING, *FOUNDERS, "--founder", "Bo"], "each named once"),
        ([*FOUNDING, *FOUNDERS, "--domain", "The Bakers"], "expected a domain"),
        ([*FOUNDING, *FOUNDERS, "--founder", "../Bo"], "can name a file"),
        ([*FOUNDING, *FOUNDERS, "--name", "two\nlines"], "a name in one line"),
        ([*FOUNDING, *FOUNDERS, "--schema", "coop"], "together, or neither"),
        ([*FOUNDING, *(f"--founder={n}" for n in range(16))], "at most 15"),
    ],
)
def test_a_mistake_leaves_nothing_behind(
    ask: Asking, tmp_path: Path, arguments: list[str], expected: str
) -> None:
    code, _, err = ask("init", tmp_path / "new", *arguments)
    assert (code, list(tmp_path.iterdir())) == (2, [])
    assert expected in err


def test_a_founding_that_is_refused_can_be_tried_again(ask: Asking, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.mkdir()
    PrivateKey.generate().save(keys / "Bo.key")
    shutil.copy(keys / "Bo.key", keys / "Amara.key")
    (tmp_path / "new").mkdir()
    code, _, err = ask("init", tmp_path / "new", *FOUNDING, *FOUNDERS, "--keys", keys)
    assert (code, list((tmp_path / "new").iterdir())) == (2, [])
    assert "(rule: " in err


def test_nothing_is_founded_over_another(ask: Asking, coop: Path) -> None:
    code, _, err = ask("init", coop, *FOUNDING, *FOUNDERS)
    assert code == 2
    assert "nothing is written over" in err


def test_who_founds_where_another_has_just_begun_harms_nothing(
    ask: Asking, coop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("collegium.cli.founding", "collegium.archive.folder"):
        monkeypatch.setattr(f"{module}.check_empty", lambda _path: None)  # looked a moment before
    code, _, err = ask("init", coop, *FOUNDING, *FOUNDERS)
    assert (code, err.count("\n")) == (2, 1)
    assert ask("verify", coop)[0] == 0


def test_an_unreadable_dsn_is_said_in_one_sentence(ask: Asking, tmp_path: Path) -> None:
    where = ["--postgres", "nonsense", "--schema", "coop"]
    code, _, err = ask("init", tmp_path / "new", *FOUNDING, *FOUNDERS, *where)
    assert (code, err.count("\n"), (tmp_path / "new").exists()) == (2, 1, False)
    assert "expected a DSN" in err


def test_a_record_can_be_kept_in_postgresql(ask: Asking, tmp_path: Path) -> None:
    with schema() as (dsn, name):
        where = ["--postgres", dsn, "--schema", name]
        assert ask("init", tmp_path / "new", *FOUNDING, *FOUNDERS, *where)[0] == 0
        assert ask("verify", tmp_path / "new")[0] == 0
        code, _, err = ask("init", tmp_path / "again", *FOUNDING, *FOUNDERS, *where)
        assert (code, (tmp_path / "again").exists()) == (2, False)
        assert "expected an empty schema" in err
