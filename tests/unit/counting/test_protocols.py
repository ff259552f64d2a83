"""The protocol of a count: sentences, tables, pictures, margins."""

import csv
import json
from fractions import Fraction
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import assume, given

from collegium.counting import (
    Approvals,
    Claims,
    Grades,
    Minimax,
    Plurality,
    Profile,
    Schulze,
    Ties,
    UndecidedError,
    count,
    exact_stv,
    irv,
    read_marks,
    scottish_stv,
)
from collegium.counting.methods import adjusted, method_named
from collegium.counting.policy import BallotPolicy
from collegium.counting.protocol import (
    Section,
    Sheet,
    Table,
    as_html,
    as_json,
    as_rows,
    as_text,
    flow_picture,
    margin_of,
    matrix_of,
    narrow_pairs,
    pairs_picture,
    picture_of,
    sheet_of,
    stage_bars,
)
from tests.elections import strict_profiles

NAMES = ("Ana <b>", "Ben", "Cho & Co")
BALLOTS = Profile(3, {"12-": 8, "-12": 3, "--1": 2, "2-1": 1})
STV = count(BALLOTS, scottish_stv(3, 2))
TOLD = as_text(sheet_of(STV, NAMES, "Branch committee"))


@pytest.mark.parametrize(
    "sentence",
    [
        "Elected: Ana <b>, Ben.",
        "14 ballots were counted.",
        "Stage 2: surplus of Ana <b>",
        "Ana <b> is elected with 8.00000 votes: this reaches the quota.",
        "Ana <b> has 3.00000 votes more than needed. 8 ballots pass on at a value of 0.37500.",
        "Received: Ben 3.00000 (now 6.00000).",
        "Quota: 5.00000. Exhausted so far: 0.00000. Lost to rounding so far: 0.00000.",
    ],
)
def test_the_text_tells_the_count_as_a_person_would(sentence: str) -> None:
    assert sentence in TOLD


def test_the_rule_is_printed_in_full() -> None:
    assert STV.rule.document().decode() in TOLD


def test_a_tie_is_told_with_what_decided_it() -> None:
    level = Profile(2, {"1-": 1, "-1": 1})
    outcome = count(level, irv(2), Ties(officer=(2, 1)))
    told = as_text(sheet_of(outcome, ("Ana", "Ben")))
    assert (
        "Ana and Ben are level for exclusion; the returning officer's recorded order excludes Ana."
        in told
    )


def method(name: str, options: int, seats: int, levels: int = 0) -> Any:
    """The preset of that name."""
    return method_named(name).make(options, seats, levels)


APPROVED = Approvals(3, {(1,): 3, (1, 2): 2, (3,): 2, (2, 3): 1})
GRADED = Grades(3, 4, {(3, 3, 0): 2, (1, 2, 3): 1})
CIRCLE = Profile(3, {"123": 4, "312": 3, "231": 2})


@pytest.mark.parametrize(
    ("name", "ballots", "sentence"),
    [
        ("plurality", CIRCLE, "Ana <b> is elected with 4 votes: no other has more."),
        ("majority", CIRCLE, "Needed: 5."),
        ("irv", CIRCLE, "Cho & Co is excluded with 2 votes, the fewest."),
        ("irv", CIRCLE, "2 ballots pass on at full value."),
        ("exact-stv", CIRCLE, "Cho & Co is excluded with 2 votes, the fewest."),
        ("meek", CIRCLE, "Cho & Co is excluded with 2.000000000 votes, the fewest."),
        ("schulze", CIRCLE, "Ana <b>, Ben and Cho & Co beat each other in a circle or are level."),
        ("schulze", CIRCLE, "the strongest chain is stronger than the strongest one back."),
        ("ranked-pairs", CIRCLE, "No defeat that stands is against Ana <b>, who is elected."),
        ("minimax", CIRCLE, "Ana <b> is elected: its worst defeat, 5, is the smallest."),
        ("smith", CIRCLE, "The Smith set: Ana <b>, Ben, Cho & Co."),
        ("condorcet-irv", CIRCLE, "Cho & Co is excluded with 2 votes, the fewest."),
        ("debian-a6", CIRCLE, "Ben: 7 above Cho & Co, 2 below; more than 1:1 is needed, passed."),
        ("approval", APPROVED, "Seat 2: Ben; 3 approvals, the most of those left."),
        (
            "sequential-pav",
            APPROVED,
            "it adds 5 to the ballots' content, the most.",
        ),
        ("sequential-phragmen", APPROVED, "its supporters' savings reach a seat first, at 1/5."),
        (
            "equal-shares",
            APPROVED,
            "each supporter pays 1/5 of a seat, the least.",
        ),
        ("pav", APPROVED, "The committee is Ana <b> and Cho & Co."),
        ("score", GRADED, "Ben is elected with a sum of 8, the highest."),
        ("majority-judgment", GRADED, "its median grade is 3, like that of Ana <b>;"),
        ("dhondt", Claims([7, 3, 1]), "Seat 2: Ana <b>; its quotient, 3 1/2, is the highest."),
        ("hare", Claims([7, 3, 1]), "A seat for each whole quota of 5 1/2 votes: Ana <b> 1."),
        ("huntington-hill", Claims([7, 3, 1]), "The fewest seats of each come first:"),
    ],
)
def test_every_rule_says_in_words_of_its_own_what_decided(
    name: str, ballots: Any, sentence: str
) -> None:
    seats = 3 if name == "huntington-hill" else 2 if isinstance(ballots, Approvals | Claims) else 1
    rule = method(name, 3, seats, 4)
    ties = [Ties(seed="any")] if hasattr(rule, "ties") else []
    told = as_text(sheet_of(count(ballots, rule, *ties), NAMES))
    assert sentence in " ".join(told.split())


