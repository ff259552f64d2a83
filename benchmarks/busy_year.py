"""A busy year: a record of any length in which everything that can be done is done.

As a script it writes such a record and says how long that took. Every act passes every rule
when it is written, on the way that the door and the replay go.
"""

import argparse
import subprocess
import sys
from collections import Counter
from itertools import islice
from pathlib import Path

from _measuring import CACHE, Spent, say  # first: it makes the project importable
from _year import FEWEST, Year

from collegium.archive.sqlite import SqliteArchive
from collegium.record.act import Entry, read_entry
from collegium.record.canonical import encode
from collegium.record.tree import leaf_hash
from collegium.secretariat.replay import enter

AT_ONCE = 5000
"""Acts in one commit."""

OWN_BASES, LONG_ROLLS = "--own-bases", "--long-rolls"


def record_of(acts: int, *options: str) -> Path:
    """A record of so many acts, made once and kept beside the benchmarks.

    Args:
        acts: How many.
        options: `--own-bases`: every act is based on the record as it stood just before,
            instead of on one of the last eight checkpoints, one for each 256 entries.
            `--long-rolls`: 30 % as many members as acts and one vote of them all, instead of
            5.5 % and several votes.
    """
    path = CACHE / f"year-{acts}{''.join(options)}.sqlite"
    if not path.exists():
        say(f"writing a record of {acts:,} acts, once …")
        command = [sys.executable, __file__, "--acts", str(acts), *options]
        subprocess.run(command, check=True)  # noqa: S603 - this very script
    return path


def write(path: Path, acts: int, options: list[str]) -> None:
    """Write a year into a file, entry by entry, each examined and let in as on replay.

    Raises:
        RuntimeError: A rule refused an act: the year has a mistake.
    """
    archive = SqliteArchive(path)
    year = Year(acts, own_bases=OWN_BASES in options, long_rolls=LONG_ROLLS in options)
    coming = iter(year.acts())
    more = True
    while more:
        more = False
        with archive.writing() as writing:
            for asked in islice(coming, min(AT_ONCE, acts - year.house.size)):
                more = True
                data = encode(Entry(asked.act, year.moment(), asked.by, 1))
                year.leaves.append(leaf_hash(data))
                refusal = enter(year.house, data)
                if refusal is not None:
                    raise RuntimeError(f"{refusal}: {data.decode()}")
                writing.append(asked.act.id, data, asked.payloads)
    archive.close()


def shares(path: Path) -> list[str]:
    """How much of a record each kind of act is, the most frequent first, a line each."""
    archive = SqliteArchive(path)
    kinds = Counter(read_entry(data).act.kind for data in archive.entries(0))
    total = kinds.total()
    archive.close()
    return [f"{count:>10,}  {count / total:7.3%}  {kind}" for kind, count in kinds.most_common()]


def main() -> None:
    """Write a record, unless it is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, default=10**6)
    for option in (OWN_BASES, LONG_ROLLS):
        parser.add_argument(option, dest="options", action="append_const", const=option)
    parser.add_argument("--shares", action="store_true", help="print the share of each kind")
    chosen = parser.parse_args()
    if chosen.acts < FEWEST:
        parser.error(f"a year needs room for at least {FEWEST} acts, not {chosen.acts}")
    options = chosen.options or []
    path = CACHE / f"year-{chosen.acts}{''.join(options)}.sqlite"
    if not path.exists():
        CACHE.mkdir(exist_ok=True)
        unfinished = path.with_suffix(".unfinished")
        for old in CACHE.glob(f"{unfinished.name}*"):
            old.unlink()
        spent = Spent()
        with spent.measured():
            write(unfinished, chosen.acts, options)
        unfinished.rename(path)
        say(f"{chosen.acts:,} acts written in {spent.wall:.0f} s")
    if chosen.shares:
        say("\n".join(shares(path)))


if __name__ == "__main__":
    main()
