"""RCTab's JSON configuration: who stands, how marks are read, and by which rule it counts.

What RCTab can do and our rules can't is refused in a sentence; nothing of a configuration is
passed over in silence. RCTab draws lots with Java's generator, which we don't: where its mode
says `random`, the returning officer may record what it drew, otherwise our own lot decides.

Source: RCTab v2.0, "config file documentation"; network.brightspots.rcv.Tabulator.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NoReturn

from msgspec import Struct
from msgspec.structs import replace

from collegium.counting.ballot import WIDEST
from collegium.counting.files.kinds import Place, json_in
from collegium.counting.irv import Irv, irv
from collegium.counting.parcels import EqualRanks
from collegium.counting.policy import BallotPolicy
from collegium.counting.stv import MOST_DECIMALS, Stv, rctab_stv
from collegium.counting.ties import TieChain

WRITE_INS = "Undeclared Write-ins"

_OVERVOTES: Mapping[str, tuple[str, EqualRanks]] = MappingProxyType(
    {
        "alwaysSkipToNextRank": ("skip", "refuse"),
        "exhaustIfMultipleContinuing": ("equal", "stop-if-several-stand"),
        "exhaustImmediately": ("stop", "refuse"),
    }
)
"""RCTab's name to our policy for overvotes, and the rule's for equal ranks."""

_TIES: Mapping[str, TieChain] = MappingProxyType(
    {
        "generatePermutation": ("officer", "lot"),
        "previousRoundCountsThenAsk": ("latest-difference", "officer"),
        "previousRoundCountsThenRandom": ("latest-difference", "officer", "lot"),
        "random": ("officer", "lot"),
        "stopCountingAndAsk": ("officer",),
        "useCandidateOrder": ("ballot-order",),
        "usePermutationInConfig": ("ballot-order",),
    }
)

_AT_ONCE: Mapping[str, bool] = MappingProxyType(
    {
        "multiWinnerAllowMultipleWinnersPerRound": True,
        "multiWinnerAllowOnlyOneWinnerPerRound": False,
    }
)
_ONE_WINNER = "singleWinnerMajority"

_NOT_OURS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "cutoffElimination": frozenset({"", "false"}),
        "minimumVoteThreshold": frozenset({"", "0"}),
        "stopTabulationEarlyAfterRound": frozenset({"", "0"}),
    }
)
"""Settings that we have no rule for, with the values that turn them off."""

_READ = frozenset(
    {
        "batchElimination",
        "continueUntilTwoCandidatesRemain",
        "decimalPlacesForVoteArithmetic",
        "doesFirstRoundDetermineThreshold",
        "exhaustOnDuplicateCandidate",
        "hareQuota",
        "maxRankingsAllowed",
        "maxSkippedRanksAllowed",
        "multiSeatBottomsUpPercentageThreshold",
        "nonIntegerWinningThreshold",
        "numberOfWinners",
        "overvoteLabel",
        "overvoteRule",
        "randomSeed",
        "rulesDescription",
        "skippedRankLabel",
        "tiebreakMode",
        "treatBlankAsUndeclaredWriteIn",
        "undeclaredWriteInLabel",
        "undervoteLabel",
        "winnerElectionMode",
    }
)
"""Settings that are read, or that another one must turn on to mean anything."""


class RctabConfig(Struct, frozen=True, kw_only=True):
    """What a configuration says.

    Attributes:
        called: Names, aliases and codes to option numbers.
        contest: The identity of the contest in its ballot file; empty if it isn't stated.
        labels: What a cell says that names no candidate: `overvote`, `skipped`, `write-in` and
            `delimiter`, each empty if the configuration has none.
        names: Of the options, in their order; undeclared write-ins last.
        policy: How marks are read.
        rules: The settings, as they stand.
        seats: How many are elected.
        source: The file's name, for errors.
        title: Of the contest.
    """

    called: Mapping[str, int]
    contest: str
    labels: Mapping[str, str]
    names: tuple[str, ...]
    policy: BallotPolicy
    rules: Mapping[str, Any]
    seats: int
    source: str
    title: str

    @property
    def seed(self) -> str:
        """What a lot is drawn from; empty if the configuration has no seed."""
        return str(self.rules.get("randomSeed") or "")

    def rule(self) -> Irv | Stv:
        """The rule document, for the options that haven't been excluded.

        Raises:
            BallotFileError: A setting that none of our rules has.
        """
        self._refuse_what_is_not_ours()
        standing = [n for n in range(1, len(self.names) + 1) if n not in self.policy.withdrawn]
        last = bool(self.labels["write-in"]) and standing[-1:] == [len(self.names)]
        first_out = (len(standing),) if last else ()
        mode = self._text("winnerElectionMode")
        found: Irv | Stv
        if mode == _ONE_WINNER and self.seats == 1:
            found = self._irv(len(standing))
        elif mode in _AT_ONCE and 0 < self.seats <= WIDEST:
            found = self._stv(len(standing), at_once=_AT_ONCE[mode])
        else:
            modes = ", ".join([_ONE_WINNER, *_AT_ONCE])
            self._refuse(f"winnerElectionMode {modes}, with seats to match", mode)
        ties = self._text("tiebreakMode")
        if ties not in _TIES:
            self._refuse(f"a tiebreakMode of {', '.join(_TIES)}", ties)
        _, equal_ranks = _OVERVOTES[self._text("overvoteRule")]
        return replace(found, equal_ranks=equal_ranks, first_out=first_out, ties=_TIES[ties])

    def _irv(self, options: int) -> Irv:
        two, first_round = (
            self._on(key)
            for key in ("continueUntilTwoCandidatesRemain", "doesFirstRoundDetermineThreshold")
        )
        if self._on("hareQuota"):
            self._refuse("hareQuota for several winners only", "it for one")
        # Of the last two the same one wins, whichever round set the threshold.
        stop = "two-left" if two else "majority-of-cast" if first_round else "majority"
        batch = "cannot-win" if self._on("batchElimination") else "one"
        return replace(irv(options), batch=batch, stop=stop)

    def _stv(self, options: int, *, at_once: bool) -> Stv:
        for key in (
            "batchElimination",
            "continueUntilTwoCandidatesRemain",
            "doesFirstRoundDetermineThreshold",
        ):
            if self._on(key):
                self._refuse(f"{key} for one winner only", f"it for {self.seats}")
        places = self._text("decimalPlacesForVoteArithmetic")
        if not places.isdecimal() or int(places) > MOST_DECIMALS:
            self._refuse(f"decimalPlacesForVoteArithmetic of 0 to {MOST_DECIMALS}", places)
        fraction, hare = self._on("nonIntegerWinningThreshold"), self._on("hareQuota")
        plain = rctab_stv(options, self.seats, at_once=at_once, fraction=fraction, hare=hare)
        return replace(plain, decimals=int(places))

    def _refuse_what_is_not_ours(self) -> None:
        for key, off in _NOT_OURS.items():
            if self._text(key).lower() not in off:
                self._refuse(f"no {key}, which none of our rules has", self._text(key))
        strangers = sorted(
            key for key in self.rules if key not in _READ | _NOT_OURS.keys() and self.rules[key]
        )
        if strangers:
            self._refuse("only settings that are known here", strangers[0])
        if self._text("overvoteRule") == "exhaustIfMultipleContinuing" and self.labels["overvote"]:
            self._refuse("another overvoteRule with an overvoteLabel, as RCTab does", "both")

    def _text(self, key: str) -> str:
        return str(self.rules.get(key, ""))

    def _on(self, key: str) -> bool:
        return self._text(key).lower() == "true"

    def _refuse(self, what: str, found: str) -> NoReturn:
        place = Place(self.source)
        place.line = 1
        place.expected(what, found)


def read_rctab_config(text: str, source: str = "config.json") -> RctabConfig:
    """What a configuration says.

    Raises:
        BallotFileError: File, line, and what was expected there.
    """
    place = Place(source)
    found = json_in(text, place)
    plain = found if isinstance(found, dict) else {}
    if not isinstance(plain.get("candidates"), list) or not isinstance(plain.get("rules"), dict):
        place.expected("an RCTab configuration with candidates and rules", type(found).__name__)
    try:
        return _config(found, place)
    except (AttributeError, KeyError, TypeError) as error:
        place.expected("an RCTab configuration", f"{type(error).__name__}: {error}")


def _config(found: dict[str, Any], place: Place) -> RctabConfig:
    rules: dict[str, Any] = found["rules"]
    sources = found.get("cvrFileSources") or [{}]
    labels = _labels(sources[0], rules)
    declared = found["candidates"]
    names = [str(one["name"]) for one in declared]
    names += [WRITE_INS] if labels["write-in"] else []
    called: dict[str, int] = {}
    for number, one in enumerate(declared, 1):
        also = [one["name"], one.get("code", ""), *one.get("aliases", [])]
        called.update({str(name): number for name in also if name})
    if labels["write-in"]:
        called[labels["write-in"]] = called[WRITE_INS] = len(names)
    if len(set(names)) < len(names) or not 1 <= len(names) <= WIDEST:
        place.expected(f"1 to {WIDEST} candidates of different names", names)
    excluded = tuple(number for number, one in enumerate(declared, 1) if one.get("excluded"))
    if len(excluded) == len(names):
        place.expected("a candidate who isn't excluded", names)
    seats = str(rules.get("numberOfWinners", "0"))
    return RctabConfig(
        called=called,
        contest=str(sources[0].get("contestId", "")),
        labels=labels,
        names=tuple(names),
        policy=_policy(rules, excluded, place),
        rules=rules,
        seats=int(seats) if seats.isdecimal() else 0,
        source=place.source,
        title=str(found.get("outputSettings", {}).get("contestName", "")),
    )


def _labels(source: dict[str, Any], rules: dict[str, Any]) -> dict[str, str]:
    """Older configurations have the labels among the rules."""

    def label(*keys: str) -> str:
        found = (source.get(key) or rules.get(key) or "" for key in keys)
        return next((str(one) for one in found if one), "")

    write_in = label("undeclaredWriteInLabel")
    blank = label("treatBlankAsUndeclaredWriteIn").lower() == "true"
    return {
        "blank": (write_in or WRITE_INS) if blank else "",
        "delimiter": label("overvoteDelimiter"),
        "overvote": label("overvoteLabel"),
        "skipped": label("skippedRankLabel", "undervoteLabel"),
        "write-in": write_in or (WRITE_INS if blank else ""),
    }


def _policy(rules: dict[str, Any], excluded: tuple[int, ...], place: Place) -> BallotPolicy:
    overvotes = str(rules.get("overvoteRule", ""))
    if overvotes not in _OVERVOTES:
        place.expected(f"an overvoteRule of {', '.join(_OVERVOTES)}", overvotes)
    skips, ranks = (
        str(rules.get("maxSkippedRanksAllowed", "")),
        str(rules.get("maxRankingsAllowed", "")),
    )
    most_skips = (
        None
        if skips in {"", "unlimited"}
        else place.whole(skips, "maxSkippedRanksAllowed of unlimited or a number", 0, WIDEST)
    )
    most_ranks = (
        None
        if ranks in {"", "max"}
        else place.whole(ranks, "maxRankingsAllowed of max or a number", 1, WIDEST)
    )
    stop = str(rules.get("exhaustOnDuplicateCandidate", "")).lower() == "true"
    read, _ = _OVERVOTES[overvotes]
    return BallotPolicy(
        duplicates="stop" if stop else "skip",
        most_ranks=most_ranks,
        most_skips=most_skips,
        overvotes="stop" if read == "stop" else "skip" if read == "skip" else "equal",
        withdrawn=excluded,
    )
