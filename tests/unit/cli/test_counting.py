"""`collegium count`: what it prints, and how it says no."""

import json
from pathlib import Path
from typing import Any

import pytest

from collegium.cli.main import main
from collegium.counting.methods import METHODS
from tests.published import FOLDER

WARD = str(FOLDER / "scotland" / "highland_2017_ward9.blt")
COMMITTEE = str(FOLDER / "abcvoting" / "instanceL0010.abc.yaml")


VOTES = "4 2\n3 1 2 0\n3 2 1 0\n2 3 0\n2 4 3 0\n0\nAna\nBen\nCho\nDan\n"


@pytest.fixture
def votes(tmp_path: Path) -> str:
    file = tmp_path / "votes.blt"
    file.write_text(VOTES)
    return str(file)


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main(["count", *words, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def complaint(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["count", *words]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    return captured.err


def test_a_ward_is_counted_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["count", "scottish-stv", WARD]) == 0
    told = capsys.readouterr().out
    assert "Elected: Craig FRASER (SNP), Gordon ADAM (LD), Jennifer BARCLAY (Ind)." in told


def test_programs_get_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "scottish-stv/1", WARD)
    assert found["method"] == "scottish-stv/1"
    assert found["rounds"][1]["totals"]["Gordon ADAM (LD)"] == "929.87164"
    assert found["ties"] == []


def test_seats_and_parameters_may_be_set(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "scottish-stv", WARD, "--seats", "1", "--option", "decimals=2")
    assert (len(found["elected"]), found["rule"]["decimals"]) == (1, 2)


def test_a_withdrawn_candidate_is_not_counted(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "scottish-stv", WARD, "--option", "withdrawn=[3]")
    assert "Craig FRASER (SNP)" not in found["rounds"][0]["totals"]


def test_a_lot_names_its_seed(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, "pav", COMMITTEE, "--option", "seed=dice 4")["seed"] == "dice 4"
    assert "no seed was recorded" in answer(capsys, "pav", COMMITTEE)["seed"]


def test_all_tied_outcomes_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "sequential-pav", COMMITTEE)
    assert found["tied_outcomes"] == [["2", "3", "6"], ["2", "5", "6"]]
    assert main(["count", "pav", COMMITTEE]) == 0
    assert "Outcomes to which the ties might have led" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("form", "begins"), [("html", "<!DOCTYPE html>"), ("csv", "stage,event"), ("svg", "<svg")]
)
def test_the_protocol_is_printed_in_other_forms(
    form: str, begins: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["count", "schulze", WARD, "--as", form]) == 0
    assert capsys.readouterr().out.startswith(begins)


def test_groups_have_their_minimum_shares(capsys: pytest.CaptureFixture[str]) -> None:
    women = 'groups=[{"least": 2, "members": [2, 5, 7], "name": "women"}]'
    found = answer(capsys, "scottish-stv", WARD, "--option", women)
    assert found["elected"] == [
        "Craig FRASER (SNP)",
        "Jennifer BARCLAY (Ind)",
        "Vikki TRELFER (Grn)",
    ]
    assert "Gordon ADAM (LD)" in found["without_minimum_shares"]


def test_a_configuration_of_rctab_is_the_rule(capsys: pytest.CaptureFixture[str]) -> None:
    folder = FOLDER / "rctab"
    config = f"config={folder / '2013_minneapolis_park_hare.config.json'}"
    ballots = str(folder / "2013_minneapolis_park.csv")
    found = answer(capsys, "rctab", ballots, "--option", config)
    assert found["elected"] == ["JOHN ERWIN", "ANNIE YOUNG", "MEG FORNEY"]
    assert (found["rule"]["quota"], found["ballot_policy"]["most_skips"]) == ("hare-whole", 2)
    told = answer(capsys, "rctab", ballots, "--option", config, "--option", "decimals=2")
    assert told["rule"]["decimals"] == 2


