"""What a recount comes to, held against what the Debian project printed at the time."""

from collections.abc import Mapping

from collegium.counting import DebianOutcome
from collegium.counting.debian import MajorityFigure
from collegium.datasets.debian.source import Published, PublishedMajority, VotePage
from collegium.parts.decisions.state import Decisions, Vote


def all_differences(
    decisions: Decisions, pages: Mapping[str, VotePage]
) -> dict[str, tuple[str, ...]]:
    """For each page's vote, by its reference, the figures that differ from the printed ones.

    A vote that isn't there, or has no outcome, differs in its `outcome`.

    Args:
        decisions: The votes as they follow from a record.
        pages: The printed pages (`source.read_pages`).
    """
    found: dict[str, tuple[str, ...]] = {}
    for reference, page in pages.items():
        name = decisions.references.get(reference)
        vote = decisions.votes[name] if name else None
        if vote is None or not vote.declared:
            found[reference] = ("outcome",)
        else:
            found[reference] = differences(declared_outcome(vote), page)
    return found


def declared_outcome(vote: Vote) -> DebianOutcome:
    """The vote's declared outcome, with its figures.

    Raises:
        ValueError: None is declared; the record isn't the whole import.
    """
    if not vote.declared:
        raise ValueError(f"expected the vote {vote.reference} to have an outcome")
    return DebianOutcome.read(vote.outcome.encode())


def differences(outcome: DebianOutcome, page: VotePage) -> tuple[str, ...]:
    """The names of the figures that differ; none where the two are equal.

    The matrix, the quorum and majority figures, the options dropped and why, the Schwartz
    set, the winners, and how many ballots there were.
    """
    printed = page.published
    equal = {
        "ballots": outcome.ballots == page.ballots,
        "matrix": _without_diagonal(outcome) == printed.matrix,
        "quorum": _same_quorum(outcome, printed),
        "majority": _same_majorities(outcome, printed),
        "dropped": _dropped(outcome) == printed.dropped,
        "schwartz": [str(option) for option in outcome.schwartz] == printed.schwartz,
        "winners": [str(option) for option in outcome.winners] == printed.winners,
    }
    return tuple(name for name, same in equal.items() if not same)


def _without_diagonal(outcome: DebianOutcome) -> list[list[int]]:
    return [
        [votes for column, votes in enumerate(row) if column != number]
        for number, row in enumerate(outcome.matrix)
    ]


def _same_quorum(outcome: DebianOutcome, printed: Published) -> bool:
    # Printed is the root itself (46.59…), of which ours is the next whole number (47).
    return len(outcome.quorum) == len(printed.quorum) and all(
        figure.votes == votes
        and figure.reached == (votes > needed)
        and figure.needed - 1 < needed <= figure.needed
        for figure, (votes, needed) in zip(outcome.quorum, printed.quorum, strict=True)
    )


def _same_majorities(outcome: DebianOutcome, printed: Published) -> bool:
    """The sheets print no figures of some options that they drop: those didn't pass."""
    figures = {str(figure.option): figure for figure in outcome.majority}
    equal = all(
        one.option in figures and _same_majority(figures.pop(one.option), one)
        for one in printed.majority
    )
    return equal and not any(figure.passed for figure in figures.values())


def _same_majority(figure: MajorityFigure, one: PublishedMajority) -> bool:
    return (figure.above, figure.below, figure.passed) == (
        one.above,
        one.below,
        one.passed,
    ) and figure.needed.numerator == one.needed * figure.needed.denominator


def _dropped(outcome: DebianOutcome) -> list[tuple[str, str]]:
    return [(str(one.option), one.reason.title()) for one in outcome.dropped]
