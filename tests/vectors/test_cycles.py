"""Seven Scottish wards in which nobody defeats everybody else, under each declared strength."""

from typing import Any

import pytest

from collegium.counting import (
    ONLY_LOT,
    Minimax,
    Profile,
    RankedPairs,
    Schulze,
    Ties,
    count,
    tied_outcomes,
)
from collegium.counting.pairwise import Measure
from tests.published import files_in, json_of, profile_of, ranked

WARDS = files_in("cycles", ".blt")

# Votelib elects one of these two by ranked pairs; they are level, 1,873 votes to 1,873.
LEVEL = {"real_glasgow_2017_ward21": (2, 5)}

# In these the two strengths elect different candidates.
DIVIDED = {
    "real_aberdeenshire_2022_ward10",
    "real_argyll_bute_2022_ward2",
    "real_fife_2012_ward16",
    "real_glasgow_2007_govan",
}

each_ward = pytest.mark.parametrize("ward", WARDS)


def ward_of(ward: str) -> tuple[Profile, dict[str, Any]]:
    return profile_of(ranked(f"cycles/{ward}.blt")), json_of(f"cycles/{ward}.json")


def numbers(found: list[Any]) -> tuple[int, ...]:
    """Option numbers from 1 of a list from 0, perhaps with a tie as a list inside."""
    flat = found[0] if found and isinstance(found[0], list) else found
    return tuple(sorted(number + 1 for number in flat))


def schulze(profile: Profile, strength: Measure) -> tuple[int, ...]:
    return count(profile, Schulze(options=profile.options, strength=strength)).winners


def ranked_pairs(profile: Profile, strength: Measure) -> tuple[int, ...]:
    rule = RankedPairs(options=profile.options, strength=strength, ties=ONLY_LOT)
    assert len(tied_outcomes(profile, rule)) == 1
    return count(profile, rule, Ties(seed="any")).winners


@each_ward
def test_the_comparisons_and_the_order_are_those_of_belenios(ward: str) -> None:
    profile, published = ward_of(ward)
    rule = Schulze(options=profile.options, strength="winning-votes")
    outcome = count(profile, rule)
    assert [list(row) for row in outcome.matrix] == published["pairwise"]
    order = [[number - 1 for number in place] for place in outcome.ranking]
    assert order == published["schulze_order_belenios"]


@each_ward
def test_schulze_by_winning_votes_alone_is_that_of_votelib(ward: str) -> None:
    profile, published = ward_of(ward)
    assert schulze(profile, "plain-winning-votes") == numbers(published["votelib_schulze"])


@each_ward
def test_schulze_by_margins_is_that_of_pref_voting(ward: str) -> None:
    profile, published = ward_of(ward)
    assert schulze(profile, "margins") == numbers(published["pref_voting_beat_path"])


@each_ward
def test_minimax_is_that_of_votelib_and_pref_voting(ward: str) -> None:
    profile, published = ward_of(ward)
    by_votes = Minimax(options=profile.options, strength="plain-winning-votes")
    by_margins = Minimax(options=profile.options, strength="margins")
    assert count(profile, by_votes).winners == numbers(published["votelib_minimax_winvotes"])
    assert count(profile, by_margins).winners == numbers(published["votelib_minimax_margins"])
    assert count(profile, by_margins).winners == numbers(published["pref_voting_minimax"])


@each_ward
def test_ranked_pairs_are_those_of_votelib_and_pref_voting(ward: str) -> None:
    profile, published = ward_of(ward)
    by_votes = LEVEL.get(ward, numbers(published["votelib_rankedpairs_winvotes"]))
    assert ranked_pairs(profile, "plain-winning-votes") == by_votes
    by_margins = LEVEL.get(ward, numbers(published["votelib_rankedpairs_margins"]))
    assert ranked_pairs(profile, "margins") == by_margins
    assert ranked_pairs(profile, "margins") == numbers(published["pref_voting_ranked_pairs"])


def test_the_strength_decides_who_wins_in_these_wards() -> None:
    divided = set()
    for ward in WARDS:
        profile, _ = ward_of(ward)
        if schulze(profile, "winning-votes") != schulze(profile, "margins"):
            divided.add(ward)
    assert divided == DIVIDED
