"""Elections made up to break rules of transfer, none of which our rules may stumble over.

Source: ConcreteSTV, folder `examples`; its files tell what Australian rules make of them.
"""

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from collegium.counting import (
    Profile,
    StagedOutcome,
    Stv,
    Ties,
    albany_stv,
    count,
    exact_stv,
    rctab_stv,
    reference_wigm,
    scottish_stv,
)
from collegium.counting.ballot import RANKS, UNRANKED

Preset = Callable[[int, int], Stv]

FOLDER = Path(__file__).parent / "counting/traps"
TRAPS = sorted(path.stem for path in FOLDER.glob("*.stv"))
RULES: tuple[Preset, ...] = (albany_stv, exact_stv, rctab_stv, reference_wigm, scottish_stv)


def ballots_of(trap: str) -> tuple[Profile, tuple[str, ...], int]:
    """The ballots, the candidates' names and how many are elected."""
    plain = json.loads((FOLDER / f"{trap}.stv").read_text(encoding="utf-8"))
    about = plain["metadata"]
    names = tuple(one["name"] for one in about["candidates"])
    lists = [party["candidates"] for party in about.get("parties", ())]
    orders = [(line["candidates"], line["n"]) for line in plain["btl"]]
    orders += [([n for p in line["parties"] for n in lists[p]], line["n"]) for line in plain["atl"]]
    weights: dict[str, int] = {}
    for order, many in orders:
        ranks = dict(zip(order, RANKS, strict=False))
        text = "".join(ranks.get(n, UNRANKED) for n in range(len(names)))
        weights[text] = weights.get(text, 0) + many
    return Profile(len(names), weights), names, about["vacancies"]


@pytest.fixture(params=RULES, ids=lambda rule: rule.__name__)
def rule(request: pytest.FixtureRequest) -> Preset:
    made: Preset = request.param
    return made


def counted(trap: str, rule: Preset) -> tuple[StagedOutcome, Profile]:
    profile, names, seats = ballots_of(trap)
    return count(profile, rule(len(names), seats), Ties(seed=trap)), profile


@pytest.mark.parametrize("trap", TRAPS)
def test_nobody_ever_has_fewer_than_no_votes(trap: str, rule: Preset) -> None:
    outcome, _ = counted(trap, rule)
    assert all(Fraction(total) >= 0 for stage in outcome.stages for total in stage.totals)


@pytest.mark.parametrize("trap", TRAPS)
def test_no_ballot_passes_on_for_more_than_one_vote(trap: str, rule: Preset) -> None:
    outcome, _ = counted(trap, rule)
    values = [
        Fraction(value)
        for stage in outcome.stages
        for transfer in stage.transfers
        for value, _ in transfer.values
    ]
    assert all(0 <= value <= 1 for value in values)


@pytest.mark.parametrize("trap", TRAPS)
def test_no_vote_comes_to_be_and_none_goes_unnamed(trap: str, rule: Preset) -> None:
    outcome, profile = counted(trap, rule)
    for stage in outcome.stages:
        held = sum(map(Fraction, stage.totals), Fraction(0))
        assert held + Fraction(stage.exhausted) + Fraction(stage.lost) == profile.ballots


def test_where_a_tally_is_negative_elsewhere_the_one_with_more_votes_is_elected() -> None:
    profile, names, seats = ballots_of("NegativeTally")
    outcome = count(profile, scottish_stv(len(names), seats))
    assert [names[n - 1] for n in outcome.elected[:2]] == ["W1", "A"]
    assert len(outcome.elected) == seats
