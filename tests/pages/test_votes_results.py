"""Results on pages: one sentence, round by round, the picture, what if, files, long counts."""

import re
import threading
import time
from itertools import islice, permutations
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from collegium.cli.main import main
from collegium.counting.files import read_abif, read_blt
from collegium.parts.decisions.acts import CastBallot, CountedBallots, CountInBallots, Electorate
from tests.pages.hall import APPROVAL, GRADES, STV, YES_NO, text_of

READER = "Yuki Tanaka"


def decided(hall: Any, marks: str, *titles: str, **terms: Any) -> int:
    """A vote in which so many cast these ballots, closed and declared; its number."""
    ballots = marks.split()
    body = hall.plain(len(ballots[0]), **terms)
    number: int = hall.open(body, *titles)
    voters = [name for name in hall.people if can_vote(hall, number, name)]
    for name, said in zip(voters, ballots, strict=False):
        hall.do(name, CastBallot(happened_at="", marks=said, vote=hall.name(number)))
    hall.finish(number)
    return number


def can_vote(hall: Any, number: int, name: str) -> bool:
    standing = hall.house.organisation
    mine = hall.number(name)
    return mine in hall.vote(number).electors.numbers and mine in standing.active


@pytest.fixture(scope="module")
def stv(hall: Any) -> int:
    marks = "123- 123- 123- 132- 213- 213- 231- 321- 321- 312- 1--- 2---"
    return decided(hall, marks, "Rye", "Wheat", "Spelt", "Neither", counting=STV)


def test_the_result_is_one_sentence_then_the_count_round_by_round(hall: Any, stv: int) -> None:
    page = hall.page(READER, stv)
    assert "won" in page.partition("byline")[0]
    assert page.index("Stage 1") < page.index("Stage 2") < page.index("All stages")
    assert "Lost to rounding" in page
    assert "The weakest drop out" not in page  # one place would say so
    assert "2 places: a group of more than one in 3 voters is sure of one." in page


def test_the_picture_stands_in_the_page_and_the_policy_allows_it(hall: Any, stv: int) -> None:
    response = hall.visit(READER).get(f"/hall/votes/{stv}/")
    page = response.content.decode()
    assert '-title">Votes at each of' in page
    assert "style=" not in page.partition('<figure class="picture"')[2].partition("</figure>")[0]
    assert "style-src 'self'" in response["Content-Security-Policy"]


def test_the_close_and_the_outcome_lead_to_their_entries(hall: Any, stv: int) -> None:
    notes = hall.page(READER, stv).partition('aria-label="The terms of this vote"')[2]
    assert len(re.findall(r"/record/entries/\d+/", notes)) == 2


def test_a_motion_says_yes_and_no_and_who_abstained(hall: Any) -> None:
    number = decided(
        hall, "1- 1- 1- 1- 1- 1- 1- 1- 1- -1 -1 --", "Buy it", "Leave it", counting=YES_NO
    )
    page = hall.page(READER, number)
    assert "Adopted: 9 yes, 2 no, 1 abstained." in page
    assert '<p class="standing">Needed: 6 yes.</p>' in page
    assert "It takes" not in page
    assert "is elected" not in page


def test_a_stage_says_who_is_elected_before_its_standing_figures(hall: Any, stv: int) -> None:
    told = hall.visit(READER).get(f"/hall/votes/{stv}/").content.decode()
    assert re.search(r'<p class="seated">[^<]+ is elected with ', told)
    assert re.search(r'<p class="standing">Quota: ', told)


def test_a_motion_is_listed_as_adopted_or_not(hall: Any) -> None:
    decided(hall, "1- 1- -1", "Buy it", "Leave it", counting=YES_NO)
    assert "Adopted." in text_of(hall.visit(READER).get("/hall/votes/"))
    decided(hall, "-1 1- -1", "Sell it", "Keep it", counting=YES_NO)
    assert "Not adopted." in text_of(hall.visit(READER).get("/hall/votes/"))


