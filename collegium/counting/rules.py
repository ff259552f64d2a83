"""Every rule by its name and version, and reading a rule document."""

from types import MappingProxyType
from typing import TypeAlias

import msgspec

from collegium.counting.approval import Approval
from collegium.counting.condorcet_irv import CondorcetIrv
from collegium.counting.debian import DebianA6
from collegium.counting.divisors import Divisors
from collegium.counting.equal_shares import EqualShares
from collegium.counting.equal_shares_budget import EqualSharesBudget
from collegium.counting.grouped_approval import GroupedApproval
from collegium.counting.grouped_stv import GroupedStv
from collegium.counting.irv import Irv
from collegium.counting.majority import Majority
from collegium.counting.majority_judgment import MajorityJudgment
from collegium.counting.meek import Meek
from collegium.counting.minimax import Minimax
from collegium.counting.outcome import RuleDocument
from collegium.counting.pav import Pav
from collegium.counting.phragmen import SequentialPhragmen
from collegium.counting.plurality import Plurality
from collegium.counting.ranked_pairs import RankedPairs
from collegium.counting.remainders import Remainders
from collegium.counting.schulze import Schulze
from collegium.counting.score import Score
from collegium.counting.sequential_pav import SequentialPav
from collegium.counting.stv import Stv
from collegium.counting.top_sets import TopSet

AnyRule: TypeAlias = (
    Approval
    | CondorcetIrv
    | DebianA6
    | Divisors
    | EqualShares
    | EqualSharesBudget
    | GroupedApproval
    | GroupedStv
    | Irv
    | Majority
    | MajorityJudgment
    | Meek
    | Minimax
    | Pav
    | Plurality
    | RankedPairs
    | Remainders
    | Schulze
    | Score
    | SequentialPav
    | SequentialPhragmen
    | Stv
    | TopSet
)
"""Any rule document, as a type that msgspec reads: its field `rule` says which."""

RULES: MappingProxyType[str, type[RuleDocument]] = MappingProxyType(
    {
        "approval/1": Approval,
        "condorcet-irv/1": CondorcetIrv,
        "debian-a6/1": DebianA6,
        "divisors/1": Divisors,
        "equal-shares-budget/1": EqualSharesBudget,
        "equal-shares/1": EqualShares,
        "grouped-approval/1": GroupedApproval,
        "grouped-stv/1": GroupedStv,
        "irv/1": Irv,
        "majority-judgment/1": MajorityJudgment,
        "majority/1": Majority,
        "meek/1": Meek,
        "minimax/1": Minimax,
        "pav/1": Pav,
        "plurality/1": Plurality,
        "ranked-pairs/1": RankedPairs,
        "remainders/1": Remainders,
        "schulze/1": Schulze,
        "score/1": Score,
        "sequential-pav/1": SequentialPav,
        "sequential-phragmen/1": SequentialPhragmen,
        "stv/1": Stv,
        "top-set/1": TopSet,
    }
)
"""Name and version to the document's type. A version that was released stays for ever."""

_decoder: msgspec.json.Decoder[AnyRule] = msgspec.json.Decoder(AnyRule)


def read_rule(data: bytes) -> AnyRule:
    """The rule that canonical bytes spell (`RuleDocument.document`).

    Raises:
        ValueError: An unknown rule, parameters out of bounds, or not canonical JSON.
    """
    try:
        rule = _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"expected a rule document: {error}") from error
    if rule.document() != data:
        raise ValueError("expected a rule document in canonical JSON: sorted keys, no spaces")
    return rule
