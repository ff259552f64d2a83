"""The record's own pages: copies, damage, and the proof of one entry."""

import html
import io
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from collegium.archive.protocol import Damaged
from collegium.secretariat.office import Office
from tests.pages.hall import text_of

COPIES = "/debian/record/copies/"
DAMAGED = f"{COPIES}damaged/"
WAIT = "Your copy is being checked"
STEP = re.compile(r'<progress [^>]*aria-label="(\w+)')


def unpacked(browser: Any, address: str, folder: Path) -> Path:
    with ZipFile(io.BytesIO(browser.get(address).content)) as packed:
        packed.extractall(folder)
    (copy,) = folder.iterdir()
    return copy


def answer(browser: Any, asked: dict[str, Any]) -> str:
    """The page with what was found, however long checking takes."""
    while WAIT in (page := browser.get(DAMAGED, asked).content.decode()):
        time.sleep(0.05)
    return str(page)


def test_a_copy_says_how_to_check_it(browser: Any) -> None:
    page = browser.get(COPIES).content.decode()
    assert "collegium verify debian-copy --key" in page
    assert "Nobody, as far as this site knows" in page


def test_the_copy_that_is_downloaded_is_the_record(browser: Any, tmp_path: Path) -> None:
    copy = unpacked(browser, f"{COPIES}copy.zip", tmp_path)
    assert (copy / "checkpoint").read_bytes() == browser.get("/debian/record/checkpoint").content


@pytest.mark.parametrize(
    ("part", "name"),
    [("entry", "entry-altered"), ("hash", "tile-altered"), ("signature", "checkpoint-signature")],
)
def test_one_changed_byte_is_named(browser: Any, part: str, name: str) -> None:
    page = answer(browser, {"part": part, "entry": 812})
    assert "One byte was changed, and it was found" in page
    assert name in page
    assert "debian-copy is without fault" in page


