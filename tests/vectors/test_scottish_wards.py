"""Sixty wards of the Scottish council elections of 2017, stage by stage as published."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

import pytest

from collegium.counting import StagedOutcome, count, scottish_stv
from tests.published import files_in, json_of, profile_of, ranked, rows_of

WARDS = files_in("scotland", ".blt")

each_ward = pytest.mark.parametrize("ward", WARDS)


@cache
def counted(ward: str) -> tuple[tuple[str, ...], StagedOutcome, dict[str, Any]]:
    file = ranked(f"scotland/{ward}.blt")
    rule = scottish_stv(len(file.names), file.seats)
    return file.names, count(profile_of(file), rule), json_of(f"scotland/{ward}.official.json")


def says(published: str, total: str, decimals: int) -> bool:
    """Whether the published figure is our total, rounded or cut to the decimals it shows."""
    shown = min(decimals, max(-int(Decimal(published).as_tuple().exponent), 0))
    place = Decimal(1).scaleb(-shown)
    return Decimal(published).quantize(place) in {
        Decimal(total).quantize(place, rounding) for rounding in (ROUND_HALF_UP, ROUND_DOWN)
    }


def test_all_sixty_wards_are_here() -> None:
    assert len(WARDS) == 60


@each_ward
def test_the_quota_is_the_published_one(ward: str) -> None:
    _, outcome, official = counted(ward)
    assert Decimal(outcome.stages[0].quota) == official["quota"]


@each_ward
def test_everybody_is_elected_at_the_published_stage(ward: str) -> None:
    names, outcome, official = counted(ward)
    elected = {
        names[one.option - 1]: number
        for number, stage in enumerate(outcome.stages, 1)
        for one in stage.elected
    }
    assert elected == official["elected"]


@each_ward
def test_every_total_at_every_stage_is_the_published_one(ward: str) -> None:
    names, outcome, official = counted(ward)
    assert len(outcome.stages) == len(official["stages"])
    for stage, published in zip(outcome.stages, official["stages"], strict=True):
        for name, total in zip(names, stage.totals, strict=True):
            assert says(published[name], total, official["published_decimals"])


WINNERS = {row["scot_elex_file"]: row for row in rows_of("scotland/official_winners.csv")}


@pytest.mark.parametrize("ward", [*WARDS, "glasgow_2017_ward21"])
def test_the_council_declared_these_elected_with_this_quota(ward: str) -> None:
    """Ward 21 of Glasgow has a circle of defeats, which a count of transfers doesn't mind."""
    circle = ward not in WARDS
    file = ranked(f"cycles/real_{ward}.blt" if circle else f"scotland/{ward}.blt")
    declared = WINNERS[ward]
    outcome = count(profile_of(file), scottish_stv(len(file.names), int(declared["seats"])))
    elected = sorted(map(int, declared["elected_candidate_numbers"].split(";")))
    assert list(outcome.winners) == elected
    assert Decimal(outcome.stages[0].quota) == int(declared["quota"])


@each_ward
def test_no_vote_is_created_or_forgotten(ward: str) -> None:
    _, outcome, _ = counted(ward)
    for stage in outcome.stages:
        held = sum(map(Decimal, stage.totals))
        assert held + Decimal(stage.exhausted) + Decimal(stage.lost) == outcome.ballots