def test_a_setting_that_no_rule_has_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    folder = FOLDER / "rctab"
    config = f"config={folder / 'sequential_with_batch.config.json'}"
    said = complaint(capsys, "rctab", str(folder / "uwi_cannot_win_test.csv"), "--option", config)
    assert "expected a candidate of the configuration" in said
    ballots = str(folder / "more_winners_than_candidates.csv")
    config = f"config={folder / 'stop_tabulation_early_test.config.json'}"
    assert "expected" in complaint(capsys, "rctab", ballots, "--option", config)


def test_equal_ranks_are_split_if_the_rule_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "votes.blt"
    file.write_text("3 1\n3 1=2 3 0\n2 3 0\n0\nAna\nBen\nCho\n")
    split = answer(capsys, "irv", str(file), "--option", "equal_ranks=split")
    assert split["rounds"][0]["totals"] == {"Ana": "3/2", "Ben": "3/2", "Cho": "2"}
    assert split["ballot_policy"]["overvotes"] == "equal"
    ended = answer(capsys, "irv", str(file))
    assert ended["rounds"][0]["exhausted"] == "3"
    assert ended["ballot_policy"]["overvotes"] == "stop"


def test_the_list_names_every_method(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["count", "--list"])
    assert left.value.code == 0
    told = capsys.readouterr().out
    assert all(name in told and method.source in told for name, method in METHODS.items())


def test_seats_that_might_have_fallen_otherwise_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "branches.csv"
    file.write_text("branch,members\nNorth,30\nSouth,30\n")
    found = answer(capsys, "dhondt", str(file), "--seats", "3")
    assert found["tied_outcomes"] == [{"North": 2, "South": 1}, {"North": 1, "South": 2}]
    assert main(["count", "dhondt", str(file), "--seats", "3"]) == 0
    assert "North 1, South 2." in capsys.readouterr().out


def test_too_many_ways_of_ties_are_not_passed_over_in_silence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "level.csv"
    names = [f"o{number}" for number in range(20)]
    file.write_text(f"{','.join(names)}\n{','.join('1' for _ in names)}\n")
    assert answer(capsys, "approval", str(file), "--seats", "9")["tied_outcomes"] is None
    assert main(["count", "approval", str(file), "--seats", "9"]) == 0
    assert "in too many ways to count them all" in capsys.readouterr().out


