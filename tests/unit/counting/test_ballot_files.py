"""Ballot files: every format is read, written back, and refused by file and line."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.counting import Approvals, BallotPolicy, Claims, Grades, Profile, read_marks
from collegium.counting.files import (
    ApprovalFile,
    BallotFileError,
    BallotFormat,
    ClaimsFile,
    GradeFile,
    RankedFile,
    decoded,
    format_of,
    read_abcvoting,
    read_abif,
    read_ballots,
    read_belenios,
    read_blt,
    read_cast_vote_records,
    read_preflib,
    read_rctab,
    read_rctab_config,
    read_rows,
    write_abcvoting,
    write_abif,
    write_belenios,
    write_blt,
    write_preflib,
    write_rctab,
    write_rows,
)

NAMES = ("Ana Sousa", "Ben", "Cho")
FILE = RankedFile(
    ballots={((1,), (2,), (3,)): 4, ((2, 3), (1,)): 2, ((3,),): 1},
    names=NAMES,
    seats=2,
    title="Branch committee",
)
BLT = """3 2
-2  # Ben has withdrawn
[tie 1 2 3]
4 1 2 3 0
(id7) 2=3 - 1 0
0
"Ana Sousa"  # first
Ben
"Cho" of the north
"Branch committee"
"""


def profile(file: RankedFile) -> Profile:
    return read_marks(len(file.names), file.ballots).profile


def ranked(read: Callable[[str], object], text: str) -> RankedFile:
    file = read(text)
    assert isinstance(file, RankedFile)
    return file


@pytest.mark.parametrize(
    ("write", "read"),
    [
        (write_blt, read_blt),
        (write_preflib, read_preflib),
        (write_abif, read_abif),
        (write_rows, read_rows),
    ],
)
def test_what_is_written_is_read_back(
    write: Callable[[RankedFile], str], read: Callable[[str], object]
) -> None:
    back = ranked(read, write(FILE))
    assert (back.names, profile(back)) == (NAMES, profile(FILE))


def test_cast_vote_records_in_columns_are_read_back() -> None:
    text = "count,rank1,rank2\n2,Ana,undervote\n1,overvote,Ben\n"
    file = read_rctab(text)
    assert read_rctab(write_rctab(file)) == file
    with pytest.raises(ValueError, match="expected ranks with one option, none or all"):
        write_rctab(FILE)


def test_belenios_ballots_are_read_back_without_names() -> None:
    back = read_belenios(write_belenios(FILE))
    assert profile(back) == profile(FILE)
    assert read_belenios('{"result": [[[1, 2], [0, 1]]]}').ballots == {((1,), (2,)): 1, ((2,),): 1}


@given(
    st.dictionaries(
        st.lists(st.sampled_from([(1,), (2,), (3,), (2, 3), ()]), max_size=3).map(tuple),
        st.integers(1, 9),
    )
)
def test_every_blt_file_is_read_back_mark_by_mark(
    ballots: dict[tuple[tuple[int, ...], ...], int],
) -> None:
    file = RankedFile(ballots=ballots, names=NAMES, seats=1, title="Vote")
    assert read_blt(write_blt(file)) == file


def test_an_untidy_blt_file_is_read() -> None:
    file = read_blt(BLT)
    assert file.ballots == {((1,), (2,), (3,)): 4, ((2, 3), (), (1,)): 1}
    assert file.names == ("Ana Sousa", "Ben", "Cho")
    assert (file.seats, file.title) == (2, "Branch committee")
    assert file.policy == BallotPolicy(withdrawn=(2,))


def test_two_of_one_name_are_told_apart_by_their_numbers() -> None:
    assert read_blt("2 1\n1 1 0\n0\nAna\nAna\n").names == ("Ana (1)", "Ana (2)")


def test_an_old_file_in_windows_1252_is_read() -> None:
    assert decoded("Zoë".encode("cp1252")) == decoded("Zoë".encode()) == "Zoë"


def test_categories_of_preflib_are_approvals_or_grades() -> None:
    heading = "# NUMBER ALTERNATIVES: 3\n# NUMBER CATEGORIES: "
    two = read_preflib(heading + "2\n5: {1,3},2\n1: {},{1,2,3}\n", "votes.cat")
    three = read_preflib(heading + "3\n5: 1,{2,3},{}\n", "votes.cat")
    assert isinstance(two, ApprovalFile)
    assert two.profile == Approvals(3, {(1, 3): 5, (): 1})
    assert isinstance(three, GradeFile)
    assert three.profile == Grades(3, 3, {(2, 1, 1): 5})


def test_grades_of_abif_are_read() -> None:
    file = read_abif("3:Ana/5,Ben/0\n1:[Cho Kim]/2,Ana/1\n")
    assert isinstance(file, GradeFile)
    assert file.names == ("Ana", "Ben", "Cho Kim")
    assert file.profile == Grades(3, 6, {(5, 0, -1): 3, (1, -1, 2): 1})


def test_approvals_of_abcvoting_are_read_back() -> None:
    cast = Approvals(3, {(1, 3): 2, (): 1})
    file = ApprovalFile(names=("1", "2", "3"), profile=cast, seats=2, title="Board")
    assert read_abcvoting(write_abcvoting(file)) == file


def test_rows_are_read_as_the_kind_that_is_asked_for() -> None:
    rows = "count,Ana,Ben\n3,1,\n1,1,1\n"
    approvals, grades = read_rows(rows, kind="approvals"), read_rows(rows, kind="grades")
    assert isinstance(approvals, ApprovalFile)
    assert approvals.profile == Approvals(2, {(1,): 3, (1, 2): 1})
    assert isinstance(grades, GradeFile)
    assert grades.profile == Grades(2, 2, {(1, -1): 3, (1, 1): 1})
    claims = read_rows("branch,members\nNorth,70\nSouth,30\n", kind="claims")
    assert isinstance(claims, ClaimsFile)
    assert (claims.names, claims.profile) == (("North", "South"), Claims([70, 30]))


def test_ranks_in_columns_are_read_with_skips_and_overvotes() -> None:
    file = read_rctab("count,rank1,rank2\n2,Ana,undervote\n1,overvote,Ben\n1,,Ben\n")
    assert file.ballots == {((1,), ()): 2, ((1, 2), (2,)): 1, ((), (2,)): 1}


@pytest.mark.parametrize(
    ("read", "text", "expected"),
    [
        (read_blt, "", "line 1: expected the numbers of candidates and seats"),
        (read_blt, "2\n", "line 1: expected the numbers of candidates and seats"),
        (read_blt, "2 0\n", "line 1: expected 1 to 1000 seats, not '0'"),
        (read_blt, "2 1\n1 3 0\n", "line 2: expected a candidate, 1 to 2, not '3'"),
        (read_blt, "2 1\n1 1 2\n", "line 2: expected a ballot that ends with 0"),
        (read_blt, "2 1\nx 1 0\n", "line 2: expected how often a ballot was cast"),
        (read_blt, "2 1\n1 1 0\n", "line 3: expected a line 0 after the last ballot"),
        (read_blt, "2 1\n1 1 0\n0\nAna\n", "expected the names of 2 candidates"),
        (read_preflib, "1: 1,,2\n", "line 1: expected options separated by commas"),
        (read_preflib, "x: 1\n", "line 1: expected how often a ballot was cast"),
        (read_preflib, "# NUMBER ALTERNATIVES: 1\n1: 2\n", "expected alternatives 1 to 1, not 2"),
        (read_abif, "Ana>Ben\n", "line 1: expected how often a ballot was cast, a colon"),
        (read_abif, "1:Ana>Ana\n", "line 1: expected each option once"),
        (read_belenios, "[", "line 1: expected JSON"),
        (read_belenios, "[[1,2],[1]]", "expected 2 ranks on ballot 2"),
        (read_belenios, '{"a": 1}', "expected a result with one list of ballots"),
        (read_abcvoting, "num_cand: 2\n", "expected a key profile"),
        (read_abcvoting, "num_cand: 2\nprofile: [[5]]\n", "expected candidates 0 to 1"),
        (read_abcvoting, "profile: [[0]\nnum_cand: 2\n", "a list of lists of numbers"),
        (read_rctab, "a,b\n", "line 1: expected columns rank1, rank2"),
        (read_rctab, "count,rank1\nx,Ana\n", "line 2: expected how often a ballot was cast"),
        (read_rctab, "count,rank1\n1,Ana,Ben\n", "line 2: expected 2 columns, not 3"),
        (read_cast_vote_records, "{}", "expected a report of cast vote records"),
        (read_rows, "Ana,Ana\n", "line 1: expected a heading with a column for each option"),
        (read_rows, "Ana,Ben\n1,none\n", "line 2: expected a rank, or nothing"),
        (read_rows, "Ana,Ben\n1,\n1,No opinion\n", "line 3: expected either No opinion or nothing"),
        (read_rows, "Ana,Ben\n1\n", "line 2: expected 2 columns, not 1"),
    ],
)
def test_a_malformed_file_is_refused_by_its_line(
    read: Callable[[str], object], text: str, expected: str
) -> None:
    with pytest.raises(BallotFileError, match=expected):
        read(text)


CONFIG = {
    "candidates": [{"name": "Ana", "aliases": ["A."]}, {"name": "Ben", "excluded": True}],
    "cvrFileSources": [{"overvoteDelimiter": "|", "undeclaredWriteInLabel": "other"}],
    "rules": {
        "maxSkippedRanksAllowed": "1",
        "numberOfWinners": "1",
        "overvoteRule": "alwaysSkipToNextRank",
        "tiebreakMode": "useCandidateOrder",
        "winnerElectionMode": "singleWinnerMajority",
    },
}


def test_a_configuration_says_who_is_meant() -> None:
    config = read_rctab_config(json.dumps(CONFIG))
    file = read_rctab("rank1,rank2\nA.,other\nAna|Ben,\n", "cvr.csv", json.dumps(CONFIG))
    assert file.names == ("Ana", "Ben", "Undeclared Write-ins")
    assert file.ballots == {((1,), (3,)): 1, ((1, 2), ()): 1}
    assert file.policy.withdrawn == (2,)
    rule = config.rule()
    assert (rule.options, rule.first_out, rule.ties) == (2, (2,), ("ballot-order",))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"overvoteRule": "never"}, "line 1: expected an overvoteRule of alwaysSkip"),
        ({"maxSkippedRanksAllowed": "-3"}, "expected maxSkippedRanksAllowed of unlimited or"),
        ({"maxRankingsAllowed": "0"}, "expected maxRankingsAllowed of max or a number"),
        ({"tiebreakMode": "dice"}, "expected a tiebreakMode of generatePermutation"),
        ({"winnerElectionMode": "bottomsUp"}, "not 'bottomsUp'"),
        ({"numberOfWinners": "2"}, "with seats to match, not 'singleWinnerMajority'"),
        (
            {
                "numberOfWinners": "1001",
                "winnerElectionMode": "multiWinnerAllowMultipleWinnersPerRound",
            },
            "with seats to match, not 'multiWinner",
        ),
        ({"minimumVoteThreshold": "50"}, "expected no minimumVoteThreshold, which none"),
        ({"hareQuota": True}, "expected hareQuota for several winners only"),
        ({"weather": "fine"}, "expected only settings that are known here, not 'weather'"),
    ],
)
def test_a_setting_that_cannot_be_followed_is_refused(
    changes: dict[str, object], expected: str
) -> None:
    text = json.dumps(CONFIG | {"rules": CONFIG["rules"] | changes})  # type: ignore[operator]  # a dictionary
    with pytest.raises(BallotFileError, match=expected):
        read_rctab_config(text).rule()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{", "config.json, line 1: expected JSON"),
        ("[]", "expected an RCTab configuration with candidates and rules, not 'list'"),
        ('{"candidates": [1], "rules": {}}', "expected an RCTab configuration, not .TypeError"),
        ('{"candidates": [], "rules": []}', "expected an RCTab configuration with candidates"),
        (
            '{"candidates": [{"name": "Ana", "excluded": true}], "rules": {}}',
            "expected a candidate who isn't excluded",
        ),
        ('{"candidates": [], "rules": {}}', "expected 1 to 1000 candidates of different names"),
    ],
)
def test_a_malformed_configuration_is_refused(text: str, expected: str) -> None:
    with pytest.raises(BallotFileError, match=expected):
        read_rctab_config(text)


def test_the_error_names_the_file() -> None:
    with pytest.raises(BallotFileError, match=r"^north\.blt, line 1: expected"):
        read_ballots("x", "north.blt")


def test_an_unknown_ending_is_refused() -> None:
    with pytest.raises(BallotFileError, match="expected a name that ends with one of"):
        format_of("ballots.doc")


@pytest.mark.parametrize("write", [write_blt, write_abif, write_preflib])
def test_a_name_that_the_format_cannot_write_is_refused(
    write: Callable[[RankedFile], str],
) -> None:
    file = RankedFile(ballots={}, names=('A"[\n',))
    with pytest.raises(ValueError, match="expected names without"):
        write(file)


@given(st.text(max_size=60))
def test_no_text_breaks_a_reader_otherwise(text: str) -> None:
    for form in ("abcvoting", "abif", "belenios", "blt", "csv", "nist", "preflib", "rctab"):
        assert says_where_or_reads(text, form)


def says_where_or_reads(text: str, form: BallotFormat) -> bool:
    try:
        return bool(read_ballots(text, "any", form).names)
    except BallotFileError as error:
        return str(error).startswith("any, line ")


@given(
    st.lists(
        st.sampled_from(
            [
                "1: 1,2",
                "2: {1,1},3",
                "x",
                "# DATA TYPE: cat",
                "# NUMBER CATEGORIES: 2",
                "# NUMBER ALTERNATIVES: 3",
                "# NUMBER CATEGORIES: many",
                "1: {1},{1}",
            ]
        ),
        max_size=5,
    )
)
def test_no_mixture_of_lines_breaks_the_reader_of_preflib(lines: list[str]) -> None:
    assert says_where_or_reads("\n".join(lines), "preflib")


ROWS_OF_APPROVALS = st.lists(
    st.tuples(
        st.sampled_from(["1", "3", "12", "0", "x", ""]),
        *[st.sampled_from(["1", "", "0", "-", "x", "yes", "no", "X", " 1", "2"])] * 3,
    ),
    max_size=6,
)


@given(rows=ROWS_OF_APPROVALS, weighted=st.booleans())
def test_plain_approvals_are_read_as_any_others(
    rows: list[tuple[str, ...]], *, weighted: bool
) -> None:
    """A name in quotes keeps a file from being read line by line at once."""

    def read(second: str) -> Approvals | str:
        kept = [row if weighted else row[1:] for row in rows]
        heading = ["count"] * weighted + ["Ana", second, "Cho"]
        text = "".join(",".join(row) + "\n" for row in (heading, *kept))
        try:
            file = read_rows(text, kind="approvals")
        except BallotFileError as error:
            return str(error)
        assert isinstance(file, ApprovalFile)
        return file.profile

    assert read("Ben") == read('"Ben"')