def test_too_few_ballots_leave_everything_as_it_is(hall: Any) -> None:
    number = decided(hall, "1- 1-", "Buy it", "Leave it", counting=YES_NO)
    page = hall.page(READER, number)
    assert "Too few voted: 2 ballots, and" in page
    assert "everything stays as it is" in page
    assert "They didn't." in page


def test_branches_are_counted_branch_by_branch(hall: Any) -> None:
    bodies = tuple(n for n, one in hall.house.organisation.bodies.items() if one.number in {2, 3})
    branches = Electorate(bodies, 0, "", "branches", 0, ())
    marks = "1- 1- 1- 1- 1- 1- -1 -1"
    number = decided(hall, marks, "Buy it", "Leave it", counting=YES_NO, electorate=branches)
    page = hall.page(READER, number)
    assert "Branch by branch" in page
    table = page.partition("Branch by branch</caption>")[2] or page.partition("by branch</cap")[2]
    rows = re.findall(r"<td>(\d+)</td><td>(\d+)</td><td>(\d+)</td><td>(\d+)</td>", table)
    assert sum(int(row[2]) for row in rows) == 6
    assert all(int(row[1]) == int(row[2]) + int(row[3]) for row in rows)


def test_what_if_waits_until_nobody_can_object(hall: Any) -> None:
    number = decided(hall, "1- 1-", "Buy it", "Leave it", counting=YES_NO)
    assert "What would other methods" not in hall.page(READER, number)
    response = hall.visit(READER).get(f"/hall/votes/{number}/what-if/")
    assert response.status_code == 404
    assert "nobody can object" in text_of(response)


def test_what_if_says_that_it_isnt_the_outcome(hall: Any) -> None:
    marks = "123 123 123 213 213 321 321 312 132 12- 12- 13-"
    number = decided(hall, marks, "Rye", "Wheat", "Neither", counting=replace(STV, seats=1))
    hall.pass_days(40)
    assert "What would other methods have made" in hall.page(READER, number)
    page = hall.page(READER, number, "what-if/")
    assert "This is not the outcome." in page
    assert "?method=schulze" in page
    assert "?method=approval" not in page
    usual, _, folded = page.partition("More methods")
    assert ("?method=irv" in usual, "?method=burlington-irv" in folded) == (True, True)
    tried = hall.page(READER, number, "what-if/?method=schulze")
    assert "these ballots would have come to “Rye”: the same." in tried
    assert "This is not the outcome." in tried
    wrong = hall.visit(READER).get(f"/hall/votes/{number}/what-if/?method=approval")
    assert wrong.status_code == 404


@pytest.mark.parametrize(
    ("counting", "ballots"),
    [
        (APPROVAL, "xx- x-- x-x -x- x-- xx- x-- -x- x-- x-- x-- x--"),
        (GRADES, " ".join(["53-"] * 12)),
    ],
)
def test_other_kinds_of_ballots_are_told_and_tried_too(
    hall: Any, counting: Any, ballots: str
) -> None:
    number = decided(hall, ballots, "Rye", "Wheat", "Neither", counting=counting)
    assert "“Rye” won." in hall.page(READER, number)
    assert "Yuki Tanaka" in hall.page(READER, number, "ballots/")
    hall.pass_days(40)
    offered = re.findall(r"\?method=([a-z-]+)", hall.page(READER, number, "what-if/"))
    assert offered
    for choice in offered:
        assert "would have come to" in hall.page(READER, number, f"what-if/?method={choice}")


@pytest.mark.parametrize("name", ["txt", "html", "csv", "json"])
def test_the_protocol_is_a_file_of_every_form(hall: Any, stv: int, name: str) -> None:
    response = hall.visit(READER).get(f"/hall/votes/{stv}/protocol.{name}")
    assert response.status_code == 200
    assert response["Content-Disposition"].endswith(f'V-{stv}-protocol.{name}"')
    assert b"Rye" in response.content


