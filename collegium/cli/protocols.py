"""Counting a file of ballots and printing the protocol of the count."""

import json
import re
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from collegium.cli.terminal import say, say_json
from collegium.counting import (
    Approvals,
    BallotPolicy,
    Outcome,
    PavOutcome,
    ReadBallots,
    RuleDocument,
    StagedOutcome,
    Ties,
    count,
    read_marks,
    tied_outcomes,
)
from collegium.counting.approvals import Approved
from collegium.counting.files import (
    ApprovalFile,
    BallotFile,
    BallotFileError,
    GradeFile,
    RankedFile,
    decoded,
    format_of,
    read_ballots,
    read_cast_vote_records,
    read_rctab,
)
from collegium.counting.methods import (
    METHODS,
    Kind,
    Method,
    MethodError,
    adjusted,
    method_named,
    with_groups,
)
from collegium.counting.protocol import (
    as_html,
    as_json,
    as_rows,
    as_text,
    flow_picture,
    pairs_picture,
    sheet_of,
)
from collegium.counting.protocol.sheet import matrix_of

DEFAULT_SEED = "collegium count"
"""The lot's seed when none was recorded; an outcome that needed it says so."""

PAIRWISE = (
    "burlington-irv",
    "debian-a6",
    "minimax",
    "ranked-pairs",
    "schulze",
    "schwartz",
    "smith",
)
"""Beginnings of the methods to which equal ranks are welcome."""

MOST_RECOUNTS = 200
"""Counts by which every way in which ties might have fallen is tried."""

_NUMBER_OR_LIST = re.compile(r"^(-?\d+|true|false|null|[\[{].*)$", re.DOTALL)


def count_file(arguments: Namespace) -> int:
    """Count the file and print the protocol; 0.

    Raises:
        ValueError: A file, a method or an option that isn't as expected.
    """
    method = method_named(arguments.method)
    options = _options(arguments.options)
    config = str(options.pop("config", ""))
    file = _read(arguments.file, arguments.form, method.kind, config)
    counted = _count(method, file, options, arguments.seats)
    if arguments.json:
        found = as_json(counted.outcome, counted.names, method.name)
        if counted.read is not None:
            found["ballot_policy"] = msgspec.to_builtins(counted.read.policy)
            found["set_aside"] = {"invalid": counted.read.invalid, **counted.read.causes}
        if counted.tied:
            every = sorted(counted.tied)
            found["tied_outcomes"] = [[counted.names[n - 1] for n in one] for one in every]
        say_json(found | ({"seed": counted.seed} if counted.seed else {}))
    else:
        say(_printed(counted, arguments.printed).rstrip("\n"))
    return 0


class Counted(Struct, frozen=True):
    """A count with what it takes to print it; `seed` where a lot was drawn, `tied` where known."""

    outcome: Outcome
    names: tuple[str, ...]
    title: str
    read: ReadBallots | None
    seed: str
    tied: frozenset[tuple[int, ...]]


def list_methods() -> None:
    """Print every method, the ballots that it counts, and where it comes from."""
    width = max(map(len, METHODS))
    for name, method in sorted(METHODS.items()):
        say(f"{name:{width}}  {method.kind:9}  {method.source}")


def _options(texts: list[str]) -> dict[str, Any]:
    options: dict[str, Any] = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals or not key or key in options:
            raise MethodError(f"expected each option once, as K=V, not {text!r}")
        try:
            options[key] = json.loads(value) if _NUMBER_OR_LIST.match(value) else value
        except json.JSONDecodeError as error:
            raise MethodError(f"expected JSON as the value of {key}: {error.msg}") from error
    return options


def _read(path: Path, form: str | None, kind: Kind, config: str) -> BallotFile:
    text = decoded(path.read_bytes())
    if config:
        settings = decoded(Path(config).read_bytes())
        reader = read_rctab if path.suffix == ".csv" else read_cast_vote_records
        return reader(text, path.name, settings, Path(config).name)
    found = read_ballots(text, path.name, form or format_of(path.name), kind)  # type: ignore[arg-type]  # argparse has checked the form
    if not text.strip():
        raise BallotFileError(f"{path.name}, line 1: expected ballots, not an empty file")
    return found


