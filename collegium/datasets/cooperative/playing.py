"""Playing the story: founding, workplaces, admissions, posts, and what is asked jointly."""

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from msgspec import Struct

from collegium.datasets.cooperative.chronicle import Chronicle
from collegium.datasets.cooperative.counting import plan_counts
from collegium.datasets.cooperative.debating import plan_debates
from collegium.datasets.cooperative.stage import Stage
from collegium.datasets.cooperative.story import JointSpec, PostSpec, Story
from collegium.datasets.cooperative.voting import plan_votes
from collegium.ids import ApprovalId, BodyId, Key, PostId
from collegium.parts.organisation.acts import (
    AdmitMember,
    AmendRuleBook,
    Basis,
    ConsentToFounding,
    CreateBody,
    CreatePost,
    EndMembership,
    FillPost,
    Founder,
    FoundOrganisation,
    Source,
)
from collegium.parts.organisation.clauses import small_preset
from collegium.record.moments import after

Answering: TypeAlias = Callable[[str, ApprovalId, str], None]
"""Approving or refusing: who, what, why."""

FOUNDERS_DAYS = 500
"""How long the founders sit: until the story's election."""

_NEWCOMERS_JOINED = 7.4
_APART = 0.005  # of a day: admissions of one day follow one another


def play(chronicle: Chronicle, story: Story, log_key: Key) -> Stage:
    """All of the story, in the order of time, for the log with this public key."""
    stage = Stage(chronicle, story)
    plan = chronicle.plan
    plan(story.founded, partial(_found, stage, log_key))
    for place in story.places:
        plan(place.made, partial(_make_place, stage, place.name))
    for admission in story.admissions:
        for at, (name, about) in enumerate(admission.people):
            joins = partial(_admit, stage, admission.place, name, about)
            plan(admission.joined, joins, later=at * _APART)
    for at in range(story.newcomers):
        where = story.places[at % len(story.places)].name
        plan(_NEWCOMERS_JOINED, partial(_let_in, stage, where, at + 1), later=at * _APART)
    for post in story.posts:
        plan(post.made, partial(_make_post, stage, post))
        if post.holder:
            plan(post.filled, partial(_fill_post, stage, post))
    plan_debates(stage)
    plan_votes(stage)
    plan_counts(stage)
    _plan_joint_deeds(stage)
    chronicle.play()
    return stage


def _found(stage: Stage, log_key: Key) -> None:
    story, chronicle = stage.story, stage.chronicle
    founders = [chronicle.cast(one.name, one.about) for one in story.founders]
    body = FoundOrganisation(
        demo=True,
        domain=story.domain,
        founders=tuple(Founder(key=one.key.public, member=one.member) for one in founders),
        happened_at="",
        log_key=log_key,
        rule_book={
            **small_preset(),
            "organisation.country": "ie",
            "posts.founders_days": FOUNDERS_DAYS,
        },
        source=Source(name="", sha256=""),
    )
    names = "\n".join(f"{one.member} {one.name}" for one in founders)
    chronicle.act(founders[0].name, body, {"name": story.name, "founders": names})
    for founder in founders[1:]:
        chronicle.act(founder.name, ConsentToFounding(happened_at=""))


def _make_place(stage: Stage, name: str) -> None:
    body = CreateBody(happened_at="", kind="workplace", level=0, parent=stage.root)
    texts = {"name": name, "reasons": "Here we work, and decide about our work."}
    stage.places[name] = BodyId(stage.chronicle.jointly(stage.two(), body, texts))


def _admit(stage: Stage, place: str, name: str, about: str) -> None:
    player = stage.chronicle.cast(name, about)
    body = AdmitMember(
        body=stage.places[place], happened_at="", key=player.key.public, member=player.member
    )
    reasons = "Three months of trial are over, and the workplace agrees."
    stage.chronicle.jointly(stage.two(), body, {"name": name, "reasons": reasons})


def _let_in(stage: Stage, place: str, number: int) -> None:
    name = f"Newcomer {number}"
    stage.newcomers.append(name)
    _admit(stage, place, name, place)


def _make_post(stage: Stage, post: PostSpec) -> None:
    body = CreatePost(body=stage.places[post.place], happened_at="")
    texts = {"title": post.title, "reasons": "Somebody must keep an eye on it."}
    stage.posts[post.title] = PostId(stage.chronicle.jointly(stage.two(), body, texts))


def _fill_post(stage: Stage, post: PostSpec) -> None:
    body = _filling(stage, post.title, post.holder, post.basis, post.days)
    texts = {"reasons": f"The {post.place} agreed on it at its meeting."}
    stage.chronicle.jointly(stage.two(besides=post.holder), body, texts)


def _filling(stage: Stage, post: str, holder: str, basis: Basis, days: int) -> FillPost:
    return FillPost(
        basis=basis,
        happened_at="",
        member=stage.member(holder),
        post=stage.posts[post],
        until=after(stage.chronicle.now, days=days),
    )


def _plan_joint_deeds(stage: Stage) -> None:
    story = stage.story
    changes = dict(story.amendment.changes)
    amendment = AmendRuleBook(changes=changes, happened_at="")  # type: ignore[arg-type] # whole numbers are among what clauses take
    _plan_joint(stage, story.amendment, lambda: amendment)
    for ending in story.endings:
        _plan_joint(stage, ending, partial(_ending, stage, ending.member))
    for one in story.fillings:
        filling = partial(_filling, stage, one.post, one.member, one.basis, one.days)
        _plan_joint(stage, one, filling)


def _ending(stage: Stage, name: str) -> EndMembership:
    return EndMembership(happened_at="", member=stage.member(name))


def _plan_joint(stage: Stage, spec: JointSpec, body: Callable[[], Struct]) -> None:
    chronicle = stage.chronicle
    asked: list[ApprovalId] = []  # known once it has been asked

    def ask() -> None:
        asked.append(chronicle.ask(spec.by, body(), {"reasons": spec.reasons}))

    def answer(way: Answering, name: str, reasons: str) -> None:
        way(name, asked[0], reasons)

    chronicle.plan(spec.asked, ask)
    for way, answers in ((chronicle.approve, spec.approved), (chronicle.refuse, spec.refused)):
        for name, at, reasons in answers:
            chronicle.plan(at, partial(answer, way, name, reasons))
    if spec.enacted:
        chronicle.plan(spec.enacted, lambda: chronicle.enact(spec.by, asked[0]))