def test_until_it_is_checked_the_page_says_how_far_it_is(
    browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from collegium.server.web.shared import running  # noqa: PLC0415 - settings must stand first

    asked = {"part": "entry", "entry": 813}
    monkeypatch.setattr(running, "PATIENCE", 0.01)
    with running.CHECKS.hands, running.CHECKS.hands:
        page = text_of(browser.get(DAMAGED, asked))
    assert WAIT in page
    assert "Waiting until what others asked for is done" in page
    assert '<progress max="100" value="0"' in page
    assert "record.css" in page  # what takes its place has its style
    told = set()
    while WAIT in page:
        told.update(STEP.findall(page))
        page = text_of(browser.get(DAMAGED, asked))
    assert "entry-altered" in page
    assert told <= {"Waiting", "Writing", "Starting", "Reading"}
    assert told


def test_a_check_is_stopped_and_begun_again(browser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from collegium.server.web.shared import running  # noqa: PLC0415 - settings must stand first

    asked = {"part": "entry", "entry": 816}
    address = f"{DAMAGED}?part=entry&entry=816"
    monkeypatch.setattr(running, "PATIENCE", 0.01)
    with running.CHECKS.hands, running.CHECKS.hands:
        page = text_of(browser.get(DAMAGED, asked))
        (work,) = re.findall(r'name="work" value="([^"]+)"', page)
        sent = {"work": work, "address": address}
        stopped = browser.post("/debian/stop/", sent)
        assert "It was stopped" in text_of(stopped)
        assert f'href="{address.replace("&", "&amp;")}">Begin again' in text_of(stopped)
        assert browser.post("/debian/stop/", sent).status_code == 303  # it is over
    assert "entry-altered" in answer(browser, asked)


@pytest.mark.parametrize("address", ["", "//elsewhere.example/", "https://elsewhere.example/"])
def test_stopping_leads_nowhere_else(browser: Any, address: str) -> None:
    sent = {"work": "none", "address": address}
    assert browser.post("/debian/stop/", sent).status_code == 404


def test_a_check_that_came_to_nothing_is_begun_again(browser: Any) -> None:
    from collegium.server.web.record import checks  # noqa: PLC0415 - settings must stand first

    asked = {"part": "entry", "entry": 814}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checks, "LONGEST", 0.001)
        while (refused := browser.get(DAMAGED, asked)).status_code == 200:
            assert WAIT in refused.content.decode()
    assert refused.status_code == 503
    assert "takes too long" in refused.content.decode()
    assert "entry-altered" in answer(browser, asked)


def test_no_more_are_checked_than_there_is_room_for(
    browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from collegium.server.web.shared import running  # noqa: PLC0415 - settings must stand first

    monkeypatch.setattr(running.CHECKS, "most", 0)
    response = browser.get(DAMAGED, {"part": "entry", "entry": 815})
    assert response.status_code == 503
    assert "Much is being counted and checked" in response.content.decode()


def test_the_damaged_copy_differs_in_one_byte(browser: Any, tmp_path: Path) -> None:
    whole = unpacked(browser, f"{COPIES}copy.zip", tmp_path / "whole")
    asked = f"{DAMAGED}copy.zip?part=entry&entry=5"
    damaged = unpacked(browser, asked, tmp_path / "damaged")
    differing = [
        (one, other)
        for path in whole.rglob("*")
        if path.is_file()
        for one, other in zip(
            path.read_bytes(), (damaged / path.relative_to(whole)).read_bytes(), strict=True
        )
        if one != other
    ]
    assert len(differing) == 1


@pytest.mark.parametrize("asked", [{"part": "entry", "entry": 99999}, {"part": "all"}, {"x": 1}])
def test_what_cannot_be_damaged_is_asked_again(browser: Any, asked: dict[str, Any]) -> None:
    page = browser.get(DAMAGED, asked)
    assert page.status_code == 200
    assert "Which byte shall be changed?" in page.content.decode()
    assert browser.get(f"{DAMAGED}copy.zip", asked).status_code == 404


def test_nobody_copies_what_members_read(browser: Any) -> None:
    assert browser.get("/bakery/record/copies/").status_code == 403
    assert browser.get("/bakery/record/copies/damaged/?part=entry&entry=1").status_code == 403
    assert browser.get("/bakery/record/copies/copy.zip").status_code == 404
    assert browser.get("/bakery/record/copies/damaged/copy.zip").status_code == 404
    assert browser.get("/bakery/record/entries/9/entry.json").status_code == 404


def test_a_member_copies_what_members_read(browser: Any, tmp_path: Path) -> None:
    found = re.search(
        r'name="member" value="([^"]+)"', browser.get("/bakery/enter/").content.decode()
    )
    assert found
    browser.post("/bakery/enter/play/", {"member": found[1]})
    assert browser.get("/bakery/record/copies/").status_code == 200
    assert unpacked(browser, "/bakery/record/copies/copy.zip", tmp_path).name == "bakery-copy"


def test_the_proof_is_checked_as_the_page_says(browser: Any, tmp_path: Path) -> None:
    page = browser.get("/debian/record/entries/812/").content.decode()
    found = re.search(r'<pre class="shell"><code>(.*?)</code>', page, re.DOTALL)
    assert found
    for suffix, name in (("proof.tlog-proof", "tlog-proof"), ("entry.json", "entry.json")):
        answer = browser.get(f"/debian/record/entries/812/{suffix}")
        (tmp_path / f"debian-812.{name}").write_bytes(answer.content)
    said = subprocess.run(
        [sys.executable, "-c", html.unescape(found[1])],
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )
    size = browser.get("/debian/record/checkpoint").content.decode().splitlines()[1]
    assert said.stdout.strip() == size


def test_entries_are_turned_both_ways(browser: Any) -> None:
    page = browser.get("/debian/record/?before=100").content.decode()
    assert 'href="?before=140"' in page
    assert 'href="?before=60"' in page
    assert 'href="/debian/record/entries/99/"' in page


def test_an_entry_is_found_by_its_number(browser: Any) -> None:
    assert browser.get("/debian/record/", {"entry": "812"}).url == "/debian/record/entries/812/"


def test_a_damaged_archive_is_said_and_not_signed(
    browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(_office: Office) -> str:
        raise Damaged("the entries don't have the root that was taken down")

    monkeypatch.setattr(Office, "checkpoint", damaged)
    answer = browser.get(COPIES)
    assert answer.status_code == 503
    assert "don&#x27;t have the root" in answer.content.decode()


def test_whoever_comes_while_others_take_copies_is_asked_to_wait(
    browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from collegium.server.web.record import copies  # noqa: PLC0415 - settings must stand first

    monkeypatch.setattr(copies, "_PATIENCE", 0.01)
    with copies._one_at_a_time:
        assert browser.get(f"{COPIES}copy.zip").status_code == 503
