"""The names by which things are told apart, as types of their own.

An object is named by the act that made it; a member by 128 random bits, so that a name
says nothing about the person, and two organisations can't join their rolls.
"""

from typing import NewType

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""The digits of Crockford's base 32, in which ULIDs are written."""

ActId = NewType("ActId", str)
"""26 characters of Crockford base 32 (a ULID), chosen by whoever performs the act."""

MemberId = NewType("MemberId", str)
"""`m:` and 22 characters of unpadded base64url: 128 random bits, one a member and log."""

BodyId = NewType("BodyId", str)
PostId = NewType("PostId", str)
ApprovalId = NewType("ApprovalId", str)
QuestionId = NewType("QuestionId", str)
ProposalId = NewType("ProposalId", str)
ObjectionId = NewType("ObjectionId", str)
VoteId = NewType("VoteId", str)

Kind = NewType("Kind", str)
"""`part.deed/version`, for example `deliberation.sign-proposal/1`."""

Moment = NewType("Moment", str)
"""UTC to the second, `2026-11-22T11:51:00Z`; compares as text in the order of time."""

Commitment = NewType("Commitment", str)
"""44 characters of base64: SHA-256 over a sealed payload (see `record.sealed`)."""

Key = NewType("Key", str)
"""`ed25519:` and 44 characters of base64: a member's or a log's public key."""

Origin = NewType("Origin", str)
"""A log's name: `<domain>/<first 32 hex digits of entry 0's leaf hash>`."""
