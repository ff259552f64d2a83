"""The whole site: a signature through it, beside the same form on plain rows of Django's ORM.

Both sites run under granian with one process (two on PostgreSQL) of four threads, both keep
sessions in a database, both are written to over loopback from another process, in turns: on SQLite
with `synchronous=FULL`, then on PostgreSQL where one answers. Then twenty people sign at once while
one long page after the other is rendered. Last the pages of the demonstration, one by one.
"""

import argparse
import json
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from _measuring import CACHE, claim, hashing_microseconds, say  # first: it finds the project
from _serving import HERE, Load, Site, run_python
from _visiting import Visitor

from collegium.server.site.choices import LOOPBACK, Choices

GOAL_RATIO = 1.3
GOAL_PER_CPU_SECOND = 600
GOAL_MILLISECONDS = 500
GOAL_PAGE = 20  # ms of processor time
GOAL_MEGABYTES = 120
PEOPLE = 20
AT_ONCE = 4
TURNS = 6
POSTGRES = "host=127.0.0.1 dbname=test"
USERS = ("root", "postgres")
PREPARE = """
import pathlib, sys
from collegium.server.site.commands import prepare
prepare(pathlib.Path(sys.argv[1]))
"""


class Place:
    """Where a pair of sites keeps what it is told: SQLite, or a schema of PostgreSQL."""

    def __init__(self, name: str, user: str = "") -> None:
        self.name = name
        self.only_measured = bool(user)
        self.processes = 2 if user else 1  # as `collegium serve` does it
        self._user = user

    def goal(self, wanted: str) -> str:
        """What is wanted of it: nothing of PostgreSQL, which is only measured."""
        return "" if self.only_measured else wanted

    @contextmanager
    def told(self, site: str, folder: Path) -> Iterator[dict[str, str]]:
        """The environment of one of its sites."""
        choices = Choices(
            folder / "site", (folder / "bench",) * (site == "ours"), LOOPBACK, https=False
        )
        told = choices.to_environment() | {
            "DJANGO_SETTINGS_MODULE": "_site_settings",
            "BENCH_SITE": site,
        }
        if not self._user:
            yield told
            return
        dsn, schema = f"{POSTGRES} user={self._user}", f"bench_{site}_{secrets.token_hex(4)}"
        _execute(dsn, f"CREATE SCHEMA {schema}_site")
        try:
            yield told | {
                "BENCH_DSN": dsn,
                "BENCH_SCHEMA": schema,
                "BENCH_USER": self._user,
            }
        finally:
            _execute(dsn, f"DROP SCHEMA IF EXISTS {schema} CASCADE")
            _execute(dsn, f"DROP SCHEMA IF EXISTS {schema}_site CASCADE")


@contextmanager
def serving(place: Place, site: str, members: int) -> Iterator[tuple[Site, Iterator[list[str]]]]:
    """One of the two sites, and the requests with which its members sign."""
    with TemporaryDirectory(dir=CACHE) as name, ExitStack() as stack:
        folder = Path(name)
        (folder / "site").mkdir()
        told = stack.enter_context(place.told(site, folder))
        stage = str(HERE / "_site_stage.py")
        run_python(told, stage, name, str(members), str(folder / "requests"))
        opened = Site(told, folder, place.processes)
        stack.callback(opened.close)
        yield opened, iter(json.loads((folder / "requests").read_text(encoding="utf-8")))


def compare(place: Place, acts: int) -> None:
    """Let both sites take turns, and report."""
    crowd, each = acts // 4, acts // TURNS
    with (
        serving(place, "ours", acts + crowd + each) as (ours, signing),
        serving(place, "rows", acts + crowd + each) as (rows, plain),
    ):
        for site, requests in ((ours, signing), (rows, plain)):
            site.load(list(islice(requests, each)), AT_ONCE)  # warm
        took: dict[str, list[Load]] = {"ours": [], "rows": []}
        for _ in range(TURNS):
            took["ours"].append(ours.load(list(islice(signing, each)), AT_ONCE))
            took["rows"].append(rows.load(list(islice(plain, each)), AT_ONCE))
        many = [
            site.load(list(islice(requests, crowd)), PEOPLE, long=True)
            for site, requests in ((ours, signing), (rows, plain))
        ]
    report_acts(place, took["ours"], took["rows"], each)
    report_crowd(place, *many)


