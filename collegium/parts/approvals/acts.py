"""What can be done about a deed that nobody can do alone.

The whole deed stands in the request, so that whoever approves has read what will happen, and
its rule is asked again when it is enacted.
"""

from typing import Annotated, Generic, TypeVar

from msgspec import Meta, Struct

from collegium.record.fields import ApprovalName, BodyName, Happened, HashText, MemberName

D = TypeVar("D")
"""A deed: `{"kind": …, "body": …}` of a kind that needs joint approval; see the registry."""


class AskApproval(Struct, Generic[D], frozen=True, forbid_unknown_fields=True):
    """Somebody asks a body to approve a deed.

    Attributes:
        body: Whose members decide: the body that the deed is about, or one that contains it.
        concerns: Whom the deed is about; they get notice by standing here.
        deed: What is to be done.
    """

    body: BodyName
    concerns: Annotated[tuple[MemberName, ...], Meta(max_length=300)]
    deed: D
    happened_at: Happened


class ApproveDeed(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who sits in the body approves, with reasons, by their own key.

    Attributes:
        approval: The request.
        deed: SHA-256 (base64) of the deed as `deed_hash` says: what was read and approved.
    """

    approval: ApprovalName
    deed: HashText
    happened_at: Happened


class RefuseDeed(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who sits in the body refuses, with reasons; published whatever comes of it."""

    approval: ApprovalName
    deed: HashText
    happened_at: Happened


class WithdrawRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """Whoever asked asks no more."""

    approval: ApprovalName
    happened_at: Happened


class EnactDeed(Struct, frozen=True, forbid_unknown_fields=True):
    """The approved deed is done: any member may say so once enough have approved."""

    approval: ApprovalName
    happened_at: Happened
