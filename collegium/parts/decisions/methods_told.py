"""Every counting method in plain words: what it is called, when it suits, what it can't do."""

from types import MappingProxyType

from msgspec import Struct

from collegium.parts.decisions.acts import Base


class Told(Struct, frozen=True):
    """A method in words.

    Attributes:
        name: As a person would call it.
        why: When it suits, in one sentence.
        limit: What it can't do, in one sentence.
        base: What a majority is of, or empty.
    """

    name: str
    why: str
    limit: str
    base: Base = ""


_STV = "A group as large as a share of the places gets that share, whoever names the candidates."
_PAIRS = "Whoever would win against each of the others alone wins; nobody has to vote by tactics."
_CIRCLE = "When A beats B, B beats C and C beats A, it needs a further rule that few can follow."

TOLD: MappingProxyType[str, Told] = MappingProxyType(
    {
        "majority-votes": Told(
            "More votes for than against",
            "The usual motion: those who say yes or no decide, and abstentions don't count.",
            "Few can decide for many unless a quorum is asked for.",
            "votes",
        ),
        "majority-ballots": Told(
            "A majority of all ballots",
            "Abstaining counts: a motion needs more than half of everybody who voted.",
            "Whoever abstains in fact votes no.",
            "ballots",
        ),
        "majority-present": Told(
            "A majority of those present",
            "For a meeting: a motion needs more than half of everybody in the room.",
            "Whoever is in the room and says nothing in fact votes no.",
            "present",
        ),
        "majority-entitled": Told(
            "A majority of everybody entitled",
            "For what binds everybody, such as the aims: more than half of all members say yes.",
            "Whoever stays away votes no, so it often fails for want of voters.",
            "entitled",
        ),
        "debian-a6": Told(
            "Pairs against “nothing changes”",
            "Each proposal must first be preferred to no change; of those, the best in pairs wins.",
            "Preferences can run in a circle; then the weakest of them is set aside.",
        ),
        "irv": Told(
            "Instant run-off",
            "Rank once: the weakest drop out in turn until one has more than half.",
            "It may drop a compromise that most people could live with, but few put first.",
        ),
        "minneapolis-irv": Told(
            "Instant run-off as in Minneapolis",
            "Instant run-off in which all who can't win any more drop out together.",
            "It may drop a compromise, and its rounds are fewer than the plain way shows.",
        ),
        "burlington-irv": Told(
            "Instant run-off as in Burlington",
            "Instant run-off to the last two, as Burlington counted in 2009.",
            "It elected one there whom most ballots ranked below another.",
        ),
        "plurality": Told(
            "The most first choices",
            "The shortest count there is: whoever has most first choices wins.",
            "Two alike take votes from each other, and the third wins with a minority.",
        ),
        "approval": Told(
            "Approval",
            "Tick everybody you could live with: the most ticks win, quick to vote and to count.",
            "It can't say whom you prefer, and a majority may take every place.",
        ),
        "schulze": Told("Pairs, Schulze's way", _PAIRS, _CIRCLE),
        "schulze-margins": Told("Pairs, Schulze's way by margins", _PAIRS, _CIRCLE),
        "ranked-pairs": Told("Pairs, the clearest first", _PAIRS, _CIRCLE),
        "ranked-pairs-margins": Told("Pairs, the clearest first by margins", _PAIRS, _CIRCLE),
        "minimax": Told(
            "Pairs, the smallest defeat", _PAIRS, "In a circle it may elect one who loses most."
        ),
        "minimax-margins": Told(
            "Pairs, the smallest defeat by margins",
            _PAIRS,
            "In a circle it may elect one who loses most.",
        ),
        "condorcet-irv": Told(
            "Pairs, then run-off",
            "Whoever wins every pair wins; in a circle the instant run-off decides.",
            "Two rules have to be explained instead of one.",
        ),
        "benham": Told(
            "Run-off until one wins every pair",
            "The weakest drop out until one of the rest wins every pair.",
            "It asks for a table of pairs after every round.",
        ),
        "tideman-alternative": Told(
            "Run-off among the best set",
            "Run-off in which only those stay whom nobody outside beats.",
            "Hard to tell in a meeting.",
        ),
        "smith": Told(
            "The set that beats all others",
            "To see who is in question at all before the meeting talks on.",
            "It may leave several winners, and chooses none of them.",
        ),
        "schwartz": Told(
            "The set that nobody outside beats",
            "As the set that beats all others, where ties are frequent.",
            "It may leave several winners, and chooses none of them.",
        ),
        "scottish-stv": Told(
            "Single transferable vote",
            f"{_STV} Counted as Scotland counts its councils.",
            "With fewer than three places there is little to share out.",
        ),
        "meek": Told(
            "Single transferable vote, Meek's way",
            "The fairest transfers: each ballot keeps only what its candidates need.",
            "It is counted by a program; by hand nobody can follow it.",
        ),
        "exact-stv": Told(
            "Single transferable vote in fractions",
            f"{_STV} Nothing is lost to rounding.",
            "Its figures are long fractions.",
        ),
        "wigm-stv": Told(
            "Single transferable vote, reference rule",
            f"{_STV} Counted by the reference of the PR Foundation.",
            "No public body counts by it.",
        ),
        "albany-stv": Told(
            "Single transferable vote as in Albany",
            f"{_STV} The quota falls as ballots run out.",
            "The falling quota makes the rounds harder to check by hand.",
        ),
        "rctab-stv": Told(
            "Single transferable vote, whole quota",
            f"{_STV} As the program RCTab counts it.",
            "It loses a little to rounding in every round.",
        ),
        "rctab-stv-fraction": Told(
            "Single transferable vote, fractional quota",
            f"{_STV} As the program RCTab counts it with fractions.",
            "It loses a little to rounding in every round.",
        ),
        "sequential-phragmen": Told(
            "Shares from ticks, Phragmén's way",
            "Ticks instead of ranks, and still each group gets its share of the places.",
            "It can't say whom you prefer among those you tick.",
        ),
        "sequential-pav": Told(
            "Shares from ticks, seat by seat",
            "Each further one of yours counts for less, so that others get their turn.",
            "A large group gets a little more than its share.",
        ),
        "equal-shares": Told(
            "Equal shares",
            "Every voter has the same budget, and groups spend theirs on whom they share.",
            "The last places may go by another rule, when no group can pay for them.",
        ),
        "score": Told(
            "Points",
            "Give points to each: the most points win, and how much you care counts.",
            "Whoever gives only the most and the least points counts for more.",
        ),
        "majority-judgment": Told(
            "Grades, the middle one counts",
            "Give each a grade in words; the grade in the middle of all decides.",
            "One whom most prefer may lose by a middle grade.",
        ),
    }
)
"""Short name of a way of counting to its words."""