def test_one_ballot_is_told_in_the_singular() -> None:
    read = read_marks(3, {(): 1, ((3,),): 1, ((1,),): 2, ((1, 2),): 1}, BallotPolicy())
    rule = adjusted(irv(3), {"equal_ranks": "split"})
    outcome = count(read.profile, rule, Ties(seed="any"))
    told = " ".join(as_text(sheet_of(outcome, NAMES, read=read)).split())
    assert "1 ballot is blank." in told
    assert "1 ballot gives one rank to several options; they count as equal." in told


def test_a_long_fraction_is_cut_off_and_stands_exactly_in_a_table() -> None:
    cast = Profile(3, {"12-": 50, "1-2": 33, "--1": 12, "-1-": 11})
    told = as_text(sheet_of(count(cast, exact_stv(3, 2)), NAMES))
    assert "at a value of 143/249 (0.5742…)." in " ".join(told.split())
    assert "The same figures exactly:" in told


def test_a_wide_table_goes_on_below() -> None:
    longest = max(map(len, as_text(sheet_of(STV, NAMES)).partition("How to count")[0].splitlines()))
    assert longest <= 100
    many = count(Claims([900, 70, 3]), method("dhondt", 3, 30))
    lines = as_text(sheet_of(many, NAMES)).splitlines()
    assert not any("Stage 1 " in line and line.endswith("Stage 30") for line in lines)
    assert any(line.endswith("Stage 30") for line in lines)
    assert max(len(line) for line in lines if not line.startswith("Rule")) <= 100


def test_a_page_has_a_wide_table_in_parts_that_paper_has_room_for() -> None:
    many = count(Claims([900, 70, 3]), method("dhondt", 3, 30))
    (whole,) = (table for part in sheet_of(many, NAMES).sections for table in part.tables[:1])
    parts = whole.parts()
    assert len(parts) > 2
    assert parts[0].caption == "Quotient: Stage 1 to Stage 6"
    assert [cell for part in parts for cell in part.rows[0][1:]] == list(whole.rows[0][1:])
    assert whole.parts()[1].rows[0][0] == "Ana <b>"
    narrow = sheet_of(STV, NAMES).sections[-2].tables
    assert [table.parts() for table in narrow] == [(table,) for table in narrow]


def test_columns_by_number_keep_their_numbers_in_every_part() -> None:
    rows = tuple((f"Option {n}", *["10000"] * 24) for n in range(24))
    table = Table("Pairs", ("", *(f"Option {n}" for n in range(24))), rows, numbered=True)
    assert [part.first for part in table.parts()] == [1, 8, 15, 22]
    page = as_html(
        Sheet("A vote", "Elected: nobody.", (Section("All", (), (table,)),), Section(""))
    )
    assert ">24</abbr>" in page


def test_what_the_policy_set_aside_is_told() -> None:
    read = read_marks(3, {((1, 2),): 4, ((3,),): 1}, BallotPolicy(overvotes="stop"))
    outcome = count(read.profile, irv(3))
    told = as_text(sheet_of(outcome, NAMES, read=read))
    assert "4 ballots give one rank to several options; what follows isn't read." in told
    assert '"overvotes":"stop"' in told


def test_the_page_is_well_formed_and_names_are_escaped() -> None:
    page = ET.fromstring(as_html(sheet_of(STV, NAMES, "A & B")))  # noqa: S314 - our own page
    assert page.find("body/main/h1").text == "A & B"  # type: ignore[union-attr]  # a page has a heading
    assert [cell.text for cell in page.iter("th")].count("Cho & Co") == 1


