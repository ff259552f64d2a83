"""Ballots to outcomes, exact and recountable by anyone; usable alone.

`Profile` (canonical ballot to weight) and a rule document go into `count`, an `Outcome` comes
out: integers only, no clock, no chance, no order of ballots. One file a rule.
"""

from collegium.counting.ballot import MOST_OPTIONS, check_ballot, dense_ballot
from collegium.counting.count import count
from collegium.counting.debian import DebianA6, DebianOutcome, Quorum, Ratio, developers_vote
from collegium.counting.outcome import Outcome, Rule
from collegium.counting.pairwise import Matrix, pairwise_matrix
from collegium.counting.profile import Profile
from collegium.counting.rules import RULES, AnyRule, read_rule
from collegium.counting.schulze import Schulze, SchulzeOutcome

__all__ = [
    "MOST_OPTIONS",
    "RULES",
    "AnyRule",
    "DebianA6",
    "DebianOutcome",
    "Matrix",
    "Outcome",
    "Profile",
    "Quorum",
    "Ratio",
    "Rule",
    "Schulze",
    "SchulzeOutcome",
    "check_ballot",
    "count",
    "dense_ballot",
    "developers_vote",
    "pairwise_matrix",
    "read_rule",
]
