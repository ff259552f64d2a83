"""Playing the story: votes with their ballots, and the election of a new committee."""

import json
from collections.abc import Callable
from functools import partial
from itertools import chain, repeat

from msgspec import Struct

from collegium.datasets.cooperative.stage import Stage
from collegium.datasets.cooperative.story import OptionSpec, ReseatSpec, VoteSpec
from collegium.ids import ActId, VoteId
from collegium.parts.decisions.acts import (
    ALL_MEMBERS,
    BY_BALLOT,
    DEBIAN,
    NO_COMMISSION,
    CastBallot,
    CloseVote,
    DeclareOutcome,
    OpenVote,
    Option,
    Quorum,
    ReseatBody,
)
from collegium.parts.decisions.tallying import winners_of
from collegium.secretariat import chance

NO_QUORUM = Quorum(den=1, kind="none", num=0)
QUORUM = Quorum(den=1, kind="percent", num=20)
"""What the rule book asks for since the members decided so."""

YESTERDAY = 1.75
_HOUR = 1 / 24
_VACANT = "Nobody yet"


def plan_votes(stage: Stage) -> None:
    """Every vote, from its opening to its outcome as far as the story goes."""
    for vote in stage.story.votes:
        name = VoteId(chance.act_id(stage.chronicle.moment(vote.opened)))
        stage.chronicle.plan(vote.opened, partial(_open, stage, vote, name))
        plan_ballots(stage, name, vote.opened, max(vote.closes, YESTERDAY), vote.ballots)
        if vote.closes > 0:
            stage.chronicle.plan(vote.closes, partial(_close, stage, vote.by, name), later=_HOUR)
    _plan_reseat(stage, stage.story.reseat)


def _open(stage: Stage, vote: VoteSpec, name: VoteId) -> None:
    options = tuple(_option(stage, option) for option in vote.options)
    titles = [_title(stage, option) for option in vote.options]
    percent = stage.chronicle.door.house.organisation.number_clause("decisions.quorum_percent")
    body = OpenVote(
        body=stage.root,
        closes=stage.chronicle.moment(vote.closes),
        commission=NO_COMMISSION,
        counting=DEBIAN,
        default=len(options),
        electorate=ALL_MEMBERS,
        happened_at="",
        manner=BY_BALLOT,
        options=options,
        purpose="resolution",
        question=stage.questions[vote.question - 1],
        quorum=QUORUM if percent else NO_QUORUM,
        reference="",
        secret=False,
    )
    texts = {"title": vote.title, "option_titles": json.dumps(titles)}
    if vote.note:
        texts["note"] = vote.note
    stage.chronicle.act(vote.by, body, texts, name=ActId(name))


def _option(stage: Stage, option: OptionSpec) -> Option:
    if not option.proposal:
        return Option(majority=option.majority, members=(), proposal="", version=0)
    name = stage.proposals[option.proposal]
    version = len(stage.chronicle.door.house.deliberation.proposals[name].versions)
    return Option(majority=option.majority, members=(), proposal=name, version=version)


def _title(stage: Stage, option: OptionSpec) -> str:
    if option.title:
        return option.title
    for question in stage.story.questions:
        for proposal in question.proposals:
            if proposal.key == option.proposal:
                return proposal.versions[-1].title if proposal.versions else proposal.title
    raise ValueError(f"expected the key of a proposal in the story, not {option.proposal!r}")


def plan_ballots(
    stage: Stage, vote: VoteId, opened: float, closes: float, ballots: dict[str, int]
) -> None:
    """They come in from the opening to shortly before the close, in no order of opinion."""
    cast = list(chain.from_iterable(repeat(ranks, many) for ranks, many in ballots.items()))
    cast = cast[::3] + cast[1::3] + cast[2::3]
    span = stage.chronicle.days_between(opened, closes)
    for place, ranks in enumerate(cast):
        later = span * (place + 0.5) / len(cast)
        stage.chronicle.plan(opened, partial(_cast, stage, vote, ranks), later=later)


def _cast(stage: Stage, vote: VoteId, ranks: str) -> None:
    house = stage.chronicle.door.house
    found = house.decisions.votes[vote]
    for player in stage.in_turn(f"vote {found.number}"):
        number = house.organisation.members[player.member].number
        if number in found.electors.numbers and number not in found.ballots:
            body = CastBallot(happened_at="", marks=ranks, vote=vote)
            stage.chronicle.act(player.name, body, signed=found.purpose == "reseat")
            return


def _close(stage: Stage, by: str, vote: VoteId) -> None:
    stage.chronicle.act(by, CloseVote(happened_at="", vote=vote))
    stage.chronicle.act(by, stated(stage, vote, DeclareOutcome))


def stated(stage: Stage, vote: VoteId, kind: Callable[..., Struct]) -> Struct:
    """What a closed vote's ballots come to, as an act that says so."""
    house = stage.chronicle.door.house
    outcome = house.tally(vote)
    return kind(
        ballots=outcome.ballots,
        happened_at="",
        outcome=outcome.digest(),
        profile=outcome.profile,
        vote=vote,
        winners=winners_of(house.decisions.votes[vote], outcome),
    )


def _plan_reseat(stage: Stage, reseat: ReseatSpec) -> None:
    plan = stage.chronicle.plan
    name = VoteId(chance.act_id(stage.chronicle.moment(reseat.opened)))
    plan(reseat.opened, partial(_open_reseat, stage, reseat, name))
    plan_ballots(stage, name, reseat.opened, reseat.closes, reseat.ballots)
    plan(reseat.closes, partial(_close, stage, reseat.by, name), later=_HOUR)
    enact = partial(stage.chronicle.act, reseat.by, ReseatBody(happened_at="", vote=name))
    plan(reseat.enacted, enact)


def _open_reseat(stage: Stage, reseat: ReseatSpec, name: VoteId) -> None:
    slates = [tuple(stage.member(one) for one in slate) for slate in reseat.slates]
    options = tuple(
        Option(majority=(1, 1), members=slate, proposal="", version=0) for slate in (*slates, ())
    )
    body = OpenVote(
        body=stage.root,
        closes=stage.chronicle.moment(reseat.closes),
        commission=NO_COMMISSION,
        counting=DEBIAN,
        default=len(options),
        electorate=ALL_MEMBERS,
        happened_at="",
        manner=BY_BALLOT,
        options=options,
        purpose="reseat",
        question="",
        quorum=NO_QUORUM,
        reference="",
        secret=False,
    )
    titles = [", ".join(slate) for slate in reseat.slates] + [_VACANT]
    texts = {"title": reseat.title, "option_titles": json.dumps(titles)}
    stage.chronicle.act(reseat.by, body, texts, name=ActId(name))
