"""When an act about members, keys, bodies, posts or the rule book is refused.

Who may act at all (a member, alone or by joint approval, with which proof) is asked by the
secretariat for every kind alike; here stands what each act asks beyond that.
"""

from typing import Protocol

from collegium.ids import CROCKFORD, BodyId, Key, MemberId, Origin, PostId
from collegium.parts.organisation.acts import (
    AdmitMember,
    AdmitRoll,
    AmendRuleBook,
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
from collegium.parts.organisation.clauses import check_changes
from collegium.parts.organisation.state import Body, Member, Organisation, Post
from collegium.record.act import Entry, judged_at
from collegium.record.base64_text import NotBase64Error, from_base64
from collegium.record.keys import check_key, verify_signature
from collegium.record.moments import after, is_moment
from collegium.refusals import Refused


class Rooms(Protocol):
    """What the rules of this part look at."""

    origin: Origin
    organisation: Organisation


def new_key_text(origin: Origin, member: MemberId, key: str) -> bytes:
    """What a new key signs, to show that whoever registers it holds it."""
    return f"collegium-key/1\n{origin}\n{member}\n{key}\n".encode()


def may_found(house: Rooms, entry: Entry, body: FoundOrganisation) -> None:
    """Three founders or more, told apart by member and key; the actor is the first."""
    if house.organisation.founded:
        raise Refused("founded-already", "This record already has its founding entry.")
    if entry.act.actor != body.founders[0].member:
        raise Refused("founder-first", "The first of the founders performs the founding.")
    if len({founder.member for founder in body.founders}) < len(body.founders):
        raise Refused("one-founder-once", "A founder stands in the founding entry once.")
    keys = [founder.key for founder in body.founders]
    if len({*keys, body.log_key}) < len(keys) + 1:
        raise Refused("one-key-once", "Every founder and the log need a key of their own.")
    for key in (*keys, body.log_key):
        _check_key(key)
    check_changes(dict(body.rule_book))


def may_consent(house: Rooms, entry: Entry, _body: ConsentToFounding) -> None:
    """A founder who hasn't consented yet."""
    if entry.act.actor not in house.organisation.awaiting:
        raise Refused("consent-once", "Only a founder who hasn't consented yet consents.")


def may_admit(house: Rooms, entry: Entry, body: AdmitMember) -> None:
    """A new name, a branch that exists, a key that nobody has."""
    _branch(house, body.body)
    _new_member(house, body.member)
    if body.key:
        if entry.by.how == "import":
            raise Refused("import-brings-no-key", "A key is never imported; vouch for it later.")
        _new_key(house, Key(body.key))


def may_admit_roll(house: Rooms, _entry: Entry, body: AdmitRoll) -> None:
    """New names, each once, and a branch that exists."""
    _branch(house, body.body)
    if len(set(body.members)) < len(body.members):
        raise Refused("one-member-once", "A member stands on the roll once.")
    for member in body.members:
        _new_member(house, member)


def may_transfer(house: Rooms, _entry: Entry, body: TransferMember) -> None:
    """A member of one branch, and another branch."""
    _branch(house, body.to)
    if member_of(house, body.member).body == body.to:
        raise Refused("already-there", "The member is in that branch already.")


def may_change_standing(house: Rooms, _entry: Entry, body: ChangeStanding) -> None:
    """A change that changes something."""
    if member_of(house, body.member).suspended == (body.standing == "suspended"):
        raise Refused("standing-unchanged", "The member has that standing already.")


def may_leave(house: Rooms, entry: Entry, _body: LeaveOrganisation) -> None:
    """Any member leaves at will; who holds a post signs it, as for leaving the post."""
    if any(post.holder == entry.act.actor for post in house.organisation.posts.values()):
        _signs_who_has_a_key(house, entry)


def may_end_membership(house: Rooms, _entry: Entry, body: EndMembership) -> None:
    """A membership that hasn't ended."""
    member_of(house, body.member)


def may_register_key(house: Rooms, entry: Entry, body: RegisterKey) -> None:
    """A key that nobody has, and its own signature."""
    _new_key(house, body.key)
    text = new_key_text(house.origin, entry.act.actor, body.key)
    if not verify_signature(body.key, body.proof, text):
        raise Refused("key-proof", "The new key must sign the text that names log and member.")


def may_vouch_key(house: Rooms, _entry: Entry, body: VouchKey) -> None:
    """A member, and a key that nobody has."""
    member_of(house, body.member)
    _new_key(house, body.key)


def may_revoke_key(house: Rooms, entry: Entry, body: RevokeKey) -> None:
    """A key of one's own that is in force."""
    _key_of(house, entry.act.actor, body.key)


def may_end_key(house: Rooms, _entry: Entry, body: EndKey) -> None:
    """A key of that member that is in force."""
    _key_of(house, body.member, body.key)


def may_create_body(house: Rooms, _entry: Entry, body: CreateBody) -> None:
    """Under a body that exists, and no farther from the members than it."""
    parent = body_of(house, body.parent)
    if body.level > parent.level:
        raise Refused("level-above-parent", "A body isn't farther from the members than its own.")


def may_dissolve_body(house: Rooms, entry: Entry, body: DissolveBody) -> None:
    """A body that nobody and nothing depends on."""
    found = body_of(house, body.body)
    held = house.organisation.sitting(body.body, judged_at(entry, body.happened_at))
    if found.roll or found.parts or held or not found.parent:
        raise Refused(
            "body-in-use", "Only a body without members, parts and holders of posts ends."
        )


def may_create_post(house: Rooms, _entry: Entry, body: CreatePost) -> None:
    """In a body that exists."""
    body_of(house, body.body)


def may_fill_post(house: Rooms, entry: Entry, body: FillPost) -> None:
    """A vacant post, a member, a term within the rule book, and no claim to an election."""
    post = post_of(house, body.post)
    body_of(house, post.body)
    at = judged_at(entry, body.happened_at)
    if post.holder and at < post.until:
        raise Refused("post-held", "The post is held; its term ends or is ended first.")
    if member_of(house, body.member).suspended:
        raise Refused("not-in-standing", "A suspended member takes no post.")
    if body.basis == "elected" and entry.by.how != "import":
        raise Refused("election-needed", "Only the outcome of a vote makes a holder elected.")
    longest = house.organisation.number_clause("posts.longest_days")
    if not is_moment(body.until) or not at < body.until <= after(at, days=longest):
        raise Refused("term-bounds", f"A term ends at a moment within {longest} days.")


def may_leave_post(house: Rooms, entry: Entry, body: LeavePost) -> None:
    """A post that the actor holds."""
    if post_of(house, body.post).holder != entry.act.actor:
        raise Refused("not-your-post", "Only its holder gives a post back.")
    _signs_who_has_a_key(house, entry)


def may_vacate_post(house: Rooms, _entry: Entry, body: VacatePost) -> None:
    """A post that somebody holds."""
    if not post_of(house, body.post).holder:
        raise Refused("post-vacant", "The post is vacant already.")


def may_amend_rule_book(house: Rooms, _entry: Entry, body: AmendRuleBook) -> None:
    """Clauses that exist, values within their bounds, and at least one change."""
    check_changes(dict(body.changes))
    if all(house.organisation.clause(name) == value for name, value in body.changes.items()):
        raise Refused("clause-unchanged", "The clauses have those values already.")


def may_close_import(house: Rooms, _entry: Entry, body: CloseImport) -> None:
    """An open import of exactly so many acts."""
    if not house.organisation.importing:
        raise Refused("import-closed", "No import is open.")
    if body.acts != house.organisation.imported:
        raise Refused(
            "import-changed", f"The record holds {house.organisation.imported} imported acts."
        )


def may_erase_payload(house: Rooms, _entry: Entry, body: ErasePayload) -> None:
    """A payload that isn't erased yet, of a commitment and act that are spelt as such."""
    try:
        from_base64(body.commitment, 32)
    except NotBase64Error as error:
        raise Refused("commitment-unreadable", "A commitment is 32 bytes in base64.") from error
    if body.entry.strip(CROCKFORD):
        raise Refused("act-unreadable", "An act's id is 26 characters of Crockford's base 32.")
    if body.commitment in house.organisation.erased:
        raise Refused("erased-already", "That payload is erased already.")


def member_of(house: Rooms, name: MemberId) -> Member:
    """The member of that name.

    Raises:
        Refused: `member-unknown`, `membership-ended`.
    """
    member = house.organisation.members.get(name)
    if member is None:
        raise Refused("member-unknown", "Nobody of that name is a member.")
    if member.left:
        raise Refused("membership-ended", "That membership has ended.")
    return member


def body_of(house: Rooms, name: BodyId) -> Body:
    """The body of that name.

    Raises:
        Refused: `body-unknown`, `body-dissolved`.
    """
    body = house.organisation.bodies.get(name)
    if body is None:
        raise Refused("body-unknown", "There is no body of that name.")
    if body.dissolved:
        raise Refused("body-dissolved", "That body has been dissolved.")
    return body


def post_of(house: Rooms, name: PostId) -> Post:
    """The post of that name.

    Raises:
        Refused: `post-unknown`.
    """
    post = house.organisation.posts.get(name)
    if post is None:
        raise Refused("post-unknown", "There is no post of that name.")
    return post


def _signs_who_has_a_key(house: Rooms, entry: Entry) -> None:
    # Else whoever has all sessions could empty a body, and have it re-seated by few keys.
    if entry.by.how in ("session", "demo") and house.organisation.has_key(entry.act.actor):
        raise Refused("key-needed", "Who holds a post and has a key gives it back with the key.")


def _branch(house: Rooms, name: BodyId) -> None:
    if body_of(house, name).kind == "committee":
        raise Refused("no-branch", "Members belong to a branch, not to a committee.")


def _new_member(house: Rooms, name: MemberId) -> None:
    if name in house.organisation.members:
        raise Refused("member-known", "That name is a member's already; draw another.")


def _check_key(key: Key) -> None:
    try:
        check_key(key)
    except ValueError as error:
        raise Refused("key-unsound", f"The key can't be used: {error}") from error


def _new_key(house: Rooms, key: Key) -> None:
    if key in house.organisation.keys or key == house.organisation.log_key:
        raise Refused("one-key-once", "That key is in use, or was; make another.")
    _check_key(key)


def _key_of(house: Rooms, member: MemberId, key: Key) -> None:
    if not house.organisation.key_in_force(member, key):
        raise Refused("key-unknown", "That isn't a key of this member in force.")
