"""An act, as a member performs and signs it, and its entry, as it stands in the record."""

from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta, Raw, Struct

from collegium.ids import Kind, Moment, Origin
from collegium.record.canonical import NotCanonicalError, encode
from collegium.record.fields import (
    ActName,
    CommitmentText,
    FieldName,
    HashText,
    MemberName,
    MomentText,
)

LONGEST_ENTRY = 16 * 1024
"""Bytes; longer things are sealed payloads. C2SP tlog-tiles would allow 65,535."""

Proof: TypeAlias = Literal["session", "key", "passkey", "import", "demo"]
"""How the actor was known when the act was accepted."""

EMPTY_ROOT_TEXT = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
"""Base64 of the root of a log without entries: SHA-256 of nothing (RFC 6962, 2.1)."""


class Act(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """What somebody does; all that the actor signs.

    Attributes:
        actor: Who acts.
        base: Size and root (base64) of the record as the actor had seen it; `(0,
            EMPTY_ROOT_TEXT)` where they had seen none. Stops replay into a fork.
        body: The deed's fields, canonical JSON; their struct stands in the registry.
        id: A ULID chosen by the actor's program; the same act sent twice is one act.
        kind: `part.deed/version`.
        sealed: Field name to commitment of a payload that is kept beside the record.
    """

    actor: MemberName
    base: tuple[Annotated[int, Meta(ge=0, le=2**53 - 1)], HashText]
    body: Raw
    id: ActName
    kind: Annotated[Kind, Meta(max_length=64)]
    sealed: Annotated[dict[FieldName, CommitmentText], Meta(max_length=64)]


class By(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """How the door knew that the actor acts.

    Attributes:
        how: The kind of proof.
        key: The member's public key (`ed25519:…`); empty unless `how` is key or passkey.
        sig: `ed25519:…` (64 bytes) or `sshsig:…` (an SSH signature blob), both base64, over
            `signed_text`; empty unless `how` is key or passkey.
    """

    how: Proof
    key: Annotated[str, Meta(max_length=256)]
    sig: Annotated[str, Meta(max_length=4096)]


class Entry(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """An act as the record keeps it: the door adds only `at` and `by`."""

    act: Act
    at: MomentText
    by: By
    v: Literal[1]


_entries = msgspec.json.Decoder(Entry)
_acts = msgspec.json.Decoder(Act)

# Three structs whose fields are declared in alphabetical order needn't be sorted: this spells
# them as `canonical.encode` does, a fifth faster. (gc=False: nothing in them leads back to them.)
_spelt = msgspec.json.Encoder(order="deterministic").encode


def read_entry(data: bytes) -> Entry:
    """The entry that canonical bytes spell; its body is still unread (`Act.body`).

    The body's own spelling is the reader's to check, who knows its struct: whoever has none
    uses `canonical.decode` on the whole entry.

    Raises:
        NotCanonicalError: No entry, longer than `LONGEST_ENTRY`, or not canonical.
    """
    if len(data) > LONGEST_ENTRY:
        raise NotCanonicalError(f"expected at most {LONGEST_ENTRY} bytes, not {len(data)}")
    try:
        entry = _entries.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotCanonicalError(f"expected an entry: {error}") from error
    if _spelt(entry) != data:
        raise NotCanonicalError("expected canonical JSON: sorted keys, no spaces, plain escapes")
    return entry


def read_act(data: bytes) -> Act:
    """The act that canonical bytes spell, for example one signed on another machine.

    Raises:
        NotCanonicalError: No act, or not canonical.
    """
    try:
        act = _acts.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotCanonicalError(f"expected an act: {error}") from error
    if encode(act) != data:
        raise NotCanonicalError("expected canonical JSON: sorted keys, no spaces, plain escapes")
    return act


def signed_text(origin: Origin, act: Act) -> bytes:
    """What a member signs: the format, the log and the act, and no time of the server's.

    The first entry's act is signed with the origin `founding`, since the log has no name
    before it (`origin_of`).
    """
    return b"collegium-act/1\n" + origin.encode() + b"\n" + encode(act)


FOUNDING = Origin("founding")
"""What stands for the log's name in the first entry's signed text."""


def origin_of(domain: str, first_leaf: bytes) -> Origin:
    """A log's name: its domain and half of its first entry's leaf hash, in hexadecimal.

    Whoever wanted two logs of one name would need a collision of 128 bits.
    """
    return Origin(f"{domain}/{first_leaf.hex()[:32]}")


def judged_at(entry: Entry, happened_at: str) -> Moment:
    """The moment by which an act is judged and dated: an imported one's own, else the entry's."""
    return Moment(happened_at) if entry.by.how == "import" else entry.at
