"""What `collegium serve` refuses before anything listens."""

import socket
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Asking

pytest.importorskip("granian", reason="the extra `server` isn't installed")


def test_a_folder_without_an_organisation(ask: Asking, tmp_path: Path) -> None:
    code, _, err = ask("serve", tmp_path, "--site", tmp_path / "site")
    assert code == 2
    assert "make one with `collegium init`" in err


def test_a_port_that_another_program_has(ask: Asking, coop: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, _, err = ask("serve", coop, "--site", tmp_path / "site", "--port", port)
    assert code == 2
    assert f"port {port}" in err
    assert "--port" in err


def test_a_port_that_cant_be(ask: Asking, coop: Path, tmp_path: Path) -> None:
    code, _, err = ask("serve", coop, "--site", tmp_path / "site", "--port", 80000)
    assert code == 2
    assert "a port from 1 to 65535" in err
