"""Ballots to outcomes, exact and recountable by anyone; usable alone.

A profile (canonical ballot to weight) and a rule document go into `count`, an `Outcome` comes
out: integers and fractions only, no clock, no chance, no order of ballots. One file a rule.
Readers of ballot files are in `collegium.counting.files`, protocols in `.protocol`, methods by
name in `.methods`.
"""

from collegium.counting.approval import Approval
from collegium.counting.approvals import Approvals
from collegium.counting.ballot import (
    MOST_OPTIONS,
    WIDEST,
    ballot_of,
    check_ballot,
    dense_ballot,
    spelt,
)
from collegium.counting.comparisons import ComparedOutcome
from collegium.counting.condorcet_irv import CondorcetIrv
from collegium.counting.count import count, tied_outcomes
from collegium.counting.debian import DebianA6, DebianOutcome, Quorum, Ratio, developers_vote
from collegium.counting.divisors import Divisors, house_of_representatives
from collegium.counting.equal_shares import EqualShares
from collegium.counting.equal_shares_budget import EqualSharesBudget
from collegium.counting.grades import Grades
from collegium.counting.grouped_approval import GroupedApproval, GroupedOutcome
from collegium.counting.grouped_stv import GroupedStv
from collegium.counting.groups import GroupShare
from collegium.counting.irv import Irv, irv, minneapolis_irv
from collegium.counting.majority import Majority
from collegium.counting.majority_judgment import MajorityJudgment
from collegium.counting.meek import Meek, reference_meek
from collegium.counting.minimax import Minimax
from collegium.counting.outcome import Outcome, Rule, RuleDocument
from collegium.counting.pairwise import Matrix, pairwise_matrix
from collegium.counting.pav import Pav, PavOutcome
from collegium.counting.phragmen import SequentialPhragmen
from collegium.counting.plurality import Plurality
from collegium.counting.policy import BallotPolicy, ReadBallots, read_marks
from collegium.counting.profile import Profile
from collegium.counting.ranked_pairs import RankedPairs, RankedPairsOutcome
from collegium.counting.remainders import Remainders
from collegium.counting.rules import RULES, AnyRule, read_rule
from collegium.counting.schulze import Schulze, SchulzeOutcome
from collegium.counting.score import Score
from collegium.counting.seats import Claims, SeatsOutcome
from collegium.counting.sequential_pav import SequentialPav
from collegium.counting.stages import Stage, StagedOutcome, Transfer
from collegium.counting.stv import (
    Stv,
    albany_stv,
    exact_stv,
    rctab_stv,
    reference_wigm,
    scottish_stv,
)
from collegium.counting.ties import EARLIER_THEN_LOT, ONLY_LOT, Tie, Ties, UndecidedError
from collegium.counting.top_sets import TopSet

__all__ = [
    "EARLIER_THEN_LOT",
    "MOST_OPTIONS",
    "ONLY_LOT",
    "RULES",
    "WIDEST",
    "AnyRule",
    "Approval",
    "Approvals",
    "BallotPolicy",
    "Claims",
    "ComparedOutcome",
    "CondorcetIrv",
    "DebianA6",
    "DebianOutcome",
    "Divisors",
    "EqualShares",
    "EqualSharesBudget",
    "Grades",
    "GroupShare",
    "GroupedApproval",
    "GroupedOutcome",
    "GroupedStv",
    "Irv",
    "Majority",
    "MajorityJudgment",
    "Matrix",
    "Meek",
    "Minimax",
    "Outcome",
    "Pav",
    "PavOutcome",
    "Plurality",
    "Profile",
    "Quorum",
    "RankedPairs",
    "RankedPairsOutcome",
    "Ratio",
    "ReadBallots",
    "Remainders",
    "Rule",
    "RuleDocument",
    "Schulze",
    "SchulzeOutcome",
    "Score",
    "SeatsOutcome",
    "SequentialPav",
    "SequentialPhragmen",
    "Stage",
    "StagedOutcome",
    "Stv",
    "Tie",
    "Ties",
    "TopSet",
    "Transfer",
    "UndecidedError",
    "albany_stv",
    "ballot_of",
    "check_ballot",
    "count",
    "dense_ballot",
    "developers_vote",
    "exact_stv",
    "house_of_representatives",
    "irv",
    "minneapolis_irv",
    "pairwise_matrix",
    "rctab_stv",
    "read_marks",
    "read_rule",
    "reference_meek",
    "reference_wigm",
    "scottish_stv",
    "spelt",
    "tied_outcomes",
]
