"""What it takes to win a vote, in sentences: said before it opens, while it is open, and after."""

from fractions import Fraction
from types import MappingProxyType

from collegium.parts.decisions.acts import Counting, Quorum
from collegium.parts.decisions.tallying import fewest_ballots, kind_of

_SHARES = MappingProxyType(
    {
        (1, 2): "half",
        (3, 5): "three fifths",
        (2, 3): "two thirds",
        (3, 4): "three quarters",
    }
)
_STV = ("albany-stv", "exact-stv", "meek", "rctab-stv", "scottish-stv", "wigm-stv")
_RUN_OFF = ("burlington-irv", "irv", "minneapolis-irv")
_IN_PAIRS = ("condorcet-irv", "benham", "tideman", "schulze", "ranked-pairs", "minimax")


def needed(counting: Counting, quorum: Quorum, entitled: int, present: int = 0) -> tuple[str, ...]:
    """What must be reached, in sentences of at most 25 words.

    Args:
        counting: How the vote is counted.
        quorum: How many must take part.
        entitled: How many may vote.
        present: How many are present, where a majority is of them and it is known.

    Example:
        >>> from collegium.parts.decisions.acts import Counting, Quorum
        >>> motion = Counting("votes", "skip", 0, "majority/1", 1, (1, 2), 35)
        >>> needed(motion, Quorum(den=1, kind="percent", num=20), 52)[0]
        'At least 11 of 52 votes must come in.'
    """
    return (_quorum(counting, quorum, entitled), *_to_win(counting, entitled, present))


def _quorum(counting: Counting, quorum: Quorum, entitled: int) -> str:
    least = fewest_ballots(quorum, entitled)
    if quorum.kind == "percent":
        return f"At least {least:,} of {entitled:,} votes must come in."
    if quorum.kind == "root":
        return f"An option needs at least {least:,} votes over leaving everything as it is."
    if counting.base in {"present", "entitled"}:
        return "There is no quorum: the majority itself asks for enough votes."
    return "There is no quorum: however few vote, they decide."


def _to_win(counting: Counting, entitled: int, present: int) -> tuple[str, ...]:
    name = counting.method.partition("/")[0]
    if counting.base:
        return (_majority(counting, entitled, present),)
    if name == "debian-a6":
        return (
            "An option must be preferred to leaving everything as it is.",
            "Of those that are, the one that beats each other one in pairs wins.",
        )
    if name.startswith(_STV):
        return _quota(counting.seats, entitled)
    if name in _RUN_OFF:
        return (
            "The weakest drop out in turn, and their ballots pass on to the next choice.",
            "Whoever has more than half of the ballots that still count wins.",
        )
    if name.startswith(_IN_PAIRS):
        return ("Whoever is preferred to each other one in pairs wins.",)
    return _most(counting, name)


def _majority(counting: Counting, entitled: int, present: int) -> str:
    above, below = counting.share
    share = _SHARES.get((above, below), f"{above}/{below}")
    if counting.base == "votes":
        return f"More than {share} of those who choose an option must choose the same one."
    if counting.base == "ballots":
        return f"More than {share} of all ballots must say yes; whoever abstains is counted."
    of_all = present if counting.base == "present" else entitled
    who = "present" if counting.base == "present" else "entitled"
    if not of_all:
        return f"More than {share} of everybody {who} must say yes."
    least = int(Fraction(above, below) * of_all) + 1
    return f"At least {least:,} of the {of_all:,} {who} must say yes: more than {share}."


def _quota(seats: int, entitled: int) -> tuple[str, ...]:
    sure = entitled // (seats + 1) + 1
    told = f"If everybody votes, {sure:,} of {entitled:,} votes make sure of a place."
    if seats == 1:
        return (told, "The weakest drop out in turn, and their ballots pass on.")
    return (
        f"{seats} places: a group of more than one in {seats + 1} voters is sure of one.",
        told,
    )


def _most(counting: Counting, name: str) -> tuple[str, ...]:
    kind = kind_of(counting)
    what = {"approvals": "ticks", "grades": "points"}.get(kind, "first choices")
    if name in {"equal-shares", "sequential-pav", "sequential-phragmen"}:
        return (f"{counting.seats} places are shared out among groups by their ticks.",)
    if name == "majority-judgment":
        return ("Whose middle grade is the best wins; level ones are compared by the next.",)
    if name in {"smith", "schwartz"}:
        return ("Everybody whom nobody outside beats is a winner; there may be several.",)
    if counting.seats > 1:
        return (f"The {counting.seats} with the most {what} win, however few they have.",)
    return (f"Whoever has the most {what} wins, however few they are.",)
