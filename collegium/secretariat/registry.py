"""The one table of everything that can be done.

A kind that doesn't stand here can't be entered, and nothing stands here without a rule, an
effect, an authority, a least proof of identity and readers.
"""

from functools import reduce
from operator import or_
from typing import Any

import msgspec

from collegium.ids import Kind
from collegium.parts.approvals import acts as approvals
from collegium.parts.approvals import rules as approving
from collegium.parts.deliberation import acts as deliberation
from collegium.parts.deliberation import rules as deliberating
from collegium.parts.organisation import acts as organisation
from collegium.parts.organisation import rules as organising
from collegium.secretariat import effects, warrants
from collegium.secretariat.line import Joint, Line, Sealed
from collegium.secretariat.registry_decisions import DECISIONS
from collegium.secretariat.registry_rows import TEXT, TITLED, row

REASONS = {"reasons": Sealed("members")}
NAME = {
    "name": Sealed("members", needed=False, opened_by="names.readers"),
    "details": Sealed("subject", needed=False),
}

_ORGANISATION = (
    row(
        "organisation.found-organisation/1",
        organisation.FoundOrganisation,
        organising.may_found,
        proof="key",
        sealed={
            "name": Sealed("public"),
            "founders": Sealed("members", needed=False, opened_by="names.readers"),
        },
    ),
    row(
        "organisation.consent-to-founding/1",
        organisation.ConsentToFounding,
        organising.may_consent,
        proof="key",
    ),
    row(
        "organisation.admit-member/1",
        organisation.AdmitMember,
        organising.may_admit,
        joint=Joint(warrants.its_body, warrants.its_member),
        sealed=NAME,
        importable=True,
    ),
    row(
        "organisation.admit-roll/1",
        organisation.AdmitRoll,
        organising.may_admit_roll,
        joint=Joint(warrants.its_body, warrants.its_members),
        sealed={"roll": Sealed("body", needed=False)},
        importable=True,
    ),
    row(
        "organisation.transfer-member/1",
        organisation.TransferMember,
        organising.may_transfer,
        joint=Joint(warrants.its_destination, warrants.its_member),
        importable=True,
    ),
    row(
        "organisation.change-standing/1",
        organisation.ChangeStanding,
        organising.may_change_standing,
        joint=Joint(warrants.its_members_branch, warrants.its_member),
        importable=True,
    ),
    row(
        "organisation.leave-organisation/1",
        organisation.LeaveOrganisation,
        organising.may_leave,
        importable=True,
    ),
    row(
        "organisation.end-membership/1",
        organisation.EndMembership,
        organising.may_end_membership,
        joint=Joint(
            warrants.its_members_branch, warrants.its_member, wait="members.ending_wait_days"
        ),
        importable=True,
    ),
    row(
        "organisation.register-key/1",
        organisation.RegisterKey,
        organising.may_register_key,
        proof="key",
    ),
    row(
        "organisation.vouch-key/1",
        organisation.VouchKey,
        organising.may_vouch_key,
        joint=Joint(warrants.its_members_branch, warrants.its_member, wait="keys.vouch_wait_days"),
    ),
    row(
        "organisation.revoke-key/1",
        organisation.RevokeKey,
        organising.may_revoke_key,
        proof="key",
    ),
    row(
        "organisation.end-key/1",
        organisation.EndKey,
        organising.may_end_key,
        joint=Joint(warrants.its_members_branch, warrants.its_member),
    ),
    row(
        "organisation.create-body/1",
        organisation.CreateBody,
        organising.may_create_body,
        joint=Joint(warrants.its_parent, warrants.nobody),
        sealed={"name": Sealed("members")},
        importable=True,
    ),
    row(
        "organisation.dissolve-body/1",
        organisation.DissolveBody,
        organising.may_dissolve_body,
        joint=Joint(warrants.its_bodys_parent, warrants.nobody),
        importable=True,
    ),
    row(
        "organisation.create-post/1",
        organisation.CreatePost,
        organising.may_create_post,
        joint=Joint(warrants.its_bodys_parent, warrants.nobody),
        sealed={"title": Sealed("members")},
        importable=True,
    ),
    row(
        "organisation.fill-post/1",
        organisation.FillPost,
        organising.may_fill_post,
        joint=Joint(warrants.its_posts_parent, warrants.its_member),
        importable=True,
    ),
    row(
        "organisation.leave-post/1",
        organisation.LeavePost,
        organising.may_leave_post,
        importable=True,
    ),
    row(
        "organisation.vacate-post/1",
        organisation.VacatePost,
        organising.may_vacate_post,
        joint=Joint(warrants.its_posts_parent, warrants.its_holder),
        importable=True,
    ),
    row(
        "organisation.amend-rule-book/1",
        organisation.AmendRuleBook,
        organising.may_amend_rule_book,
        joint=Joint(warrants.the_root, warrants.nobody, wait="rule_book.wait_days"),
    ),
    row(
        "organisation.close-import/1",
        organisation.CloseImport,
        organising.may_close_import,
        joint=Joint(warrants.the_root, warrants.nobody, wait=""),
    ),
    row(
        "organisation.erase-payload/1",
        organisation.ErasePayload,
        organising.may_erase_payload,
        joint=Joint(warrants.the_root, warrants.nobody),
    ),
)