def report_acts(place: Place, ours: list[Load], rows: list[Load], each: int) -> None:
    """Say how many signatures a second, and a second of processor time, each site took."""
    failed = sum(len(load.failed) for load in ours + rows)
    for name, loads in (("Collegium", ours), ("rows", rows)):
        rate = each / median(load.seconds for load in loads)
        cpu = each * len(loads) / sum(load.cpu for load in loads)
        typical = median(load.slowest(0.5) for load in loads)
        rates = f"{rate:,.0f} a second, {cpu:,.0f} a CPU-second"
        say(f"{place.name}, {name:>9}: {rates}, {typical:.1f} ms")
    ratio = median(other.seconds / own.seconds for own, other in zip(ours, rows, strict=True))
    per_cpu = each * len(ours) / sum(load.cpu for load in ours)
    cpu_ratio = sum(load.cpu for load in rows) / sum(load.cpu for load in ours)
    claim(
        f"signatures through the whole site on {place.name}, {failed} of them failed",
        f"{ratio:.2f} times plain rows",
        place.goal(f"≥ {GOAL_RATIO}"),
        reached=not failed and ratio >= GOAL_RATIO,
    )
    claim(
        f"{per_cpu:,.0f} signatures a CPU-second on {place.name}",
        f"{cpu_ratio:.2f} times plain rows",
        place.goal(f"≥ {GOAL_PER_CPU_SECOND}"),
        reached=per_cpu >= GOAL_PER_CPU_SECOND,
    )


def report_crowd(place: Place, ours: Load, rows: Load) -> None:
    """Say how long twenty people waited."""
    slowest, theirs = ours.slowest(0.99), rows.slowest(0.99)
    claim(
        f"{PEOPLE} people at once beside a long page on {place.name}: p99 {slowest:.0f} ms, "
        f"median {ours.slowest(0.5):.0f} ms, {len(ours.failed)} failed",
        f"{slowest / theirs:.2f} of plain rows ({theirs:.0f} ms, {len(rows.failed)} failed)",
        place.goal(f"≤ {GOAL_MILLISECONDS} ms"),
        reached=not ours.failed and slowest <= GOAL_MILLISECONDS,
    )


def walk_demonstration() -> None:
    """Visit every page of the demonstration, and report the dearest and what the worker holds."""
    from collegium.server.site.demonstration import demonstration  # noqa: PLC0415 - takes a while

    with TemporaryDirectory(dir=CACHE) as name:
        folder = Path(name)
        choices = Choices(folder / "site", demonstration(folder / "demo"), LOOPBACK, https=False)
        (folder / "site").mkdir()
        told = choices.to_environment() | {
            "DJANGO_SETTINGS_MODULE": "_site_settings",
            "BENCH_SITE": "ours",
        }
        run_python(told, "-c", PREPARE, str(folder / "site"))
        site = Site(told, folder)
        try:
            report_pages(site)
        finally:
            site.close()


def report_pages(site: Site) -> None:
    """Say what pages cost and what the worker holds."""
    visitor = Visitor(site)
    front = visitor.milliseconds("/healthz")
    visitor.come_in("bakery")
    pages = visitor.every_page(("/", "/bakery/", "/debian/"))
    while visitor.asked < 100:
        visitor.read("/bakery/")
    asked, held = visitor.asked, site.worker_megabytes()
    cost = {page: visitor.milliseconds(page) for page in pages}
    dear = sorted(cost, key=lambda page: -cost[page])
    for page in dear[:8]:
        say(f"{cost[page]:7.1f} ms CPU {page}")
    claim(
        f"the dearest of {len(pages)} pages, {dear[0]}, takes {cost[dear[0]]:.1f} ms CPU, "
        f"the median one {median(cost.values()):.1f} ms",
        f"{cost[dear[0]] / front:.0f} times an empty answer ({front:.2f} ms)",
        f"≤ {GOAL_PAGE} ms",
        reached=cost[dear[0]] <= GOAL_PAGE,
    )
    claim(
        f"the worker holds {held:.0f} MB of its own (USS) after {asked} requests",
        f"{held / GOAL_MEGABYTES:.2f} of the goal",
        f"≤ {GOAL_MEGABYTES} MB",
        reached=held <= GOAL_MEGABYTES,
    )


def places() -> list[Place]:
    """SQLite, and PostgreSQL where it answers."""
    try:
        import psycopg  # noqa: PLC0415 - only an extra
    except ImportError:
        say("PostgreSQL is left out: psycopg isn't installed")
        return [Place("SQLite")]
    for user in USERS:
        try:
            psycopg.connect(f"{POSTGRES} user={user}", connect_timeout=2).close()
        except psycopg.OperationalError:
            continue
        return [Place("SQLite"), Place("PostgreSQL", user)]
    say("PostgreSQL is left out: nothing answers on 127.0.0.1:5432")
    return [Place("SQLite")]


def _execute(dsn: str, statement: str) -> None:
    import psycopg  # noqa: PLC0415 - only an extra

    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(statement.encode())


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, default=1800)
    parser.add_argument("--only", choices=["SQLite", "PostgreSQL", "pages"])
    arguments = parser.parse_args()
    CACHE.mkdir(exist_ok=True)
    say(f"SHA-256 of 300 bytes takes {hashing_microseconds():.2f} µs now (quiet machine: 0.53)")
    for place in places():
        if arguments.only in (None, place.name):
            compare(place, arguments.acts)
    if arguments.only in (None, "pages"):
        walk_demonstration()


if __name__ == "__main__":
    main()
