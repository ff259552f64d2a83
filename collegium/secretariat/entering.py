"""How an entry enters the house: it is read, it is examined, it takes effect.

The door, the replay and the check of a copy all go this way: there is no second one.
"""

from hashlib import sha256
from typing import Any

from msgspec import DecodeError

from collegium.ids import CROCKFORD, Key, MemberId
from collegium.parts.approvals.rules import approvals_needed
from collegium.record.act import Entry, origin_of, read_entry, signed_text
from collegium.record.base64_text import spells_hash, to_base64
from collegium.record.canonical import NotCanonicalError, encode
from collegium.record.keys import verify_signature
from collegium.record.moments import is_moment
from collegium.refusals import Refused
from collegium.secretariat.deeds import deciding_body, joint_of
from collegium.secretariat.house import House
from collegium.secretariat.line import Line
from collegium.secretariat.registry import BY_KIND
from collegium.secretariat.sealing import check_fields

FOUND = "organisation.found-organisation/1"
CONSENT = "organisation.consent-to-founding/1"
ASK = "approvals.ask-approval/1"

OPEN_TO_SUSPENDED = frozenset(
    {"organisation.leave-organisation/1", "deliberation.raise-objection/1"}
)
"""What a suspended member may still do."""


BASES_REMEMBERED = 64
"""Members act on pages of different age, so that the same few bases come back in turn."""


_MINUTES = frozenset(f"{minute:02}:" for minute in range(60))
_SECONDS = frozenset(f"{second:02}Z" for second in range(60))


