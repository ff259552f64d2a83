"""Every rule by its name and version, and reading a rule document."""

from types import MappingProxyType
from typing import TypeAlias

import msgspec

from collegium.counting.debian import DebianA6
from collegium.counting.outcome import Rule
from collegium.counting.schulze import Schulze

AnyRule: TypeAlias = DebianA6 | Schulze
"""Any rule document, as a type that msgspec reads: its field `rule` says which."""

RULES = MappingProxyType({"debian-a6/1": DebianA6, "schulze/1": Schulze})
"""Name and version to the document's type. A version that was released stays for ever."""

_decoder: msgspec.json.Decoder[AnyRule] = msgspec.json.Decoder(AnyRule)


def read_rule(data: bytes) -> Rule:
    """The rule that canonical bytes spell (`Rule.document`).

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
