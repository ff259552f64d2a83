"""A protocol as sections of sentences and tables, from any outcome."""

from collections.abc import Collection, Sequence

import msgspec
from msgspec import Struct

from collegium.counting.debian import DebianOutcome
from collegium.counting.equal_shares_budget import EqualSharesBudget
from collegium.counting.grouped_approval import GroupedOutcome
from collegium.counting.margins import Margin, margin_of
from collegium.counting.outcome import Outcome
from collegium.counting.pairwise import Matrix
from collegium.counting.pav import PavOutcome
from collegium.counting.policy import ReadBallots
from collegium.counting.protocol.sentences import (
    FIGURES,
    Names,
    listed,
    sentences_of_stage,
    tie_sentence,
)
from collegium.counting.ranked_pairs import RankedPairsOutcome
from collegium.counting.schulze import SchulzeOutcome
from collegium.counting.schwartz import Defeat
from collegium.counting.seats import SeatsOutcome
from collegium.counting.stages import StagedOutcome


class Table(Struct, frozen=True):
    """A table; the first cell of each row is its heading."""

    caption: str
    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Section(Struct, frozen=True):
    """A part of a protocol under its title."""

    title: str
    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


class Sheet(Struct, frozen=True):
    """A protocol: its title, the outcome in one sentence, and the sections."""

    title: str
    outcome: str
    sections: tuple[Section, ...]


def sheet_of(  # noqa: PLR0913 - what a protocol tells, each of it optional
    outcome: Outcome,
    names: Names,
    title: str = "",
    read: ReadBallots | None = None,
    tied: Collection[tuple[int, ...]] = (),
    *,
    margin: Margin | None = None,
) -> Sheet:
    """The protocol of a count.

    Args:
        outcome: What the count came to.
        names: Of the options that were counted, in their order.
        title: Of the vote.
        read: What a ballot policy made of the ballots as marked.
        tied: Every set of winners that the ties might have led to, where they are known.
        margin: How few changed ballots would change it; without one, what the figures alone show.
    """
    sections = [_basis(outcome, read)]
    if isinstance(outcome, StagedOutcome):
        sections += _staged(outcome, names)
    if len(tied) > 1:
        every = tuple(f"{listed(winners, names)}." for winners in sorted(tied))
        sections.append(Section("Outcomes to which the ties might have led", every))
    matrix = matrix_of(outcome)
    if matrix:
        sections.append(Section("Comparisons in pairs", (), (_matrix_table(matrix, names),)))
    sections += _particular(outcome, names)
    margin = margin or margin_of(outcome)
    if margin is not None:
        sections.append(Section("Margin", margin.told(names)))
    return Sheet(
        title or "Protocol of the count", outcome_sentence(outcome, names), tuple(sections)
    )


def outcome_sentence(outcome: Outcome, names: Names) -> str:
    """Who wins, in one sentence."""
    if isinstance(outcome, SeatsOutcome):
        each = [f"{names[n]} {seats}" for n, seats in enumerate(outcome.seats) if seats]
        return f"Seats: {', '.join(each)}."
    if isinstance(outcome.rule, EqualSharesBudget):
        return f"Bought: {listed(outcome.winners, names)}."
    order = outcome.elected if isinstance(outcome, StagedOutcome) else outcome.winners
    if not order:
        return "No option is elected."
    return f"Elected: {listed(order, names)}."


def matrix_of(outcome: Outcome) -> Matrix:
    """The comparisons in pairs that the outcome has; empty if it has none."""
    found: Matrix = getattr(outcome, "matrix", ())
    return found


def _basis(outcome: Outcome, read: ReadBallots | None) -> Section:
    sentences = [
        f"{outcome.ballots} ballots were counted.",
        f"Profile (SHA-256): {outcome.profile}",
        f"Rule: {outcome.rule.document().decode()}",
    ]
    if read is not None:
        sentences.append(
            f"Ballot policy: {msgspec.json.encode(read.policy, order='sorted').decode()}"
        )
        sentences += [
            f"{number} ballots: {cause}." for cause, number in sorted(read.causes.items())
        ]
        if read.invalid:
            sentences.append(f"{read.invalid} ballots were invalid and not counted.")
    return Section("What was counted", tuple(sentences))


