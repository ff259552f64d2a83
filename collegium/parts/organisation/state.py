"""What follows from the acts about members, keys, bodies, posts and the rule book."""

from typing import Literal

from msgspec import Struct, field
from pyroaring import BitMap

from collegium.ids import ActId, BodyId, Commitment, Key, MemberId, Moment, PostId
from collegium.parts.organisation.acts import (
    AdmitMember,
    AdmitRoll,
    AmendRuleBook,
    Basis,
    BodyKind,
    ChangeStanding,
    CloseImport,
    ConsentToFounding,
    CreateBody,
    CreatePost,
    DissolveBody,
    EndKey,
    EndMembership,
    ErasePayload,
    FillPost,
    FoundOrganisation,
    LeaveOrganisation,
    LeavePost,
    RegisterKey,
    RevokeKey,
    TransferMember,
    VacatePost,
    VouchKey,
)
from collegium.parts.organisation.clauses import CLAUSES, ClauseValue
from collegium.record.act import Entry, judged_at
from collegium.record.moments import after


class Member(Struct, gc=False):  # nothing in it leads back to it, and there may be 300,000
    """A member or a former one.

    Attributes:
        number: Dense, from 0 in the order of admission; members' sets are bitmaps of it.
        body: Their branch.
        joined: When.
        admitted: The act that admitted them and, perhaps, sealed their name.
        left: When the membership ended, or empty.
        suspended: Whether their rights rest.
        keys: Every key they ever had.
    """

    number: int
    body: BodyId
    joined: Moment
    admitted: ActId
    left: str = ""
    suspended: bool = False
    keys: tuple[Key, ...] = ()


class HeldKey(Struct, gc=False):
    """A key and whose it is; a key is one member's for ever."""

    member: MemberId
    since: Moment
    ended: str = ""


class Body(Struct):
    """A body.

    Attributes:
        number: For people: its place in the order in which bodies were made, from 1.
        kind: Branch, region, committee, workplace or congress.
        level: How far from the members, who are at 0.
        parent: The body that it is part of; empty for the first.
        roll: The numbers of the members whose branch it is.
        parts: The bodies directly under it.
        posts: Its posts; whoever holds one sits in it.
        dissolved: Whether it is no more.
    """

    number: int
    kind: BodyKind
    level: int
    parent: str
    roll: BitMap = field(default_factory=BitMap)
    parts: list[BodyId] = field(default_factory=list)
    posts: list[PostId] = field(default_factory=list)
    dissolved: bool = False


class Post(Struct):
    """A post and who holds it from when to when; all but `body` is empty while it is vacant."""

    body: BodyId
    holder: str = ""
    basis: Basis | Literal[""] = ""
    since: str = ""
    until: str = ""