def test_the_rows_hold_every_option_at_every_stage() -> None:
    rows = list(csv.DictReader(as_rows(STV, NAMES).splitlines()))
    assert len(rows) == len(STV.stages) * (len(NAMES) + 3)
    assert rows[0] == {
        "stage": "1",
        "event": "count",
        "option": "Ana <b>",
        "total": "8.00000",
        "received": "",
        "elected": "yes",
        "excluded": "",
        "against": "",
    }


def test_the_rows_hold_every_pair_that_was_compared() -> None:
    outcome = count(BALLOTS, Schulze(options=3, strength="margins"))
    rows = list(csv.DictReader(as_rows(outcome, NAMES).splitlines()))
    pairs = {
        (row["option"], row["against"]): row["total"] for row in rows if row["event"] == "pair"
    }
    assert len(pairs) == 6
    assert pairs["Ana <b>", "Ben"] == str(outcome.matrix[0][1])


def test_the_object_has_names_and_exact_figures() -> None:
    found = as_json(STV, NAMES, "scottish-stv/1")
    assert (found["method"], found["elected"]) == ("scottish-stv/1", ["Ana <b>", "Ben"])
    assert found["rounds"][0]["totals"]["Ben"] == "3.00000"
    assert found["rounds"][1]["exhausted"] == "0.00000"
    assert json.loads(json.dumps(found)) == found


SVG = "{http://www.w3.org/2000/svg}"


def drawn(text: str, kind: str) -> list[ET.Element]:
    """All elements of a kind, by themselves."""
    return list(ET.fromstring(text).iter(SVG + kind))  # noqa: S314 - our own picture


def test_the_flow_is_drawn_with_a_bar_for_whoever_holds_votes_at_a_stage() -> None:
    held = [(n, stage) for stage in STV.stages for n, t in enumerate(stage.totals) if Fraction(t)]
    titles = [bar[0].text for bar in drawn(flow_picture(STV, NAMES), "rect")]
    assert len(titles) == len(held)
    assert titles[0] == "Ana <b>, stage 1: 8.00000"


def test_the_flow_shows_what_is_exhausted_and_what_rounding_lost() -> None:
    cast = Profile(3, {"12-": 5, "1--": 4, "--1": 2, "-1-": 1})
    outcome = count(cast, scottish_stv(3, 2))
    picture = flow_picture(outcome, NAMES)
    words = [text.text for text in drawn(picture, "text")]
    assert {"Exhausted", "Lost to rounding"} <= set(words)
    assert outcome.stages[1].lost in words
    assert f"{outcome.stages[1].exhausted} exhausted so far" in str(drawn(picture, "desc")[0].text)
    assert "#8a8a8a" in {bar.get("fill") for bar in drawn(picture, "rect")}


def test_the_flow_says_in_words_what_it_shows() -> None:
    (told,) = drawn(flow_picture(STV, NAMES), "desc")
    assert str(told.text).startswith(
        "Stage 1: first preferences; elected Ana <b>. Stage 2: surplus of Ana"
    )
    frame = ET.fromstring(flow_picture(STV, NAMES))  # noqa: S314 - our own picture
    named = str(frame.get("aria-labelledby")).split()
    assert [frame.find(f"*[@id='{one}']") is not None for one in named] == [True, True]


def test_only_a_picture_that_stands_alone_has_a_style_for_the_dark() -> None:
    matrix = matrix_of(count(BALLOTS, Schulze(options=3, strength="margins")))
    for alone in (True, False):
        pictures = [
            flow_picture(STV, NAMES, alone=alone),
            pairs_picture(matrix, NAMES, alone=alone),
        ]
        assert ["prefers-color-scheme:dark" in picture for picture in pictures] == [alone, alone]


def test_the_comparisons_are_drawn_with_a_cell_for_each_pair() -> None:
    outcome = count(BALLOTS, Schulze(options=3, strength="winning-votes"))
    picture = pairs_picture(matrix_of(outcome), NAMES)
    assert len(drawn(picture, "rect")) == 6
    assert "Ana <b> is preferred to every other option." in str(drawn(picture, "desc")[0].text)


def test_a_figure_in_the_picture_keeps_its_fraction() -> None:
    cast = Profile(3, {"12-": 5, "1--": 4, "--1": 2, "-1-": 1})
    rounded = count(cast, scottish_stv(3, 2))
    words = [text.text for text in drawn(flow_picture(rounded, NAMES), "text")]
    assert {"3.22220", "1.77776", "0.00004"} <= set(words)
    exact = count(cast, exact_stv(3, 2))
    words = [text.text for text in drawn(flow_picture(exact, NAMES), "text")]
    assert {"3 7/9", "2 2/9"} & set(words)


