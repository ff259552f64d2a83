"""One library reads a file of ballots and counts it; it prints one line of JSON.

Processor time from the file's text to the winners, after imports and after a count of the first
hundred ballots, which loads or compiles what a library does at its first call. Everybody gets
equal ballots grouped where weights are known.
"""

import contextlib
import csv
import io
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from _measuring import peak_megabytes

WARMING = 101


def orders_of(text: str) -> tuple[list[str], Counter[tuple[str, ...]]]:
    """Names, and how often each order of preference was cast, by the standard library."""
    rows = csv.reader(text.splitlines())
    names = next(rows)
    orders: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        ranked = sorted((int(cell), name) for cell, name in zip(row, names, strict=True) if cell)
        orders[tuple(name for _, name in ranked)] += 1
    return names, orders


def ours(method: str, seats: int, *, compiled: bool) -> Callable[[str], list[str]]:
    """Our own count, with the kernels or as if they weren't there."""
    from collegium.counting import Ties, count, fast, read_marks
    from collegium.counting.files import RankedFile, read_ballots
    from collegium.counting.methods import METHODS

    if not compiled:
        vars(fast)["kernels"] = lambda _: None
    elif fast.kernels("rows") is None:
        raise SystemExit("the extra `fast` isn't installed")

    few, large = 20_000, (fast.ENOUGH_ROWS, fast.ENOUGH_BYTES)

    def counted(text: str) -> list[str]:
        # Even the few ballots of the first count go through the kernels.
        fast.ENOUGH_ROWS, fast.ENOUGH_BYTES = (0, 0) if len(text) < few else large
        file = read_ballots(text, "ballots.csv")
        assert isinstance(file, RankedFile)
        profile = read_marks(len(file.names), file.ballots).profile
        name = {"irv": "irv/1", "stv": "scottish-stv/1", "schulze": "schulze/1"}[method]
        rule: Any = METHODS[name].make(profile.options, seats if method == "stv" else 1, 0)
        outcome = count(profile, rule, *([Ties(seed="race")] if hasattr(rule, "ties") else []))
        return [file.names[number - 1] for number in outcome.winners]

    return counted


def pyrankvote(method: str, seats: int) -> Callable[[str], list[str]]:
    """By pyrankvote, which knows no weights."""
    import pyrankvote as judge

    def counted(text: str) -> list[str]:
        names, orders = orders_of(text)
        people = {name: judge.Candidate(name) for name in names}
        cast = [
            judge.Ballot([people[name] for name in order])
            for order, weight in orders.items()
            for _ in range(weight)
        ]
        if method == "irv":
            found = judge.instant_runoff_voting(list(people.values()), cast)
        else:
            found = judge.single_transferable_vote(list(people.values()), cast, seats)
        return [person.name for person in found.get_winners()]

    return counted


def votelib(method: str, seats: int) -> Callable[[str], list[str]]:
    """By votelib."""
    import votelib.convert
    import votelib.evaluate.condorcet
    import votelib.evaluate.sequential as judge

    def counted(text: str) -> list[str]:
        _, orders = orders_of(text)
        if method == "schulze":
            pairs = votelib.convert.RankedToCondorcetVotes().convert(dict(orders))
            return list(votelib.evaluate.condorcet.Schulze().evaluate(pairs, 1))
        quota = "droop" if method == "stv" else None
        found = judge.TransferableVoteSelector(
            transferer="Gregory", quota_function=quota or "droop"
        )
        return list(found.evaluate(dict(orders), seats if method == "stv" else 1))

    return counted


def pref_voting(method: str, seats: int) -> Callable[[str], list[str]]:
    """By pref_voting, which compiles with Numba at the first call."""
    from pref_voting import iterative_methods, margin_based_methods
    from pref_voting.profiles_with_ties import ProfileWithTies

    def counted(text: str) -> list[str]:
        names, orders = orders_of(text)
        number = {name: place for place, name in enumerate(names)}
        cast = ProfileWithTies(
            [{number[n]: rank for rank, n in enumerate(order, 1)} for order in orders],
            rcounts=list(orders.values()),
            candidates=list(number.values()),
        )
        cast.use_extended_strict_preference()
        rule = margin_based_methods.beat_path
        if method == "irv":
            rule = iterative_methods.instant_runoff_for_truncated_linear_orders
        return [names[place] for place in rule(cast)][:seats]

    return counted


def votekit(method: str, seats: int) -> Callable[[str], list[str]]:
    """By votekit's FastSTV."""
    from votekit import RankBallot, RankProfile
    from votekit.elections import FastSTV

    def counted(text: str) -> list[str]:
        names, orders = orders_of(text)
        cast = RankProfile(
            ballots=[
                RankBallot(ranking=[{name} for name in order], weight=weight)
                for order, weight in orders.items()
            ],
            candidates=names,
        )
        found = FastSTV(cast, n_seats=seats if method == "stv" else 1, tiebreak="borda")
        return [name for group in found.get_elected() for name in group]

    return counted


def abiftool(method: str, seats: int) -> Callable[[str], list[str]]:
    """By abiftool, which reads its own format; {method} and {seats} are always Schulze and one."""
    del method, seats
    from abiflib import convert_abif_to_jabmod, pairwise_count_dict

    def counted(text: str) -> list[str]:
        _, orders = orders_of(text)
        lines = "".join(f"{weight}:{'>'.join(order)}\n" for order, weight in orders.items())
        pairwise_count_dict(convert_abif_to_jabmod(lines))
        return []

    return counted


RACERS = {
    "pyrankvote": pyrankvote,
    "votelib": votelib,
    "pref_voting": pref_voting,
    "votekit": votekit,
    "abiftool": abiftool,
}


def main() -> None:
    """Count the file that the command line names."""
    who, method, path, seats, patience = sys.argv[1:]
    if who in {"fast", "plain"}:
        counted = ours(method, int(seats), compiled=who == "fast")
    else:
        counted = RACERS[who](method, int(seats))
    text = Path(path).read_text(encoding="ascii")
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(Exception):
        counted("".join(text[:100_000].splitlines(keepends=True)[:WARMING]))
    began = time.process_time()
    most = int(began) + 1 + int(patience)
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))
    with contextlib.redirect_stdout(io.StringIO()):
        winners = counted(text)
    ended = time.process_time()
    figures = {"cpu": ended - began, "megabytes": peak_megabytes(), "process": ended}
    say_it = {**figures, "winners": sorted(winners) or None}
    print(json.dumps(say_it))


if __name__ == "__main__":
    main()