def read(data: bytes) -> tuple[Entry, Line, Any]:
    """An entry with its kind's line and its body.

    Raises:
        NotCanonicalError: No entry, or not its one spelling.
        Refused: `kind-unknown`.
    """
    entry = read_entry(data)
    line = BY_KIND.get(entry.act.kind)
    if line is None:
        raise Refused("kind-unknown", f"This release knows no act of kind {entry.act.kind[:64]}.")
    raw = entry.act.body
    try:
        body = line.decoder.decode(raw)
    except (DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotCanonicalError(f"expected the body of {line.kind}: {error}") from error
    if encode(body) != bytes(raw):
        raise NotCanonicalError(f"expected the body of {line.kind} in its one spelling")
    return entry, line, body


def examine(  # noqa: C901 - a row of questions, spelt out since every entry is asked them
    house: House, entry: Entry, line: Line, body: Any
) -> None:
    """Ask every rule about an entry that would come next.

    Raises:
        Refused: With the name of the first rule that says no.
    """
    act = entry.act
    if entry.at != house.at:
        _check_time(house, entry)
    if act.id.strip(CROCKFORD):  # nothing is left if every character is one of them
        raise Refused("act-id", "An act's id is 26 characters of Crockford's base 32 (a ULID).")
    if act.base not in house.bases:
        _check_base(house, act.base)
    if act.sealed or line.sealed:
        _check_payloads(line, entry)
    book = house.organisation
    if book.importing or book.awaiting or not book.founded:
        _check_stage(house, entry, line)
    if entry.by.how == "session":
        if entry.by.key or entry.by.sig:
            raise Refused("proof-surplus", "A session proves nothing by a key or signature.")
        if line.proof != "session":
            raise Refused("key-needed", "This must be signed with a key of your own.")
    else:
        _check_proof(house, entry, line, body)
    if body.happened_at and not (is_moment(body.happened_at) and body.happened_at <= entry.at):
        raise Refused("happened-at", "When it happened is a moment, and not in the future.")
    # Where all is well, nothing is called: this and the stage are asked of every entry.
    member = house.organisation.members.get(act.actor)
    if member is None or member.left or member.suspended:
        _check_actor(house, act.actor, line)
    if line.joint is not None and entry.by.how != "import":
        raise _nobody_alone(house, entry, line, body)
    line.rule(house, entry, body)


def take_effect(house: House, entry: Entry, line: Line, body: Any, data: bytes) -> None:
    """Let a committed, allowed entry change the house, and count it into the tree."""
    line.effect(house, entry, body)
    if entry.by.how == "import":
        house.organisation.imported += 1
    leaf = sha256(b"\x00" + data).digest()
    if not house.tree.size:
        house.origin = origin_of(house.organisation.domain, leaf)
    house.tree.append(leaf)
    house.at = entry.at


def stand_alone(house: House, data: bytes) -> None:
    """Count a committed entry into the tree that has no effect, since a rule refuses it."""
    house.tree.append(sha256(b"\x00" + data).digest())


def _check_actor(house: House, name: MemberId, line: Line) -> None:
    member = house.organisation.members.get(name)
    if member is None:
        if line.kind != FOUND:
            raise Refused("member-unknown", "The actor isn't a member.")
    elif member.left:
        raise Refused("membership-ended", "The actor's membership has ended.")
    elif member.suspended and line.kind not in OPEN_TO_SUSPENDED:
        raise Refused("not-in-standing", "The actor's rights are suspended.")


def _check_time(house: House, entry: Entry) -> None:
    at = entry.at
    # Most entries stand in the hour of the one before, whose date and hour were judged.
    same_hour = at[:14] == house.at[:14]
    if not ((same_hour and at[14:17] in _MINUTES and at[17:] in _SECONDS) or is_moment(at)):
        raise Refused("time-unreadable", "An entry's time is a moment in UTC to the second.")
    if entry.at < house.at:
        raise Refused("time-decreases", f"The last entry was made at {house.at}.")


def _check_base(house: House, base: tuple[int, str]) -> None:
    size, root = base
    if size > house.size:
        raise Refused("base-unknown", "The act is based on a longer record than this one.")
    tree = house.tree
    known = tree.root() if size == tree.size else tree.root_at(size, house.leaves)
    if to_base64(known) != root:
        raise Refused("base-unknown", "The act is based on another record than this one.")
    if len(house.bases) >= BASES_REMEMBERED:
        del house.bases[next(iter(house.bases))]
    house.bases[base] = None


def _check_payloads(line: Line, entry: Entry) -> None:
    sealed = entry.act.sealed
    if line.kind != ASK:  # a request's payloads are its deed's: see deeds.warrant_of
        check_fields(line.sealed, sealed)
    for text in sealed.values():
        if not spells_hash(text):
            raise Refused("commitment-unreadable", "A commitment is 32 bytes in base64.")


def _check_stage(house: House, entry: Entry, line: Line) -> None:
    book = house.organisation
    if not book.founded and (line.kind != FOUND or house.size):
        raise Refused("not-founded", "The first entry founds the organisation.")
    if book.awaiting and line.kind != CONSENT:
        raise Refused("founding-open", "First every founder consents to the founding.")
    if book.importing and entry.by.how != "import" and not _before_close(line):
        raise Refused("import-open", "Nothing else is done until the import is closed.")


def _before_close(line: Line) -> bool:
    return line.kind == CONSENT or line.part == "approvals"


def _check_proof(house: House, entry: Entry, line: Line, body: Any) -> None:
    how = entry.by.how
    if how == "key":
        _check_key(house, entry, line, body)
        return
    if entry.by.key or entry.by.sig:
        raise Refused("proof-surplus", f"Proof by {how} has no key or signature.")
    if how == "import":
        _check_import(house, line, body)
    elif how == "demo":
        if not house.organisation.demo:
            raise Refused("no-demo", "Only an organisation founded as a demo has demo acts.")
        if line.proof != "session":
            raise Refused("key-needed", "This must be signed with a key of your own.")
    else:
        raise Refused("proof-unknown", f"This release knows no proof by {how}.")


def _check_key(house: House, entry: Entry, line: Line, body: Any) -> None:
    key = Key(entry.by.key)
    if line.kind == FOUND:
        known = key == body.founders[0].key
    else:
        known = house.organisation.key_in_force(entry.act.actor, key)
    if not known:
        raise Refused("key-unknown", "The signing key isn't one of the actor's in force.")
    if not verify_signature(key, entry.by.sig, signed_text(house.origin, entry.act)):
        raise Refused("member-signature", "The signature isn't the key's over this act.")


def _check_import(house: House, line: Line, body: Any) -> None:
    if not house.organisation.importing:
        raise Refused("import-closed", "No import is open; nothing is imported after its close.")
    if not line.importable:
        raise Refused("import-never", "Acts of this kind are never imported.")
    if not body.happened_at:
        raise Refused("happened-at", "An imported act says when it happened.")


def _nobody_alone(house: House, entry: Entry, line: Line, body: Any) -> Refused:
    about = joint_of(line).body(house, body)
    needed, where = 2, "the body concerned"
    if about in house.organisation.bodies:
        decides = deciding_body(house, about, entry.at)
        needed = approvals_needed(house, decides, entry.at)
        # What the body is called is sealed, and no rule reads it; pages put the name beside this.
        where = f"body number {house.organisation.bodies[decides].number}"
    return Refused(
        "joint-approval-needed",
        f"Nobody does this alone: {needed} who hold a post in {where} approve it together; "
        "ask them.",
    )
