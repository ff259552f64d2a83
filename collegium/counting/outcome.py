"""What every rule document and every outcome has in common, whichever the rule."""

from functools import cache
from hashlib import sha256
from typing import Annotated, Any, Self, TypeAlias

import msgspec
from msgspec import Meta, Struct

from collegium.counting.ballot import WIDEST, check_options
from collegium.counting.profile import Profile

OptionCount: TypeAlias = Annotated[int, Meta(ge=1, le=WIDEST)]
OptionNumber: TypeAlias = Annotated[int, Meta(ge=1, le=WIDEST)]
"""Options are numbered from 1, as on the ballot."""
FirstOut: TypeAlias = Annotated[tuple[OptionNumber, ...], Meta(max_length=WIDEST)]
"""Options that are excluded as soon as they hold votes, ascending."""

_encoder = msgspec.json.Encoder(order="sorted")


class RuleDocument(Struct, frozen=True, forbid_unknown_fields=True, tag_field="rule"):
    """A rule of counting with every parameter stated: a name alone is not a rule.

    Each rule is a subclass whose tag is its name and version; what a version does is frozen
    on release.
    """

    def __post_init__(self) -> None:
        """Refuse values out of bounds, also where the document is made by hand and not read.

        Raises:
            ValueError: A parameter that no document can have.
        """
        for name, kind in _parameters(type(self)):
            try:
                msgspec.convert(msgspec.to_builtins(getattr(self, name)), type=kind)
            except msgspec.ValidationError as error:
                raise ValueError(f"expected another value for {name}: {error}") from error

    def document(self) -> bytes:
        """The rule as canonical JSON, for a protocol or a record."""
        return _encoder.encode(self)


@cache
def _parameters(rule: type[RuleDocument]) -> tuple[tuple[str, Any], ...]:
    """The names of a document's parameters, and what each may be."""
    return tuple((field.name, field.type) for field in msgspec.structs.fields(rule))


class Rule(RuleDocument, frozen=True, forbid_unknown_fields=True):
    """A rule for ranked ballots (`Profile`).

    Attributes:
        options: How many options stand on the ballot.
    """

    options: OptionCount

    def __post_init__(self) -> None:
        check_options(self.options)
        super().__post_init__()

    def count(self, profile: Profile) -> "Outcome":
        """The outcome of the ballots under this rule; `collegium.counting.count` asks it."""
        raise NotImplementedError


def check_first_out(first_out: FirstOut, options: int) -> None:
    """Refuse numbers that aren't on the ballot, and any order but the ballot's.

    Raises:
        ValueError: Other numbers, or one twice.
    """
    if list(first_out) != sorted(set(first_out) & set(range(1, options + 1))):
        raise ValueError(
            f"expected options 1 to {options}, ascending, to be excluded first, not {first_out}"
        )


class Outcome(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the ballots decided, with the figures that show it.

    A pure function of profile and rule: every copy, in any order of ballots, comes to the
    same bytes. Each rule adds its own figures.

    Attributes:
        ballots: Ballots counted.
        profile: The digest of the profile that was counted (`Profile.digest`).
        rule: The rule document by which it was counted.
        winners: Option numbers, ascending; several where the rule leaves a tie.
    """

    ballots: int
    profile: str
    rule: RuleDocument
    winners: tuple[int, ...]

    def canonical(self) -> bytes:
        """The outcome as canonical JSON: sorted keys, integers, no spaces."""
        return _encoder.encode(self)

    def digest(self) -> str:
        """SHA-256 of `canonical`, 64 hexadecimal digits."""
        return sha256(self.canonical()).hexdigest()

    @classmethod
    def read(cls, data: bytes) -> Self:
        """The outcome that canonical bytes spell; ask the outcome's own class.

        Raises:
            ValueError: No outcome of this class, or not in its canonical spelling.
        """
        try:
            outcome = msgspec.json.decode(data, type=cls)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ValueError(f"expected an outcome: {error}") from error
        if outcome.canonical() != data:
            raise ValueError("expected an outcome in canonical JSON: sorted keys, no spaces")
        return outcome
