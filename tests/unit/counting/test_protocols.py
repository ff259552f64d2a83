"""The protocol of a count: sentences, tables, pictures, margins."""

import csv
import json
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest
from hypothesis import assume, given

from collegium.counting import (
    Minimax,
    Plurality,
    Profile,
    Schulze,
    Ties,
    UndecidedError,
    count,
    irv,
    read_marks,
    scottish_stv,
)
from collegium.counting.policy import BallotPolicy
from collegium.counting.protocol import (
    as_html,
    as_json,
    as_rows,
    as_text,
    flow_picture,
    margin_of,
    pairs_picture,
    sheet_of,
)
from collegium.counting.protocol.sheet import matrix_of
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
        "Ana <b> is elected with 8.00000: this reaches the quota.",
        "What these hold above the quota passes on: Ana <b>.",
        "8 ballots of Ana <b> pass on at a value of 0.37500.",
        "Received from Ana <b>: Ben 3.00000.",
        "Needed: 5.00000.",
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
        "Stage 2: Ana, Ben were tied for exclusion; the returning officer's recorded order "
        "chose Ana." in told
    )


def test_what_the_policy_set_aside_is_told() -> None:
    read = read_marks(3, {((1, 2),): 4, ((3,),): 1}, BallotPolicy(overvotes="stop"))
    outcome = count(read.profile, irv(3))
    told = as_text(sheet_of(outcome, NAMES, read=read))
    assert "4 ballots: overvote." in told
    assert '"overvotes":"stop"' in told


def test_the_page_is_well_formed_and_names_are_escaped() -> None:
    page = ET.fromstring(as_html(sheet_of(STV, NAMES, "A & B")))  # noqa: S314 - our own page
    assert page.find("h1").text == "A & B"  # type: ignore[union-attr]  # a page has a heading
    assert [cell.text for cell in page.iter("th")].count("Cho & Co") == 1


def test_the_rows_hold_every_option_at_every_stage() -> None:
    rows = list(csv.DictReader(as_rows(STV, NAMES).splitlines()))
    assert len(rows) == len(STV.stages) * (len(NAMES) + 2)
    assert rows[0] == {
        "stage": "1",
        "event": "count",
        "option": "Ana <b>",
        "total": "8.00000",
        "received": "",
        "elected": "yes",
        "excluded": "",
    }


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
    assert f"{outcome.stages[1].exhausted} votes exhausted" in str(drawn(picture, "desc")[0].text)
    assert "#8a8a8a" in {bar.get("fill") for bar in drawn(picture, "rect")}


def test_the_flow_says_in_words_what_it_shows() -> None:
    (told,) = drawn(flow_picture(STV, NAMES), "desc")
    assert str(told.text).startswith(
        "Stage 1: first count; elected Ana <b>. Stage 2: surplus of Ana"
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
