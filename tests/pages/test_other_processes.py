"""What another process commits shows here, and is signed for."""

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from tests.playing import play

ASK = """
import sys
from pathlib import Path
from collegium.datasets.cooperative.people import read_people
from collegium.parts.deliberation.acts import OpenQuestion
from collegium.secretariat.door import Asked
from collegium.secretariat.drafting import DEMO, draft
from collegium.secretariat.office import open_office

folder = Path(sys.argv[1])
with open_office(folder) as office:
    body = OpenQuestion(office.door.house.organisation.root, "", "")
    texts = {"text": "Who asks from elsewhere?"}
    asked = draft(read_people(folder)[0].member, body, at=office.door.clock(), texts=texts)
    print(office.door.perform(Asked(asked.act, DEMO, asked.payloads)).seq)
"""


def test_a_question_from_another_process_shows_at_once(site: Path, browser: Any) -> None:
    play(browser, "Julia Weber")
    assert "Who asks from elsewhere?" not in browser.get("/bakery/questions/").content.decode()
    asked = [sys.executable, "-c", ASK, str(site / "bakery")]
    there = {"PYTHONPATH": str(Path(__file__).parents[2])}
    said = subprocess.run(asked, env=there, capture_output=True, text=True, check=True)
    assert "Who asks from elsewhere?" in browser.get("/bakery/questions/").content.decode()
    assert browser.get(f"/bakery/record/entries/{int(said.stdout)}/").status_code == 200


def test_whoever_stops_signs_for_all_there_is(site: Path, browser: Any) -> None:
    from collegium.server.desks import desks  # noqa: PLC0415 - settings must stand first

    play(browser, "Julia Weber")
    desk = desks().all()["bakery"]
    desks().close()
    assert at_work_for(desk) == []
    signed = int((site / "bakery" / "anchor").read_text(encoding="utf-8").splitlines()[1])
    assert signed == desk.office.door.house.size
    assert browser.get("/bakery/").status_code == 200, "they open again at the next question"
    assert at_work_for(desks().all()["bakery"]) == ["follower", "notary"]


def at_work_for(desk: Any) -> list[str]:
    threads: list[threading.Thread] = [desk._follower._thread, desk._notary._thread]
    return [thread.name for thread in threads if thread.is_alive()]
