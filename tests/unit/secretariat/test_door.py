from dataclasses import dataclass, field
from typing import Any

import pytest
from msgspec.structs import replace

from collegium.archive.memory import MemoryArchive
from collegium.ids import Commitment
from collegium.parts.deliberation.acts import OpenQuestion
from collegium.parts.organisation.acts import ErasePayload, LeaveOrganisation
from collegium.record.base64_text import to_base64
from collegium.record.canonical import NotCanonicalError
from collegium.record.tree import leaf_hash
from collegium.secretariat.door import LARGEST_BATCH, Asked, Door
from collegium.secretariat.states import digest_of
from tests.cast import DMITRI, GORO, Hall
from tests.forging import digest
from tests.refusing import refused

LEAVING = LeaveOrganisation(happened_at="")


def question(hall: Hall) -> Asked:
    return hall.draft(DMITRI, OpenQuestion(body=hall.root, happened_at="", reference=""))


def stranger(hall: Hall) -> Asked:
    return hall.draft(GORO, OpenQuestion(body=hall.root, happened_at="", reference=""))


def test_a_receipt_names_the_entry(hall: Hall) -> None:
    asked = question(hall)
    receipt = hall.perform(asked)
    stored = hall.archive.find(asked.act.id)
    assert stored
    assert (receipt.act, receipt.seq, receipt.at) == (asked.act.id, stored.seq, hall.now)
    assert receipt.leaf == to_base64(leaf_hash(stored.data))


def test_the_same_act_twice_is_one(hall: Hall) -> None:
    asked = question(hall)
    first = hall.perform(asked)
    size = hall.archive.size()
    hall.later(days=1)
    assert hall.perform(asked) == first
    assert hall.archive.size() == size


def test_an_id_is_one_acts(hall: Hall) -> None:
    asked = question(hall)
    hall.perform(asked)
    other = hall.draft(DMITRI, LEAVING)
    with refused("act-id-used"):
        hall.perform(replace(other, act=replace(other.act, id=asked.act.id)))


def test_a_refused_act_leaves_no_trace(hall: Hall) -> None:
    before = hall.archive.size(), digest(hall), len(list(hall.archive.payloads()))
    with refused("member-unknown"):
        hall.perform(stranger(hall))
    assert (hall.archive.size(), digest(hall), len(list(hall.archive.payloads()))) == before


def test_payloads_are_kept_with_their_act(hall: Hall) -> None:
    asked = question(hall)
    hall.perform(asked)
    assert hall.archive.payload(asked.payloads[0].commitment) == asked.payloads[0]


def test_an_act_that_is_too_long_is_none(hall: Hall) -> None:
    asked = question(hall)
    with pytest.raises(NotCanonicalError, match="at most 16384 bytes"):
        hall.perform(replace(asked, by=replace(asked.by, sig="x" * 16384)))


def test_nobody_acts_while_reading(hall: Hall) -> None:
    asked = question(hall)
    with hall.door.reading(), pytest.raises(RuntimeError, match="reads the house"):
        hall.perform(asked)
    with hall.door.reading(), pytest.raises(RuntimeError, match="reads the house"):
        hall.door.perform_many([asked])
    hall.perform(asked)


def test_a_house_is_read_within_a_reading(hall: Hall) -> None:
    with hall.door.reading() as outer, hall.door.reading() as inner:
        assert outer is inner


# Two doors on one archive.


def test_two_doors_agree(hall: Hall) -> None:
    other = Door(hall.archive, clock=lambda: hall.now)
    hall.perform(question(hall))
    other.perform(question(hall))
    hall.perform(question(hall))
    with hall.door.reading() as ours, other.reading() as theirs:
        assert ours.size == theirs.size == hall.archive.size()
        assert digest_of(ours) == digest_of(theirs)


def test_a_door_judges_by_what_another_has_entered(hall: Hall) -> None:
    other = Door(hall.archive, clock=lambda: hall.now)
    asked = question(hall)
    hall.do(DMITRI, LEAVING)
    with refused("membership-ended"):
        other.perform(asked)


