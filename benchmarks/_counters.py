"""One library reads a file of ballots and counts it; it prints one line of JSON.

Processor time, user and system, from the file's bytes to the winners, in two parts: reading until
the library's own ballots or profile are there, and counting them. Imports come before, and so does
a first count of a hundred ballots, which loads or compiles what a library does at its first call.
Libraries that read no CSV are given the orders that the standard library reads, equal ballots
grouped before anything is made of them; pyrankvote, which knows no weights, gets each again.
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
from typing import Any, TypeAlias

from _measuring import peak_megabytes

COMMITTEES = ("sequential-pav", "sequential-phragmen", "equal-shares")
WARMING = 101


Reader: TypeAlias = Callable[[bytes], Any]
"""From a file's bytes to what the library counts."""

Counting: TypeAlias = Callable[[Any], list[str]]
"""From what the library counts to the winners' names; to none where it names none."""


def orders_of(data: bytes) -> tuple[list[str], Counter[tuple[str, ...]]]:
    """Names, and how often each order of preference was cast, by the standard library."""
    rows = csv.reader(data.decode("ascii").splitlines())
    names = next(rows)
    orders: Counter[tuple[str, ...]] = Counter()
    for row, times in Counter(map(tuple, rows)).items():
        ranked = sorted((int(cell), name) for cell, name in zip(row, names, strict=True) if cell)
        orders[tuple([name for _, name in ranked])] += times
    return names, orders


def approved_in(data: bytes) -> tuple[list[str], Counter[tuple[int, ...]]]:
    """Names, and how often each set of options (from 0) was approved, by the standard library."""
    rows = csv.reader(data.decode("ascii").splitlines())
    names = next(rows)
    sets: Counter[tuple[int, ...]] = Counter()
    for row, times in Counter(map(tuple, rows)).items():
        sets[tuple([place for place, cell in enumerate(row) if cell])] += times
    return names, sets


def ours(method: str, seats: int, *, compiled: bool) -> tuple[Reader, Counting]:
    """Our own count, with the kernels or as if they weren't there."""
    # Numba loads SciPy for a fifth of a second where it is there. Rivals need it; `fast` has none.
    vars(sys)["modules"]["scipy"] = None
    from collegium.counting import Ties, count, fast, pairwise_matrix, read_marks
    from collegium.counting.files import ApprovalFile, RankedFile, read_ballots
    from collegium.counting.methods import METHODS

    if not compiled:
        vars(fast)["kernels"] = lambda _: None
    elif fast.kernels("rows") is None:
        raise SystemExit("the extra `fast` isn't installed")

    committee = method in COMMITTEES
    few, large = 20_000, (fast.ENOUGH_ROWS, fast.ENOUGH_BYTES)

    def read(data: bytes) -> Any:
        # Even the few ballots of the first count go through the kernels.
        fast.ENOUGH_ROWS, fast.ENOUGH_BYTES = (0, 0) if len(data) < few else large
        file = read_ballots(data, "ballots.csv", kind="approvals" if committee else "ranked")
        if isinstance(file, ApprovalFile):
            return file.names, file.profile
        assert isinstance(file, RankedFile)
        return file.names, read_marks(len(file.names), file.ballots).profile

    def counted(cast: Any) -> list[str]:
        names, profile = cast
        if method == "pairwise":
            pairwise_matrix(profile)
            return []
        name = {"stv": "scottish-stv"}.get(method, method)
        places = seats if committee or method == "stv" else 1
        rule: Any = METHODS[f"{name}/1"].make(profile.options, places, 0)
        outcome = count(profile, rule, *([Ties(seed="race")] if hasattr(rule, "ties") else []))
        return [names[number - 1] for number in outcome.winners]

    return read, counted


def pyrankvote(method: str, seats: int) -> tuple[Reader, Counting]:
    """By pyrankvote, which knows no weights."""
    import pyrankvote as judge

    def read(data: bytes) -> Any:
        names, orders = orders_of(data)
        people = {name: judge.Candidate(name) for name in names}
        cast = [
            judge.Ballot([people[name] for name in order])
            for order, weight in orders.items()
            for _ in range(weight)
        ]
        return list(people.values()), cast

    def counted(cast: Any) -> list[str]:
        if method == "irv":
            found = judge.instant_runoff_voting(*cast)
        else:
            found = judge.single_transferable_vote(*cast, seats)
        return [person.name for person in found.get_winners()]

    return read, counted


