"""Each fault is really made: an effect that fails, a write lost, a write kept all the same."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from collegium.archive.memory import MemoryArchive, MemoryWriting
from collegium.archive.protocol import Busy, InDoubt
from collegium.ids import Kind, QuestionId
from collegium.parts.deliberation.acts import OpenQuestion
from collegium.parts.organisation.acts import ErasePayload, LeaveOrganisation
from collegium.record.act import Entry
from collegium.secretariat import registry
from collegium.secretariat.door import Asked, Broken, Door
from collegium.secretariat.house import House
from collegium.secretariat.snapshot import house_of, write_snapshot
from collegium.secretariat.states import digest_of
from tests.cast import AMARA, BO, DMITRI, Hall
from tests.forging import digest

QUESTION = Kind("deliberation.open-question/1")


def question(hall: Hall) -> Asked:
    return hall.draft(DMITRI, OpenQuestion(body=hall.root, happened_at="", reference=""))


def half_an_effect(house: House, entry: Entry, _body: object) -> None:
    """An effect of ours that fails in the middle: no rule foresaw it."""
    house.organisation.members[entry.act.actor].suspended = True
    raise KeyError("nobody thought of this")


@contextmanager
def broken_release() -> Iterator[None]:
    """A release in which one kind's effect is at fault."""
    line = registry.BY_KIND[QUESTION]
    registry.BY_KIND[QUESTION] = replace(line, effect=half_an_effect)
    try:
        yield
    finally:
        registry.BY_KIND[QUESTION] = line


# A failing effect.


def test_a_failing_effect_breaks_the_house_and_loses_nothing(hall: Hall) -> None:
    asked, before = question(hall), digest(hall)
    with broken_release():
        receipt = hall.perform(asked)
        assert hall.archive.find(asked.act.id)
        assert digest(hall) == before
        assert hall.door.house.size == receipt.seq
        assert "The effect of entry" in hall.door.house.broken


def test_a_broken_house_is_read_and_takes_no_act(hall: Hall) -> None:
    with broken_release():
        hall.perform(question(hall))
        size = hall.archive.size()
        with pytest.raises(Broken, match="until a release of Collegium can replay it"):
            hall.do(DMITRI, LeaveOrganisation(happened_at=""))
        with pytest.raises(Broken):
            hall.door.perform_many([hall.draft(DMITRI, LeaveOrganisation(happened_at=""))])
        with hall.door.reading() as house:
            assert house.broken
            assert not house.organisation.members[DMITRI.id].suspended
        assert hall.archive.size() == size


def test_a_release_with_the_cure_replays_everything(hall: Hall) -> None:
    asked = question(hall)
    with broken_release():
        hall.perform(asked)
        assert Door(hall.archive).house.broken
    cured = Door(hall.archive)
    assert not cured.house.broken
    assert QuestionId(asked.act.id) in cured.house.deliberation.questions
    assert cured.house.size == hall.archive.size()


def test_a_snapshot_doesnt_hide_a_failing_effect(hall: Hall, tmp_path: Path) -> None:
    write_snapshot(hall.door.house, tmp_path / "snapshot")
    before = digest(hall)
    hall.perform(question(hall))
    with broken_release():
        door = Door(hall.archive, house_of(hall.archive, tmp_path / "snapshot"))
        assert door.house.broken
        assert digest_of(door.house) == before
    cured = house_of(hall.archive, tmp_path / "snapshot")
    assert digest_of(cured) == digest(hall)


def test_another_process_breaks_on_the_same_entry(hall: Hall) -> None:
    other = Door(hall.archive, clock=lambda: hall.now)
    hall.perform(question(hall))
    with broken_release(), other.reading() as house:
        assert house.broken
        assert digest_of(house) == digest_of(Door(hall.archive).house)
        assert house.size == hall.archive.size() - 1


def test_a_failing_effect_in_a_batch_takes_the_batch_back(hall: Hall) -> None:
    before = digest(hall), hall.archive.size()
    with broken_release(), pytest.raises(KeyError, match="nobody thought of this"):
        hall.door.perform_many([question(hall), question(hall)])
    assert (digest(hall), hall.archive.size()) == before
    hall.perform(question(hall))


def test_a_failure_among_the_acts_themselves_rebuilds_the_house(hall: Hall) -> None:
    def acts() -> Iterator[Asked]:
        yield from [question(hall) for _ in range(200)]
        raise OSError("the file with the acts ended early")

    size = hall.archive.size()
    with pytest.raises(OSError, match="ended early"):
        hall.door.perform_many(acts())
    assert hall.archive.size() == size + 200
    assert digest_of(Door(hall.archive).house) == digest(hall)


# A write lost, and a write kept although an error came back.


@dataclass
class Doubtful:
    """An archive whose next commit ends without an answer.

    Attributes:
        keeps: Whether the entries stand all the same.
        deaf: Whether it can't be asked afterwards either.
    """

    archive: MemoryArchive
    keeps: bool
    due: bool = False
    deaf: bool = False

    def __getattr__(self, name: str) -> Any:
        if self.deaf and name in {"size", "entries", "find"}:
            raise ConnectionError("nobody answers")
        return getattr(self.archive, name)

    @contextmanager
    def writing(self, wait: float = 5.0) -> Iterator[MemoryWriting]:
        try:
            with self.archive.writing(wait) as writing:
                yield writing
                if self.due and not self.keeps:
                    raise InDoubt
            if self.due:
                raise InDoubt
        finally:
            self.due = False


