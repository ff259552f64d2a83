import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import collegium
from collegium.cli.main import parser
from tests.unit.cli.conftest import Asking

EVERY = [
    "init d --domain x --name n --founder a",
    "import debian v b d",
    "demo",
    "export d o",
    "verify o",
    "replay o",
    "show d 1",
    "checkpoint d",
    "backup d f",
    "restore f d",
]


@pytest.mark.parametrize("line", EVERY)
def test_every_command_has_somebody_who_answers(line: str) -> None:
    module, name = parser().parse_args(line.split()).command.split(".")
    assert callable(getattr(import_module(f"collegium.cli.{module}"), name))


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys; from collegium.cli.main import parser; parser().format_help(); "
        "sys.exit(any(name in sys.modules for name in ('msgspec', 'sqlite3', 'cryptography')))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_version_is_told(ask: Asking, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        ask("--version")
    assert capsys.readouterr().out == f"collegium {collegium.__version__}\n"


@pytest.mark.parametrize(
    "line",
    [
        "export nowhere out",
        "verify nowhere",
        "replay nowhere",
        "show nowhere 1",
        "checkpoint nowhere",
        "backup nowhere file",
        "restore nofile out",
        "import debian nofile nofile out",
    ],
)
def test_what_cant_be_done_is_said_in_one_sentence(
    ask: Asking, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = ask(*line.split())
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("collegium: ")


def test_a_reader_who_has_seen_enough_gets_no_traceback(imported: Path) -> None:
    command = f"{sys.executable} -m collegium.cli.main replay {imported / 'debian'} --json"
    done = subprocess.run(
        ["/bin/sh", "-c", f"{command} | true; exit 0"], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_changes_no_answer(imported: Path, closed: str) -> None:
    command = f"{sys.executable} -m collegium.cli.main verify {imported / 'debian'} {closed}"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_whoever_interrupts_gets_no_traceback(
    ask: Asking, coop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("collegium.cli.reading.open_office", interrupted)
    assert ask("show", coop, 0) == (130, "", "collegium: Stopped.\n")
