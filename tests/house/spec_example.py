"""The record from which the specifications take their examples; the same at every run.

`python -m tests.house.spec_example` writes it and the examples in `docs/spec/` anew.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import count
from types import SimpleNamespace
from unittest.mock import patch

import msgspec
from msgspec import Raw

from collegium.counting import Profile
from collegium.counting.methods import METHODS
from collegium.ids import ProposalId, QuestionId, VoteId
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
)
from collegium.parts.decisions.tallying import NOT_FOR_VOTES, outcome_of, winners_of
from collegium.parts.deliberation.acts import OpenQuestion, PublishProposal, SignProposal
from collegium.parts.organisation.acts import AdmitMember
from collegium.parts.organisation.clauses import ClauseValue
from collegium.parts.organisation.rules import new_key_text
from collegium.record.act import Entry, read_entry, signed_text
from collegium.record.base64_text import to_base64
from collegium.record.canonical import encode
from collegium.record.checkpoint import Checkpoint, sign_checkpoint
from collegium.record.moments import after
from collegium.record.notes import Signer
from collegium.record.receipts import Receipt
from collegium.record.sealed import Payload, preimage
from collegium.record.tree import leaf_hash
from collegium.secretariat import chance
from collegium.secretariat.deeds import own_payloads
from collegium.secretariat.drafting import SESSION
from collegium.secretariat.states import digest_of, digests_of
from tests.cast import AMARA, BO, CHIARA, DMITRI, GORO, LOG_KEY, Hall
from tests.house import tree
from tests.house.fences import put_in

RULE_BOOK: dict[str, ClauseValue] = {
    "approvals.needed": 2,
    "approvals.wait_hours": 0,
    "decisions.openers": "member",
    "decisions.shortest_days": 1,
}

BALLOTS = ("123", "14-", "213", "2-1")
TITLE = "Rye on Fridays"
SIGNED = 9
"""The number of the entry that the specifications show."""

SPEC = tree.ROOT / "docs" / "spec"


@contextmanager
def settled_chance() -> Iterator[None]:
    """What is drawn by chance follows one from another instead."""
    numbers = count(1)

    def token_bytes(size: int) -> bytes:
        return sha256(f"draw {next(numbers)}".encode()).digest()[:size]

    def randbits(bits: int) -> int:
        return int.from_bytes(token_bytes(32)) >> 256 - bits

    drawn = SimpleNamespace(token_bytes=token_bytes, randbits=randbits)
    with patch.object(chance, "secrets", drawn):
        yield


def example() -> Hall:
    """Founding, a joint approval, a proposal, a refused signature, a vote with its outcome."""
    with settled_chance():
        hall = Hall(rule_book=dict(RULE_BOOK))
        hall.later(hours=1)
        key = DMITRI.key.public
        dmitri = AdmitMember(body=hall.root, happened_at="", key=key, member=DMITRI.id)
        hall.jointly(dmitri, name="Dmitri")
        _debate(hall)
        _vote(hall)
    return hall


def examples(hall: Hall) -> dict[str, str]:
    """The text of every named example in the specifications."""
    house = hall.door.house
    signed = read_entry(list(hall.archive.entries(0))[SIGNED])
    founding = hall.founding().rule_book
    told = {
        "act": encode(signed.act).decode(),
        "signed-text": signed_text(house.origin, signed.act).decode(),
        "signature": f"{signed.by.key}\n{signed.by.sig}",
        "entry": encode(signed).decode(),
        "leaf": _leaf(leaf_hash(encode(signed))),
        "rule-book": encode(founding).decode(),
        "new-key-text": new_key_text(house.origin, DMITRI.id, GORO.key.public).decode()[:-1],
        "replayed": _replayed(hall),
        "digests": "".join(f"{p} {d}\n" for p, d in sorted(digests_of(house).items()))
        + f"\nall {digest_of(house)}",
        "state": state_text(house.deliberation),
    }
    return (
        told | _log_examples(hall) | _payload_examples(hall) | _deed_examples(hall) | _counts(hall)
    )


def state_text(state: object) -> str:
    """A part's state as the specification spells it, by Python's own JSON."""
    plain = msgspec.to_builtins(state, str_keys=True, enc_hook=list)
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _leaf(leaf: bytes) -> str:
    return f"{leaf.hex()}\n{to_base64(leaf)}"


def _replayed(hall: Hall) -> str:
    house = hall.door.house
    refused = [f"refused {one.seq} {one.rule}" for one in hall.door.refusals]
    root = f"root {to_base64(house.tree.root())}"
    return "\n".join([f"size {house.size}", root, f"digest {digest_of(house)}", *refused])


def _log_examples(hall: Hall) -> dict[str, str]:
    house = hall.door.house
    signer = Signer(house.origin, LOG_KEY.seed)
    note = sign_checkpoint(Checkpoint(house.origin, house.size, house.tree.root()), signer)
    proof = tuple(house.tree.inclusion(SIGNED, house.size, house.leaves))
    return {
        "checkpoint": note.removesuffix("\n"),
        "verifier-key": str(signer.verifier_key),
        "receipt": Receipt(SIGNED, proof, note).text().removesuffix("\n"),
    }


def _payload_examples(hall: Hall) -> dict[str, str]:
    title = next(one for one in hall.archive.payloads() if one.content == TITLE.encode())
    hashed = preimage(title.act, title.field, Payload(title.salt, title.content))
    zeros = len(hashed) - len(hashed.rstrip(b"\0"))
    parts, at = [], 0
    while at < len(hashed):
        end = at + 4 + int.from_bytes(hashed[at : at + 4])
        parts.append(f"{hashed[at : at + 4].hex()} {hashed[at + 4 : end].hex()}")
        at = end
    parts[-1] = f"{parts[-1].removesuffix('00' * zeros)} and {zeros} times 00"
    lines = (title.act, title.field, title.salt.hex(), TITLE, title.commitment)
    names = ("act", "field", "salt", "content", "commitment")
    return {
        "payload": "\n".join(f"{name} {line}" for name, line in zip(names, lines, strict=True)),
        "preimage": "\n".join(parts),
    }


def _deed_examples(hall: Hall) -> dict[str, str]:
    request = next(iter(hall.door.house.approvals.requests.values()))
    deed = {
        "body": Raw(request.deed.encode()),
        "kind": request.kind,
        "sealed": own_payloads(request.sealed),
    }
    return {"deed": encode(deed).decode(), "deed-hash": request.deed_hash}


def _counts(hall: Hall) -> dict[str, str]:
    outcome = outcome_of(next(iter(hall.door.house.decisions.votes.values())))
    profile = Profile.of(3, BALLOTS).text().removesuffix("\n")
    rule = outcome.rule.document().decode()
    return {
        "profile": profile,
        "methods": _methods(),
        "rule-document": rule,
        "outcome": outcome.canonical().decode(),
    }


def _methods() -> str:
    """Every method by which votes are counted: its kind of ballots and its rule document."""
    return "\n".join(
        f"{name} {method.kind} {method.make(3, 1, 5).document().decode()}"
        for name, method in METHODS.items()
        if method.kind != "claims" and name not in NOT_FOR_VOTES and name != "debian-a6/1"
    )


def _debate(hall: Hall) -> None:
    hall.later(hours=1)
    question = QuestionId(
        hall.do(DMITRI, OpenQuestion(body=hall.root, happened_at="", reference=""))
    )
    published = PublishProposal(happened_at="", language="en", question=question, reference="")
    proposal = ProposalId(hall.do(AMARA, published, title=TITLE, text="We bake rye."))
    signature = SignProposal(happened_at="", proposal=proposal, version=1)
    hall.sign(DMITRI, signature)
    _past_the_door(hall, signature)


def _past_the_door(hall: Hall, signature: SignProposal) -> None:
    """The same signature again, as whoever runs the machine could write it."""
    again = hall.draft(DMITRI, signature).act
    with hall.archive.writing() as writing:
        writing.append(again.id, encode(Entry(again, hall.now, SESSION, 1)))
    hall.door.catch_up()


def _vote(hall: Hall) -> None:
    hall.later(hours=1)
    plain = Option(majority=(1, 1), members=(), proposal="", version=0)
    opening = OpenVote(
        body=hall.root,
        closes=after(hall.now, days=1),
        commission=NO_COMMISSION,
        counting=DEBIAN,
        default=3,
        electorate=ALL_MEMBERS,
        happened_at="",
        manner=BY_BALLOT,
        options=(plain, plain, plain),
        purpose="resolution",
        question="",
        quorum=Quorum(den=1, kind="percent", num=50),
        reference="2026-1",
        secret=False,
    )
    vote = VoteId(hall.do(BO, opening))
    for person, marks in zip((AMARA, BO, CHIARA, DMITRI), BALLOTS, strict=True):
        hall.do(person, CastBallot(happened_at="", marks=marks, vote=vote))
    hall.later(days=1)
    hall.do(CHIARA, CloseVote(happened_at="", vote=vote))
    hall.do(CHIARA, _declaration(hall, vote))


def _declaration(hall: Hall, vote: VoteId) -> DeclareOutcome:
    counted = hall.door.house.tally(vote)
    return DeclareOutcome(
        ballots=counted.ballots,
        happened_at="",
        outcome=counted.digest(),
        profile=counted.profile,
        vote=vote,
        winners=winners_of(hall.door.house.decisions.votes[vote], counted),
    )


def write() -> None:
    """Write the record and all examples anew."""
    hall = example()
    entries = b"".join(one + b"\n" for one in hall.archive.entries(0))
    (SPEC / "example.txt").write_bytes(entries)
    for page in sorted(SPEC.glob("*.md")):
        put_in(page, examples(hall))


if __name__ == "__main__":
    write()
