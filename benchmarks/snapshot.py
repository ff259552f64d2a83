"""Snapshot: from a folder of 10^6 acts to a door that takes acts, beside a full replay.

Both times are those of a fresh process from its first line: what whoever restarts the server
waits for, imports and all.
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from _measuring import CACHE, ROOT, claim, say  # first: it finds the project
from busy_year import record_of

from collegium.archive.folder import RECORD, SNAPSHOT, open_folder
from collegium.secretariat.office import Office

GOAL_SECONDS = 1.0
RUNS = 3

START = """
import resource, sys, time
from pathlib import Path
from collegium.secretariat.office import open_office
office = open_office(Path(sys.argv[1]))
used = resource.getrusage(resource.RUSAGE_SELF)
print(office.door.house.size, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6)
"""


def started(folder: Path) -> tuple[float, float, float, int]:
    """A fresh process's seconds on the wall and of processor time, its memory, its entries."""
    began = time.perf_counter()
    asked = subprocess.run(  # noqa: S603 - our own lines, above
        [sys.executable, "-c", START, str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    wall = time.perf_counter() - began
    size, cpu, megabytes = asked.stdout.split()
    return wall, float(cpu), float(megabytes), int(size)


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, default=10**6)
    record = record_of(parser.parse_args().acts)
    with TemporaryDirectory(dir=CACHE) as name:
        folder = Path(name)
        (folder / RECORD).hardlink_to(record)
        wall, cpu, memory, size = started(folder)
        say(f"replayed: {wall:.2f} s, {cpu:.2f} s CPU, {memory:.0f} MB for {size:,} acts")
        with Office(open_folder(folder)) as office:
            before = time.perf_counter()
            office.write_snapshot()
            took = time.perf_counter() - before
        megabytes = (folder / SNAPSHOT).stat().st_size / 1e6
        say(f"the snapshot has {megabytes:.1f} MB and was written in {took:.2f} s")
        again = min(started(folder) for _ in range(RUNS))
        say(f"from it: {again[0]:.2f} s, {again[1]:.2f} s CPU, {again[2]:.0f} MB (best of {RUNS})")
    claim(
        f"a start at {size:,} acts takes {again[0]:.2f} s from a snapshot",
        f"{again[0] / wall:.3f} of a full replay",
        f"≤ {GOAL_SECONDS:.0f} s",
        reached=again[0] <= GOAL_SECONDS,
    )


if __name__ == "__main__":
    main()
