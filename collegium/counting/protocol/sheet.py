"""A protocol as sections of sentences and tables, from any outcome."""

from collections.abc import Collection, Iterator, Sequence
from types import MappingProxyType

import msgspec

from collegium.counting.equal_shares_budget import EqualSharesBudget
from collegium.counting.grouped_approval import GroupedOutcome
from collegium.counting.majority import Majority
from collegium.counting.margins import Margin, margin_of
from collegium.counting.outcome import Outcome
from collegium.counting.pav import Pav
from collegium.counting.policy import Cause, ReadBallots
from collegium.counting.protocol.pairs_told import pairs_sections
from collegium.counting.protocol.readable import Names, is_cut, listed, many, readable
from collegium.counting.protocol.seats_told import figures_of, is_of_seats, seats_told
from collegium.counting.protocol.sections import Section, Sheet, Table
from collegium.counting.protocol.sentences import nobody_word, quota_word, stage_told, tie_sentence
from collegium.counting.protocol.ways import has_open_ties
from collegium.counting.seats import SeatsOutcome
from collegium.counting.stages import StagedOutcome
from collegium.counting.top_sets import TopSet

MOST_COLUMNS = 40
"""Stages of which a table has room; of more, only seats filled one by one, CSV has the figures."""

_CAUSES: MappingProxyType[Cause, str] = MappingProxyType(
    {
        "blank": "ballot is blank/ballots are blank",
        "duplicate": "ballot names an option twice/ballots name an option twice",
        "no-opinion": "ballot has no opinion of some option/ballots have no opinion of some option",
        "overvote": "ballot gives one rank to several options/ballots give one rank to several "
        "options",
        "skipped": "ballot leaves a rank out/ballots leave a rank out",
        "too-few": "ballot ranks fewer options than it must/ballots rank fewer options than they "
        "must",
        "too-many": "ballot has more ranks than are read/ballots have more ranks than are read",
        "withdrawn": "ballot names an option that was withdrawn/ballots name an option that was "
        "withdrawn",
    }
)
_OVERVOTES = MappingProxyType(
    {
        "equal": "they count as equal",
        "skip": "that rank is passed over",
        "stop": "what follows isn't read",
    }
)


def sheet_of(  # noqa: PLR0913 - what a protocol tells, each of it optional
    outcome: Outcome,
    names: Names,
    title: str = "",
    read: ReadBallots | None = None,
    tied: Collection[tuple[int, ...]] = (),
    *,
    margin: Margin | None = None,
    seed: str = "",
    spoilt: int = 0,
) -> Sheet:
    """The protocol of a count.

    Args:
        outcome: What the count came to.
        names: Of the options that were counted, in their order.
        title: Of the vote.
        read: What a ballot policy made of the ballots as marked.
        tied: Who is elected in every way in which the ties might have fallen, where it is known.
        margin: How few changed ballots would change it; without one, what the figures alone show.
        seed: What a lot is drawn from; said where one was.
        spoilt: Ballots on which nothing could be read, so that they aren't among those counted.
    """
    sections = [Section("What was counted", tuple(_ballots(outcome, read, spoilt)))]
    if isinstance(outcome, StagedOutcome):
        sections += _staged(outcome, names)
    if has_open_ties(outcome):
        ways = tuple(_ways_told(outcome, tied, names))
        sections.append(Section("Outcomes to which the ties might have led", ways))
    sections += pairs_sections(outcome, names)
    places: Sequence[tuple[int, ...]] = getattr(outcome, "ranking", ())
    if len(places) > 1:
        told = tuple(f"{place}. {listed(level, names)}" for place, level in enumerate(places, 1))
        sections.append(Section("Places", told))
    if isinstance(outcome, GroupedOutcome):
        told = (f"Without the minimum shares: {listed(outcome.otherwise, names)}.",)
        sections.append(Section("Otherwise", told))
    margin = margin or margin_of(outcome)
    if margin is not None:
        sections.append(Section("How narrow it was", margin.told(names)))
    basis = Section("How to count it again", tuple(_basis(outcome, read, seed)))
    return Sheet(
        title or "Protocol of the count", outcome_sentence(outcome, names), tuple(sections), basis
    )


def _ways_told(outcome: Outcome, tied: Collection[tuple[int, ...]], names: Names) -> Iterator[str]:
    """Every outcome to which the ties might have led, or that not all were counted."""
    if not tied:
        yield "The ties might have fallen in too many ways to count them all."
    elif len(tied) == 1:
        yield "However the ties had fallen, the outcome would have been the same."
    else:
        for one in sorted(tied):
            yield f"{_elected_told(outcome, one, names)}."


def _elected_told(outcome: Outcome, elected: Sequence[int], names: Names) -> str:
    """Who is elected, or how many seats each has."""
    if not isinstance(outcome, SeatsOutcome):
        return listed(elected, names)
    return ", ".join(f"{name} {elected.count(n)}" for n, name in enumerate(names, 1))