def test_a_door_gives_the_receipt_that_another_gave(hall: Hall) -> None:
    asked = question(hall)
    other = Door(hall.archive, clock=lambda: hall.now)
    assert hall.perform(asked) == other.perform(asked)


# Many at once.


def test_many_enter_as_one_by_one(hall: Hall) -> None:
    acts = [question(hall) for _ in range(LARGEST_BATCH + 5)]
    assert hall.door.perform_many(iter(acts)) == LARGEST_BATCH + 5
    assert digest_of(Door(hall.archive).house) == digest(hall)
    assert len(hall.door.house.deliberation.questions) == LARGEST_BATCH + 5


def test_many_that_stand_already_are_passed_over(hall: Hall) -> None:
    acts = [question(hall) for _ in range(3)]
    hall.perform(acts[1])
    assert hall.door.perform_many(acts) == 2
    assert hall.door.perform_many(acts) == 0


@pytest.mark.parametrize("place", [0, 3, LARGEST_BATCH + 1])
def test_a_refusal_keeps_those_before_it_and_none_after(hall: Hall, place: int) -> None:
    acts = [question(hall) for _ in range(LARGEST_BATCH + 5)]
    acts[place] = stranger(hall)
    size = hall.archive.size()
    with refused("member-unknown"):
        hall.door.perform_many(acts)
    assert hall.archive.size() == size + place
    assert digest_of(Door(hall.archive).house) == digest(hall)


def test_an_unknown_kind_keeps_those_before_it(hall: Hall) -> None:
    acts = [question(hall) for _ in range(3)]
    acts[2] = replace(acts[2], act=replace(acts[2].act, kind="deliberation.sing/1"))
    size = hall.archive.size()
    with refused("kind-unknown"):
        hall.door.perform_many(acts)
    assert hall.archive.size() == size + 2


def test_an_id_that_another_act_has_isnt_passed_over(hall: Hall) -> None:
    first, second = question(hall), hall.draft(DMITRI, LEAVING)
    with refused("act-id-used"):
        hall.door.perform_many([first, replace(second, act=replace(second.act, id=first.act.id))])


def test_payloads_are_looked_at_before_a_batch(hall: Hall) -> None:
    acts = [question(hall), replace(question(hall), payloads=())]
    size = hall.archive.size()
    with refused("payloads-differ"):
        hall.door.perform_many(acts)
    assert hall.archive.size() == size


@pytest.mark.parametrize("before", [0, 250])
def test_nothing_in_a_batch_has_seen_another_record_of_it(hall: Hall, before: int) -> None:
    acts = [question(hall) for _ in range(before + 3)]
    root = acts[-1].act.base[1]
    for back in (0, 1):
        ahead = (hall.archive.size() + before + 2 - back, root)
        acts[-1] = replace(acts[-1], act=replace(acts[-1].act, base=ahead))
        with refused("base-unknown"):
            hall.door.perform_many(acts)
        assert digest_of(Door(hall.archive).house) == digest(hall)


# Erasure.


@dataclass
class Erasing:
    """An archive that counts what it was asked to erase."""

    archive: MemoryArchive
    erased: list[Commitment] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.archive, name)

    def erase(self, commitment: Commitment) -> None:
        self.erased.append(commitment)
        self.archive.erase(commitment)


def test_a_payload_that_came_back_is_erased_at_the_next_start(hall: Hall) -> None:
    archive = hall.archive
    assert isinstance(archive, MemoryArchive)
    payload = next(archive.payloads())
    gone = ErasePayload(commitment=payload.commitment, entry=payload.act, happened_at="")
    hall.jointly(gone)
    archive._payloads[payload.commitment] = payload
    watched = Erasing(archive)
    Door(watched)
    assert watched.erased == [payload.commitment]
    assert archive.payload(payload.commitment) is None
