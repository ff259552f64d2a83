"""The specifications are true: their examples, and all names that a second replayer needs."""

import json
import re
from hashlib import sha256
from typing import Any

import pytest

from collegium.counting import DebianOutcome, Profile, Rule, read_rule
from collegium.counting.debian import MajorityFigure, QuorumFigure
from collegium.counting.schwartz import Defeat, Round
from collegium.ids import ActId, Commitment, Key
from collegium.parts.approvals.state import Approvals, Approving, Request, Terms
from collegium.parts.decisions.acts import Option
from collegium.parts.decisions.state import Decisions, Vote
from collegium.parts.deliberation.state import Deliberation, Objection, Proposal, Question, Version
from collegium.parts.organisation.clauses import check_changes
from collegium.parts.organisation.state import Body, HeldKey, Member, Organisation, Post
from collegium.record import canonical
from collegium.record.act import read_act, read_entry, signed_text
from collegium.record.base64_text import to_base64
from collegium.record.checkpoint import open_checkpoint
from collegium.record.keys import verify_signature
from collegium.record.notes import VerifierKey
from collegium.record.receipts import verify_receipt
from collegium.record.sealed import Payload, opens
from collegium.record.tree import Tree, leaf_hash, leaf_hashes
from collegium.secretariat import entering
from collegium.secretariat.house import House
from collegium.secretariat.line import Line
from collegium.secretariat.registry import LINES
from collegium.secretariat.replay import enter, replay
from collegium.secretariat.ruling import rulings
from collegium.secretariat.states import digests_of
from tests.house.fences import examples_in
from tests.house.spec_example import SIGNED, SPEC, example, examples, state_text

PAGES = sorted(SPEC.glob("*.md"))
GIVEN = {name: text for page in PAGES for name, text in examples_in(page).items()}
RECORD = (SPEC / "example.txt").read_bytes().split(b"\n")[:-1]
STATES: list[Any] = [
    *(Organisation, Member, HeldKey, Body, Post, Approvals, Request, Terms, Approving),
    *(Deliberation, Question, Proposal, Version, Objection, Decisions, Vote, Option),
]
OUTCOME: list[Any] = [DebianOutcome, MajorityFigure, QuorumFigure, Round, Defeat]


def words_in_code(text: str) -> set[str]:
    return set(re.findall(r"`([^`\n]+)`", text))


def section(page: str, heading: str) -> str:
    text = (SPEC / page).read_text(encoding="utf-8")
    _, found, rest = text.partition(f"{heading}\n")
    assert found, f"docs/spec/{page} has no heading {heading}"
    return re.split(r"^#", rest, maxsplit=1, flags=re.MULTILINE)[0]


def replayed() -> House:
    tree = Tree()
    tree.extend(leaf_hashes(RECORD))
    house = House(lambda start, stop: leaf_hashes(RECORD[start:stop]))
    assert [(one.seq, one.rule) for one in replay(house, RECORD)] == [(10, "one-signature")]
    assert house.tree.root() == tree.root()
    return house


def test_the_examples_are_those_of_today() -> None:
    hall = example()
    assert list(hall.archive.entries(0)) == RECORD, "run python -m tests.house.spec_example"
    assert examples(hall) == GIVEN, "run python -m tests.house.spec_example"


def test_the_act_is_canonical_and_signed() -> None:
    act = GIVEN["act"].encode()
    assert canonical.encode(canonical.decode(act)) == act
    assert GIVEN["signed-text"].encode() == signed_text(replayed().origin, read_act(act))
    key, sig = GIVEN["signature"].split("\n")
    assert verify_signature(Key(key), sig, GIVEN["signed-text"].encode())


def test_the_entry_has_its_leaf_hash() -> None:
    entry = GIVEN["entry"].encode()
    assert canonical.encode(read_entry(entry)) == entry == RECORD[SIGNED]
    hexadecimal, base64 = GIVEN["leaf"].split("\n")
    assert bytes.fromhex(hexadecimal) == leaf_hash(entry)
    assert base64 == to_base64(leaf_hash(entry))


