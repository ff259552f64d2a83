"""The registry's rows about votes and ballots."""

from collegium.parts.decisions import acts as decisions
from collegium.parts.decisions import rules as deciding
from collegium.parts.decisions import rules_opening as opening
from collegium.parts.decisions import rules_outcomes as concluding
from collegium.parts.decisions import rules_tellers as telling
from collegium.secretariat import effects, warrants
from collegium.secretariat.line import Joint, Sealed
from collegium.secretariat.registry_rows import TEXT, row

DECISIONS = (
    row(
        "decisions.open-vote/1",
        decisions.OpenVote,
        opening.may_open_vote,
        effect=effects.open_vote,
        sealed={
            "title": Sealed("members"),
            "option_titles": Sealed("members"),
            "note": Sealed("members", needed=False),
        },
        importable=True,
    ),
    row(
        "decisions.cast-ballot/1",
        decisions.CastBallot,
        deciding.may_cast,
        effect=effects.cast_ballot,
        importable=True,
    ),
    row(
        "decisions.cast-card/1",
        decisions.CastCard,
        deciding.may_cast_card,
        effect=effects.numbered("decisions.cast-card/1"),
    ),
    row(
        "decisions.give-proxy/1",
        decisions.GiveProxy,
        deciding.may_give_proxy,
        effect=effects.give_proxy,
    ),
    row(
        "decisions.cast-by-proxy/1",
        decisions.CastByProxy,
        deciding.may_cast_by_proxy,
        effect=effects.cast_by_proxy,
    ),
    row(
        "decisions.count-in-ballots/1",
        decisions.CountInBallots,
        telling.may_count_in,
        joint=Joint(warrants.its_votes_body, warrants.nobody),
        importable=True,
    ),
    row(
        "decisions.enter-hands/1",
        decisions.EnterHands,
        telling.may_enter_hands,
        effect=effects.numbered("decisions.enter-hands/1"),
    ),
    row(
        "decisions.enter-roll-call/1",
        decisions.EnterRollCall,
        telling.may_enter_roll_call,
        effect=effects.enter_roll_call,
    ),
    row(
        "decisions.close-vote/1",
        decisions.CloseVote,
        concluding.may_close,
        effect=effects.close_vote,
        importable=True,
    ),
    row(
        "decisions.declare-outcome/1",
        decisions.DeclareOutcome,
        concluding.may_declare,
        effect=effects.declare_outcome,
        importable=True,
    ),
    row(
        "decisions.certify-outcome/1",
        decisions.CertifyOutcome,
        concluding.may_certify,
        effect=effects.certify_outcome,
        proof="key",
    ),
    row(
        "decisions.refuse-outcome/1",
        decisions.RefuseOutcome,
        concluding.may_refuse_outcome,
        effect=effects.numbered("decisions.refuse-outcome/1"),
        proof="key",
        sealed=TEXT,
    ),
    row(
        "decisions.contest-outcome/1",
        decisions.ContestOutcome,
        concluding.may_contest,
        sealed=TEXT,
    ),
    row(
        "decisions.answer-contest/1",
        decisions.AnswerContest,
        concluding.may_answer_contest,
        sealed=TEXT,
    ),
    row(
        "decisions.annul-outcome/1",
        decisions.AnnulOutcome,
        concluding.may_annul,
        joint=Joint(warrants.its_votes_body, warrants.its_votes_candidates),
    ),
    row(
        "decisions.reseat-body/1",
        decisions.ReseatBody,
        concluding.may_reseat,
        effect=effects.reseat_body,
    ),
)
"""Everything that can be done about votes and ballots."""
