"""What tutorials and how-tos tell people to type is typed here, and answers as they say.

In a `console` fence a line that begins with `$ ` is a command, and below it stands its answer,
in which `…` stands for anything. A fence such as `python admit.py` is a file of that name. All
fences of a page run in one new folder, from top to bottom; what serves is stopped once it answers.
"""

import os
import re
import shlex
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.house import tree

PAGES = [page for page in tree.tracked() if page.parent.name in {"tutorials", "how-to"}]
FENCE = re.compile(r"^```(console|[a-z]+ [\w-]+\.\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PATIENCE = 60.0
PROGRAM = """#!/bin/sh
exec {python} {arguments} "$@"
"""


def with_commands() -> list[Path]:
    return [page for page in PAGES if "```console" in tree.text(page)]


def commands_in(fence: str) -> list[tuple[str, str]]:
    """Each command with the answer that it shall give."""
    parts = re.split(r"^\$ ", fence, flags=re.MULTILINE)[1:]
    return [(command, said) for command, _, said in (part.partition("\n") for part in parts)]


def environment_in(folder: Path) -> dict[str, str]:
    """That of somebody who has installed Collegium and nothing else of theirs."""
    programs = folder / ".programs"
    programs.mkdir()
    for name, arguments in (("collegium", "-m collegium.cli.main"), ("python3", "")):
        program = programs / name
        text = PROGRAM.format(python=shlex.quote(sys.executable), arguments=arguments)
        program.write_text(text, encoding="utf-8")
        program.chmod(0o755)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "HOME": str(folder), "PYTHONPATH": str(tree.ROOT), "LC_ALL": "C.UTF-8"}


def fits(said: str, expected: str) -> bool:
    """Whether an answer is the one that was promised."""
    pattern = ".*?".join(map(re.escape, expected.strip().split("…")))
    return re.fullmatch(pattern, said.strip(), re.DOTALL) is not None


def serve(command: str, folder: Path, environment: dict[str, str]) -> str:
    """What a site says once it answers; it is stopped then."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    told = [*shlex.split(command), "--port", str(port)]
    with subprocess.Popen(
        told, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
    ) as site:
        until = time.monotonic() + PATIENCE
        while site.poll() is None and time.monotonic() < until:
            try:
                with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                    break
            except OSError:
                time.sleep(0.05)
        site.terminate()
        said, _ = site.communicate(timeout=PATIENCE)
    assert not list(folder.rglob("record.sqlite-wal")), "the site was closed, and its records"
    return said.replace(str(port), "8000")


def test_an_answer_fits_what_was_promised_or_does_not() -> None:
    assert fits("3 entries of bakers.example/8dd4\nall is well\n", "3 entries of …\nall is well")
    assert not fits("2 entries of bakers.example/8dd4\nall is well\n", "3 entries of …")


def test_a_page_that_tells_a_command_is_found() -> None:
    assert {page.stem for page in with_commands()} >= {"read-a-record", "check-a-receipt"}


@pytest.mark.parametrize("page", with_commands(), ids=lambda page: page.stem)
def test_what_a_page_tells_to_type_answers_as_it_says(page: Path, tmp_path: Path) -> None:
    environment = environment_in(tmp_path)
    (tmp_path / "collegium").symlink_to(tree.ROOT / "collegium")  # as in a clone
    for title, fence in FENCE.findall(tree.text(page)):
        if title != "console":
            (tmp_path / title.partition(" ")[2]).write_text(fence, encoding="utf-8")
            continue
        for command, expected in commands_in(fence):
            if command.startswith("collegium serve"):
                said = serve(command, tmp_path, environment)
            else:
                done = subprocess.run(
                    ["bash", "-c", f"{command} 2>&1"],
                    cwd=tmp_path,
                    env=environment,
                    capture_output=True,
                    text=True,
                    check=False,
                )
                said = done.stdout
            assert fits(said, expected), f"$ {command}\n{said}\nbut {page} promises\n{expected}"
