"""`collegium recount`, on the Debian record and on copies of it."""

import json
import sqlite3
from pathlib import Path

import pytest
from msgspec.structs import replace

from collegium.parts.decisions.acts import (
    AnnulOutcome,
    Commission,
    ContestOutcome,
    Quorum,
    RefuseOutcome,
)
from collegium.record.tiles import entries_in
from tests.cast import AMARA, BO, CHIARA, DMITRI, ESI, FARID, Person
from tests.copies import changed, entries_of, keep, write_copy
from tests.unit.cli.conftest import Asking
from tests.voting import MAJORITY, Voting, candidates

BY_REFERENCE = "2014-002"
WON = "Accept CoC, updates via GR"


def test_a_vote_is_recounted_from_the_folder_with_its_options_by_name(
    ask: Asking, imported: Path
) -> None:
    code, out, _ = ask("recount", BY_REFERENCE, imported / "debian")
    assert code == 0
    assert f"Elected: {WON}." in out
    assert "228 above Further Discussion, 53 below" in out
    assert "V-20 was recounted from the record: 288 ballots." in out
    assert "The declared outcome is the same" in out


def test_a_copy_without_texts_names_options_by_number(ask: Asking, imported: Path) -> None:
    code, out, _ = ask("recount", "V-20", imported / "copy")
    assert code == 0
    assert "Elected: Option 2." in out


def test_a_copy_with_texts_names_them(ask: Asking, imported: Path, tmp_path: Path) -> None:
    ask("export", imported / "debian", tmp_path / "full", "--payloads", "members")
    _, out, _ = ask("recount", "v-20", tmp_path / "full")
    assert f"Elected: {WON}." in out


def test_a_program_gets_the_ballots_and_digests(ask: Asking, imported: Path) -> None:
    _, out, _ = ask("recount", BY_REFERENCE, imported / "debian", "--json")
    told = json.loads(out)
    assert (told["winners"], told["elected"], told["ballots"]) == ([2], [WON], 288)
    assert sum(told["weights"].values()) == 288
    assert told["wrong"] == []


def test_the_picture_of_the_comparisons(ask: Asking, imported: Path) -> None:
    _, out, _ = ask("recount", BY_REFERENCE, imported / "debian", "--as", "svg")
    assert out.startswith("<svg")
    assert WON in out


def test_a_stated_outcome_that_the_ballots_dont_come_to_is_named(
    ask: Asking, imported: Path, tmp_path: Path
) -> None:
    paths = sorted((imported / "copy/tile/entries").glob("0??"))
    paths += (imported / "copy/tile/entries").glob("*.p/*")
    entries = [one for path in paths for one in entries_in(path.read_bytes())[0]]
    number = next(n for n, data in enumerate(entries) if b"declare-outcome" in data)
    entries[number] = changed(entries[number], winners=[1])
    origin = (imported / "copy/checkpoint").read_text(encoding="utf-8").splitlines()[0]
    forged = write_copy(tmp_path / "forged", entries, origin)
    code, out, err = ask("recount", "V-1", forged)
    assert code == 1
    assert f"entry {number} states another outcome" in err
    assert "is the same" not in out


def test_a_vote_that_isnt_there(ask: Asking, imported: Path) -> None:
    code, _, err = ask("recount", "V-999", imported / "copy")
    assert code == 2
    assert "expected a vote of this record" in err


def test_nothing_to_read_there(ask: Asking, tmp_path: Path) -> None:
    code, _, err = ask("recount", "V-1", tmp_path)
    assert code == 2
    assert "expected a copy or an organisation's folder" in err


# What the ballots decide, beside what they come to.

HALF = Quorum(den=1, kind="percent", num=50)


@pytest.mark.parametrize(
    ("voters", "told"),
    [
        ((DMITRI,), "Too few took part: the quorum is 3 ballots. So Option 2 stands."),
        ((AMARA, BO, DMITRI), "The ballots decide: Option 1."),
    ],
)
def test_a_quorum_is_asked_after_the_count(
    ask: Asking, tmp_path: Path, voters: tuple[Person, ...], told: str
) -> None:
    hall = Voting()
    vote = hall.open(ESI, hall.plain_vote(counting=MAJORITY, quorum=HALF))
    for person in voters:
        hall.cast(person, vote, "12")
    hall.finish(ESI, vote)
    keep(hall, tmp_path / "kept").close()
    _, out, _ = ask("recount", "V-1", tmp_path / "kept")
    assert told in out
    _, out, _ = ask("recount", "V-1", tmp_path / "kept", "--json")
    assert json.loads(out)["elected"] == [f"Option {hall.vote(vote).winners[0]}"]