def _staged(outcome: StagedOutcome, names: Names) -> list[Section]:
    sections = [
        Section(f"Stage {number}", tuple(sentences_of_stage(stage, names)))
        for number, stage in enumerate(outcome.stages, 1)
    ]
    figures = FIGURES.get(str(outcome.rule.__struct_config__.tag))
    told = (figures,) if figures else ()
    sections.append(Section("All stages", told, (_stage_table(outcome, names),)))
    if outcome.ties:
        named = tuple(tie_sentence(tie, names) for tie in outcome.ties)
        sections.append(Section("Ties", named))
    if outcome.ranking:
        sections.append(_ranking(outcome.ranking, names))
    return sections


def _stage_table(outcome: StagedOutcome, names: Names) -> Table:
    stages = outcome.stages
    rows = [(name, *(stage.totals[place] for stage in stages)) for place, name in enumerate(names)]
    if any(stage.quota or stage.transfers for stage in stages):
        rows += [
            ("Exhausted", *(stage.exhausted for stage in stages)),
            ("Lost to rounding", *(stage.lost for stage in stages)),
        ]
    if any(stage.quota for stage in stages):
        rows.append(("Quota", *(stage.quota for stage in stages)))
    heading = ("", *(f"Stage {number}" for number in range(1, len(stages) + 1)))
    return Table("Totals after each stage", heading, tuple(rows))


def _ranking(places: Sequence[tuple[int, ...]], names: Names) -> Section:
    told = tuple(f"{place}. {listed(tied, names)}" for place, tied in enumerate(places, 1))
    return Section("Places", told)


def _matrix_table(matrix: Matrix, names: Names) -> Table:
    rows = tuple(
        (name, *("" if a == b else str(votes) for b, votes in enumerate(row)))
        for a, (name, row) in enumerate(zip(names, matrix, strict=True))
    )
    return Table("Ballots that prefer the row to the column", ("", *names), rows)


def _particular(outcome: Outcome, names: Names) -> list[Section]:
    """What only this rule has to say."""
    if isinstance(outcome, SchulzeOutcome):
        return [_ranking(outcome.ranking, names)]
    if isinstance(outcome, RankedPairsOutcome):
        return [
            Section("Defeats that stand", tuple(_defeats(outcome.locked, names))),
            Section("Defeats that would close a circle", tuple(_defeats(outcome.dropped, names))),
        ]
    if isinstance(outcome, DebianOutcome):
        return _debian(outcome, names)
    if isinstance(outcome, GroupedOutcome):
        told = f"Without the minimum shares: {listed(outcome.otherwise, names)}."
        return [Section("Otherwise", (told,))]
    if isinstance(outcome, PavOutcome):
        all_tied = [f"{listed(committee, names)}." for committee in outcome.committees]
        return [Section(f"Committees with the best score, {outcome.score}", tuple(all_tied))]
    return []


def _defeats(defeats: Sequence[Defeat], names: Names) -> list[str]:
    return [
        f"{names[one.winner - 1]} over {names[one.loser - 1]}, {one.votes} to {one.opposed}."
        for one in defeats
    ]


def _debian(outcome: DebianOutcome, names: Names) -> list[Section]:
    quorum = [
        f"{names[f.option - 1]}: {f.votes} votes over the default option, {f.needed} needed; "
        f"{'reached' if f.reached else 'not reached'}."
        for f in outcome.quorum
    ]
    majority = [
        f"{names[f.option - 1]}: {f.above} to {f.below} against the default option, more than "
        f"{f.needed.numerator}:{f.needed.denominator} needed; "
        f"{'passed' if f.passed else 'not passed'}."
        for f in outcome.majority
    ]
    return [Section("Quorum", tuple(quorum)), Section("Majority", tuple(majority))]
