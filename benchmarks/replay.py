"""Replay: a house of 10^6 acts from SQLite, every rule asked, beside PyPI's `eventsourcing`.

The record is `busy_year`'s. Replayed is what the door does when it starts without a snapshot.
The peer reads back 10^5 events of aggregates of a hundred, also from SQLite, and asks no rules.
"""

import argparse
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from _measuring import (
    CACHE,
    Spent,
    claim,
    hashing_microseconds,
    peak_megabytes,
    say,
)  # first: it finds the project
from busy_year import OWN_BASES, record_of

from collegium.archive.sqlite import SqliteArchive
from collegium.secretariat.door import Door
from collegium.secretariat.house import House
from collegium.secretariat.replay import LeafSource, enter

GOAL_MICROSECONDS = 8
GOAL_MEGABYTES = 500
TO_AN_AGGREGATE = 100


def replayed(path: Path) -> tuple[Spent, int]:
    """What opening a door on the record takes, and how many entries it let in."""
    archive = SqliteArchive(path)
    spent = Spent()
    with spent.measured():
        door = Door(archive)
    if door.refusals:
        raise RuntimeError(f"expected a record without refusals, not {door.refusals[0]}")
    size = door.house.size
    if door.house.tree.root() != archive.head().root():
        raise RuntimeError("expected the archive's own root after the replay")
    archive.close()
    return spent, size


def longest_pause(path: Path) -> tuple[float, float, str]:
    """The entry that took longest: seconds on the wall, of processor time, and its kind."""
    archive = SqliteArchive(path)
    house = House(LeafSource(archive))
    worst, at_most = b"", (0.0, 0.0)
    wall, cpu = time.perf_counter(), time.thread_time()
    for data in archive.entries(0):
        enter(house, data)
        then, cpu_then = time.perf_counter(), time.thread_time()
        if cpu_then - cpu > at_most[1]:
            at_most, worst = (then - wall, cpu_then - cpu), data
        wall, cpu = then, cpu_then
    archive.close()
    kind = worst.partition(b'"kind":"')[2].partition(b'"')[0].decode()
    return *at_most, kind


def eventsourcing_microseconds(events: int) -> float:
    """Processor time for each event that `eventsourcing` reads back from SQLite."""
    from eventsourcing.application import Application  # noqa: PLC0415 - after our memory is told
    from eventsourcing.domain import Aggregate, event  # noqa: PLC0415 - likewise here

    class Proposal(Aggregate):
        @event("Published")
        def __init__(self, author: str) -> None:
            self.author = author
            self.signatures: set[str] = set()

        @event("Signed")
        def sign(self, member: str) -> None:
            self.signatures.add(member)

    with TemporaryDirectory(dir=CACHE) as folder:
        env = {
            "PERSISTENCE_MODULE": "eventsourcing.sqlite",
            "SQLITE_DBNAME": str(Path(folder, "events.sqlite")),
        }
        application: Application[UUID] = Application(env)
        names = []
        for place in range(events // TO_AN_AGGREGATE):
            proposal = Proposal(author=f"m:{place:022d}")
            for number in range(TO_AN_AGGREGATE - 1):
                proposal.sign(member=f"m:{number:022d}")
            application.save(proposal)
            names.append(proposal.id)
        spent, signatures = Spent(), 0
        reader: Application[UUID] = Application(env)
        with spent.measured():
            for name in names:
                found: Proposal = reader.repository.get(name)
                signatures += len(found.signatures)
        if signatures != len(names) * (TO_AN_AGGREGATE - 1):
            raise RuntimeError(f"expected every signature back, not {signatures}")
        application.close()
        reader.close()
    return spent.microseconds(events)


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, default=10**6)
    parser.add_argument("--events", type=int, default=10**5, help="for eventsourcing")
    parser.add_argument("--own-bases", action="store_true", help="see busy_year.record_of")
    chosen = parser.parse_args()
    path = record_of(chosen.acts, *[OWN_BASES] * chosen.own_bases)
    before = peak_megabytes()
    spent, size = replayed(path)
    peak = peak_megabytes()
    ours = spent.microseconds(size)
    say(f"replayed {size:,} acts in {spent.wall:.1f} s, {spent.cpu:.1f} s of processor time")
    say(f"that is {ours:.2f} µs an act; peak memory {peak:.0f} MB ({before:.0f} MB before)")
    say(f"the machine hashes 300 bytes in {hashing_microseconds():.2f} µs just now (0.53 if quiet)")
    wall, cpu, kind = longest_pause(path)
    say(f"longest pause between two entries {wall * 1000:.0f} ms ({cpu * 1000:.0f} ms CPU): {kind}")
    theirs = eventsourcing_microseconds(chosen.events)
    say(f"eventsourcing reads {chosen.events:,} events back at {theirs:.2f} µs each, no rule asked")
    claim(
        f"replay takes {ours:.2f} µs CPU an act",
        f"{ours / theirs:.2f} of eventsourcing's",
        f"≤ {GOAL_MICROSECONDS} µs",
        reached=ours <= GOAL_MICROSECONDS,
    )
    claim(
        f"the house of {size:,} acts takes {peak:.0f} MB at its peak",
        f"{peak / GOAL_MEGABYTES:.2f} of the goal",
        f"≤ {GOAL_MEGABYTES} MB",
        reached=peak <= GOAL_MEGABYTES,
    )


if __name__ == "__main__":
    main()
