"""Counting: ballots from CSV to a result, beside other people's libraries, with one winner.

Every library reads the same file of the same minutes, in a process of its own, and says what
reading and counting cost it. It isn't given more time than `--patience`; whoever needs more is
counted with that. `python3 start.py install fast judges` brings what is compared.
"""

import argparse
import json
import signal
import subprocess
import sys
from hashlib import blake2b
from math import log
from pathlib import Path
from typing import TypeAlias

from _measuring import CACHE, claim, say  # first: it finds the project

RACER = Path(__file__).with_name("_counters.py")
SEATS = 4
LEAST = {"irv": 35, "stv": 35, "schulze": 40, "pairwise": 40}
"""How many times as fast as pyrankvote, votelib and abiftool we want to be with `fast`, from the
file's bytes to the result."""

FAST_STV = 10
ALIKE = 0.7
"""Mallows's parameter: 0 if all ballots are one order, 1 if all orders are as likely."""

AIM = 10**6
"""Ballots at which the goals hold; below them it is enough to be faster."""

OURS = ("fast", "plain")
THEIRS = {
    "irv": ("pyrankvote", "votelib", "pref_voting"),
    "stv": ("pyrankvote", "votelib", "votekit"),
    "schulze": ("votelib", "pref_voting"),
    "pairwise": ("votelib", "abiftool"),
    "sequential-pav": ("abcvoting",),
    "sequential-phragmen": ("abcvoting",),
    "equal-shares": ("abcvoting",),
}
COMMITTEES = ("sequential-pav", "sequential-phragmen", "equal-shares")
"""Methods that count approvals; there it is enough to be faster."""
MOST_CPU = {"fast": 2, "plain": 10}
MOST_MEGABYTES = 500


Figures: TypeAlias = dict[str, float | str | list[str]]


class Chances:
    """Numbers of 32 bits by a counter: BLAKE2b of a seed and the block's place."""

    def __init__(self, seed: str) -> None:
        self._seed = seed.encode()
        self._block = 0
        self._left: list[int] = []

    def below(self, bound: int) -> int:
        """A number from 0 to below the bound, of 32 bits scaled."""
        if not self._left:
            data = blake2b(self._seed + self._block.to_bytes(8, "big")).digest()
            self._left = [int.from_bytes(data[at : at + 4], "big") for at in range(0, 64, 4)]
            self._block += 1
        return self._left.pop() * bound >> 32

    def gap(self) -> int:
        """A number that is n with a chance in proportion to the n-th power of `ALIKE`."""
        return int(log((self.below(2**32 - 1) + 1) / 2**32) / log(ALIKE))


def ranks(chances: Chances, kind: str, options: int) -> list[str]:
    """One ballot: near one common order and cut short, or any order, in full."""
    left = list(range(options))
    order: list[int] = []
    length = options if kind == "impartial" else min(options, 1 + chances.below(8))
    while len(order) < length:
        near = min(chances.gap(), len(left) - 1)
        order.append(left.pop(chances.below(len(left)) if kind == "impartial" else near))
    cells = [""] * options
    for rank, option in enumerate(order, 1):
        cells[option] = str(rank)
    return cells


def approvals(chances: Chances, kind: str, options: int) -> list[str]:
    """One ballot: up to eight options near one common order, or each with a chance of a third."""
    if kind == "impartial":
        return ["" if chances.below(3) else "1" for _ in range(options)]
    return ["1" if cell else "" for cell in ranks(chances, kind, options)]


def written(method: str, kind: str, options: int, ballots: int) -> Path:
    """The file of ballots, written once; large ones repeat no ballot on purpose."""
    CACHE.mkdir(exist_ok=True)
    name, drawn = ("approvals", approvals) if method in COMMITTEES else ("ballots", ranks)
    path = CACHE / f"{name}-{kind}-{options}-{ballots}.csv"
    if not path.exists():
        chances = Chances(f"collegium {kind} {options}")
        draft = path.with_suffix(".draft")
        with draft.open("w", encoding="ascii") as file:
            file.write(",".join(f"c{n}" for n in range(1, options + 1)) + "\n")
            for _ in range(ballots):
                file.write(",".join(drawn(chances, kind, options)) + "\n")
        draft.rename(path)
    return path