def test_the_protocol_is_the_one_that_a_recount_prints(
    member: Any, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    protocol = member.get("/bakery/votes/7/protocol.txt").content.decode()
    assert "On 1 more ballot nothing could be read." in protocol
    assert main(["recount", "V-7", str(site / "bakery")]) == 0
    assert capsys.readouterr().out.startswith(protocol)


def test_a_tie_is_told_with_every_outcome_and_the_seed_of_its_lot(hall: Any) -> None:
    marks = "12- 12- 12- 21- 21- 21- 1-- -1- 1-- -1- --1 --1"
    number = decided(hall, marks, "Rye", "Wheat", "Neither", counting=replace(STV, seats=1))
    page = hall.page(READER, number)
    assert "are level for exclusion; the lot drawn from the recorded seed excludes" in page
    assert "Outcomes to which the ties might have led" in page
    assert f"Seed of the lot: {hall.vote(number).seed}" in page


def test_ballots_are_files_that_other_programs_read(hall: Any, stv: int) -> None:
    browser = hall.visit(READER)
    blt = read_blt(browser.get(f"/hall/votes/{stv}/ballots.blt").content.decode())
    assert (blt.seats, blt.names) == (2, ("Rye", "Wheat", "Spelt", "Neither"))
    assert sum(blt.ballots.values()) == 12
    abif = read_abif(browser.get(f"/hall/votes/{stv}/ballots.abif").content.decode())
    assert abif.names == blt.names
    assert browser.get(f"/hall/votes/{stv}/ballots.exe").status_code == 404
    assert browser.get(f"/hall/votes/{stv}/protocol.exe").status_code == 404
    assert browser.get(f"/hall/votes/{stv}/picture.svg")["Content-Type"].startswith("image/svg")


def test_a_void_outcome_says_so_on_top(hall: Any) -> None:
    number = decided(hall, "1- 1- 1- 1- 1- 1- 1- 1- -1 -1 -1 -1", "Buy", "Leave", counting=YES_NO)
    hall.vote(number).annulled = hall.vote(number).declared
    page = hall.page(READER, number)
    assert "<strong>Void.</strong>" in page
    assert "Its outcome was made void." in text_of(hall.visit(READER).get("/hall/votes/"))


def count_in(hall: Any, number: int, different: int, each: int) -> None:
    """So many different ballots, each so often, as paper that the committee approved."""
    options = len(hall.vote(number).options)
    spelt = ("".join(one) for one in permutations("123456789a"[:options]))
    vote = hall.vote(number)
    lines = [CountedBallots(each, marks) for marks in islice(spelt, different)]
    body = CountInBallots(tuple(lines), "", 0, hall.name(number))
    hall.house.decisions.count_in_ballots(None, body)
    assert vote.received >= different * each


def test_a_long_count_runs_beside_the_page_and_survives_reloading(
    hall: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from collegium.server.web.shared import running  # noqa: PLC0415 - settings must stand first

    titles = [f"Candidate {n}" for n in range(1, 10)]
    number = hall.open(hall.plain(9, counting=replace(STV, seats=3)), *titles)
    # So many would come in as 100 acts of 200 lines; their effect is what counting sees.
    count_in(hall, number, 20_000, 10)
    hall.pass_days(8)
    hall.close(number)
    go_on, say = threading.Event(), running.Telling.say

    def say_and_wait(self: Any, name: str, percent: int, done: int = 0, total: int = 0) -> None:
        say(self, name, percent, done, total)
        assert go_on.wait(120)  # else a quick machine would be done before the next look

    monkeypatch.setattr(running.Telling, "say", say_and_wait)
    monkeypatch.setattr(running, "PATIENCE", 0.5)
    browser, started = hall.visit(READER), time.monotonic()
    page = text_of(browser.get(f"/hall/votes/{number}/"))
    assert "The ballots are being counted." in page
    assert re.search(r"Waiting until|(Reading|Grouping|Counting) .* of [\d,]+", page)
    assert "<progress" in page
    declared = hall.send(READER, number, "declare/")
    assert declared.status_code == 503
    go_on.set()
    while "The ballots are being counted." in page:
        assert time.monotonic() - started < 120
        time.sleep(0.3)
        page = hall.page(READER, number)
    assert "Counted by this machine from the closed ballots" in page
    assert "Stage 1" in page
