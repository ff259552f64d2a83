"""The system is asked to write through to the disk before anything is acknowledged."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.faults.conftest import Start

COMMITS = 40
SYNCED = re.compile(r"(?:fdatasync|fsync)\(\d+<[^>]*record\.sqlite-wal>\)\s+= 0")
ACKNOWLEDGED = re.compile(r'write\(1<[^>]*>, "0{4}\d{22}\\n"')


def test_every_acknowledged_commit_has_been_synced(tmp_path: Path, start: Start) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace isn't installed: apt-get install strace")
    if subprocess.run(["strace", "-o", "/dev/null", "true"], check=False).returncode:
        pytest.skip("strace may not trace on this machine")
    trace = tmp_path / "trace"
    calls = ("strace", "-f", "-y", "-e", "trace=fdatasync,fsync,write", "-o", str(trace))
    program = start(str(tmp_path / "record.sqlite"), "0", str(COMMITS), before=calls)
    program.communicate(timeout=120)
    assert program.returncode == 0
    synced = acknowledged = 0
    for line in trace.read_text().splitlines():
        synced += bool(SYNCED.search(line))
        if ACKNOWLEDGED.search(line):
            acknowledged += 1
            assert synced >= acknowledged, f"act {acknowledged} was acknowledged unsynced"
    assert acknowledged == COMMITS
