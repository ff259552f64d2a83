"""What every test has in common that lets other people's programs count our ballots."""

from types import ModuleType
from typing import Any

import pytest
from hypothesis import settings

from collegium.counting import Approvals, Profile, StagedOutcome, Ties, pairwise_matrix
from collegium.counting.ballot import RANKS
from collegium.counting.marks import marks_of

LOT = Ties(seed="judges")
FEW = settings(max_examples=40, deadline=None)


def library(name: str) -> ModuleType:
    """The library, or a skip that says what brings it."""
    why = f"{name} is not here; `python3 start.py install judges` brings it"
    found: ModuleType = pytest.importorskip(name, reason=why)
    return found


def no_lot(outcome: StagedOutcome) -> bool:
    return not any(tie.step == "lot" for tie in outcome.ties)


def pairs_of(profile: Profile) -> dict[tuple[int, int], int]:
    """Each pair of options to the ballots that prefer the first."""
    matrix = pairwise_matrix(profile)
    every = range(profile.options)
    return {(a + 1, b + 1): matrix[a][b] for a in every for b in every if a != b}


def in_votelib(profile: Profile) -> dict[tuple[int, ...], int]:
    """Orders of preference; no ballot may be blank there, and no two ranks equal here."""
    return {
        tuple(option for (option,) in marks_of(text)): weight
        for text, weight in profile.weights.items()
        if marks_of(text)
    }


def in_pref_voting(profile: Profile) -> Any:
    judge = library("pref_voting.profiles_with_ties")
    made = judge.ProfileWithTies(
        [
            {n: RANKS.index(rank) + 1 for n, rank in enumerate(text, 1) if rank != "-"}
            for text in profile.weights
        ],
        rcounts=list(profile.weights.values()),
        candidates=list(range(1, profile.options + 1)),
    )
    made.use_extended_strict_preference()
    return made


def in_abcvoting(profile: Approvals) -> Any:
    """A voter for each ballot; abcvoting counts options from 0."""
    cast = library("abcvoting.preferences").Profile(profile.options)
    for ballot, weight in profile.weights.items():
        for _ in range(weight):
            cast.add_voter([option - 1 for option in ballot])
    return cast
