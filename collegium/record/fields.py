"""Bounded field types, of which every act is made: no unbounded text ever enters a leaf.

References to things that exist are bounded by length alone, since a reference that names
nothing is refused; names of new things have a pattern.
"""

from typing import Annotated, TypeAlias

from msgspec import Meta

from collegium.ids import (
    ActId,
    ApprovalId,
    BodyId,
    Commitment,
    Key,
    MemberId,
    Moment,
    ObjectionId,
    PostId,
    ProposalId,
    QuestionId,
    VoteId,
)

_OBJECT = Meta(min_length=26, max_length=26)

ActName: TypeAlias = Annotated[ActId, _OBJECT]
ApprovalName: TypeAlias = Annotated[ApprovalId, _OBJECT]
BodyName: TypeAlias = Annotated[BodyId, _OBJECT]
PostName: TypeAlias = Annotated[PostId, Meta(min_length=26, max_length=30)]
"""A post's name; one made with others in one act has the place in it behind a point."""

QuestionName: TypeAlias = Annotated[QuestionId, _OBJECT]
ProposalName: TypeAlias = Annotated[ProposalId, _OBJECT]
ObjectionName: TypeAlias = Annotated[ObjectionId, _OBJECT]
VoteName: TypeAlias = Annotated[VoteId, _OBJECT]
MemberName: TypeAlias = Annotated[MemberId, Meta(min_length=24, max_length=24)]

NewMember: TypeAlias = Annotated[MemberId, Meta(pattern=r"^m:[A-Za-z0-9_-]{21}[AQgw]\Z")]
"""128 bits in unpadded base64url: 22 characters, of which the last carries two bits."""

HashText: TypeAlias = Annotated[str, Meta(min_length=44, max_length=44)]
CommitmentText: TypeAlias = Annotated[Commitment, Meta(min_length=44, max_length=44)]
MomentText: TypeAlias = Annotated[Moment, Meta(min_length=20, max_length=20)]

Happened: TypeAlias = Annotated[str, Meta(max_length=20)]
"""When it happened, if that isn't when it was entered: a moment, or empty."""

KeyText: TypeAlias = Annotated[Key, Meta(pattern=r"^ed25519:[A-Za-z0-9+/]{43}=\Z")]
KeyOrNone: TypeAlias = Annotated[str, Meta(pattern=r"^(ed25519:[A-Za-z0-9+/]{43}=)?\Z")]
SignatureText: TypeAlias = Annotated[
    str, Meta(pattern=r"^(ed25519|sshsig):[A-Za-z0-9+/]{1,4000}={0,2}\Z")
]

Reference: TypeAlias = Annotated[str, Meta(pattern=r"^[A-Za-z0-9.-]{0,32}\Z")]
"""A number in the organisation's own register, or empty."""

Sha256Hex: TypeAlias = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
Sha256HexOrNone: TypeAlias = Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?\Z")]
ClauseName: TypeAlias = Annotated[str, Meta(pattern=r"^[a-z][a-z_.]{0,47}\Z")]
Choice: TypeAlias = Annotated[str, Meta(pattern=r"^[a-z][a-z-]{0,31}\Z")]
Domain: TypeAlias = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9.-]{0,62}\Z")]
FieldName: TypeAlias = Annotated[str, Meta(pattern=r"^[a-z][a-z_]{0,30}\Z")]