def outcome_sentence(outcome: Outcome, names: Names) -> str:
    """Who wins, in one sentence."""
    order = outcome.elected if isinstance(outcome, StagedOutcome) else outcome.winners
    if isinstance(outcome, SeatsOutcome):
        each = [f"{names[n]} {seats}" for n, seats in enumerate(outcome.seats) if seats]
        return f"Seats: {', '.join(each)}."
    none, some = "No option is elected.", "Elected"
    places: Sequence[tuple[int, ...]] = getattr(outcome, "ranking", ())
    match outcome.rule:
        case EqualSharesBudget():
            none, some = "Nothing is bought.", "Bought"
        case TopSet(which=which):
            some = f"The {which.capitalize()} set"
        case Majority():
            none, some = "No option has the majority needed.", "With the majority needed"
        case _ if len(order) > 1 and (order in places or not isinstance(outcome, StagedOutcome)):
            some = "Level in the first place"
    return f"{some}: {listed(order, names)}." if order else none


# What was counted, and by what.


def _ballots(outcome: Outcome, read: ReadBallots | None, spoilt: int) -> Iterator[str]:
    if isinstance(outcome, SeatsOutcome):
        seats = sum(outcome.seats)
        shared = many(outcome.ballots, "vote or member", "votes or members")
        yield f"{many(seats, 'seat was', 'seats were')} shared out by {shared}."
        return
    yield f"{many(outcome.ballots, 'ballot was', 'ballots were')} counted."
    if spoilt:
        yield f"On {many(spoilt, 'more ballot', 'more ballots')} nothing could be read."
    if read is None:
        return
    for cause, number in sorted(read.causes.items()):
        one, several = _CAUSES[cause].split("/")
        then = f"; {_OVERVOTES[read.policy.overvotes]}" if cause == "overvote" else ""
        yield f"{many(number, one, several)}{then}."
    if read.invalid:
        yield f"{many(read.invalid, 'ballot is', 'ballots are')} invalid and not counted."


def _basis(outcome: Outcome, read: ReadBallots | None, seed: str) -> Iterator[str]:
    yield f"Rule: {outcome.rule.document().decode()}"
    if read is not None:
        policy = msgspec.json.encode(read.policy, order="sorted").decode()
        yield f"Ballot policy: {policy}"
    if seed and any(tie.step == "lot" for tie in getattr(outcome, "ties", ())):
        yield f"Seed of the lot: {seed}"
    yield f"Profile (SHA-256): {outcome.profile}"


# Stage by stage.


def _staged(outcome: StagedOutcome, names: Names) -> Iterator[Section]:
    seats = is_of_seats(outcome)
    if seats:
        title = "Seat by seat" if len(outcome.stages) > 1 else "What decided"
        yield Section(title, tuple(seats_told(outcome, names)))
    for number in range(1, 1 if seats else len(outcome.stages) + 1):
        told = stage_told(outcome, number, names)
        yield Section(told.title, told.sentences, (), told.elected, told.standing, stage=number)
    later = [tie for tie in outcome.ties if tie.stage > len(outcome.stages)]
    if later:
        yield Section("Ties", tuple(tie_sentence(tie, names) for tie in later))
    tables = tuple(_tables(outcome, names))
    if tables:
        title = "All stages" if len(outcome.stages) > 1 else "All figures"
        yield Section(title, (), tables)


def _tables(outcome: StagedOutcome, names: Names) -> Iterator[Table]:
    """What every option had at each stage; once more exactly where figures were cut off."""
    if isinstance(outcome.rule, Pav):
        return
    if isinstance(outcome, SeatsOutcome) and len(outcome.stages) > MOST_COLUMNS:
        each = tuple((name, str(n)) for name, n in zip(names, outcome.seats, strict=True))
        yield Table("Seats of each; CSV has the figures of every stage", ("", "Seats"), each)
        return
    figures, rows = figures_of(outcome.rule), tuple(_rows(outcome, names))
    stages = [f"Stage {number}" for number in range(1, len(outcome.stages) + 1)]
    heading = ("", *(stages if len(stages) > 1 else [figures]))
    caption = "Votes at the end of each stage" if figures == "Votes" else figures
    short = tuple((row[0], *map(readable, row[1:])) for row in rows)
    yield Table(caption if len(stages) > 1 else "What each option came to", heading, short)
    if any(is_cut(figure) for row in rows for figure in row[1:]):
        yield Table("The same figures exactly", heading, rows)


def _rows(outcome: StagedOutcome, names: Names) -> Iterator[tuple[str, ...]]:
    stages = outcome.stages
    for place, name in enumerate(names):
        yield name, *(stage.totals[place] for stage in stages)
    if is_of_seats(outcome):
        return
    if any(stage.exhausted.strip("0.") for stage in stages):
        yield nobody_word(outcome.rule), *(stage.exhausted for stage in stages)
    if any("." in stage.lost or stage.lost != "0" for stage in stages):
        yield "Lost to rounding", *(stage.lost for stage in stages)
    if any(stage.quota for stage in stages):
        yield quota_word(outcome.rule), *(stage.quota for stage in stages)