def test_a_tie_on_which_nothing_hangs_is_said_to_be_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ben and Cho are level, and Ana has more than both."""
    file = tmp_path / "votes.blt"
    file.write_text("3 1\n5 1 0\n2 2 0\n2 3 0\n0\nAna\nBen\nCho\n")
    assert main(["count", "irv", str(file), "--option", "stop=two-left"]) == 0
    told = capsys.readouterr().out
    assert "However the ties had fallen, the outcome would have been the same." in told


def test_ranked_ballots_count_as_approvals_of_whoever_is_ranked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "votes.blt"
    file.write_text("2 1\n2 1 0\n3 1 2 0\n0\nAna\nBen\n")
    assert answer(capsys, "approval", str(file))["rounds"][0]["totals"] == {"Ana": "5", "Ben": "3"}


def test_seats_are_shared_out_from_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "branches.csv"
    file.write_text("branch,members\nNorth,70\nSouth,30\n")
    found = answer(capsys, "sainte-lague", str(file), "--seats", "10")
    assert found["seats"] == {"North": 7, "South": 3}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("borda", WARD), "expected a method that `collegium count --list` names"),
        (("irv", "nowhere.blt"), "nowhere.blt: No such file"),
        (("irv", WARD, "--option", "stop"), "expected each option once, as K=V, not 'stop'"),
        (("irv", WARD, "--option", "stop=never"), "Invalid enum value 'never'"),
        (("irv", WARD, "--option", "overvotes=never"), "other values for the ballot policy"),
        (("irv", WARD, "--option", "withdrawn=[1"), "expected JSON as the value of withdrawn"),
        (("irv", WARD, "--option", "officer=1"), "expected a list of options 1 to 7 as officer"),
        (("irv", WARD, "--option", "groups=[]"), "expected groups with least"),
        (("score", WARD), "expected a file of grades, not of ranked"),
        (("scottish-stv", COMMITTEE), "expected a file of ranked, not of approvals"),
        (("scottish-stv", WARD, "--format", "preflib"), "line 1: expected how often"),
        (("pav", COMMITTEE, "--seats", "99"), "pav/1: expected 1 to 1000 options and as many"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_one_sentence(
    words: tuple[str, ...], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert expected in complaint(capsys, *words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["scottish-stv", "--seats", "0"], "scottish-stv/1: expected another value for seats"),
        (["scottish-stv", "--seats", "-1"], "scottish-stv/1: expected another value for seats"),
        (["irv", "--seats", "3"], "irv/1: expected 1 seat, which it fills, not 3"),
        (["schulze", "--seats", "0"], "schulze/1: expected 1 seat, which it fills, not 0"),
        (["score"], "score/1: expected a file of grades, not of ranked"),
        (["irv", "--option", "officer=[9]"], "expected a list of options 1 to 4 as officer, each"),
        (["irv", "--option", "officer=[1,1]"], "expected a list of options 1 to 4 as officer"),
        (["irv", "--option", "officer=Ana"], "expected a list of options 1 to 4 as officer"),
        (["irv", "--option", "withdrawn=[9]"], "expected withdrawn options of 1 to 4, not (9,)"),
        (["irv", "--option", "withdrawn=[1,2,3,4]"], "expected an option that hasn't withdrawn"),
        (["irv", "--option", "first_out=[9]"], "expected options 1 to 4, ascending, to be"),
        (["irv", "--option", "officer=" + "[" * 100_000], "expected JSON as the value of officer"),
        (
            ["debian-a6", "--option", "default=4", "--option", "withdrawn=[4]"],
            "expected a default option that stands, not 4",
        ),
    ],
)
def test_what_cannot_be_counted_so_is_said_in_one_sentence(
    words: list[str], expected: str, votes: str, capsys: pytest.CaptureFixture[str]
) -> None:
    method, *options = words
    assert expected in complaint(capsys, method, votes, *options)


def test_the_officer_names_options_as_the_file_does(
    votes: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ana and Ben are level once Cho is gone; Ben is the file's second, and the count's first."""
    again = ["--seats", "1", "--option", "withdrawn=[1]", "--option", "officer=[4,3,2]"]
    assert answer(capsys, "plurality", votes, *again)["ties"] == []
    tied = ["--seats", "2", "--option", "withdrawn=[1]", "--option", "officer=[4,3,2]"]
    found = answer(capsys, "plurality", votes, *tied)
    assert found["elected"] == ["Ben", "Dan"]
    assert [tie["decided_by"] for tie in found["ties"]] == ["officer"]


def test_members_of_groups_and_the_default_option_are_numbered_as_in_the_file(
    votes: str, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = ["--option", "withdrawn=[1]"]
    dan = 'groups=[{"least": 1, "members": [4], "name": "the north"}]'
    assert "Dan" in answer(capsys, "scottish-stv", votes, *gone, "--option", dan)["elected"]
    last = answer(capsys, "debian-a6", votes, *gone, "--option", "default=4")
    assert (last["rule"]["default"], last["rule"]["options"]) == (3, 3)


def test_nobody_who_has_withdrawn_is_approved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "votes.blt"
    file.write_text(VOTES.replace("4 2\n", "4 2\n-2\n"))
    found = answer(capsys, "approval", str(file))
    assert "Ben" not in found["rounds"][0]["totals"]
    assert found["set_aside"]["withdrawn"] == 6


@pytest.mark.parametrize("text", ["Ana,Ben\n", "\n\n", "name,votes\nNorth,0\n"])
def test_a_file_without_a_ballot_elects_nobody(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "votes.csv"
    file.write_text(text)
    method = "dhondt" if "votes" in text else "schulze"
    assert f"votes.csv, line {max(text.count(chr(10)), 1)}: expected" in complaint(
        capsys, method, str(file)
    )
