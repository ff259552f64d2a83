"""Random acts of every kind on a whole house: what holds whatever members do.

Replay comes to an equal house; a refused act leaves no trace; two readers agree; every entry
is spelt in its one way.
"""

import os
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from msgspec import Struct
from pyroaring import BitMap

from collegium.archive.memory import MemoryArchive
from collegium.ids import ApprovalId, Kind, MemberId, Moment
from collegium.parts.approvals.acts import ApproveDeed, EnactDeed
from collegium.parts.decisions.pages_taking import MannerKind
from collegium.parts.organisation.acts import AmendRuleBook, CloseImport
from collegium.parts.organisation.state import Organisation
from collegium.record.canonical import decode, encode
from collegium.refusals import Refused
from collegium.secretariat.door import Asked, Door
from collegium.secretariat.drafting import DEMO, draft, imported, kind_of, seen, signed
from collegium.secretariat.registry import BY_KIND, DEED_TYPES, LINES
from collegium.secretariat.states import PARTS, digest_of
from tests.cast import AMARA, BO, MEMBERS, Hall, Person, needed_texts
from tests.drawing import DRAWN, PAST, Drawer, asking
from tests.drawing_votes import orderly
from tests.voting import REGISTER

ALONE = [line.kind for line in LINES if not line.joint]
JOINT = list(DEED_TYPES)
IMPORTABLE = [line.kind for line in LINES if line.importable]
DEBATE = [kind for kind in ALONE if kind.startswith("deliberation")]
BUILDING = ["fill-post", "fill-post", "transfer-member", "dissolve-body", "vouch-key"]
LIVELY = [kind for kind in ALONE if kind.startswith(("deliberation", "decisions", "approvals"))]

TAKING: dict[MannerKind, tuple[str, ...]] = {
    "ballots": ("give-proxy", "give-proxy", "cast-by-proxy", *("cast-ballot",) * 3),
    "cards": ("cast-card", "cast-card"),
    "hands": ("enter-hands",) * 3,
    "roll-call": ("enter-roll-call",) * 3,
}
"""What is done to take a vote, by its manner."""

CONCLUDING = {
    "certify": ("close-vote", "refuse-outcome", *("certify-outcome",) * 3),
    "declare": ("close-vote", "declare-outcome", "contest-outcome", "answer-contest"),
}

HALL = Hall()
tried: Counter[str] = Counter()
accepted: Counter[str] = Counter()


