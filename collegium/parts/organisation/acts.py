"""What can be done about members, their keys, bodies, posts and the rule book.

Every act names in `happened_at` when it happened, if that isn't when it was entered; only
imported acts are judged by it.
"""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from collegium.record.fields import (
    ActName,
    BodyName,
    Choice,
    ClauseName,
    CommitmentText,
    Domain,
    Happened,
    KeyOrNone,
    KeyText,
    MemberName,
    MomentText,
    NewMember,
    PostName,
    Reference,
    Sha256HexOrNone,
    SignatureText,
)

BodyKind: TypeAlias = Literal["branch", "region", "committee", "workplace", "congress"]
Basis: TypeAlias = Literal["elected", "appointed", "co-opted", "lot"]
Standing: TypeAlias = Literal["good", "suspended"]
Changes: TypeAlias = Annotated[dict[ClauseName, Choice | bool | int], Meta(max_length=64)]


class Founder(Struct, frozen=True, forbid_unknown_fields=True):
    """A founder: the key signs the founding, or the consent to it."""

    key: KeyText
    member: NewMember


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """Where an imported past comes from; both empty where nothing is imported."""

    name: Reference
    sha256: Sha256HexOrNone


class FoundOrganisation(Struct, frozen=True, forbid_unknown_fields=True):
    """The first entry: who founds, under which rules, with which log key.

    Attributes:
        demo: Whether this is a demonstration for ever; nothing else allows demo acts.
        domain: The readable half of the log's name.
        founders: At least three, the actor first; the others consent by acts of their own.
        log_key: The public key that signs checkpoints.
        rule_book: Clauses that differ from their silent value.
        source: What will be imported; opens the import.
    """

    demo: bool
    domain: Domain
    founders: Annotated[tuple[Founder, ...], Meta(min_length=3, max_length=15)]
    happened_at: Happened
    log_key: KeyText
    rule_book: Changes
    source: Source


class ConsentToFounding(Struct, frozen=True, forbid_unknown_fields=True):
    """A founder's consent: the signed text names the log, and so the founding entry."""

    happened_at: Happened


class AdmitMember(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody becomes a member, of the organisation or one of its branches.

    Attributes:
        body: The branch; the organisation's first body where there are no branches.
        key: A key that approvers have seen to be this member's, or empty.
        member: The new member's random name.
    """

    body: BodyName
    happened_at: Happened
    key: KeyOrNone
    member: NewMember


class AdmitRoll(Struct, frozen=True, forbid_unknown_fields=True):
    """A whole roll becomes members at once, for example from a branch's old register."""

    body: BodyName
    happened_at: Happened
    members: Annotated[tuple[NewMember, ...], Meta(min_length=1, max_length=280)]


class TransferMember(Struct, frozen=True, forbid_unknown_fields=True):
    """A member's branch becomes another."""

    happened_at: Happened
    member: MemberName
    to: BodyName


class ChangeStanding(Struct, frozen=True, forbid_unknown_fields=True):
    """A member's rights are suspended or restored."""

    happened_at: Happened
    member: MemberName
    standing: Standing


class LeaveOrganisation(Struct, frozen=True, forbid_unknown_fields=True):
    """A member leaves, by their own will."""

    happened_at: Happened


class EndMembership(Struct, frozen=True, forbid_unknown_fields=True):
    """A membership is ended by others."""

    happened_at: Happened
    member: MemberName


class RegisterKey(Struct, frozen=True, forbid_unknown_fields=True):
    """A member adds a key of their own; the act is signed with one that is in force.

    Attributes:
        proof: The new key's signature over `new_key_text`.
    """

    happened_at: Happened
    key: KeyText
    proof: SignatureText


class VouchKey(Struct, frozen=True, forbid_unknown_fields=True):
    """Others attest that a key is a member's, who has none in force or lost theirs."""

    happened_at: Happened
    key: KeyText
    member: MemberName


class RevokeKey(Struct, frozen=True, forbid_unknown_fields=True):
    """A member ends a key of their own, signed with any of their keys in force."""

    happened_at: Happened
    key: KeyText


class EndKey(Struct, frozen=True, forbid_unknown_fields=True):
    """Others end a member's key, for example one that was lost or stolen."""

    happened_at: Happened
    key: KeyText
    member: MemberName


class CreateBody(Struct, frozen=True, forbid_unknown_fields=True):
    """A body comes to be: branch, region, committee, workplace or congress.

    Attributes:
        level: How far from the members: 0 a workplace or branch of members, 9 the farthest.
        parent: The body that it is part of.
    """

    happened_at: Happened
    kind: BodyKind
    level: Annotated[int, Meta(ge=0, le=9)]
    parent: BodyName


class DissolveBody(Struct, frozen=True, forbid_unknown_fields=True):
    """A body without members, bodies or holders of posts ends."""

    body: BodyName
    happened_at: Happened


class CreatePost(Struct, frozen=True, forbid_unknown_fields=True):
    """A body gets a post; its holder sits in that body."""

    body: BodyName
    happened_at: Happened


class FillPost(Struct, frozen=True, forbid_unknown_fields=True):
    """A member gets a post without an election.

    Attributes:
        until: The end of the term.
    """

    basis: Basis
    happened_at: Happened
    member: MemberName
    post: PostName
    until: MomentText


class LeavePost(Struct, frozen=True, forbid_unknown_fields=True):
    """A holder gives a post back."""

    happened_at: Happened
    post: PostName


class VacatePost(Struct, frozen=True, forbid_unknown_fields=True):
    """Others end a holder's term."""

    happened_at: Happened
    post: PostName


class AmendRuleBook(Struct, frozen=True, forbid_unknown_fields=True):
    """Clauses get new values."""

    changes: Annotated[dict[ClauseName, Choice | bool | int], Meta(min_length=1, max_length=64)]
    happened_at: Happened


class CloseImport(Struct, frozen=True, forbid_unknown_fields=True):
    """The import ends for ever: so many imported acts, and none after.

    Attributes:
        acts: How many imported acts stand in the record.
    """

    acts: Annotated[int, Meta(ge=0, le=2**53 - 1)]
    happened_at: Happened


class ErasePayload(Struct, frozen=True, forbid_unknown_fields=True):
    """A sealed payload's bytes go, here and in every copy; its commitment stays.

    Attributes:
        commitment: Which payload.
        entry: The act that sealed it.
    """

    commitment: CommitmentText
    entry: ActName
    happened_at: Happened
