"""What a count came to, as pages show it: figures by option, every pair, the way of the count.

Pure functions from an outcome to immutable data; the words are the templates'.
"""

from typing import Literal, TypeAlias

from msgspec import Struct

from collegium.counting import DebianOutcome, Outcome
from collegium.counting.pairwise import defeats
from collegium.counting.schwartz import Round
from collegium.counting.stages import StagedOutcome
from collegium.parts.decisions.state import Vote
from collegium.parts.decisions.tallying import fewest_ballots, outcome_of, winners_of

Fate: TypeAlias = Literal["won", "lost", "quorum", "majority"]
"""What became of an option; `quorum` and `majority` say for want of what it was dropped."""

Standing: TypeAlias = Literal["beats", "loses", "level", "itself"]


class Figures(Struct, frozen=True):
    """An option before the default option.

    Attributes:
        number: The option's.
        above: Ballots that rank it above the default option; 0 for the default itself.
        below: Ballots that rank it below.
        ratio: The votes for and against whose ratio it had to exceed.
        fate: What became of it.
    """

    number: int
    above: int
    below: int
    ratio: tuple[int, int]
    fate: Fate


class Cell(Struct, frozen=True):
    """One option against another.

    Attributes:
        other: The other option's number.
        votes: Ballots that rank the one above the other.
        opposed: Ballots that rank it below.
        standing: Which of them is preferred.
    """

    other: int
    votes: int
    opposed: int
    standing: Standing


class Row(Struct, frozen=True):
    """One option against every other."""

    number: int
    cells: tuple[Cell, ...]


class Counted(Struct, frozen=True):
    """What the ballots of a vote came to.

    Attributes:
        ballots: How many were counted.
        winners: The options that won.
        enough: Whether as many ballots came in as the vote asked for.
        figures: Every option before the default one, in the order of the ballot.
        compared: Options left after quorum and majority, which were then compared in pairs.
        pairs: Every option against every other.
        outright: Whether the winner beats every other compared option by itself.
        rounds: The rounds in which the weakest defeats were dropped.
        profile: The digest of the ballots.
        outcome: The digest of the outcome.
    """

    ballots: int
    winners: tuple[int, ...]
    enough: bool
    figures: tuple[Figures, ...]
    compared: tuple[int, ...]
    pairs: tuple[Row, ...]
    outright: bool
    rounds: tuple[Round, ...]
    profile: str
    outcome: str


class Concluded(Struct, frozen=True):
    """What the ballots of a vote came to, whichever the method.

    Attributes:
        ballots: How many were counted.
        spoilt: Ballots that said nothing readable.
        winners: The options that won, the quorum asked.
        elected: In the order of their election, as the count had it.
        enough: Whether as many ballots came in as the vote asked for.
        level: Whether the count left several level although it was to choose one.
        profile: The digest of the ballots.
        outcome: The digest of the outcome.
    """

    ballots: int
    spoilt: int
    winners: tuple[int, ...]
    elected: tuple[int, ...]
    enough: bool
    level: bool
    profile: str
    outcome: str


def concluded(vote: Vote) -> Concluded | None:
    """What the vote's ballots came to, once its outcome is declared."""
    return conclusion(vote, outcome_of(vote)) if vote.declared else None


def conclusion(vote: Vote, outcome: Outcome) -> Concluded:
    """What an outcome comes to in the vote."""
    winners = winners_of(vote, outcome)
    elected = outcome.elected if isinstance(outcome, StagedOutcome) else outcome.winners
    return Concluded(
        ballots=outcome.ballots,
        spoilt=vote.spoilt,
        winners=winners,
        elected=elected if set(elected) == set(winners) else winners,
        enough=outcome.ballots + vote.spoilt >= _asked(vote),
        level=len(winners) > vote.counting.seats,
        profile=outcome.profile,
        outcome=outcome.digest(),
    )


def counted(vote: Vote, outcome: DebianOutcome) -> Counted:
    """What the vote's ballots came to."""
    winners = winners_of(vote, outcome)
    dropped = {one.option: one.reason for one in outcome.dropped}
    options = range(1, len(vote.options) + 1)
    compared = tuple(option for option in options if option not in dropped)
    return Counted(
        ballots=outcome.ballots,
        winners=winners,
        enough=outcome.ballots + vote.spoilt >= _asked(vote),
        figures=tuple(_figures(vote, outcome, option, winners, dropped) for option in options),
        compared=compared,
        pairs=tuple(_row(outcome, option) for option in options),
        outright=_outright(outcome, compared),
        rounds=outcome.rounds,
        profile=outcome.profile,
        outcome=outcome.digest(),
    )


def _asked(vote: Vote) -> int:
    """Ballots that had to come in; a quorum of votes for an option is asked option by option."""
    return fewest_ballots(vote.quorum, vote.entitled) if vote.quorum.kind == "percent" else 0


def _figures(
    vote: Vote,
    outcome: DebianOutcome,
    option: int,
    winners: tuple[int, ...],
    dropped: dict[int, Literal["majority", "quorum"]],
) -> Figures:
    default = vote.default - 1
    fate: Fate = "won" if option in winners else dropped.get(option, "lost")
    return Figures(
        number=option,
        above=outcome.matrix[option - 1][default],
        below=outcome.matrix[default][option - 1],
        ratio=vote.options[option - 1].majority,
        fate=fate,
    )


def _row(outcome: DebianOutcome, option: int) -> Row:
    others = range(1, len(outcome.matrix) + 1)
    return Row(option, tuple(_cell(outcome, option, other) for other in others))


def _cell(outcome: DebianOutcome, option: int, other: int) -> Cell:
    matrix = outcome.matrix
    votes, opposed = matrix[option - 1][other - 1], matrix[other - 1][option - 1]
    standing: Standing = "level"
    if option == other:
        standing = "itself"
    elif votes != opposed:
        standing = "beats" if votes > opposed else "loses"
    return Cell(other, votes, opposed, standing)


def _outright(outcome: DebianOutcome, compared: tuple[int, ...]) -> bool:
    if len(outcome.winners) != 1:
        return False
    (winner,) = outcome.winners
    return all(
        defeats(outcome.matrix, winner - 1, other - 1) for other in compared if other != winner
    )