def test_the_checkpoint_and_the_receipt_are_the_logs() -> None:
    key = VerifierKey.parse(GIVEN["verifier-key"])
    checkpoint = open_checkpoint(GIVEN["checkpoint"] + "\n", key)
    house = replayed()
    assert (checkpoint.size, checkpoint.root) == (house.size, house.tree.root())
    assert checkpoint.origin == house.origin
    assert verify_receipt(GIVEN["receipt"] + "\n", RECORD[SIGNED], key) == checkpoint


def test_the_payload_opens_its_commitment() -> None:
    told = dict(line.split(" ", 1) for line in GIVEN["payload"].split("\n"))
    payload = Payload(bytes.fromhex(told["salt"]), told["content"].encode())
    assert opens(Commitment(told["commitment"]), ActId(told["act"]), told["field"], payload)
    parts, zeros = GIVEN["preimage"].removesuffix(" times 00").split(" and ")
    preimage = bytes.fromhex(parts.replace("\n", " ")) + bytes(int(zeros))
    assert to_base64(sha256(preimage).digest()) == told["commitment"]


def test_the_deeds_hash_is_what_was_approved() -> None:
    deed = GIVEN["deed"].encode()
    assert canonical.encode(canonical.decode(deed)) == deed
    assert GIVEN["deed-hash"] == to_base64(sha256(deed).digest())
    assert GIVEN["deed-hash"].encode() in RECORD[4]


def test_the_rule_book_fits_its_clauses() -> None:
    text = GIVEN["rule-book"].encode()
    check_changes(dict(json.loads(text)))
    assert text in RECORD[0]


def specified_digests(house: House) -> dict[str, str]:
    parts = ("approvals", "decisions", "deliberation", "organisation")
    states = {part: state_text(getattr(house, part)) for part in parts}
    return {
        part: sha256(f"collegium-state/1\n{part}\n{state}".encode()).hexdigest()
        for part, state in states.items()
    }


def test_the_digest_is_over_what_the_specification_says() -> None:
    digests = specified_digests(replayed())
    lines = "".join(f"{part} {digest}\n" for part, digest in digests.items())
    assert GIVEN["digests"] == f"{lines}\nall {sha256(lines.encode()).hexdigest()}"


def test_the_digests_are_as_specified_at_every_size() -> None:
    house = House(lambda start, stop: leaf_hashes(RECORD[start:stop]))
    assert digests_of(house) == specified_digests(house)
    for size, entry in enumerate(RECORD, 1):
        refused = enter(house, entry) is not None
        assert refused == (size == SIGNED + 2), "only the signature past the door is refused"
        assert house.size == size
        assert digests_of(house) == specified_digests(house)


def test_the_outcome_is_what_the_ballots_come_to() -> None:
    heading, *ballots = GIVEN["profile"].split("\n")
    assert heading == "collegium-profile/1 ranked 3"
    weights = {ballot: int(weight) for ballot, weight in (line.split() for line in ballots)}
    rule = read_rule(GIVEN["rule-document"].encode())
    assert isinstance(rule, Rule)
    outcome = rule.count(Profile(3, weights))
    assert outcome.canonical().decode() == GIVEN["outcome"]
    assert sha256(GIVEN["outcome"].encode()).hexdigest().encode() in RECORD[-1]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.kind)
def test_a_kind_is_specified_with_all_its_refusals(line: Line) -> None:
    told = words_in_code(section("kinds.md", f"### `{line.kind}`"))
    names = {one.name for one in rulings(line.rule)}
    assert names - told == set()
    every = {one.name for other in LINES for one in rulings(other.rule)}
    assert (told & every) - names == set()


def test_what_every_act_is_asked_is_specified() -> None:
    told = words_in_code((SPEC / "rules.md").read_text(encoding="utf-8"))
    asked = {one.name for one in (*rulings(entering.read), *rulings(entering.examine))}
    assert asked - told == set()


@pytest.mark.parametrize("struct", STATES, ids=lambda struct: struct.__name__)
def test_every_field_of_a_state_is_specified(struct: Any) -> None:
    told = words_in_code(section("replay.md", "## States"))
    assert set(struct.__struct_fields__) - told == set()


def test_every_field_of_an_outcome_is_specified() -> None:
    told = words_in_code(section("replay.md", "## Counting"))
    assert {name for struct in OUTCOME for name in struct.__struct_fields__} - told == set()
