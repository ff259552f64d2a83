"""Playing the story: an election on paper, a show of hands, a vote by approval."""

import json
from functools import partial

from collegium.datasets.cooperative.stage import Stage
from collegium.datasets.cooperative.story import ContestSpec, CountSpec
from collegium.datasets.cooperative.voting import QUORUM, YESTERDAY, plan_ballots, stated
from collegium.ids import ActId, MemberId, VoteId
from collegium.parts.decisions.acts import (
    ALL_MEMBERS,
    BY_BALLOT,
    AnswerContest,
    CertifyOutcome,
    CloseVote,
    Commission,
    ContestOutcome,
    CountedBallots,
    CountInBallots,
    Counting,
    DeclareOutcome,
    Electorate,
    EnterHands,
    Manner,
    OpenVote,
    Option,
)
from collegium.parts.organisation.clauses import CLAUSES
from collegium.secretariat import chance

_SITTING = Electorate(bodies=(), count=0, joined_by="", kind="sitting", level=0, members=())
_MINUTES = 1 / 288  # five of them, in days
_PAPER_DAYS = int(CLAUSES["decisions.paper_days"].small)
_ANY = 35  # ranks that may be left out


def plan_counts(stage: Stage) -> None:
    """Each vote from its opening to its outcome and what was said against it."""
    for spec in stage.story.counts:
        name = VoteId(chance.act_id(stage.chronicle.moment(spec.opened)))
        plan = stage.chronicle.plan
        plan(spec.opened, partial(_open, stage, spec, name))
        plan_ballots(stage, name, spec.opened, max(spec.closes, YESTERDAY), spec.ballots)
        for teller in spec.tellers:
            plan(spec.opened, partial(_hands, stage, spec, name, teller), later=_MINUTES)
        if spec.paper:
            plan(spec.closes, partial(_count_in, stage, spec, name), later=2 * _MINUTES)
        if spec.closes > 0:
            awaited = _PAPER_DAYS if spec.paper else 0
            plan(spec.closes, partial(_finish, stage, spec, name), later=awaited + 2 * _MINUTES)
        if spec.contest:
            plan(spec.contest.at, partial(_contest, stage, spec.contest, name))
            plan(spec.contest.answered, partial(_answer, stage, spec.contest, name))


def _open(stage: Stage, spec: CountSpec, name: VoteId) -> None:
    election = spec.purpose == "election"
    body = OpenVote(
        body=stage.root,
        closes=stage.chronicle.moment(spec.closes),
        commission=Commission(_members(stage, spec.commission), len(spec.certified)),
        counting=_counting(spec),
        default=spec.default,
        electorate=_SITTING if spec.electorate == "sitting" else ALL_MEMBERS,
        happened_at="",
        manner=Manner((), "hands", _members(stage, spec.tellers)) if spec.tellers else BY_BALLOT,
        options=tuple(_option(stage, one, election=election) for one in spec.options),
        purpose=spec.purpose,
        question="",
        quorum=QUORUM,
        reference="",
        secret=election,
    )
    texts = {"title": spec.title, "option_titles": json.dumps(spec.options, ensure_ascii=False)}
    if spec.note:
        texts["note"] = spec.note
    stage.chronicle.act(spec.by, body, texts, name=ActId(name))


def _counting(spec: CountSpec) -> Counting:
    return Counting(
        base=spec.base,
        equal="stop",
        levels=0,
        method=spec.method,
        seats=spec.seats,
        share=spec.share,
        skips=_ANY,
    )


def _option(stage: Stage, title: str, *, election: bool) -> Option:
    members = (stage.member(title),) if election else ()
    return Option(majority=(1, 1), members=members, proposal="", version=0)


def _members(stage: Stage, names: tuple[str, ...]) -> tuple[MemberId, ...]:
    return tuple(stage.member(name) for name in names)


def _rows(ballots: dict[str, int]) -> tuple[CountedBallots, ...]:
    return tuple(CountedBallots(count=many, marks=marks) for marks, many in ballots.items())


def _hands(stage: Stage, spec: CountSpec, name: VoteId, teller: str) -> None:
    present = sum(spec.hands.values())
    hands = EnterHands(ballots=_rows(spec.hands), happened_at="", present=present, vote=name)
    stage.chronicle.act(teller, hands)


def _count_in(stage: Stage, spec: CountSpec, name: VoteId) -> None:
    box = CountInBallots(ballots=_rows(spec.paper), happened_at="", spoilt=spec.spoilt, vote=name)
    reasons = "We opened the box together and counted twice."
    stage.chronicle.jointly(stage.two(), box, {"reasons": reasons})


def _finish(stage: Stage, spec: CountSpec, name: VoteId) -> None:
    chronicle = stage.chronicle
    chronicle.act(spec.by, CloseVote(happened_at="", vote=name))
    for who in spec.certified:
        chronicle.act(who, stated(stage, name, CertifyOutcome))
    if not spec.certified:
        chronicle.act(spec.by, stated(stage, name, DeclareOutcome))


def _contest(stage: Stage, spec: ContestSpec, name: VoteId) -> None:
    stage.chronicle.act(spec.by, ContestOutcome(happened_at="", vote=name), {"text": spec.text})


def _answer(stage: Stage, spec: ContestSpec, name: VoteId) -> None:
    contest = next(iter(stage.chronicle.door.house.decisions.votes[name].contests))
    body = AnswerContest(contest=contest, happened_at="", vote=name)
    stage.chronicle.act(spec.answerer, body, {"text": spec.answer})