def _count(method: Method, file: BallotFile, options: dict[str, Any], seats: int | None) -> Counted:
    ties, seeded = _ties(options)
    wanted = seats if seats is not None else getattr(file, "seats", 0) or 1
    read: ReadBallots | None = None
    names = file.names
    if isinstance(file, RankedFile) and method.kind == "ranked":
        if file.policy.overvotes == "equal" and not method.name.startswith(PAIRWISE):
            # Whole ballots pass on, so that one with equal ranks can't be followed further.
            options.setdefault("overvotes", "stop")
        read = read_marks(len(names), file.ballots, _policy(file.policy, options))
        names = tuple(names[number - 1] for number in read.standing)
    profile = read.profile if read is not None else _profile(file, method)
    levels = file.profile.levels if isinstance(file, GradeFile) else 0
    try:
        plain = method.make(len(names), wanted, levels)
    except ValueError as error:
        raise MethodError(f"{method.name}: {error}") from error
    groups = options.pop("groups", None)
    rule: Any = adjusted(plain, options)
    if groups is not None:
        rule = with_groups(rule, groups)
    outcome = count(profile, rule, ties) if hasattr(rule, "ties") else count(profile, rule)
    lots = isinstance(outcome, StagedOutcome) and any(tie.step == "lot" for tie in outcome.ties)
    told = seeded or f"{DEFAULT_SEED} (no seed was recorded)"
    title = str(getattr(file, "title", ""))
    tied = _tied(profile, rule, outcome)
    return Counted(outcome, names, title, read, told if lots else "", tied)


def _tied(profile: Any, rule: Any, outcome: Outcome) -> frozenset[tuple[int, ...]]:
    """Every outcome to which the ties might have led; nothing without ties, or for very many."""
    if not isinstance(outcome, StagedOutcome) or not outcome.ties:
        return frozenset()
    if isinstance(outcome, PavOutcome):
        return frozenset(outcome.committees)
    try:
        return tied_outcomes(profile, rule, MOST_RECOUNTS)
    except ValueError:
        return frozenset()


def _ties(options: dict[str, Any]) -> tuple[Ties, str]:
    """What was recorded for ties, taken from the options, and the seed if there is one."""
    seed = str(options.pop("seed", ""))
    officer = options.pop("officer", [])
    if not isinstance(officer, list) or not all(type(number) is int for number in officer):
        raise MethodError(f"expected a list of option numbers as officer, not {officer!r}")
    return Ties(officer=tuple(officer), seed=seed or DEFAULT_SEED), seed


def _policy(policy: BallotPolicy, options: dict[str, Any]) -> BallotPolicy:
    """The file's policy with what the options change; they are taken out."""
    known = set(BallotPolicy.__struct_fields__)
    changes: Mapping[str, Any] = {key: options.pop(key) for key in known & set(options)}
    plain = msgspec.to_builtins(policy)
    try:
        return msgspec.convert({**plain, **changes}, type=BallotPolicy)
    except msgspec.ValidationError as error:
        raise MethodError(f"expected other values for the ballot policy: {error}") from error


def _profile(file: BallotFile, method: Method) -> Any:
    """The ballots of the kind that the method counts; who is ranked counts as approved."""
    kinds = {ApprovalFile: "approvals", GradeFile: "grades", RankedFile: "ranked"}
    kind = kinds.get(type(file), "claims")
    if isinstance(file, RankedFile) and method.kind == "approvals":
        weights: dict[Approved, int] = {}
        for marks, weight in file.ballots.items():
            approved = tuple(sorted({number for rank in marks for number in rank}))
            weights[approved] = weights.get(approved, 0) + weight
        return Approvals(len(file.names), weights)
    if kind != method.kind or isinstance(file, RankedFile):
        raise MethodError(f"{method.name}: expected a file of {method.kind}, not of {kind}")
    return file.profile


def _printed(counted: Counted, form: str) -> str:
    outcome, names = counted.outcome, counted.names
    if form == "csv":
        return as_rows(outcome, names)
    if form == "svg":
        return picture(outcome, names)
    sheet = sheet_of(outcome, names, counted.title, counted.read, counted.tied)
    if form == "html":
        return as_html(sheet)
    text = as_text(sheet)
    return f"{text}\nSeed of the lot: {counted.seed}\n" if counted.seed else text


def picture(outcome: Outcome, names: tuple[str, ...]) -> str:
    """The count as an SVG: the flow of votes, or the comparisons in pairs.

    Raises:
        MethodError: The method has neither stages nor comparisons.
    """
    matrix = matrix_of(outcome)
    if matrix:
        return pairs_picture(matrix, names)
    if isinstance(outcome, StagedOutcome):
        return flow_picture(outcome, names)
    rule: RuleDocument = outcome.rule
    raise MethodError(f"expected a method with stages or comparisons, not {type(rule).__name__}")
