import threading
import time

import pytest

from collegium.archive.protocol import Busy
from collegium.secretariat.locks import FairMutex, SharedLock


def until(condition: threading.Event) -> None:
    assert condition.wait(5)


def test_turns_come_in_the_order_of_asking() -> None:
    mutex, order = FairMutex(), []

    def wait_for_turn(number: int) -> None:
        with mutex.turn():
            order.append(number)

    threads = [threading.Thread(target=wait_for_turn, args=(number,)) for number in range(20)]
    with mutex.turn():
        for number, thread in enumerate(threads):
            thread.start()
            while len(mutex._waiting) <= number:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert order == list(range(20))


def test_who_gives_up_keeps_nobody_waiting() -> None:
    mutex = FairMutex()
    with mutex.turn(), pytest.raises(Busy), mutex.turn(0.01):
        pass
    with mutex.turn(0.01):
        assert not mutex._waiting


def test_a_turn_ends_with_an_error_too() -> None:
    mutex = FairMutex()
    with pytest.raises(KeyError), mutex.turn():
        raise KeyError
    with mutex.turn(0.01):
        assert mutex._held


def test_a_turn_that_comes_at_the_last_moment_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    mutex = FairMutex()

    class Late:
        def acquire(self, timeout: float = -1) -> bool:
            if timeout >= 0:
                mutex._give()  # whoever writes ends in the very moment of giving up
            return timeout < 0

        def release(self) -> None:
            pass

    monkeypatch.setattr("threading.Lock", Late)
    mutex._take(0)
    mutex._take(0)
    assert mutex._held
    assert not mutex._waiting


def test_readers_share_the_lock() -> None:
    lock, met = SharedLock(), threading.Barrier(3, timeout=5)
    passed = []

    def read() -> None:
        with lock.reading():
            met.wait()
            passed.append(lock.held_for_reading)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert passed == [True] * 3
    assert not lock.held_for_reading


def test_a_writer_is_alone() -> None:
    lock, writing, seen = SharedLock(), threading.Event(), []

    def read() -> None:
        until(writing)
        with lock.reading():
            seen.append("read")

    reader = threading.Thread(target=read)
    reader.start()
    with lock.writing():
        writing.set()
        time.sleep(0.02)
        seen.append("written")
    reader.join()
    assert seen == ["written", "read"]


def test_a_waiting_writer_goes_before_new_readers() -> None:
    lock, order = SharedLock(), []

    def write() -> None:
        with lock.writing():
            order.append("writer")

    def read() -> None:
        with lock.reading():
            order.append("reader")

    writer, reader = threading.Thread(target=write), threading.Thread(target=read)
    with lock.reading():
        writer.start()
        while not lock._writers_waiting:
            time.sleep(0.001)
        reader.start()
        time.sleep(0.02)
        with lock.reading():  # who reads already goes on at once
            assert order == []
    writer.join()
    reader.join()
    assert order == ["writer", "reader"]


def test_a_reader_doesnt_write() -> None:
    lock = SharedLock()
    with lock.reading(), pytest.raises(RuntimeError, match="reads the house"), lock.writing():
        pass
    with lock.writing():
        assert lock._writing
