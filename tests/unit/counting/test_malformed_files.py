"""No damaged file is counted in part, and none is refused without saying where it is damaged."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from collegium.counting import Approvals
from collegium.counting.ballot import WIDEST
from collegium.counting.files import (
    BallotFile,
    BallotFileError,
    BallotFormat,
    ClaimsFile,
    RankedFile,
    decoded,
    read_abcvoting,
    read_abif,
    read_ballots,
    read_belenios,
    read_blt,
    read_cast_vote_records,
    read_preflib,
    read_rctab,
    read_rows,
)
from collegium.counting.files.kinds import ballots_in, told_apart
from collegium.counting.files.rows import Kind

Reader = Callable[[str], BallotFile]

BLT = '3 2\n4 1 2 3 0\n2 2=3 1 0\n0\n"Ana"\n"Ben"\n"Cho"\n"Vote"\n'
PREFLIB = "# NUMBER ALTERNATIVES: 3\n# NUMBER VOTERS: 6\n4: 1,2,3\n2: {2,3},1\n"
ABIF = "=a:[Ana Sousa]\n4:a>Ben>Cho\n2:Ben=Cho>a\n"
BELENIOS = "[[1,2,3],[0,1,1]]"
COMMITTEES = "profile: [[0, 1],\n  [2]]\nvoter_weights: [4, 2]\nnum_cand: 3\ncommitteesize: 1\n"
RECORDS = (
    '{"CVR": [{"CVRSnapshot": [{"@id": "b", "CVRContest": [{"ContestId": "c", '
    '"CVRContestSelection": [{"ContestSelectionId": "s", "SelectionPosition": '
    '[{"HasIndication": "yes", "Rank": 1}]}]}]}], "CurrentSnapshotId": "b"}], "Election": '
    '[{"Candidate": [{"@id": "a", "Name": "Ana"}], "Contest": [{"@id": "c", '
    '"ContestSelection": [{"@id": "s", "CandidateIds": ["a"]}]}]}]}'
)

WHOLE: tuple[tuple[BallotFormat, Kind, str, int], ...] = (
    ("abcvoting", "approvals", COMMITTEES, 6),
    ("abif", "ranked", ABIF, 6),
    ("abif", "grades", "4:Ana/5,Ben/0\n2:Ben/3,Ana/1\n", 6),
    ("belenios", "ranked", BELENIOS, 2),
    ("blt", "ranked", BLT, 6),
    ("csv", "ranked", "count,Ana,Ben,Cho\n4,1,2,3\n2,2,1,1\n", 6),
    ("csv", "approvals", "count,Ana,Ben\n4,1,\n2,,1\n", 6),
    ("csv", "grades", "count,Ana,Ben\n4,1,5\n2,3,1\n", 6),
    ("csv", "claims", "name,votes\nNorth,70\nSouth,30\n", 100),
    ("nist", "ranked", RECORDS, 1),
    ("preflib", "ranked", PREFLIB, 6),
    ("rctab", "ranked", "count,rank1,rank2\n4,Ana,Ben\n2,Cho,undervote\n", 6),
)
"""A whole file of each form, and how many ballots it holds."""

each_text = pytest.mark.parametrize(("form", "kind", "text"), [whole[:3] for whole in WHOLE])


@pytest.mark.parametrize("whole", WHOLE)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_whole_file_is_read_however_it_was_saved(
    whole: tuple[BallotFormat, Kind, str, int], encoding: str, ending: str
) -> None:
    form, kind, text, ballots = whole
    data = text.replace("\n", ending).encode(encoding)
    assert ballots_in(read_ballots(decoded(data), "votes", form, kind)) == ballots


def whole_or_refused(form: BallotFormat, kind: Kind, text: str) -> bool:
    """Refused in one short sentence that says where, or read as a file with names of its own."""
    try:
        names = read_ballots(text, "votes", form, kind).names
    except BallotFileError as error:
        said = str(error)
        where, _, what = said.partition(": expected ")
        line = int(where.removeprefix("votes, line "))
        # What is missing at the end is missing on the line after it.
        last = text.count("\n") + text.count("\r") + 2
        return 1 <= line <= last and bool(what) and len(said) < 400
    return len(set(names)) == len(names) > 0


BROKEN = [
    *"\0\r\n 0-9,=>:{}[]\"'#/;.\u0665\u2028\x0b",
    "0" * 30,
    "9" * 30,
    "-1",
    "1.5",
    "NaN",
    "null",
]


@each_text
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_damage_goes_unsaid(
    form: BallotFormat, kind: Kind, text: str, data: st.DataObject
) -> None:
    """Pieces of the file are cut out, doubled, or replaced by what doesn't belong there."""
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 12)))
        new = data.draw(st.sampled_from([*BROKEN, text[start:end] * 2, text]) | st.text(max_size=4))
        text = text[:start] + new + text[end:]
    assert whole_or_refused(form, kind, text)


