"""Counting a file of ballots and printing the protocol of the count."""

import json
import re
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from collegium.cli.standing import by_standing
from collegium.cli.terminal import say, say_json
from collegium.counting import (
    Approvals,
    BallotPolicy,
    Outcome,
    ReadBallots,
    SeatsOutcome,
    StagedOutcome,
    Ties,
    count,
    read_marks,
)
from collegium.counting.approvals import Approved
from collegium.counting.ballot import NOT_RANKED
from collegium.counting.files import (
    ApprovalFile,
    BallotFile,
    GradeFile,
    RankedFile,
    RctabConfig,
    decoded,
    format_of,
    read_ballots,
    read_cast_vote_records,
    read_rctab,
    read_rctab_config,
)
from collegium.counting.files.kinds import Place, ballots_in, lines_of
from collegium.counting.margins import EFFORT, Margin, margin_of
from collegium.counting.methods import (
    METHODS,
    Kind,
    Method,
    MethodError,
    adjusted,
    method_named,
    refuses_equal_ranks,
    with_groups,
)
from collegium.counting.protocol import (
    as_html,
    as_json,
    as_rows,
    as_text,
    picture_of,
    sheet_of,
    tied_ways,
)
from collegium.counting.protocol.ways import has_open_ties

CONFIGURED = "rctab/"
"""Beginning of the method whose rule a configuration states."""

DEFAULT_SEED = "collegium count"
"""The lot's seed when none was recorded; an outcome that needed it says so."""

EFFORTS = {"quick": EFFORT, "thorough": 100 * EFFORT}
"""By what `--margin` asks for: different ballots that recounts of changed ones may look at."""

_NUMBER_OR_LIST = re.compile(r"^(-?\d+|true|false|null|[\[{].*)$", re.DOTALL)


def count_file(arguments: Namespace) -> int:
    """Count the file and print the protocol; 0.

    Raises:
        ValueError: A file, a method or an option that isn't as expected.
    """
    method = method_named(arguments.method)
    options = _options(arguments.options)
    config = str(options.pop("config", ""))
    settings = decoded(Path(config).read_bytes()) if config else ""
    file = _read(arguments.file, arguments.form, method.kind, (settings, Path(config).name))
    configured = None
    if config and method.name.startswith(CONFIGURED):
        configured = read_rctab_config(settings, Path(config).name)
        options.setdefault("seed", configured.seed)
    counted = _count(method, file, options, arguments.seats, configured)
    if arguments.json:
        margin = _margin(counted, arguments.margin)
        found = as_json(counted.outcome, counted.names, method.name, margin)
        if counted.read is not None:
            found["ballot_policy"] = msgspec.to_builtins(counted.read.policy)
            found["set_aside"] = {"invalid": counted.read.invalid, **counted.read.causes}
        if counted.tied:
            found["tied_outcomes"] = [_tied_told(counted, one) for one in sorted(counted.tied)]
        elif has_open_ties(counted.outcome):
            found["tied_outcomes"] = None  # too many to count them all
        say_json(found | ({"seed": counted.seed} if counted.seed else {}))
    else:
        say(_printed(counted, arguments.printed, arguments.margin).rstrip("\n"))
    return 0


def _tied_told(counted: "Counted", elected: tuple[int, ...]) -> list[str] | dict[str, int]:
    """Who is elected, or how many seats each has."""
    if isinstance(counted.outcome, SeatsOutcome):
        return {name: elected.count(number) for number, name in enumerate(counted.names, 1)}
    return [counted.names[number - 1] for number in elected]


class Counted(Struct, frozen=True):
    """A count with what it takes to print it; `seed` where a lot was drawn, `tied` where known."""

    outcome: Outcome
    names: tuple[str, ...]
    title: str
    read: ReadBallots | None
    seed: str
    tied: frozenset[tuple[int, ...]]
    profile: Any


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
        except (ValueError, RecursionError) as error:
            raise MethodError(f"expected JSON as the value of {key}: {error}") from error
    return options


def _read(path: Path, form: str | None, kind: Kind, config: tuple[str, str]) -> BallotFile:
    data = path.read_bytes()
    found: BallotFile
    if config[0]:
        reader = read_rctab if path.suffix == ".csv" else read_cast_vote_records
        found = reader(decoded(data), path.name, *config)
    else:
        found = read_ballots(data, path.name, form or format_of(path.name), kind)  # type: ignore[arg-type]  # argparse has checked the form
    if not ballots_in(found):
        place = Place(path.name)
        place.line = len(lines_of(decoded(data)))
        place.expected("a ballot", "the end of the file")
    return found


