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
from collegium.parts.decisions import acts as decisions
from collegium.parts.decisions import rules as deciding
from collegium.parts.deliberation import acts as deliberation
from collegium.parts.deliberation import rules as deliberating
from collegium.parts.organisation import acts as organisation
from collegium.parts.organisation import rules as organising
from collegium.record.act import Proof
from collegium.secretariat import effects, warrants
from collegium.secretariat.line import Effect, Joint, Line, Readers, Rule, Sealed

MEMBERS: Readers = "members"


def _line(  # noqa: PLR0913 - a row of a table, with its columns by name
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
REASONS = {"reasons": Sealed("members")}
NAME = {
    "name": Sealed("members", needed=False, opened_by="names.readers"),
    "details": Sealed("subject", needed=False),
}

_ORGANISATION = (
    _line(
        "organisation.found-organisation/1",
        organisation.FoundOrganisation,
        organising.may_found,
        proof="key",
        sealed={
            "name": Sealed("public"),
            "founders": Sealed("members", needed=False, opened_by="names.readers"),
        },
    ),
    _line(
        "organisation.consent-to-founding/1",
        organisation.ConsentToFounding,
        organising.may_consent,
        proof="key",
    ),
    _line(
        "organisation.admit-member/1",
        organisation.AdmitMember,
        organising.may_admit,
        joint=Joint(warrants.its_body, warrants.its_member),
        sealed=NAME,
        importable=True,
    ),
    _line(
        "organisation.admit-roll/1",
        organisation.AdmitRoll,
        organising.may_admit_roll,
        joint=Joint(warrants.its_body, warrants.its_members),
        sealed={"roll": Sealed("body", needed=False)},
        importable=True,
    ),
    _line(
        "organisation.transfer-member/1",
        organisation.TransferMember,
        organising.may_transfer,
        joint=Joint(warrants.its_destination, warrants.its_member),
        importable=True,
    ),
    _line(
        "organisation.change-standing/1",
        organisation.ChangeStanding,
        organising.may_change_standing,
        joint=Joint(warrants.its_members_branch, warrants.its_member),
        importable=True,
    ),
    _line(
        "organisation.leave-organisation/1",
        organisation.LeaveOrganisation,
        organising.may_leave,
        importable=True,
    ),
    _line(
        "organisation.end-membership/1",
        organisation.EndMembership,
        organising.may_end_membership,
        joint=Joint(
            warrants.its_members_branch, warrants.its_member, wait="members.ending_wait_days"
        ),
        importable=True,
    ),
    _line(
        "organisation.register-key/1",
        organisation.RegisterKey,
        organising.may_register_key,
        proof="key",
    ),
    _line(
        "organisation.vouch-key/1",
        organisation.VouchKey,
        organising.may_vouch_key,
        joint=Joint(warrants.its_members_branch, warrants.its_member, wait="keys.vouch_wait_days"),
    ),
    _line(
        "organisation.revoke-key/1",
        organisation.RevokeKey,
        organising.may_revoke_key,
        proof="key",
    ),
    _line(
        "organisation.end-key/1",
        organisation.EndKey,
        organising.may_end_key,
        joint=Joint(warrants.its_members_branch, warrants.its_member),
    ),
    _line(
        "organisation.create-body/1",
        organisation.CreateBody,
        organising.may_create_body,
        joint=Joint(warrants.its_parent, warrants.nobody),
        sealed={"name": Sealed("members")},
        importable=True,
    ),
    _line(
        "organisation.dissolve-body/1",
        organisation.DissolveBody,
        organising.may_dissolve_body,
        joint=Joint(warrants.its_bodys_parent, warrants.nobody),
        importable=True,
    ),
    _line(
        "organisation.create-post/1",
        organisation.CreatePost,
        organising.may_create_post,
        joint=Joint(warrants.its_bodys_parent, warrants.nobody),
        sealed={"title": Sealed("members")},
        importable=True,
    ),
    _line(
        "organisation.fill-post/1",
        organisation.FillPost,
        organising.may_fill_post,
        joint=Joint(warrants.its_posts_parent, warrants.its_member),
        importable=True,
    ),
    _line(
        "organisation.leave-post/1",
        organisation.LeavePost,
        organising.may_leave_post,
        importable=True,
    ),
    _line(
        "organisation.vacate-post/1",
        organisation.VacatePost,
        organising.may_vacate_post,
        joint=Joint(warrants.its_posts_parent, warrants.its_holder),
        importable=True,
    ),
    _line(
        "organisation.amend-rule-book/1",
        organisation.AmendRuleBook,
        organising.may_amend_rule_book,
        joint=Joint(warrants.the_root, warrants.nobody, wait="rule_book.wait_days"),
    ),
    _line(
        "organisation.close-import/1",
        organisation.CloseImport,
        organising.may_close_import,
        joint=Joint(warrants.the_root, warrants.nobody, wait=""),
    ),
    _line(
        "organisation.erase-payload/1",
        organisation.ErasePayload,
        organising.may_erase_payload,
        joint=Joint(warrants.the_root, warrants.nobody),
    ),
)

_DELIBERATION = (
    _line(
        "deliberation.open-question/1",
        deliberation.OpenQuestion,
        deliberating.may_open_question,
        sealed=TEXT,
        importable=True,
    ),
    _line(
        "deliberation.publish-proposal/1",
        deliberation.PublishProposal,
        deliberating.may_publish,
        sealed=TITLED,
        importable=True,
    ),
    _line(
        "deliberation.revise-proposal/1",
        deliberation.ReviseProposal,
        deliberating.may_revise,
        sealed=TITLED,
        importable=True,
    ),
    _line(
        "deliberation.withdraw-proposal/1",
        deliberation.WithdrawProposal,
        deliberating.may_withdraw_proposal,
        importable=True,
    ),
    _line(
        "deliberation.sign-proposal/1",
        deliberation.SignProposal,
        deliberating.may_sign,
        effect=effects.sign_proposal,
        importable=True,
    ),
    _line(
        "deliberation.withdraw-signature/1",
        deliberation.WithdrawSignature,
        deliberating.may_withdraw_signature,
        effect=effects.numbered("deliberation.withdraw-signature/1"),
        importable=True,
    ),
    _line(
        "deliberation.raise-objection/1",
        deliberation.RaiseObjection,
        deliberating.may_object,
        effect=effects.raise_objection,
        sealed=TEXT,
        importable=True,
    ),
    _line(
        "deliberation.answer-objection/1",
        deliberation.AnswerObjection,
        deliberating.may_answer,
        sealed=TEXT,
        importable=True,
    ),
)

_DECISIONS = (
    _line(
        "decisions.open-vote/1",
        decisions.OpenVote,
        deciding.may_open_vote,
        effect=effects.open_vote,
        sealed={
            "title": Sealed("members"),
            "option_titles": Sealed("members"),
            "note": Sealed("members", needed=False),
        },
        importable=True,
    ),
    _line(
        "decisions.cast-ballot/1",
        decisions.CastBallot,
        deciding.may_cast,
        effect=effects.cast_ballot,
        importable=True,
    ),
    _line(
        "decisions.count-in-ballots/1",
        decisions.CountInBallots,
        deciding.may_count_in,
        joint=Joint(warrants.its_votes_body, warrants.nobody),
        importable=True,
    ),
    _line("decisions.close-vote/1", decisions.CloseVote, deciding.may_close, importable=True),
    _line(
        "decisions.declare-outcome/1",
        decisions.DeclareOutcome,
        deciding.may_declare,
        effect=effects.declare_outcome,
        importable=True,
    ),
    _line(
        "decisions.reseat-body/1",
        decisions.ReseatBody,
        deciding.may_reseat,
        effect=effects.reseat_body,
    ),
)

_DEEDS = tuple(line for line in (*_ORGANISATION, *_DELIBERATION, *_DECISIONS) if line.joint)

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
    _line(
        "approvals.ask-approval/1",
        approvals.AskApproval[reduce(or_, DEED_TYPES.values())],  # type: ignore[misc] # a union made at run time
        approving.may_ask,
        effect=effects.ask_approval,
        sealed=REASONS,
    ),
    _line(
        "approvals.approve-deed/1",
        approvals.ApproveDeed,
        approving.may_approve,
        effect=effects.numbered("approvals.approve-deed/1"),
        proof="key",
        sealed=REASONS,
    ),
    _line(
        "approvals.refuse-deed/1",
        approvals.RefuseDeed,
        approving.may_refuse,
        effect=effects.numbered("approvals.refuse-deed/1"),
        proof="key",
        sealed=REASONS,
    ),
    _line(
        "approvals.withdraw-request/1",
        approvals.WithdrawRequest,
        approving.may_withdraw,
    ),
    _line(
        "approvals.enact-deed/1",
        approvals.EnactDeed,
        approving.may_enact,
        effect=effects.enact_deed,
    ),
)

LINES: tuple[Line, ...] = (*_ORGANISATION, *_APPROVALS, *_DELIBERATION, *_DECISIONS)
"""Everything that can be done."""

BY_KIND: dict[Kind, Line] = {line.kind: line for line in LINES}