@each_text
@pytest.mark.parametrize(
    "worse",
    [
        lambda text: text + "\0",
        lambda text: text.replace("4", "9" * 5000, 1),
        lambda text: text.replace("4", "0" * 19 + "1" + "9" * 5000, 1),
        lambda text: text + "A" * 1_000_000,
        lambda text: "[" * 100_000 + text,
        lambda text: text.replace("[", "[" * 100_000, 1),
        lambda text: text + text,
        lambda text: text.encode("utf-16-be").decode("latin-1"),
    ],
)
def test_no_monster_is_read_or_quoted_whole(
    form: BallotFormat, kind: Kind, text: str, worse: Callable[[str], str]
) -> None:
    assert whole_or_refused(form, kind, worse(text))


@pytest.mark.parametrize(
    ("read", "text", "expected"),
    [
        (read_blt, BLT + BLT, "line 12: expected nothing but notes after the title"),
        (read_blt, BLT[:-10], "line 7: expected a name that ends with a quote"),
        (read_blt, "2 1\n-1 -2\n1 1 0\n0\nA\nB\n", "line 2: expected a candidate who hasn't"),
        (read_blt, "2 1\n1 " + "0" * 19 + "15 0\n", "line 2: expected a candidate, 1 to 2"),
        (read_blt, f"2 1\n{2**53 - 1} 1 0\n1 2 0\n", r"line 3: expected at most 2\^53 - 1 ballots"),
        (read_preflib, PREFLIB[:-11], "line 3: expected as many ballots as NUMBER VOTERS says, 6"),
        (read_preflib, "# NUMBER VOTERS: x\n1: 1\n", "expected a NUMBER VOTERS, not 'x'"),
        (read_preflib, "1: 1\n2: 9999\n3: 1\n", "line 2: expected an alternative, 1 to 1000"),
        (read_preflib, "1: \u0661,\u0662\n", "line 1: expected options separated by commas"),
        (
            read_preflib,
            "# NUMBER ALTERNATIVES: 2\n1: 1\n1: 3\n1: 2\n",
            "line 3: expected alternatives 1 to 2, not 3",
        ),
        (read_abif, "4:a>b>\n", "line 1: expected an option after the last sign"),
        (read_abif, "=a:[Ana]\n=a:[Ben]\n1:a\n", "line 2: expected one name for each short one"),
        (read_belenios, "[" * 100_000, "line 1: expected JSON, not 'brackets inside brackets"),
        (read_belenios, f"[[{'9' * 5000}]]", "line 1: expected JSON, not 'a number of thousands"),
        (read_abcvoting, "profile: 5\nnum_cand: 2\n", "line 1: expected a list of lists"),
        (read_abcvoting, "num_cand: 2\nprofile: null\n", "line 2: expected a list of lists"),
        (read_abcvoting, "num_cand: 2\nnum_cand: 2\n", "line 2: expected one of the keys .* once"),
        (read_abcvoting, "weights: [2]\n", "line 1: expected one of the keys committeesize"),
        (
            read_abcvoting,
            COMMITTEES.replace("4, 2", "4"),
            "line 3: expected a weight for each of the 2 ballots, not 1",
        ),
        (
            read_abcvoting,
            COMMITTEES.replace("size: 1", "size: 4"),
            "line 5: expected committeesize of 1 to 3, not '4'",
        ),
        (read_rctab, "rank1,rank3\nA,B\n", "line 1: expected columns rank1, rank2 .* none left"),
        (read_rctab, "rank1,Rank 01\nA,B\n", "line 1: expected each rank in one column"),
        (read_rctab, "count,weight,rank1\n1,1,A\n", "line 1: expected one column that says how"),
        (read_rows, "count,weight,Ana\n1,1,1\n", "line 1: expected one column that says how"),
        (read_rows, "Ana,Ben\n1,2\x851,2\n", "line 2: expected 2 columns, not 3"),
        (read_cast_vote_records, '{"CVR":' + "[" * 100_000, "line 1: expected JSON"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(read: Reader, text: str, expected: str) -> None:
    with pytest.raises(BallotFileError, match=expected):
        read(text)


def places_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths to everything inside a value of JSON."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in inside:
        yield (*path, key)
        if isinstance(one, dict | list):
            yield from places_in(one, (*path, key))


@pytest.mark.parametrize(("form", "text"), [("nist", RECORDS), ("belenios", BELENIOS)])
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_json_of_another_shape_breaks_a_reader(
    form: BallotFormat, text: str, data: st.DataObject
) -> None:
    plain = json.loads(text)
    for _ in range(data.draw(st.integers(1, 3))):
        *path, last = data.draw(st.sampled_from(list(places_in(plain)) or [(0,)]))
        inside = plain
        for key in path:
            inside = inside[key]
        others: list[Any] = [
            None,
            True,
            0,
            -1,
            1.5,
            10**30,
            "",
            "1",
            "yes",
            [],
            {},
            [[]],
            {"@id": "s"},
        ]
        if inside:
            inside[last] = data.draw(st.sampled_from(others))
    assert whole_or_refused(form, "ranked", json.dumps(plain))


def test_a_claimant_on_the_first_line_is_not_taken_for_a_heading() -> None:
    with pytest.raises(BallotFileError, match=r"line 1: expected a number of votes, not '-70'"):
        read_rows("North,-70\nSouth,30\n", kind="claims")
    file = read_rows("North,70\nSouth,30\n", kind="claims")
    assert isinstance(file, ClaimsFile)
    assert file.profile.votes == (70, 30)


def test_a_stranger_among_candidates_is_said_with_its_line() -> None:
    config = '{"candidates": [{"name": "Ana"}], "rules": {"overvoteRule": "alwaysSkipToNextRank"}}'
    with pytest.raises(BallotFileError, match=r"cvr.csv, line 3: expected a candidate of the conf"):
        read_rctab("rank1\nAna\nBen\nAna\n", "cvr.csv", config)


def test_weights_of_voters_are_counted() -> None:
    assert read_abcvoting(COMMITTEES).profile == Approvals(3, {(1, 2): 4, (3,): 2})


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (read_blt, "3 1\n1 1 0\n0\nAna\nAna\nAna (1)\n"),
        (read_preflib, "# ALTERNATIVE NAME 1: Ana\n# ALTERNATIVE NAME 2: Ana\n1: 1,2\n"),
        (read_abif, "=a:[Ana]\n=b:[Ana]\n1:a>b\n"),
    ],
)
def test_nobody_loses_votes_to_somebody_of_the_same_name(read: Reader, text: str) -> None:
    names = read(text).names
    assert len(set(names)) == len(names) > 1


@given(st.lists(st.sampled_from(["Ana", "Ana (1)", "Ana (2)", "", "1", "2"]), max_size=8))
def test_names_come_to_be_told_apart(names: list[str]) -> None:
    apart = told_apart(names)
    assert len(set(apart)) == len(apart) == len(names)
    assert all(name in new for name, new in zip(names, apart, strict=True))
    assert "" not in apart


def test_a_name_may_hold_what_some_programs_take_for_a_new_line() -> None:
    assert read_blt("2 1\n1 1 0\n0\nA\u2028x\nB\n").names == ("A\u2028x", "B")


MANY = 100_000


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("abif", "1:a" + " " * MANY + "["),
        ("abif", "=a" + " " * MANY + "x"),
        ("belenios", f"[{f'[{WIDEST}],' * 20_000}[1]]"),
        ("blt", "2 1\n" + "(" * MANY),
        ("preflib", "1: 1" + " " * MANY + "x"),
        ("preflib", "1: {" + "," * MANY),
        ("abcvoting", "profile: [\n" + " [0],\n" * MANY + " [0]]\nnum_cand: 2\ncommitteesize: 1"),
    ],
)
def test_a_long_file_comes_to_an_end(form: BallotFormat, text: str) -> None:
    """A reader that begins anew at each character would take hours."""
    assert whole_or_refused(form, "ranked", text)


@example([(1000, 1000)])
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 1000)), min_size=1))
def test_only_the_order_of_ranks_counts_for_belenios(rows: list[tuple[int, int]]) -> None:
    file = read_belenios(str([list(row) for row in rows]))
    assert isinstance(file, RankedFile)
    assert all(all(rank) for marks in file.ballots for rank in marks)