def votelib(method: str, seats: int) -> tuple[Reader, Counting]:
    """By votelib."""
    import votelib.convert
    import votelib.evaluate.condorcet
    import votelib.evaluate.sequential as judge

    def counted(cast: Any) -> list[str]:
        if method in {"pairwise", "schulze"}:
            pairs = votelib.convert.RankedToCondorcetVotes().convert(cast)
            if method == "pairwise":
                return []
            return list(votelib.evaluate.condorcet.Schulze().evaluate(pairs, 1))
        found = judge.TransferableVoteSelector(transferer="Gregory", quota_function="droop")
        return list(found.evaluate(cast, seats if method == "stv" else 1))

    return lambda data: dict(orders_of(data)[1]), counted


def pref_voting(method: str, seats: int) -> tuple[Reader, Counting]:
    """By pref_voting, which compiles with Numba at the first call."""
    from pref_voting import iterative_methods, margin_based_methods
    from pref_voting.profiles_with_ties import ProfileWithTies

    def read(data: bytes) -> Any:
        names, orders = orders_of(data)
        number = {name: place for place, name in enumerate(names)}
        cast = ProfileWithTies(
            [{number[n]: rank for rank, n in enumerate(order, 1)} for order in orders],
            rcounts=list(orders.values()),
            candidates=list(number.values()),
        )
        cast.use_extended_strict_preference()
        return names, cast

    def counted(cast: Any) -> list[str]:
        names, profile = cast
        rule = margin_based_methods.beat_path
        if method == "irv":
            rule = iterative_methods.instant_runoff_for_truncated_linear_orders
        return [names[place] for place in rule(profile)][:seats]

    return read, counted


def votekit(method: str, seats: int) -> tuple[Reader, Counting]:
    """By votekit's FastSTV."""
    from votekit import RankBallot, RankProfile
    from votekit.elections import FastSTV

    def read(data: bytes) -> Any:
        names, orders = orders_of(data)
        return RankProfile(
            ballots=[
                RankBallot(ranking=[{name} for name in order], weight=weight)
                for order, weight in orders.items()
            ],
            candidates=names,
        )

    def counted(cast: Any) -> list[str]:
        found = FastSTV(cast, n_seats=seats if method == "stv" else 1, tiebreak="borda")
        return [name for group in found.get_elected() for name in group]

    return read, counted


def abiftool(method: str, seats: int) -> tuple[Reader, Counting]:
    """By abiftool, which reads its own format; {method} and {seats} are always pairwise and one."""
    del method, seats
    from abiflib import convert_abif_to_jabmod, pairwise_count_dict

    def read(data: bytes) -> Any:
        _, orders = orders_of(data)
        lines = "".join(f"{weight}:{'>'.join(order)}\n" for order, weight in orders.items())
        return convert_abif_to_jabmod(lines)

    def counted(cast: Any) -> list[str]:
        pairwise_count_dict(cast)
        return []

    return read, counted


def abcvoting(method: str, seats: int) -> tuple[Reader, Counting]:
    """By abcvoting, whose rules know weights but for equal shares, by its fastest algorithm."""
    from abcvoting import abcrules
    from abcvoting.preferences import Profile, Voter

    rule = {"sequential-pav": "seqpav", "sequential-phragmen": "seqphragmen"}.get(method, method)

    def read(data: bytes) -> Any:
        names, sets = approved_in(data)
        cast = Profile(len(names), cand_names=names)
        for one, weight in sets.items():
            if rule == "equal-shares":
                cast.add_voters([one] * weight)
            else:
                cast.add_voter(Voter(one, weight=weight))
        return names, cast

    def counted(cast: Any) -> list[str]:
        names, profile = cast
        found = abcrules.compute(rule, profile, seats, resolute=True, algorithm="fastest")
        return [names[place] for place in found[0]]

    return read, counted


RACERS: dict[str, Callable[[str, int], tuple[Reader, Counting]]] = {
    "pyrankvote": pyrankvote,
    "votelib": votelib,
    "pref_voting": pref_voting,
    "votekit": votekit,
    "abiftool": abiftool,
    "abcvoting": abcvoting,
}


def main() -> None:
    """Count the file that the command line names."""
    who, method, path, seats, patience = sys.argv[1:]
    if who in {"fast", "plain"}:
        read, counted = ours(method, int(seats), compiled=who == "fast")
    else:
        read, counted = RACERS[who](method, int(seats))
    data = Path(path).read_bytes()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(Exception):
        counted(read(b"".join(data[:100_000].splitlines(keepends=True)[:WARMING])))
    began = time.process_time()
    most = int(began) + 1 + int(patience)
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))
    with contextlib.redirect_stdout(io.StringIO()):
        cast = read(data)
        halfway = time.process_time()
        winners = counted(cast)
    ended = time.process_time()
    figures = {"cpu": ended - began, "count": ended - halfway, "process": ended}
    print(
        json.dumps({**figures, "megabytes": peak_megabytes(), "winners": sorted(winners) or None})
    )


if __name__ == "__main__":
    main()