def test_an_election_on_spoilt_papers_elects_nobody(ask: Asking, tmp_path: Path) -> None:
    hall = Voting()
    opening = hall.plain_vote(
        counting=MAJORITY, default=0, options=candidates(ESI, FARID), purpose="election"
    )
    vote = hall.open(AMARA, replace(opening, secret=True))
    hall.jointly(hall.paper(vote, spoilt=2))
    hall.finish(ESI, vote)
    keep(hall, tmp_path / "kept").close()
    _, out, _ = ask("recount", "V-1", tmp_path / "kept")
    assert "0 ballots, and 2 spoilt ones." in out
    assert "Nobody is elected." in out


def test_a_number_is_no_other_votes_reference(ask: Asking, tmp_path: Path) -> None:
    hall = Voting()
    for reference in ("V-2", "R-9"):
        vote = hall.open(ESI, hall.plain_vote(reference=reference))
        hall.finish(ESI, vote)
    keep(hall, tmp_path / "kept").close()
    for wanted in ("V-2", "R-9"):
        _, out, _ = ask("recount", wanted, tmp_path / "kept")
        assert "V-2 was recounted" in out


def test_it_is_said_who_certified_and_that_the_outcome_is_void(ask: Asking, tmp_path: Path) -> None:
    hall = Voting()
    commission = Commission(members=(AMARA.id, BO.id, CHIARA.id), needed=2)
    vote = hall.open(ESI, hall.plain_vote(commission=commission))
    hall.cast(DMITRI, vote, "12")
    hall.run_out(vote)
    hall.sign(AMARA, hall.certificate(vote))
    hall.sign(BO, RefuseOutcome(happened_at="", vote=vote))
    hall.later(days=7)
    hall.do(DMITRI, hall.counted(vote))
    hall.do(ESI, ContestOutcome(happened_at="", vote=vote))
    hall.jointly(AnnulOutcome(happened_at="", vote=vote))
    keep(hall, tmp_path / "kept").close()
    _, out, _ = ask("recount", "V-1", tmp_path / "kept")
    assert "Counting commission: 1 certificate of 2 needed, 1 refusal." in out
    assert f"It was made void at {hall.now}" in out


def test_nothing_is_recounted_from_a_folder_that_was_changed(ask: Asking, tmp_path: Path) -> None:
    hall = Voting()
    vote = hall.open(ESI, hall.plain_vote())
    hall.cast(DMITRI, vote, "12")
    hall.run_out(vote)
    keep(hall, tmp_path / "kept").close()
    assert ask("recount", "V-1", tmp_path / "kept")[0] == 0
    with sqlite3.connect(tmp_path / "kept/record.sqlite") as database:
        database.execute("DROP TRIGGER entry_stays")
        for seq, data in database.execute("SELECT seq, data FROM entry").fetchall():
            turned = data.replace(b'"marks":"12"', b'"marks":"21"')
            database.execute("UPDATE entry SET data = ? WHERE seq = ?", (turned, seq))
    code, out, err = ask("recount", "V-1", tmp_path / "kept")
    assert (code, out) == (2, "")
    assert "has faults; collegium verify names them" in err


def test_a_close_that_a_rule_refuses_is_no_close_and_that_is_said(
    ask: Asking, tmp_path: Path
) -> None:
    hall = Voting()
    first = hall.open(ESI, hall.plain_vote())
    hall.finish(ESI, first)
    vote = hall.open(ESI, hall.plain_vote(secret=True))
    hall.run_out(vote)
    entries = entries_of(hall.archive)
    entries[-1] = changed(entries[-1], at=hall.vote(vote).closes)
    copy = write_copy(tmp_path / "forged", entries, hall.house.origin)
    code, _, err = ask("recount", "V-2", copy)
    assert code == 2
    assert "isn't closed yet" in err
    assert "the rules refuse entries here, which collegium verify names" in err
    _, out, _ = ask("recount", "V-1", copy)
    assert "The rules refuse 1 entry of this record; collegium verify names them." in out
