"""Starts the demonstration in a fresh clone, then again: the second start sets nothing up.

How long it takes is printed and not judged: it should be under a second on a quiet machine, and
this one may be busy with something else.
"""

import signal
import subprocess
import sys
import time
import urllib.request

ASIDE = 10.0  # seconds after which a second start isn't one: it has set something up
PATIENCE = 600.0  # seconds for the first, which installs everything
PORT = 8421


def seconds_until_it_answers(folder: str) -> float:
    """How long it takes until the front page is there; the program must then end well."""
    command = [sys.executable, "start.py", "demo", "--port", str(PORT), "--folder", "demonstration"]
    began = time.perf_counter()
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
    return answered


def answers() -> bool:
    """Whether the front page is there."""
    try:
        with urllib.request.urlopen(f"http://localhost:{PORT}/", timeout=5) as page:
            return b"Collegium" in page.read()
    except OSError:
        return False


if __name__ == "__main__":
    seconds_until_it_answers(sys.argv[1])
    again = min(seconds_until_it_answers(sys.argv[1]) for _ in range(3))
    print(f"The second start answered after {again:.2f} s (the best of three).")
    sys.exit(again >= ASIDE)
