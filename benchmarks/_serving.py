"""A site in a process of its own under granian, and what that process has used."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from _measuring import ROOT

HERE = Path(__file__).parent
PATIENCE = 60.0  # seconds until a site answers

_START = """
import sys
from granian import Granian
from granian.constants import Interfaces
if __name__ == "__main__":
    Granian("collegium.server.site.wsgi:application", address="127.0.0.1", port=int(sys.argv[1]),
            interface=Interfaces.WSGI, workers=int(sys.argv[2]), blocking_threads=4,
            log_enabled=False).serve()
"""


class Site:
    """A site that is served until it is closed.

    Args:
        environment: What it is told, beside this process's own environment.
        folder: Where the program that starts it is written.
        processes: How many answer.
    """

    def __init__(self, environment: dict[str, str], folder: Path, processes: int = 1) -> None:
        self.port = _free_port()
        starter = folder / "start_site.py"
        starter.write_text(_START, encoding="utf-8")
        self._program = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, str(starter), str(self.port), str(processes)], env=_whole(environment)
        )
        self._await()

    def load(self, requests: list[list[str]], people: int, *, long: bool = False) -> "Load":
        """Let so many people send these requests; what that took, and what it cost."""
        before = self.cpu()
        told = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, str(HERE / "_load.py"), str(self.port), str(people)] + ["long"] * long,
            input=json.dumps(requests),
            capture_output=True,
            text=True,
            check=True,
        )
        return Load(json.loads(told.stdout), self.cpu() - before)

    def cpu(self) -> float:
        """Seconds of processor time that its processes have taken."""
        tasks = [task for pid in self.processes() for task in Path(f"/proc/{pid}/task").iterdir()]
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9

    def worker_megabytes(self) -> float:
        """What its largest process holds that no other process shares (USS), in 10^6 bytes."""
        return max(map(_own_bytes, self.processes())) / 1e6

    def processes(self) -> list[int]:
        """The ids of its processes."""
        found, tree = [self._program.pid], [self._program.pid]
        while found:
            tasks = Path(f"/proc/{found.pop()}/task").iterdir()
            below = [int(pid) for task in tasks for pid in (task / "children").read_text().split()]
            found += below
            tree += below
        return tree

    def close(self) -> None:
        """Stop it, and wait until it is gone."""
        self._program.send_signal(signal.SIGTERM)
        self._program.wait(PATIENCE)

    def _await(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self._program.poll() is None:
            try:
                with urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5):
                    return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("the site doesn't answer")


class Load:
    """What a load took.

    Attributes:
        seconds: Time on the wall.
        cpu: Processor time of the site.
        milliseconds: Of each answer.
        failed: Statuses that weren't a receipt.
    """

    def __init__(self, told: dict[str, Any], cpu: float) -> None:
        self.cpu = cpu
        self.seconds = float(told["seconds"])
        self.milliseconds: list[float] = list(map(float, told["milliseconds"]))
        self.failed: list[str] = list(map(str, told["failed"]))

    def slowest(self, share: float) -> float:
        """Milliseconds within which this share of the answers came."""
        ordered = sorted(self.milliseconds)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def run_python(environment: dict[str, str], *arguments: str) -> None:
    """Run a program of ours with the environment of a site, and wait until it has ended well."""
    subprocess.run([sys.executable, *arguments], env=_whole(environment), check=True)  # noqa: S603 - our own program


def _whole(environment: dict[str, str]) -> dict[str, str]:
    return os.environ | environment | {"PYTHONPATH": os.pathsep.join((str(HERE), str(ROOT)))}


def _own_bytes(pid: int) -> int:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return sum(
        int(kib) * 1024 for kib in re.findall(r"^Private_\w+:\s+(\d+)", rollup, re.MULTILINE)
    )


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port