_DELIBERATION = (
    row(
        "deliberation.open-question/1",
        deliberation.OpenQuestion,
        deliberating.may_open_question,
        sealed=TEXT,
        importable=True,
    ),
    row(
        "deliberation.publish-proposal/1",
        deliberation.PublishProposal,
        deliberating.may_publish,
        sealed=TITLED,
        importable=True,
    ),
    row(
        "deliberation.revise-proposal/1",
        deliberation.ReviseProposal,
        deliberating.may_revise,
        sealed=TITLED,
        importable=True,
    ),
    row(
        "deliberation.withdraw-proposal/1",
        deliberation.WithdrawProposal,
        deliberating.may_withdraw_proposal,
        importable=True,
    ),
    row(
        "deliberation.sign-proposal/1",
        deliberation.SignProposal,
        deliberating.may_sign,
        effect=effects.sign_proposal,
        importable=True,
    ),
    row(
        "deliberation.withdraw-signature/1",
        deliberation.WithdrawSignature,
        deliberating.may_withdraw_signature,
        effect=effects.numbered("deliberation.withdraw-signature/1"),
        importable=True,
    ),
    row(
        "deliberation.raise-objection/1",
        deliberation.RaiseObjection,
        deliberating.may_object,
        effect=effects.raise_objection,
        sealed=TEXT,
        importable=True,
    ),
    row(
        "deliberation.answer-objection/1",
        deliberation.AnswerObjection,
        deliberating.may_answer,
        sealed=TEXT,
        importable=True,
    ),
)

_DEEDS = tuple(line for line in (*_ORGANISATION, *_DELIBERATION, *DECISIONS) if line.joint)

DEED_TYPES: dict[Kind, Any] = {
    line.kind: msgspec.defstruct(
        f"{line.struct.__name__}Deed",
        [("body", line.struct)],
        tag=line.kind,
        tag_field="kind",
        frozen=True,
        forbid_unknown_fields=True,
    )
    for line in _DEEDS
}
"""For each kind that needs joint approval, how it stands in a request."""

_APPROVALS = (
    row(
        "approvals.ask-approval/1",
        approvals.AskApproval[reduce(or_, DEED_TYPES.values())],  # type: ignore[misc] # a union made at run time
        approving.may_ask,
        effect=effects.ask_approval,
        sealed=REASONS,
    ),
    row(
        "approvals.approve-deed/1",
        approvals.ApproveDeed,
        approving.may_approve,
        effect=effects.numbered("approvals.approve-deed/1"),
        proof="key",
        sealed=REASONS,
    ),
    row(
        "approvals.refuse-deed/1",
        approvals.RefuseDeed,
        approving.may_refuse,
        effect=effects.numbered("approvals.refuse-deed/1"),
        proof="key",
        sealed=REASONS,
    ),
    row(
        "approvals.withdraw-request/1",
        approvals.WithdrawRequest,
        approving.may_withdraw,
    ),
    row(
        "approvals.enact-deed/1",
        approvals.EnactDeed,
        approving.may_enact,
        effect=effects.enact_deed,
    ),
)

LINES: tuple[Line, ...] = (*_ORGANISATION, *_APPROVALS, *_DELIBERATION, *DECISIONS)
"""Everything that can be done."""

BY_KIND: dict[Kind, Line] = {line.kind: line for line in LINES}
