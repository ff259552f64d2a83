"""What officers do in a busy year, by joint approval or with keys of their own."""

from collections.abc import Callable, Iterator
from hashlib import sha256

from _past import Past
from _stage import Officer, Stage
from msgspec import Struct

from collegium.ids import ActId, ApprovalId, BodyId, Commitment, Key, MemberId, PostId
from collegium.parts.approvals.acts import AskApproval, RefuseDeed, WithdrawRequest
from collegium.parts.decisions.acts import CountedBallots, CountInBallots
from collegium.parts.organisation.acts import (
    AdmitMember,
    AdmitRoll,
    AmendRuleBook,
    ChangeStanding,
    CreateBody,
    CreatePost,
    DissolveBody,
    EndKey,
    EndMembership,
    ErasePayload,
    FillPost,
    RegisterKey,
    RevokeKey,
    TransferMember,
    VacatePost,
    VouchKey,
)
from collegium.parts.organisation.rules import new_key_text
from collegium.record.base64_text import to_base64
from collegium.secretariat import chance
from collegium.secretariat.door import Asked
from collegium.secretariat.drafting import as_deed

Acts = Iterator[Asked]


class Deeds:
    """Deeds that come round again and again.

    Args:
        stage: Where.
        past: Regions and branches.
        set_aside: Members to whom it happens; they neither sign nor vote.
    """

    def __init__(self, stage: Stage, past: Past, set_aside: list[MemberId]) -> None:
        self.stage = stage
        self.past = past
        self.set_aside = set_aside
        self._round = 0
        self._vouched: list[tuple[MemberId, Key]] = []

    def all(self) -> list[Callable[[], Acts]]:
        """Every deed, each to be done for itself."""
        return [
            self.admit,
            self.admit_roll,
            self.transfer,
            self.rest_and_restore,
            self.end_membership,
            self.use_another_key,
            self.vouch_for_a_key,
            self.found_body,
            self.amend,
            self.erase,
            self.refuse,
            self.count_paper,
        ]

    def admit(self) -> Acts:
        """Somebody becomes a member, with a key."""
        key = self._new_officer().key.public
        return self._jointly(AdmitMember(self._branch(), "", key, chance.member_id()))

    def admit_roll(self) -> Acts:
        """A few become members."""
        names = tuple(chance.member_id() for _ in range(5))
        return self._jointly(AdmitRoll(self._branch(), "", names))

    def transfer(self) -> Acts:
        """Somebody goes to another branch."""
        member = self._somebody()
        at = self.stage.house.organisation.members[member].body
        to = next(name for name in self.past.branches if name != at)
        return self._jointly(TransferMember("", member, to))

    def rest_and_restore(self) -> Acts:
        """Somebody's rights rest for a moment."""
        member = self._somebody()
        yield from self._jointly(ChangeStanding("", member, "suspended"))
        yield from self._jointly(ChangeStanding("", member, "good"))

    def end_membership(self) -> Acts:
        """Somebody is no member any more, after the wait."""
        member = self._somebody()
        self.set_aside.remove(member)
        return self._jointly(EndMembership("", member))

    def use_another_key(self) -> Acts:
        """A founder registers a second key and revokes it."""
        founder, second = self.stage.founders[0], self._new_officer().key
        key = Key(second.public)
        proof = second.sign(new_key_text(self.stage.house.origin, founder.id, key))
        yield self.stage.keyed(founder, RegisterKey("", key, proof))
        yield self.stage.keyed(founder, RevokeKey("", key))

    def vouch_for_a_key(self) -> Acts:
        """Somebody gets a key, after a wait; the one vouched for before is ended."""
        book = self.stage.house.organisation
        member, key = self._somebody(), Key(self._new_officer().key.public)
        for owner, old in self._vouched:
            if book.key_in_force(owner, old):
                yield from self._jointly(EndKey("", old, owner))
        self._vouched = [(member, key)]
        yield from self._jointly(VouchKey("", key, member))

    def found_body(self) -> Acts:
        """A workplace comes to be, with a post, a holder, and an end."""
        yield from self._jointly(CreateBody("", "workplace", 0, self.past.regions[0]))
        body = BodyId(next(reversed(self.stage.house.organisation.bodies)))
        yield from self._jointly(CreatePost(body, ""))
        post = PostId(next(reversed(self.stage.house.organisation.posts)))
        until = self.stage.later(days=90)
        yield from self._jointly(FillPost("appointed", "", self._somebody(), post, until))
        yield from self._jointly(VacatePost("", post))
        yield from self._jointly(DissolveBody(body, ""))

    def amend(self) -> Acts:
        """A clause gets another value."""
        days = 8 + self._round % 5
        return self._jointly(AmendRuleBook({"deliberation.answer_days": days}, ""))

    def erase(self) -> Acts:
        """A payload is to go."""
        question = next(iter(self.stage.house.deliberation.questions))
        commitment = Commitment(to_base64(sha256(b"%d" % self._round).digest()))
        return self._jointly(ErasePayload(commitment, ActId(question), ""))

    def refuse(self) -> Acts:
        """A request is refused by one and withdrawn."""
        asker, other = self.stage.founders[:2]
        deed = CreatePost(self._branch(), "")
        root = self.stage.house.organisation.root
        asked = self.stage.session(
            asker.id, AskApproval(body=root, concerns=(), deed=as_deed(deed), happened_at="")
        )
        yield asked
        name = ApprovalId(asked.act.id)
        hashed = self.stage.house.approvals.requests[name].deed_hash
        yield self.stage.keyed(other, RefuseDeed(name, hashed, ""))
        yield self.stage.session(asker.id, WithdrawRequest(name, ""))

    def count_paper(self) -> Acts:
        """A ballot on paper is counted in."""
        ballot = (CountedBallots(1, "1234567"),)
        return self._jointly(CountInBallots(ballot, "", 0, self.stage.everybodys))

    def _jointly(self, body: Struct) -> Acts:
        self._round += 1
        return self.stage.jointly(body)

    def _branch(self) -> BodyId:
        return self.stage.chances.choice(self.past.branches)

    def _somebody(self) -> MemberId:
        return self.stage.chances.choice(self.set_aside)

    def _new_officer(self) -> Officer:
        self._round += 1
        return Officer(f"second key {self._round}")