def doubtful_hall(*, keeps: bool) -> tuple[Hall, Doubtful]:
    archive = Doubtful(MemoryArchive(), keeps=keeps)
    hall = Hall(archive=archive)
    hall.admit(DMITRI)
    archive.due = True
    return hall, archive


def test_a_lost_write_is_said_to_be_in_doubt_and_can_be_repeated() -> None:
    hall, _ = doubtful_hall(keeps=False)
    asked, before = question(hall), (digest(hall), hall.archive.size())
    with pytest.raises(InDoubt):
        hall.perform(asked)
    assert (digest(hall), hall.archive.size()) == before
    assert hall.perform(asked).seq == before[1]


def test_a_kept_write_is_answered_with_its_receipt() -> None:
    hall, _ = doubtful_hall(keeps=True)
    asked = question(hall)
    receipt = hall.perform(asked)
    stored = hall.archive.find(asked.act.id)
    assert stored
    assert stored.seq == receipt.seq
    assert QuestionId(asked.act.id) in hall.door.house.deliberation.questions
    assert hall.perform(asked) == receipt


@pytest.mark.parametrize("keeps", [False, True])
def test_a_batch_in_doubt_is_read_again_from_the_record(*, keeps: bool) -> None:
    hall, _ = doubtful_hall(keeps=keeps)
    acts = [question(hall) for _ in range(3)]
    with pytest.raises(InDoubt):
        hall.door.perform_many(acts)
    assert len(hall.door.house.deliberation.questions) == 3 * keeps
    assert digest_of(Door(hall.archive).house) == digest(hall)
    assert hall.door.perform_many(acts) == 3 * (not keeps)


@pytest.mark.parametrize("keeps", [False, True])
def test_nobody_reads_what_a_batch_in_doubt_left_behind(*, keeps: bool) -> None:
    hall, archive = doubtful_hall(keeps=keeps)
    asked = question(hall)
    archive.deaf = True
    with pytest.raises(ConnectionError):
        hall.door.perform_many([asked])
    assert hall.door.house.deliberation.questions == {}
    archive.deaf = False
    with hall.door.reading() as house:
        assert len(house.deliberation.questions) == keeps
        assert house.size == archive.archive.size()


# Turns.


def test_a_writer_who_waits_in_vain_is_told(hall: Hall) -> None:
    asked, size = question(hall), hall.archive.size()
    with hall.archive.writing(), pytest.raises(Busy):
        hall.door.perform(asked, wait=0.01)
    with hall.door._turns.turn(), pytest.raises(Busy, match="send it again"):
        hall.door.perform(asked, wait=0.01)
    assert hall.archive.size() == size
    hall.perform(asked)


def test_twenty_threads_leave_no_gap(hall: Hall) -> None:
    doors = [hall.door, Door(hall.archive, clock=lambda: hall.now)]
    acts = [question(hall) for _ in range(100)]
    seqs: list[int] = []

    def perform(thread: int) -> None:
        seqs.extend(doors[thread % 2].perform(one).seq for one in acts[thread::20])

    start = hall.archive.size()
    threads = [threading.Thread(target=perform, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seqs) == list(range(start, start + 100))
    for door in (*doors, Door(hall.archive)):
        with door.reading() as house:
            assert digest_of(house) == digest(hall)


def test_an_act_sent_by_many_threads_is_one(hall: Hall) -> None:
    asked = question(hall)
    receipts = []
    threads = [
        threading.Thread(target=lambda: receipts.append(hall.perform(asked))) for _ in range(10)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receipts) == 10
    assert len(set(map(str, receipts))) == 1


def test_readers_never_see_what_isnt_committed(hall: Hall) -> None:
    seen: list[tuple[int, int]] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            with hall.door.reading() as house:
                seen.append((len(house.deliberation.questions), hall.archive.size()))

    first = hall.archive.size()
    reader = threading.Thread(target=read)
    reader.start()
    try:
        for _ in range(5):
            hall.door.perform_many([question(hall) for _ in range(40)])
            hall.perform(question(hall))
    finally:
        stop.set()
        reader.join()
    assert all(questions <= size - first for questions, size in seen)
    assert len(hall.door.house.deliberation.questions) == 205


def test_nobody_reads_in_the_middle_of_a_batch(hall: Hall) -> None:
    """The reader waits for the batch, whose acts are being examined meanwhile."""
    entered, seen = threading.Event(), []
    line = registry.BY_KIND[QUESTION]

    def slow(house: House, entry: Entry, body: object) -> None:
        line.effect(house, entry, body)
        entered.set()

    def read() -> None:
        entered.wait(5)
        with hall.door.reading() as house:
            seen.append(len(house.deliberation.questions))

    registry.BY_KIND[QUESTION] = replace(line, effect=slow)
    reader = threading.Thread(target=read)
    reader.start()
    try:
        hall.door.perform_many([question(hall) for _ in range(100)])
    finally:
        registry.BY_KIND[QUESTION] = line
        reader.join()
    assert seen == [100]


def test_a_payload_erased_by_several_threads_hides_no_other(hall: Hall) -> None:
    first, second = list(hall.archive.payloads())[:2]
    requests = [
        hall.ask(AMARA, ErasePayload(commitment=one.commitment, entry=one.act, happened_at=""))
        for one in (first, second)
    ]
    for request in requests:
        hall.approve(AMARA, request)
        hall.approve(BO, request)
    hall.enact(AMARA, requests[0])
    hall.door._erased = 0  # as when another thread had only begun
    hall.enact(AMARA, requests[1])
    assert hall.door._erased == 2
    assert hall.archive.payload(second.commitment) is None
