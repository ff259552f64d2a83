"""How a row of the registry is written."""

from typing import Any

import msgspec

from collegium.ids import Kind
from collegium.record.act import Proof
from collegium.secretariat import effects
from collegium.secretariat.line import Effect, Joint, Line, Readers, Rule, Sealed

MEMBERS: Readers = "members"


def row(  # noqa: PLR0913 - a row of a table, with its columns by name
    kind: str,
    struct: Any,
    rule: Rule,
    *,
    effect: Effect | None = None,
    joint: Joint | None = None,
    proof: Proof = "session",
    readers: Readers = MEMBERS,
    sealed: dict[str, Sealed] | None = None,
    importable: bool = False,
) -> Line:
    """A line of the registry; the effect is its part's own of the same name if none is given."""
    return Line(
        kind=Kind(kind),
        struct=struct,
        rule=rule,
        effect=effect or effects.plain(kind),
        joint=joint,
        proof=proof,
        readers=readers,
        sealed=sealed or {},
        decoder=msgspec.json.Decoder(struct),
        importable=importable,
    )


TEXT = {"text": Sealed("members")}
TITLED = {"title": Sealed("members"), "text": Sealed("members")}