class Organisation(Struct):
    """Members, keys, bodies, posts, the rule book; how the organisation was founded."""

    founded: str = ""
    domain: str = ""
    demo: bool = False
    log_key: str = ""
    source: str = ""
    awaiting: list[MemberId] = field(default_factory=list)
    importing: bool = False
    imported: int = 0
    members: dict[MemberId, Member] = field(default_factory=dict)
    names: list[MemberId] = field(default_factory=list)
    active: BitMap = field(default_factory=BitMap)
    keys: dict[Key, HeldKey] = field(default_factory=dict)
    bodies: dict[BodyId, Body] = field(default_factory=dict)
    posts: dict[PostId, Post] = field(default_factory=dict)
    rule_book: dict[str, ClauseValue] = field(default_factory=dict)
    erased: dict[Commitment, ActId] = field(default_factory=dict)

    # What others ask.

    def clause(self, name: str) -> ClauseValue:
        """The clause's value in force."""
        value = self.rule_book.get(name)
        return CLAUSES[name].silent if value is None else value

    def number_clause(self, name: str) -> int:
        """The value in force of a clause that is a number."""
        return int(self.clause(name))

    @property
    def root(self) -> BodyId:
        """The first body, of which every other is part; named by the founding act."""
        return BodyId(self.founded)

    def sitting(self, body: BodyId, at: Moment) -> BitMap:
        """The numbers of members who hold a post in the body at that moment."""
        posts = [self.posts[name] for name in self.bodies[body].posts]
        return BitMap(
            self.members[MemberId(post.holder)].number
            for post in posts
            if post.holder and post.since <= at < post.until
        )

    def approvers(self, body: BodyId, at: Moment) -> BitMap:
        """Those sitting in the body, in good standing, who have a key in force."""
        seated = self.sitting(body, at) & self.active
        return BitMap(number for number in seated if self.has_key(self.names[number]))

    def has_key(self, member: MemberId) -> bool:
        """Whether the member has a key in force."""
        return any(not self.keys[key].ended for key in self.members[member].keys)

    def electors(self, body: BodyId) -> BitMap:
        """The members in good standing of a body and of all bodies that are part of it."""
        if body == self.root:
            return BitMap(self.active)
        found = BitMap(self.bodies[body].roll)
        for part in self.bodies[body].parts:
            found |= self.electors(part)
        return found & self.active

    def contains(self, outer: BodyId, inner: BodyId) -> bool:
        """Whether the inner body is the outer one or part of it."""
        name: str = inner
        while name:
            if name == outer:
                return True
            name = self.bodies[BodyId(name)].parent
        return False

    def key_in_force(self, member: MemberId, key: str) -> bool:
        """Whether the key is this member's and hasn't ended."""
        held = self.keys.get(Key(key))
        return held is not None and held.member == member and not held.ended

    # Effects: of committed entries only, and none can fail.

    def found_organisation(self, entry: Entry, body: FoundOrganisation) -> None:
        """The first body, its founders and their posts come to be."""
        self.founded = entry.act.id
        self.domain = body.domain
        self.demo = body.demo
        self.log_key = body.log_key
        self.source = body.source.sha256
        self.importing = bool(body.source.sha256)
        self.rule_book = dict(body.rule_book)
        self.bodies[self.root] = Body(1, kind="congress", level=9, parent="")
        until = after(entry.at, days=self.number_clause("posts.founders_days"))
        for place, founder in enumerate(body.founders):
            self._admit(entry, founder.member, self.root, entry.at, founder.key)
            post = self._create_post(PostId(f"{self.founded}.{place:02d}"), self.root)
            post.holder, post.basis = founder.member, "co-opted"
            post.since, post.until = entry.at, until
        self.awaiting = [founder.member for founder in body.founders[1:]]

    def consent_to_founding(self, entry: Entry, _body: ConsentToFounding) -> None:
        """One founder fewer is awaited."""
        self.awaiting.remove(entry.act.actor)

    def admit_member(self, entry: Entry, body: AdmitMember) -> None:
        """A member more."""
        self._admit(entry, body.member, body.body, judged_at(entry, body.happened_at), body.key)

    def admit_roll(self, entry: Entry, body: AdmitRoll) -> None:
        """A roll of members more."""
        for member in body.members:
            self._admit(entry, member, body.body, judged_at(entry, body.happened_at), "")

    def transfer_member(self, _entry: Entry, body: TransferMember) -> None:
        """The member stands on the other branch's roll."""
        member = self.members[body.member]
        self.bodies[member.body].roll.discard(member.number)
        self.bodies[body.to].roll.add(member.number)
        member.body = body.to

    def change_standing(self, _entry: Entry, body: ChangeStanding) -> None:
        """The member's rights rest, or are theirs again."""
        member = self.members[body.member]
        member.suspended = body.standing == "suspended"
        (self.active.discard if member.suspended else self.active.add)(member.number)

    def leave_organisation(self, entry: Entry, body: LeaveOrganisation) -> None:
        """The membership ends."""
        self._end(entry.act.actor, judged_at(entry, body.happened_at))

    def end_membership(self, entry: Entry, body: EndMembership) -> None:
        """The membership ends."""
        self._end(body.member, judged_at(entry, body.happened_at))

    def register_key(self, entry: Entry, body: RegisterKey) -> None:
        """The actor has a key more."""
        self._give_key(entry.act.actor, body.key, entry.at)

    def vouch_key(self, entry: Entry, body: VouchKey) -> None:
        """The member has a key more."""
        self._give_key(body.member, body.key, entry.at)

    def revoke_key(self, entry: Entry, body: RevokeKey) -> None:
        """The key has ended."""
        self.keys[body.key].ended = entry.at

    def end_key(self, entry: Entry, body: EndKey) -> None:
        """The key has ended."""
        self.keys[body.key].ended = entry.at

    def create_body(self, entry: Entry, body: CreateBody) -> None:
        """A body more, named by its act."""
        name = BodyId(entry.act.id)
        self.bodies[name] = Body(len(self.bodies) + 1, body.kind, body.level, body.parent)
        self.bodies[body.parent].parts.append(name)

    def dissolve_body(self, _entry: Entry, body: DissolveBody) -> None:
        """The body is no more, but stands where it was named."""
        dissolved = self.bodies[body.body]
        dissolved.dissolved = True
        self.bodies[BodyId(dissolved.parent)].parts.remove(body.body)

    def create_post(self, entry: Entry, body: CreatePost) -> None:
        """A vacant post more, named by its act."""
        self._create_post(PostId(entry.act.id), body.body)

    def fill_post(self, entry: Entry, body: FillPost) -> None:
        """The post has a holder."""
        post = self.posts[body.post]
        post.holder, post.basis = body.member, body.basis
        post.since, post.until = judged_at(entry, body.happened_at), body.until

    def leave_post(self, _entry: Entry, body: LeavePost) -> None:
        """The post is vacant."""
        self._vacate(self.posts[body.post])

    def vacate_post(self, _entry: Entry, body: VacatePost) -> None:
        """The post is vacant."""
        self._vacate(self.posts[body.post])

    def amend_rule_book(self, _entry: Entry, body: AmendRuleBook) -> None:
        """The clauses have their new values."""
        self.rule_book.update(body.changes)

    def close_import(self, _entry: Entry, _body: CloseImport) -> None:
        """Nothing is imported any more."""
        self.importing = False

    def erase_payload(self, entry: Entry, body: ErasePayload) -> None:
        """The payload is erased: the archive drops its bytes after the commit."""
        self.erased[body.commitment] = entry.act.id

    def reseat(self, body: BodyId, members: tuple[MemberId, ...], term: tuple[str, str]) -> None:
        """A body's posts are held by these members alone, elected, from and until `term`.

        Posts are filled in the order in which they were made; where there are too few, more
        are made, named after the body.
        """
        own = self.bodies[body].posts
        for name in own:
            self._vacate(self.posts[name])
        for place in range(len(own), len(members)):
            self._create_post(PostId(f"{body}.{place:02d}"), body)
        for name, member in zip(own, members, strict=False):
            post = self.posts[name]
            post.holder, post.basis = member, "elected"
            post.since, post.until = term

    def _create_post(self, name: PostId, body: BodyId) -> Post:
        post = self.posts[name] = Post(body)
        self.bodies[body].posts.append(name)
        return post

    def _give_key(self, member: MemberId, key: Key, at: Moment) -> None:
        self.keys[key] = HeldKey(member, at)
        self.members[member].keys += (key,)

    def _admit(self, entry: Entry, member: MemberId, body: BodyId, at: Moment, key: str) -> None:
        number = len(self.names)
        self.members[member] = Member(number, body, at, entry.act.id)
        self.names.append(member)
        self.active.add(number)
        self.bodies[body].roll.add(number)
        if key:
            self._give_key(member, Key(key), at)

    def _end(self, name: MemberId, at: Moment) -> None:
        member = self.members[name]
        member.left = at
        self.active.discard(member.number)
        self.bodies[member.body].roll.discard(member.number)
        for key in member.keys:
            self.keys[key].ended = self.keys[key].ended or at
        for post in self.posts.values():
            if post.holder == name:
                self._vacate(post)

    @staticmethod
    def _vacate(post: Post) -> None:
        post.holder = post.basis = post.since = post.until = ""
