"""Reading any outcome back from its canonical bytes, whichever its rule."""

from types import MappingProxyType

import msgspec
from msgspec import Struct

from collegium.counting.comparisons import ComparedOutcome
from collegium.counting.debian import DebianOutcome
from collegium.counting.grouped_approval import GroupedOutcome
from collegium.counting.outcome import Outcome
from collegium.counting.pav import PavOutcome
from collegium.counting.ranked_pairs import RankedPairsOutcome
from collegium.counting.schulze import SchulzeOutcome
from collegium.counting.seats import SeatsOutcome
from collegium.counting.stages import StagedOutcome

_OWN: MappingProxyType[str, type[Outcome]] = MappingProxyType(
    {
        "condorcet-irv/1": ComparedOutcome,
        "debian-a6/1": DebianOutcome,
        "divisors/1": SeatsOutcome,
        "grouped-approval/1": GroupedOutcome,
        "grouped-stv/1": GroupedOutcome,
        "minimax/1": ComparedOutcome,
        "pav/1": PavOutcome,
        "ranked-pairs/1": RankedPairsOutcome,
        "remainders/1": SeatsOutcome,
        "schulze/1": SchulzeOutcome,
        "top-set/1": ComparedOutcome,
    }
)
"""Rules whose outcomes have figures of their own; the others' are stage by stage."""


class _Named(Struct):
    rule: str


class _Headed(Struct):
    rule: _Named


def read_outcome(data: bytes) -> Outcome:
    """The outcome that canonical bytes spell (`Outcome.canonical`).

    Raises:
        ValueError: No outcome, or not in its canonical spelling.

    Example:
        >>> from collegium.counting import Profile, Schulze, count
        >>> counted = count(Profile(2, {"12": 1}), Schulze(options=2, strength="margins"))
        >>> read_outcome(counted.canonical()) == counted
        True
    """
    try:
        name = msgspec.json.decode(data, type=_Headed).rule.rule
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"expected an outcome: {error}") from error
    return _OWN.get(name, StagedOutcome).read(data)