def test_every_stage_has_bars_for_whoever_holds_votes_and_a_line_at_the_quota() -> None:
    drawing = stage_bars(STV, 2, NAMES)
    words = ["".join(text.itertext()) for text in drawn(drawing, "text")]
    assert words[:2] == ["Ana <b>Ana <b>", "5"]
    assert 'aria-hidden="true"' in drawing
    quota = 'stroke-width="1.5"'
    assert drawing.count(quota) == len(drawn(drawing, "g"))


def test_a_narrow_picture_of_pairs_is_drawn_only_where_it_fits() -> None:
    few = matrix_of(count(BALLOTS, Schulze(options=3, strength="margins")))
    assert 'viewBox="0 0 288 ' in narrow_pairs(few, NAMES)
    many = tuple((10_000,) * 12 for _ in range(12))
    assert not narrow_pairs(many, [f"Option {n}" for n in range(12)])


def test_a_count_of_one_stage_has_bars_and_one_of_payments_no_picture() -> None:
    plural = count(BALLOTS, Plurality(options=3, seats=1, ties=()))
    assert "Ana &lt;b&gt;: 8 elected." in picture_of(plural, NAMES)
    approved = Approvals(3, {(1,): 3, (1, 2): 2, (3,): 2})
    assert not picture_of(count(approved, method("sequential-phragmen", 3, 2)), NAMES)


def outcomes_of_changed(ballots: list[str], changed: int) -> set[tuple[int, ...]]:
    """Plurality winners, or a tie, after any so many ballots say something else."""
    rule = Plurality(options=3, seats=1, ties=())
    found: set[tuple[int, ...]] = set()
    cast = ["1--", "-1-", "--1"]
    stack = [(ballots, changed, 0)]
    while stack:
        now, left, start = stack.pop()
        try:
            found.add(count(Profile.of(3, now), rule).winners)
        except UndecidedError:
            found.add(())
        if left:
            for place in range(start, len(now)):
                rest = now[place + 1 :]
                stack += [([*now[:place], one, *rest], left - 1, place + 1) for one in cast]
    return found


@pytest.mark.parametrize("counts", [(7, 4, 1), (5, 4, 0), (6, 2, 2), (4, 1, 0)])
def test_the_margin_of_plurality_is_exact(counts: tuple[int, int, int]) -> None:
    ballots = ["1--"] * counts[0] + ["-1-"] * counts[1] + ["--1"] * counts[2]
    margin = margin_of(count(Profile.of(3, ballots), Plurality(options=3, seats=1, ties=())))
    assert margin is not None
    assert outcomes_of_changed(ballots, margin.ballots - 1) == {(1,)}
    assert outcomes_of_changed(ballots, margin.ballots) > {(1,)}


def counting_for(text: str, standing: set[int]) -> int | None:
    ranked = sorted((rank, n) for n, rank in enumerate(text, 1) if rank != "-")
    return next((n for _, n in ranked if n in standing), None)


def named_before(text: str, second: int, first: int) -> str:
    """The ballot with the second option moved to just before the first."""
    order = [n for _, n in sorted((r, n) for n, r in enumerate(text, 1) if r != "-")]
    order = [n for n in order if n != second]
    order.insert(order.index(first), second)
    return "".join(str(order.index(n) + 1) if n in order else "-" for n in range(1, len(text) + 1))


@given(strict_profiles())
def test_the_margin_of_a_runoff_suffices(profile: Profile) -> None:
    outcome = count(profile, irv(profile.options), Ties(seed="any"))
    margin = margin_of(outcome)
    assume(margin is not None and not outcome.ties)
    gone = {option for stage in outcome.stages for option in stage.excluded}
    standing = set(range(1, profile.options + 1)) - gone
    last = outcome.stages[-1].totals
    second = max(standing - set(outcome.winners), key=lambda n: int(last[n - 1]))
    left, changed = margin.ballots if margin else 0, Profile(profile.options, {})
    for text, weight in profile.weights.items():
        turned = min(left, weight) * (counting_for(text, standing) == outcome.winners[0])
        left -= turned
        if turned:
            other = named_before(text, second, outcome.winners[0])
            changed += Profile(profile.options, {other: turned})
        if weight > turned:
            changed += Profile(profile.options, {text: weight - turned})
    again = count(changed, irv(profile.options), Ties(seed="any"))
    assume(not again.ties)
    assert (left, again.winners == outcome.winners) == (0, False)


def test_fewer_changes_than_the_margin_leave_who_defeats_everybody() -> None:
    ballots = Profile(3, {"12-": 8, "-12": 3})
    margin = margin_of(count(ballots, Minimax(options=3, strength="margins")))
    assert margin is not None
    assert (margin.ballots, margin.kind) == (3, "at-least")
    less = Profile(3, {"12-": 6, "-12": 5})
    assert count(less, Minimax(options=3, strength="margins")).winners == (1,)
