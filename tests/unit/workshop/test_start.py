"""The two commands set themselves up, and say in one sentence what is missing otherwise."""

import importlib.util
import json
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

import start


class Machine(NamedTuple):
    folder: Path
    commands: list[list[str]]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A folder with two locks, on a machine without uv whose installer only notes what it runs."""
    (tmp_path / "requirements.lock").write_text("a==1")
    (tmp_path / "requirements-test.lock").write_text("b==1")
    venv = tmp_path / ".venv"
    python = venv / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    for name, value in {
        "ROOT": tmp_path,
        "VENV": venv,
        "SCRIPTS": python.parent,
        "PYTHON": python,
        "STAMP": venv / "stamp.json",
        "has_pip": lambda: True,
        "connect": lambda: None,
    }.items():
        monkeypatch.setattr(start, name, value)
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    commands: list[list[str]] = []
    monkeypatch.setattr(start, "run", lambda command, _: commands.append(command))
    return Machine(tmp_path, commands)


def test_an_old_python_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))
    assert start.main(["demo"]) == 2
    said = capsys.readouterr().err
    assert said == "Collegium needs Python 3.11 or newer, and this is Python 3.9.\n"


@pytest.mark.usefixtures("machine")
def test_a_machine_without_venv_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert start.main(["install"]) == 2
    assert "apt-get install python3-venv" in capsys.readouterr().err


@pytest.mark.usefixtures("machine")
def test_an_unknown_set_is_answered_with_those_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert start.main(["install", "tests"]) == 2
    assert capsys.readouterr().err.endswith("choose from: test, all.\n")


@pytest.mark.usefixtures("machine")
def test_an_unknown_command_shows_how_to_start(capsys: pytest.CaptureFixture[str]) -> None:
    assert start.main(["dance"]) == 2
    assert "python3 start.py demo" in capsys.readouterr().err


def test_a_second_start_installs_nothing(machine: Machine) -> None:
    start.set_up([])
    machine.commands.clear()
    start.set_up([])
    assert machine.commands == []


def test_all_means_every_set_that_has_a_lock(machine: Machine) -> None:
    start.install(["all"])
    assert machine.commands[-1][-1] == str(machine.folder / "requirements-test.lock")
    assert "--require-hashes" in machine.commands[-1]


def test_a_larger_set_serves_a_smaller_wish(machine: Machine) -> None:
    start.set_up(["test"])
    machine.commands.clear()
    start.set_up([])
    assert machine.commands == []


def test_a_changed_lock_is_installed_into_what_is_there(machine: Machine) -> None:
    start.set_up([])
    machine.commands.clear()
    (machine.folder / "requirements.lock").write_text("a==2")
    start.set_up([])
    assert [command[1:4] for command in machine.commands] == [["-m", "pip", "install"]]


def test_a_moved_folder_is_set_up_anew(machine: Machine) -> None:
    start.set_up([])
    machine.commands.clear()
    stamp = json.loads(start.STAMP.read_text())
    start.STAMP.write_text(json.dumps(stamp | {"folder": "elsewhere"}))
    start.set_up([])
    assert machine.commands[0][1:3] == ["-m", "venv"]


def test_a_set_up_that_was_broken_off_leaves_no_stamp(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_network(_command: list[str], failure: str) -> None:
        raise start.MissingError(failure)

    start.set_up([])
    (machine.folder / "requirements.lock").write_text("a==2")
    monkeypatch.setattr(start, "run", no_network)
    assert start.main(["install"]) == 2
    assert not start.STAMP.exists()


def test_a_torn_stamp_counts_as_none(machine: Machine) -> None:
    start.STAMP.write_text("{")
    start.set_up([])
    assert machine.commands[0][1:3] == ["-m", "venv"]
