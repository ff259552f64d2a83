"""What `protocol.Archive` promises, asked of every archive."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from collegium.archive.protocol import EMPTY, Archive, Busy, Stored
from collegium.ids import Commitment
from collegium.record.act import LONGEST_ENTRY
from tests.archives import act, append, assert_whole, entry, grow, payload


def test_a_new_archive_is_empty(archive: Archive) -> None:
    assert archive.head() == EMPTY
    assert list(archive.entries(0)) == []
    assert archive.find(act(0)) is None
    assert archive.checkpoint() is None


def test_entries_come_back_in_order_and_byte_for_byte(archive: Archive) -> None:
    grow(archive, 5)
    assert list(archive.entries(0)) == [entry(number) for number in range(5)]
    assert list(archive.entries(1, 3)) == [entry(1), entry(2)]
    assert list(archive.entries(3, 99)) == [entry(3), entry(4)]
    assert list(archive.entries(7)) == []


def test_any_bytes_are_kept(archive: Archive) -> None:
    data = bytes(range(256))
    with archive.writing() as writing:
        writing.append(act(0), data)
    assert archive.find(act(0)) == Stored(0, data)


def test_numbers_have_no_gaps(archive: Archive) -> None:
    assert [append(archive, number) for number in range(4)] == [0, 1, 2, 3]


def test_the_head_is_the_root_over_the_stored_bytes(archive: Archive) -> None:
    for size in (1, 2, 3, 7, 300, 1300):
        grow(archive, size)
        assert_whole(archive, size)


def test_nothing_stands_when_an_exception_leaves(archive: Archive) -> None:
    grow(archive, 3)
    with pytest.raises(KeyError):
        append_and_fail(archive, 3)
    assert_whole(archive, 3)
    assert list(archive.payloads()) == []
    assert append(archive, 3) == 3


def append_and_fail(archive: Archive, number: int) -> None:
    with archive.writing() as writing:
        writing.append(act(number), entry(number), [payload(number, b"gone")])
        raise KeyError


def test_an_act_stands_once(archive: Archive) -> None:
    grow(archive, 2)
    with pytest.raises(ValueError, match="expected a new act"), archive.writing() as writing:
        writing.append(act(1), entry(1))
    assert_whole(archive, 2)


def test_an_act_stands_once_in_one_writing(archive: Archive) -> None:
    with pytest.raises(ValueError, match="expected a new act"):
        append_all(archive, [0, 0])
    assert_whole(archive, 0)


def append_all(archive: Archive, numbers: list[int]) -> None:
    with archive.writing() as writing:
        for number in numbers:
            writing.append(act(number), entry(number))


def test_a_failed_append_cannot_be_passed_over(archive: Archive) -> None:
    grow(archive, 1)
    with pytest.raises(ValueError, match="1 of its appends failed"):
        append_and_go_on(archive)
    assert_whole(archive, 1)


def append_and_go_on(archive: Archive) -> None:
    with archive.writing() as writing:
        writing.append(act(1), entry(1))
        with suppress(ValueError):
            writing.append(act(0), entry(0))


def test_a_commitment_is_kept_once(archive: Archive) -> None:
    with archive.writing() as writing:
        writing.append(act(0), entry(0), [payload(0, b"words")])
    with pytest.raises(ValueError, match="commitments"), archive.writing() as writing:
        writing.append(act(1), entry(1), [payload(0, b"words")])
    assert_whole(archive, 1)


@pytest.mark.parametrize("length", [0, LONGEST_ENTRY + 1])
def test_an_entry_of_no_or_too_many_bytes_is_refused(archive: Archive, length: int) -> None:
    with pytest.raises(ValueError, match=f"not {length}"), archive.writing() as writing:
        writing.append(act(0), bytes(length))
    assert archive.size() == 0


def test_a_writing_sees_what_stands_and_what_it_appended(archive: Archive) -> None:
    grow(archive, 3)
    with archive.writing() as writing:
        assert list(writing.entries(1)) == [entry(1), entry(2)]
        assert writing.append(act(3), entry(3)) == 3
        assert writing.find(act(3)) == Stored(3, entry(3))
        assert writing.find(act(1)) == Stored(1, entry(1))
        assert writing.head.size == 3


def test_nobody_sees_what_is_not_committed(archive: Archive) -> None:
    with archive.writing() as writing:
        writing.append(act(0), entry(0), [payload(0, b"words")])
        assert archive.find(act(0)) is None
        assert archive.size() == 0
        assert archive.payload(payload(0, b"").commitment) is None
    assert archive.size() == 1


def test_many_acts_are_one_writing(archive: Archive) -> None:
    with archive.writing() as writing:
        assert [writing.append(act(n), entry(n)) for n in range(200)] == list(range(200))
    assert_whole(archive, 200)


def test_a_writing_without_an_entry_changes_nothing(archive: Archive) -> None:
    with archive.writing():
        pass
    assert archive.head() == EMPTY


def test_threads_write_one_after_another(archive: Archive) -> None:
    def write(thread: int) -> list[int]:
        return [append(archive, number, str(thread)) for number in range(15)]

    with ThreadPoolExecutor(4) as threads:
        places = [place for own in threads.map(write, range(4)) for place in own]
    assert sorted(places) == list(range(60))
    assert_whole(archive, 60)


def test_who_waits_in_vain_is_told_so(archive: Archive) -> None:
    def hold() -> None:
        with archive.writing():
            held.set()
            let_go.wait(10)

    held, let_go = threading.Event(), threading.Event()
    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    with pytest.raises(Busy), archive.writing(wait=0.05):
        pass
    let_go.set()
    holder.join()
    assert append(archive, 0) == 0


def test_a_slow_reader_holds_up_nobody(archive: Archive) -> None:
    grow(archive, 3)
    with archive.writing() as writing:
        writing.append(act(3), entry(3), [payload(3, b"words")])
    slow, sealed = archive.entries(0), archive.payloads()
    assert next(slow) == entry(0)
    assert next(sealed).content == b"words"
    append(archive, 4)
    archive.erase(payload(3, b"").commitment)
    assert list(slow) == [entry(1), entry(2), entry(3)]


def test_payloads_come_back_in_the_order_of_their_entries(archive: Archive) -> None:
    kept = [payload(number, bytes([number]) * number) for number in range(150)]
    with archive.writing() as writing:
        for number, one in enumerate(kept):
            writing.append(act(number), entry(number), [one])
    assert list(archive.payloads()) == kept
    assert archive.payload(kept[7].commitment) == kept[7]


def test_an_erased_payload_is_gone_and_its_entry_stays(archive: Archive) -> None:
    first, second = payload(0, b"first"), payload(1, b"second")
    with archive.writing() as writing:
        writing.append(act(0), entry(0), [first])
        writing.append(act(1), entry(1), [second])
    archive.erase(first.commitment)
    assert archive.payload(first.commitment) is None
    assert list(archive.payloads()) == [second]
    assert_whole(archive, 2)


def test_erasing_what_is_not_there_changes_nothing(archive: Archive) -> None:
    grow(archive, 1)
    archive.erase(Commitment("nobody's"))
    assert_whole(archive, 1)


def test_the_newest_checkpoint_is_kept(archive: Archive) -> None:
    grow(archive, 4)
    archive.keep_checkpoint(2, "two")
    archive.keep_checkpoint(4, "four")
    archive.keep_checkpoint(3, "three, late")
    assert archive.checkpoint() == "four"


def test_a_checkpoint_of_more_than_is_committed_is_refused(archive: Archive) -> None:
    grow(archive, 4)
    with pytest.raises(ValueError, match="at most the 4 committed"):
        archive.keep_checkpoint(5, "five")
    assert archive.checkpoint() is None


def test_many_entries_and_payloads_are_found_in_one_look(archive: Archive) -> None:
    grow(archive, 5)
    sealed = [payload(number, b"words") for number in (5, 6)]
    for number, one in zip((5, 6), sealed, strict=True):
        with archive.writing() as writing:
            writing.append(act(number), entry(number), [one])
    found = archive.entries_of([act(6), act(1), act(99)])
    assert found == [Stored(1, entry(1)), Stored(6, entry(6))]
    assert archive.entries_of([]) == []
    wanted = [sealed[1].commitment, Commitment("unknown")]
    assert archive.payloads_of(wanted) == [sealed[1]]