def raced(who: str, method: str, path: Path, patience: int) -> Figures:
    """What a library needed in a process of its own."""
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, str(RACER), who, method, str(path), str(SEATS), str(patience)],
        capture_output=True,
        text=True,
        check=False,
    )
    if -done.returncode in {signal.SIGXCPU, signal.SIGKILL}:
        return {"cpu": patience, "late": "gave no result in time"}
    if done.returncode:
        return {"failed": (done.stderr.strip().splitlines() or ["no reason given"])[-1][:90]}
    found: Figures = json.loads(done.stdout.splitlines()[-1])
    return found


def compare(method: str, kind: str, options: int, ballots: int, patience: int) -> None:
    """Race everybody on one file and print a claim for each pair."""
    path = written(method, kind, options, ballots)
    place = f"{method} of {ballots} {kind} ballots, {options} options"
    mine = {who: raced(who, method, path, patience) for who in OURS}
    for who, ours in mine.items():
        if "cpu" not in ours or "late" in ours:
            say(f"{place}: {who}: {ours.get('failed', ours.get('late'))}")
            continue
        cpu, memory = number(ours, "process"), number(ours, "megabytes")
        say(f"{place}: {who} {parts(ours)}, process {cpu:.2f} s CPU, {memory:.0f} MB")
        if (ballots, options) == (AIM, 30):
            reached = cpu <= MOST_CPU[who] and (who == "plain" or memory <= MOST_MEGABYTES)
            goal = f"<= {MOST_CPU[who]} s" + (" and 500 MB" if who == "fast" else "")
            claim(
                f"{place}, {who}, file to result",
                f"{cpu / MOST_CPU[who]:.2f} of the time allowed",
                goal,
                reached=reached,
            )
    for rival in THEIRS[method]:
        theirs = raced(rival, method, path, patience)
        if "failed" in theirs:
            say(f"{place}: {rival} left out: {theirs['failed']}")
            continue
        if "late" in theirs:
            say(f"{place}: {rival} gave no result in {patience} s CPU")
        else:
            same = theirs.get("winners") in (None, mine["fast"].get("winners"))
            say(f"{place}: {rival} {parts(theirs)}{'' if same else ', other winners'}")
        for who, ours in mine.items():
            if "cpu" in ours and "late" not in ours:
                least = 1 if who == "plain" or ballots < AIM else LEAST.get(method, 1)
                least = min(least, FAST_STV) if rival == "votekit" else least
                compare_two(f"{place}, {who}", ours, rival, theirs, least)


def compare_two(what: str, ours: Figures, rival: str, theirs: Figures, least: int) -> None:
    """Print a claim on a rival, and how counting alone compares."""
    ratio = number(theirs, "cpu") / number(ours, "cpu")
    late = ">= " if "late" in theirs else ""
    alone = ""
    if not late and number(ours, "count"):  # a few milliseconds may be none to the system's clock
        alone = f", {number(theirs, 'count') / number(ours, 'count'):.1f} without reading"
    claim(what, f"{late}{ratio:.1f} of {rival}{alone}", f">= {least}", reached=ratio >= least)


def number(figures: Figures, name: str) -> float:
    """One of the figures that a racer printed."""
    return float(str(figures[name]))


def parts(figures: Figures) -> str:
    """What reading and counting took."""
    cpu, counting = number(figures, "cpu"), number(figures, "count")
    return f"{cpu:.3f} s (reading {cpu - counting:.3f}, counting {counting:.3f})"


def main() -> None:
    """Print what every library needed, and what we claim."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--ballots", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--options", type=int, nargs="+", default=[10, 30])
    parser.add_argument(
        "--kinds", nargs="+", default=["alike", "impartial"], help="alike, impartial"
    )
    parser.add_argument("--methods", nargs="+", default=list(THEIRS))
    parser.add_argument("--patience", type=int, default=120, help="CPU seconds for a library")
    asked = parser.parse_args()
    for ballots in asked.ballots:
        for options in asked.options:
            for kind in asked.kinds:
                for method in asked.methods:
                    compare(method, kind, options, ballots, asked.patience)


if __name__ == "__main__":
    main()
