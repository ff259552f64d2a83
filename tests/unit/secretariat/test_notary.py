"""The notary signs a checkpoint when something is new, and at once for an outcome."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from collegium.archive.folder import open_folder
from collegium.parts.deliberation.acts import OpenQuestion
from collegium.secretariat.notary import Notary
from collegium.secretariat.office import Office, open_office
from tests.cast import BO, Hall
from tests.copies import history, keep

SOON = 10.0
NEVER = 3600.0


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    keep(history(), tmp_path / "organisation").close()
    with open_office(tmp_path / "organisation") as opened:
        opened.checkpoint()
        yield opened


def ask_something(office: Office) -> None:
    hall = Hall(archive=office.folder.archive, founded=False)
    hall.now = hall.door.house.at
    hall.do(BO, OpenQuestion(hall.door.house.organisation.root, "", ""), text="And now?")


def signed_size(office: Office) -> int:
    note = office.folder.archive.checkpoint()
    assert note
    return int(note.splitlines()[1])


def soon(wanted: Callable[[], bool]) -> bool:
    until = time.monotonic() + SOON
    while not wanted() and time.monotonic() < until:
        threading.Event().wait(0.01)
    return wanted()


def test_what_is_new_is_signed_for_at_the_next_interval(office: Office) -> None:
    with Notary(office, interval=0.01):
        before = signed_size(office)
        ask_something(office)
        assert soon(lambda: signed_size(office) == before + 1)


def test_nothing_is_signed_before_its_time(office: Office) -> None:
    with Notary(office, interval=NEVER) as notary:
        before = signed_size(office)
        ask_something(office)
        notary.look()
        threading.Event().wait(0.05)
        assert signed_size(office) == before


def test_an_outcome_is_signed_for_at_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    declared = [0]
    monkeypatch.setattr(Notary, "_declared", lambda _: declared[0])
    with Notary(office, interval=NEVER) as notary:
        ask_something(office)
        declared[0] += 1
        notary.look()
        assert soon(lambda: signed_size(office) == office.folder.archive.size())


def test_whoever_stops_signs_for_the_last_entry(office: Office) -> None:
    before = set(threading.enumerate())
    notary = Notary(office, interval=NEVER)
    notary.start()
    ask_something(office)
    notary.stop()
    notary.stop()
    assert signed_size(office) == office.folder.archive.size()
    assert set(threading.enumerate()) <= before


def test_a_key_that_cannot_be_read_is_told_and_tried_again(office: Office) -> None:
    key = office.folder.path / "key"
    hidden = key.rename(key.with_name("elsewhere"))
    with Notary(office, interval=0.01) as notary:
        ask_something(office)
        assert soon(lambda: isinstance(notary.trouble, OSError))
        hidden.rename(key)
        assert soon(lambda: signed_size(office) == office.folder.archive.size())
    assert notary.trouble is None
    with open_folder(office.folder.path) as again:
        assert again.archive.checkpoint()