def _count(
    method: Method,
    file: BallotFile,
    options: dict[str, Any],
    seats: int | None,
    configured: RctabConfig | None,
) -> Counted:
    _check_kind(file, method)
    asked = "overvotes" in options
    policy = _policy(file.policy, options) if isinstance(file, RankedFile) else BallotPolicy()
    everyone = range(1, len(file.names) + 1)
    standing = [number for number in everyone if number not in policy.withdrawn]
    if not standing:
        raise MethodError("expected an option that hasn't withdrawn")
    options = by_standing(options, standing, len(file.names))
    ties, seeded = _ties(options)
    wanted = seats if seats is not None else getattr(file, "seats", 0) or 1
    rule: Any
    if configured is not None:
        plainly = msgspec.structs.replace(configured, policy=policy).rule()
        rule = adjusted(plainly, options | ({} if seats is None else {"seats": seats}))
    else:
        rule = _rule(method, file, len(standing), wanted, options)
    if seats not in {None, 1} and not hasattr(getattr(rule, "stv", rule), "seats"):
        raise MethodError(f"{method.name}: expected 1 seat, which it fills, not {seats}")
    read: ReadBallots | None = None
    names = file.names
    if isinstance(file, RankedFile):
        if not asked and policy.overvotes == "equal" and refuses_equal_ranks(rule):
            # Whole ballots pass on, so that one with equal ranks can't be followed further.
            policy = msgspec.structs.replace(policy, overvotes="stop")
        read = read_marks(len(names), file.ballots, policy)
        names = tuple(names[number - 1] for number in read.standing)
    profile = _profile(file, method, read)
    outcome = count(profile, rule, ties) if hasattr(rule, "ties") else count(profile, rule)
    lots = isinstance(outcome, StagedOutcome) and any(tie.step == "lot" for tie in outcome.ties)
    told = seeded or f"{DEFAULT_SEED} (no seed was recorded)"
    title = str(getattr(file, "title", ""))
    tied = tied_ways(outcome, profile)
    return Counted(outcome, names, title, read, told if lots else "", tied, profile)


def _rule(
    method: Method, file: BallotFile, standing: int, seats: int, options: dict[str, Any]
) -> Any:
    """The method's rule with the parameters that the options set."""
    levels = file.profile.levels if isinstance(file, GradeFile) else 0
    try:
        plain = method.make(standing, seats, levels)
    except ValueError as error:
        raise MethodError(f"{method.name}: {error}") from error
    groups = options.pop("groups", None)
    rule = adjusted(plain, options)
    return rule if groups is None else with_groups(rule, groups)


def _ties(options: dict[str, Any]) -> tuple[Ties, str]:
    """What was recorded for ties, taken from the options, and the seed if there is one."""
    seed = str(options.pop("seed", ""))
    officer = tuple(options.pop("officer", ()))
    return Ties(officer=officer, seed=seed or DEFAULT_SEED), seed


def _policy(policy: BallotPolicy, options: dict[str, Any]) -> BallotPolicy:
    """The file's policy with what the options change; they are taken out."""
    known = set(BallotPolicy.__struct_fields__)
    changes: Mapping[str, Any] = {key: options.pop(key) for key in known & set(options)}
    plain = msgspec.to_builtins(policy)
    try:
        return msgspec.convert({**plain, **changes}, type=BallotPolicy)
    except msgspec.ValidationError as error:
        raise MethodError(f"expected other values for the ballot policy: {error}") from error


def _check_kind(file: BallotFile, method: Method) -> None:
    kinds = {ApprovalFile: "approvals", GradeFile: "grades", RankedFile: "ranked"}
    kind = kinds.get(type(file), "claims")
    if kind != method.kind and (kind, method.kind) != ("ranked", "approvals"):
        raise MethodError(f"{method.name}: expected a file of {method.kind}, not of {kind}")


def _profile(file: BallotFile, method: Method, read: ReadBallots | None) -> Any:
    """The ballots of the kind that the method counts; who is ranked counts as approved."""
    if read is not None and method.kind == "approvals":
        weights: dict[Approved, int] = {}
        for text, weight in read.profile.weights.items():
            approved = tuple(n for n, rank in enumerate(text, 1) if rank not in NOT_RANKED)
            weights[approved] = weights.get(approved, 0) + weight
        return Approvals(len(read.standing), weights)
    return read.profile if read is not None else file.profile  # type: ignore[union-attr]  # a ranked file was read


def _margin(counted: Counted, effort: str) -> Margin | None:
    """How few changed ballots would change the outcome, looked for with this effort."""
    if effort == "figures":
        return margin_of(counted.outcome)
    return margin_of(counted.outcome, counted.profile, EFFORTS[effort])


def _printed(counted: Counted, form: str, effort: str) -> str:
    outcome, names = counted.outcome, counted.names
    if form == "csv":
        return as_rows(outcome, names)
    if form == "svg":
        return picture(outcome, names)
    margin = _margin(counted, effort)
    sheet = sheet_of(
        outcome,
        names,
        counted.title,
        counted.read,
        counted.tied,
        margin=margin,
        seed=counted.seed,
    )
    return as_html(sheet, picture_of(outcome, names)) if form == "html" else as_text(sheet)


def picture(outcome: Outcome, names: tuple[str, ...]) -> str:
    """The count as an SVG: the flow of votes, comparisons in pairs, or bars.

    Raises:
        MethodError: The method has figures that no picture shows.
    """
    drawn = picture_of(outcome, names, alone=True)
    if not drawn:
        raise MethodError(
            f"expected a method with votes, approvals, grades or comparisons to draw, not "
            f"{outcome.rule.__struct_config__.tag}"
        )
    return drawn
