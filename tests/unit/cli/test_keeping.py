from pathlib import Path

from tests.archives import schema
from tests.copies import flip
from tests.unit.cli.conftest import Asking


def test_a_backup_is_put_back_and_verified(ask: Asking, coop: Path, tmp_path: Path) -> None:
    code, out, _ = ask("backup", coop, tmp_path / "file")
    assert code == 0
    assert "keep it as you keep a key" in out
    code, out, _ = ask("restore", tmp_path / "file", tmp_path / "back", "--verify")
    assert code == 0
    assert "3 entries are back in " in out
    assert "going on from here makes a second record" in out
    assert "is without fault: 3 entries" in out


def test_what_is_put_back_is_the_same(ask: Asking, coop: Path, tmp_path: Path) -> None:
    ask("backup", coop, tmp_path / "file")
    _, out, _ = ask("restore", tmp_path / "file", tmp_path / "back")
    assert "collegium verify" in out
    assert ask("replay", tmp_path / "back") == ask("replay", coop)


def test_a_damaged_backup_is_refused(ask: Asking, coop: Path, tmp_path: Path) -> None:
    ask("backup", coop, tmp_path / "file")
    flip(tmp_path / "file", 700)
    code, out, err = ask("restore", tmp_path / "file", tmp_path / "back")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert not (tmp_path / "back").exists()


def test_no_backup_is_written_over(ask: Asking, coop: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("older")
    code, _, err = ask("backup", coop, tmp_path / "file")
    assert code == 2
    assert "nothing is written over" in err


def test_a_backup_goes_into_postgresql(ask: Asking, coop: Path, tmp_path: Path) -> None:
    ask("backup", coop, tmp_path / "file")
    with schema() as (dsn, name):
        where = ["--postgres", dsn, "--schema", name]
        code, out, err = ask("restore", tmp_path / "file", tmp_path / "back", "--verify", *where)
        assert (code, err) == (0, "")
        assert "is without fault: 3 entries" in out
        assert ask("replay", tmp_path / "back") == ask("replay", coop)
