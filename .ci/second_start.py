"""Starts the demonstration in a fresh clone, then again: a second start sets nothing up.

Judged is what a start writes: neither the environment nor the demonstration may be made anew.
How long it takes is printed beside the bound of one second, which a busy machine misses; its
processor time, from the first line to the last process's end, depends less on who else works.
"""

import resource
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

BOUND = 1.0  # seconds until a second start should answer
MADE_ONCE = (
    ".venv/pyvenv.cfg",
    ".venv/*stamp*",
    ".venv/lib/*/site-packages",
    "demonstration/*.json",
)
PATIENCE = 600.0  # seconds for the first, which installs everything
PORT = 8421


def seconds_until_it_answers(folder: str) -> tuple[float, float]:
    """Until the front page is there, on the wall; until all has ended well, on the processor."""
    command = [sys.executable, "start.py", "demo", "--port", str(PORT), "--folder", "demonstration"]
    before, began = processor_seconds(), time.perf_counter()
    with subprocess.Popen(command, cwd=folder) as started:
        while not answers():
            if started.poll() is not None:
                sys.exit(f"{' '.join(command)} ended with {started.returncode}")
            if time.perf_counter() - began > PATIENCE:
                started.kill()
                sys.exit(f"{' '.join(command)} didn't answer for {PATIENCE:.0f} s")
            time.sleep(0.01)
        answered = time.perf_counter() - began
        started.send_signal(signal.SIGTERM)
    return answered, processor_seconds() - before


def processor_seconds() -> float:
    """What all programs took that were started here and have ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def answers() -> bool:
    """Whether the front page is there."""
    try:
        with urllib.request.urlopen(f"http://localhost:{PORT}/", timeout=5) as page:
            return b"Collegium" in page.read()
    except OSError:
        return False


def made(folder: str) -> dict[str, int]:
    """What a set-up and a demonstration leave behind, each with when it was written."""
    root = Path(folder)
    found = [path for pattern in MADE_ONCE for path in root.glob(pattern)]
    return {str(path.relative_to(root)): path.stat().st_mtime_ns for path in found}


if __name__ == "__main__":
    seconds_until_it_answers(sys.argv[1])
    once = made(sys.argv[1])
    starts = [seconds_until_it_answers(sys.argv[1]) for _ in range(3)]
    again, cpu = (min(took) for took in zip(*starts, strict=True))
    within = "within" if again < BOUND else "NOT within"
    print(f"The second start answered after {again:.2f} s (best of three): {within} {BOUND:g} s.")
    print(f"Processor time of start and end together: {cpu:.2f} s.")
    if not once or made(sys.argv[1]) != once:
        sys.exit(f"expected {sorted(once)} to stay as the first start left them")
    print(f"It left as they were: {', '.join(sorted(once))}.")