class HouseMachine(RuleBasedStateMachine):
    """Members, each with a session and perhaps a key, who try whatever can be tried."""

    @initialize(importing=st.booleans(), demo=st.booleans())
    def found(self, *, importing: bool, demo: bool) -> None:
        self.archive = MemoryArchive()
        if importing:
            self.hall = Hall(archive=self.archive, source=REGISTER, demo=demo)
        else:
            self.hall = Hall(archive=self.archive, demo=demo)
            self.hall.admit(*MEMBERS, keyed=True)
        self.other = Door(self.hall.archive, clock=lambda: self.hall.now)

    # Acting.

    def asked(self, person: Person, body: Struct, how: str) -> Asked:
        """An act with all the texts that it needs, known in one of the ways."""
        house = self.hall.door.house
        kinds = [kind_of(body)]
        if hasattr(body, "deed") and not isinstance(body.deed, str):
            kinds.append(kind_of(body.deed.body))
        texts = {field: "why not" for kind in kinds for field in needed_texts(BY_KIND[kind])}
        act = draft(person.id, body, at=self.hall.now, base=seen(house), texts=texts)
        if how == "key":
            return signed(act, house.origin, person.key)
        return {"import": imported(act), "demo": Asked(act.act, DEMO, act.payloads)}.get(how, act)

    def attempt(self, asked: Asked, door: Door | None = None) -> bool:
        """Let the door judge; whether it took the act. A refusal leaves no trace."""
        door, archive = door or self.hall.door, self.archive
        door.catch_up()
        before = archive.size(), digest_of(door.house), len(archive._payloads)
        tried[asked.act.kind] += 1
        try:
            receipt = door.perform(asked)
        except Refused:
            assert (archive.size(), digest_of(door.house), len(archive._payloads)) == before
            return False
        assert receipt.seq == before[0]
        assert archive.size() == before[0] + 1
        assert not door.house.broken
        accepted[asked.act.kind] += 1
        return True

    def attempt_any(self, drawer: Drawer, kind: str, door: Door | None = None) -> bool:
        """Somebody tries an act of a kind, in a way that mostly fits."""
        body = drawer.own(Kind(kind))
        person = drawer.fitting(body)
        return self.attempt(self.asked(person, body, drawer.how(person, body)), door)

    @rule(data=st.data())
    def act_alone(self, data: st.DataObject) -> None:
        drawer = Drawer(data, self.hall)
        self.attempt_any(drawer, drawer.one_of(ALONE))

    @rule(data=st.data())
    def debate(self, data: st.DataObject) -> None:
        drawer = Drawer(data, self.hall)
        for kind in ("open-question", "publish-proposal", "sign-proposal", "raise-objection"):
            self.attempt_any(drawer, f"deliberation.{kind}/1")
        for _ in range(5):
            self.attempt_any(drawer, drawer.one_of(DEBATE))

    @rule(data=st.data())
    def build(self, data: st.DataObject) -> None:
        """A body more, and something that is done with it."""
        drawer = Drawer(data, self.hall)
        for kind in ("create-body", "create-post", drawer.one_of(BUILDING)):
            self.decide(drawer, drawer.own(Kind(f"organisation.{kind}/1")))

    @rule(data=st.data())
    def hold_a_vote(self, data: st.DataObject) -> None:
        """Open, take, close, declare, and perhaps re-seat: each step as it happens to go."""
        drawer = Drawer(data, self.hall)
        self.attempt_any(drawer, "decisions.open-vote/1")
        self.decide(drawer, AmendRuleBook({"decisions.most_proxies": 2}, ""), days=3)
        opening = orderly(drawer, drawer.one_of(list(TAKING)))
        person = drawer.one_of([AMARA, BO])
        if not self.attempt(self.asked(person, opening, "session")):
            return
        vote = list(self.hall.door.house.decisions.votes.values())[-1]
        for kind in TAKING[vote.manner.kind]:
            self.attempt_any(drawer, f"decisions.{kind}/1")
        self.hall.later(days=drawer.one_of([3, 3, 1]))
        for kind in CONCLUDING["certify" if vote.commission.needed else "declare"]:
            self.attempt_any(drawer, f"decisions.{kind}/1")
        if vote.contests:
            self.attempt_any(drawer, "decisions.answer-contest/1")
            self.decide(drawer, drawer.own(Kind("decisions.annul-outcome/1")))
        self.hall.later(days=drawer.one_of([3, 3, 1]))
        self.attempt_any(drawer, "decisions.reseat-body/1")

    @rule(data=st.data())
    def act_jointly(self, data: st.DataObject) -> None:
        drawer = Drawer(data, self.hall)
        body = drawer.own(drawer.one_of(JOINT))
        self.decide(drawer, body, days=drawer.one_of([7, 7, 3, 0]))

    def decide(self, drawer: Drawer, body: Struct, days: int = 0) -> None:
        """A deed is asked for, approved by whoever can, and enacted after some days."""
        tried[kind_of(body)] += 1
        asked = self.asked(drawer.person(), asking(drawer, body), "session")
        if not self.attempt(asked):
            return
        name = ApprovalId(asked.act.id)
        for person in drawer.approvers()[:3]:
            self.attempt(self.asked(person, self.approval(name), "key"))
        self.hall.later(days=days)
        if self.attempt(self.asked(drawer.person(), self.enactment(name), "session")):
            accepted[kind_of(body)] += 1

    def approval(self, name: ApprovalId) -> Struct:
        request = self.hall.door.house.approvals.requests[name]
        return ApproveDeed(approval=name, deed=request.deed_hash, happened_at="")

    def enactment(self, name: ApprovalId) -> Struct:
        return EnactDeed(approval=name, happened_at="")

    @precondition(lambda self: self.hall.door.house.organisation.importing)
    @rule(data=st.data())
    def bring_the_past(self, data: st.DataObject) -> None:
        drawer = Drawer(data, self.hall, happened_at=PAST)
        for _ in range(5):
            kind = drawer.one_of([*IMPORTABLE, *IMPORTABLE, *ALONE])
            person = drawer.one_of([AMARA, BO, drawer.person()])
            self.attempt(self.asked(person, drawer.own(kind), "import"))

    @precondition(lambda self: self.hall.door.house.organisation.importing)
    @rule(data=st.data())
    def close_the_import(self, data: st.DataObject) -> None:
        drawer = Drawer(data, self.hall)
        imported_acts = self.hall.door.house.organisation.imported
        self.decide(drawer, CloseImport(acts=imported_acts, happened_at=""))

    @rule(data=st.data())
    def act_in_a_crowd(self, data: st.DataObject) -> None:
        """Many at once: those before a refusal stand, it and those after it don't."""
        drawer = Drawer(data, self.hall)
        acts = [
            self.asked(drawer.person(), drawer.own(drawer.one_of(LIVELY)), "session")
            for _ in range(3)
        ]
        before = self.hall.archive.size()
        try:
            entered = self.hall.door.perform_many(acts)
        except Refused:
            entered = self.hall.archive.size() - before
            assert entered < len(acts)
        assert self.hall.archive.size() == before + entered
        assert self.hall.door.house.size == before + entered

    @rule(data=st.data())
    def act_through_another_door(self, data: st.DataObject) -> None:
        drawer = Drawer(data, self.hall)
        self.attempt_any(drawer, drawer.one_of(LIVELY), self.other)
        self.two_readers_agree()

    @rule(days=st.sampled_from([0, 0, 1, 1, 3, 3, 7, 30, 400]))
    def let_time_pass(self, days: int) -> None:
        self.hall.later(days=days, hours=1)

    # What holds.

    @rule()
    def two_readers_agree(self) -> None:
        with self.hall.door.reading() as ours, self.other.reading() as theirs:
            assert ours.size == theirs.size == self.hall.archive.size()
            assert digest_of(ours) == digest_of(theirs)

    def teardown(self) -> None:
        if not hasattr(self, "hall"):
            return
        self.hall.door.catch_up()
        replayed = Door(self.hall.archive)
        assert replayed.refusals == []
        assert_members_add_up(replayed.house.organisation)
        assert_bodies_add_up(replayed.house.organisation, replayed.house.at)
        for part in PARTS:
            assert getattr(replayed.house, part) == getattr(self.hall.door.house, part)
        assert digest_of(replayed.house) == digest_of(self.hall.door.house)
        assert replayed.house.tree.root() == self.hall.archive.head().root()
        for data in self.hall.archive.entries(0):
            assert encode(decode(data)) == data


