"""The sections of a protocol that tell comparisons in pairs, whichever rule makes them."""

from collections.abc import Iterator, Sequence

from collegium.counting.comparisons import condorcet_winner, smith_set
from collegium.counting.debian import DebianOutcome
from collegium.counting.outcome import Outcome
from collegium.counting.pairwise import Matrix, defeats
from collegium.counting.protocol.readable import Names, listed, many, named
from collegium.counting.protocol.sections import Section, Table
from collegium.counting.ranked_pairs import RankedPairsOutcome
from collegium.counting.schulze import SchulzeOutcome
from collegium.counting.schwartz import Defeat

TWO = 2


def matrix_of(outcome: Outcome) -> Matrix:
    """The comparisons in pairs that the outcome has; empty if it has none."""
    found: Matrix = getattr(outcome, "matrix", ())
    return found


def preferred(matrix: Matrix, names: Names) -> str:
    """Who is preferred to everybody, or who beat each other in a circle, in a sentence."""
    everyone = range(1, len(names) + 1)
    winner = condorcet_winner(matrix, everyone)
    if winner is not None:
        whom = "every other option" if len(names) != TWO else named({1, 2} - {winner}, names)
        return f"{names[winner - 1]} is preferred to {whom}."
    circle = sorted(smith_set(matrix, everyone))
    return (
        f"No option is preferred to every other one: {named(circle, names)} beat each other in a "
        "circle or are level."
    )


def pairs_sections(outcome: Outcome, names: Names) -> Iterator[Section]:
    """The comparisons, and what a rule makes of them."""
    matrix = matrix_of(outcome)
    if not matrix:
        return
    if len(matrix) > 1:
        table = _table("Ballots that prefer the row to the column", matrix, names)
        yield Section("Comparisons in pairs", (preferred(matrix, names),), (table,))
    if isinstance(outcome, SchulzeOutcome):
        yield _chains(outcome, names)
    if isinstance(outcome, RankedPairsOutcome):
        yield Section("Defeats that stand", tuple(_defeats(outcome.locked, names)))
        if outcome.dropped:
            closing = tuple(_defeats(outcome.dropped, names))
            yield Section("Defeats that would close a circle", closing)
    if isinstance(outcome, DebianOutcome):
        yield from _debian(outcome, names)


def _table(caption: str, figures: Sequence[Sequence[int]], names: Names) -> Table:
    rows = tuple(
        (name, *("" if a == b else str(votes) for b, votes in enumerate(row)))
        for a, (name, row) in enumerate(zip(names, figures, strict=True))
    )
    return Table(caption, ("", *names), rows, numbered=True)


def _chains(outcome: SchulzeOutcome, names: Names) -> Section:
    """The strongest chains of defeats, from each option to each."""
    strengths = [[strength for strength, _ in row] for row in outcome.paths]
    caption = "Strength of the strongest chain of defeats from the row to the column"
    (first, *rest), title = outcome.ranking[0], "Chains of defeats"
    others = [other for other in range(1, len(names) + 1) if other not in outcome.winners]
    if rest:
        said = f"{named(outcome.winners, names)} are level: no chain between them is stronger."
    elif all(defeats(outcome.matrix, first - 1, other - 1) for other in others):
        said = "No circle had to be broken."
    else:
        said = (
            f"From {names[first - 1]} to every other option the strongest chain is stronger than "
            "the strongest one back."
        )
    return Section(title, (said,), (_table(caption, strengths, names),) if others or rest else ())


def _defeats(defeats: Sequence[Defeat], names: Names) -> Iterator[str]:
    for one in defeats:
        yield _defeat(one, names) + "."


def _defeat(one: Defeat, names: Names) -> str:
    return f"{names[one.winner - 1]} over {names[one.loser - 1]}, {one.votes} to {one.opposed}"


def _debian(outcome: DebianOutcome, names: Names) -> Iterator[Section]:
    default = names[outcome.rule.default - 1]
    if outcome.quorum:
        needed = outcome.quorum[0].needed
        told = [f"{many(needed, 'ballot')} must rank an option above {default}."]
        told += [
            f"{names[one.option - 1]}: {one.votes}, {'reached' if one.reached else 'not reached'}."
            for one in outcome.quorum
        ]
        yield Section("Quorum", tuple(told))
    majority = [
        f"{names[one.option - 1]}: {one.above} above {default}, {one.below} below; more than "
        f"{one.needed.numerator}:{one.needed.denominator} is needed, "
        f"{'passed' if one.passed else 'not passed'}."
        for one in outcome.majority
    ]
    yield Section("Majority", tuple(majority))
    yield Section("How it was decided", tuple(_dropping(outcome, names)))


def _dropping(outcome: DebianOutcome, names: Names) -> Iterator[str]:
    """The comparison of the options left, round by round."""
    dropped = {one.option: one.reason for one in outcome.dropped}
    for option, reason in dropped.items():
        yield f"{names[option - 1]} is dropped for want of a {reason}."
    left = [option for option in range(1, len(names) + 1) if option not in dropped]
    if len(left) == 1:
        yield f"{named(left, names)} alone is left."
        return
    yield f"Compared in pairs: {listed(left, names)}."
    winner = condorcet_winner(outcome.matrix, left)
    if winner is not None:
        others = [option for option in left if option != winner]
        whom = named(others, names) if len(others) == 1 else "each of the others"
        yield f"{names[winner - 1]} is preferred to {whom}."
        return
    for number, one in enumerate(outcome.rounds, 1):
        weakest = "; ".join(_defeat(defeat, names) for defeat in one.weakest)
        what = "The weakest defeat" if len(one.weakest) == 1 else "The weakest defeats"
        verb = "is" if len(one.weakest) == 1 else "are"
        yield f"Round {number}: {named(one.schwartz, names)} beat each other in a circle."
        yield f"{what} in it {verb} dropped: {weakest}."
    if len(outcome.schwartz) == 1:
        yield f"{named(outcome.schwartz, names)} is left undefeated."
    else:
        yield (
            f"{named(outcome.schwartz, names)} are left undefeated; the count can't choose "
            "between them."
        )
