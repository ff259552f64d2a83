"""Starts the demonstration in a fresh clone, then again, and times the second start's answer."""

import subprocess
import sys
import time

LIMIT = 1.0  # seconds until the second start answers


def seconds_until_it_answers(command: list[str], folder: str) -> float:
    """How long the first byte of output takes; the program must then end well."""
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE) as started:
        assert started.stdout is not None
        started.stdout.read(1)
        answered = time.perf_counter() - began
        started.stdout.read()
    if started.returncode:
        sys.exit(f"{' '.join(command)} ended with {started.returncode}")
    return answered


if __name__ == "__main__":
    demo = [sys.executable, "start.py", "demo"]
    subprocess.run(demo, cwd=sys.argv[1], check=True)
    # The best of three: another program on this machine may take the processor for a while.
    again = min(seconds_until_it_answers(demo, sys.argv[1]) for _ in range(3))
    print(f"The second start answered after {again:.2f} s.")
    sys.exit(again >= LIMIT)