def assert_members_add_up(book: Organisation) -> None:
    """Whoever is a member is on one roll; whoever left has no key in force and no post."""
    rolls = [number for body in book.bodies.values() for number in body.roll]
    staying = [one.number for one in book.members.values() if not one.left]
    assert sorted(rolls) == sorted(staying)
    resting = [one.number for one in book.members.values() if one.suspended]
    assert book.active == BitMap(staying) - BitMap(resting)
    assert [book.members[name].number for name in book.names] == list(range(len(book.names)))
    for name, member in book.members.items():
        assert not (member.left and book.has_key(name))
        assert all(book.keys[key].member == name for key in member.keys)
        assert member.left or member.number in book.bodies[member.body].roll


def assert_bodies_add_up(book: Organisation, at: Moment) -> None:
    """Parts and parents name each other; posts are held by members, in bodies that exist."""
    for name, body in book.bodies.items():
        under = [part for part, one in book.bodies.items() if one.parent == name]
        assert body.parts == [part for part in under if not book.bodies[part].dissolved]
        assert not (body.dissolved and (body.roll or body.parts))
        assert all(book.posts[post].body == name for post in body.posts)
    for post in book.posts.values():
        assert not (post.holder and book.members[MemberId(post.holder)].left)
        # Whose term is over is still named, and hinders nobody from dissolving the body.
        held = post.holder and at < post.until
        assert not (held and book.bodies[post.body].dissolved)
        assert bool(post.holder) == bool(post.since) == bool(post.until)


def test_whatever_members_do_the_house_holds() -> None:
    examples = 200 if os.environ.get("CI") else 25
    how = settings(max_examples=examples, stateful_step_count=30)
    run_state_machine_as_test(HouseMachine, settings=how)
    assert tried["approvals.enact-deed/1"]


def test_every_kind_is_drawn() -> None:
    assert set(DRAWN) == {line.kind for line in LINES}


@pytest.mark.parametrize("kind", DRAWN)
@settings(max_examples=5)
@given(data=st.data())
def test_what_is_drawn_is_an_act_of_its_kind(kind: Kind, data: st.DataObject) -> None:
    body = Drawer(data, HALL).own(kind)
    assert kind_of(body) == kind
    assert encode(BY_KIND[kind].decoder.decode(encode(body))) == encode(body)
