"""Work beside the requests: done once, told, stopped, tried again."""

from itertools import count
from threading import Event

import pytest

from collegium.archive.protocol import Busy
from collegium.server.web.shared import running
from collegium.server.web.shared.running import LongWork, NotYet, Telling


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "PATIENCE", 0.02)


def finished(works: LongWork, key: str) -> object:
    """What a work comes to, however often one has to look."""
    while isinstance(found := works.found(key, lambda _: "begun anew"), NotYet):
        pass
    return found


def test_what_is_asked_for_twice_is_done_once() -> None:
    works, times = LongWork(hands=1, most=4), count(1)
    works.begin("a vote", lambda _: next(times))
    assert [finished(works, "a vote") for _ in range(2)] == [1, 1]


def test_a_page_is_told_how_far_it_is() -> None:
    works, told, on = LongWork(hands=1, most=4), Event(), Event()

    def work(telling: Telling) -> str:
        telling.say("Grouping the ballots", 40, 4, 10)
        told.set()
        on.wait(5)
        return "counted"

    first = works.found("a vote", work)
    assert told.wait(5)
    second = works.found("a vote", work)
    assert isinstance(first, NotYet)
    assert isinstance(second, NotYet)
    assert (second.step.name, second.step.percent) == ("Grouping the ballots", 40)
    assert first.step.work == second.step.work
    on.set()
    assert finished(works, "a vote") == "counted"


def test_what_is_stopped_ends_at_its_next_step_and_frees_its_hand() -> None:
    works, on, went_on = LongWork(hands=1, most=4), Event(), []

    def work(telling: Telling) -> None:
        on.wait(5)
        telling.say("Counting them", 80)
        went_on.append(1)

    found = works.found("a vote", work)
    assert isinstance(found, NotYet)
    assert works.stop(found.step.work)
    assert not works.stop(found.step.work)
    on.set()
    assert finished(works, "a vote") == "begun anew"
    assert went_on == []


def test_what_waits_is_stopped_before_it_begins() -> None:
    works = LongWork(hands=1, most=4)
    with works.hands:
        found = works.found("a vote", lambda _: pytest.fail("it was begun"))
        assert isinstance(found, NotYet)
        assert works.stop(found.step.work)
    assert finished(works, "a vote") == "begun anew"


def test_what_failed_is_tried_again() -> None:
    works = LongWork(hands=1, most=4)

    def work(_: Telling) -> str:
        raise OSError("no room")

    works.begin("a vote", work)
    with pytest.raises(OSError, match="no room"):
        finished(works, "a vote")
    assert finished(works, "a vote") == "begun anew"


def test_more_than_fit_are_asked_to_come_again() -> None:
    works = LongWork(hands=1, most=1)
    with works.hands:
        works.begin("one vote", lambda _: "counted")
        with pytest.raises(Busy):
            works.found("another", lambda _: "counted")
    assert finished(works, "one vote") == "counted"
    assert works.found("another", lambda _: "counted") == "counted"  # in place of the finished
