"""Advice on methods: three that suit, one sentence why, one what each can't do."""

import pytest

from collegium.counting.methods import METHODS
from collegium.parts.decisions.acts import Base, Counting, Quorum
from collegium.parts.decisions.advice import AIMS, Advice, Aim, advice, advised, choice_of
from collegium.parts.decisions.methods_told import TOLD
from collegium.parts.decisions.needs import needed
from collegium.parts.decisions.tallying import NOT_FOR_VOTES

LONGEST_SENTENCE = 25  # words
HALF = Quorum(den=1, kind="percent", num=50)
NO_QUORUM = Quorum(den=1, kind="none", num=0)


def names(found: Advice) -> set[str]:
    return {one.choice for one in (*found.suited, *found.more)}


@pytest.mark.parametrize("aim", AIMS)
@pytest.mark.parametrize("options", [2, 3, 12])
@pytest.mark.parametrize("seats", [1, 2, 7])
def test_three_methods_suit_and_each_says_why_and_what_it_cant(
    aim: Aim, options: int, seats: int
) -> None:
    found = advice(aim, options, seats)
    assert len({one.choice for one in found.suited}) == 3
    assert all(one.why and one.limit and one.source for one in found.suited)
    assert not {one.choice for one in found.suited} & {one.choice for one in found.more}


def test_every_method_that_counts_ballots_of_ours_is_told() -> None:
    claims = {one.name for one in METHODS.values() if one.kind == "claims"}
    told = {advised(choice).method for choice in TOLD}
    assert set(METHODS) - claims - told == set(NOT_FOR_VOTES)


def test_sentences_about_methods_are_short() -> None:
    said = [s for one in TOLD.values() for s in f"{one.why} {one.limit}".split(". ")]
    assert [s for s in said if len(s.split()) > LONGEST_SENTENCE] == []


def test_a_motion_chooses_what_its_majority_is_of() -> None:
    found = advice("decide", 2, 1)
    assert [one.base for one in found.suited] == ["votes", "ballots", "entitled"]
    assert {one.method for one in found.suited} == {"majority/1"}


def test_minorities_are_represented_by_methods_that_share_places_out() -> None:
    found = advice("represent", 8, 5)
    assert [one.choice for one in found.suited] == ["scottish-stv", "meek", "sequential-phragmen"]
    assert "irv" not in names(found)


def test_a_run_off_is_said_to_drop_a_compromise_and_pairs_to_run_in_circles() -> None:
    found = {one.choice: one.limit for one in advice("elect-one", 5, 1).suited}
    assert "compromise" in found["irv"]
    assert "C beats A" in found["schulze"]
    assert "whom you prefer" in found["approval"]


def test_an_election_has_no_option_that_changes_nothing() -> None:
    assert "debian-a6" in names(advice("adopt", 3, 1))
    assert "debian-a6" not in names(advice("elect-one", 3, 1))


def test_as_many_places_as_candidates_is_said() -> None:
    assert "whoever stands is elected" in advice("elect-several", 3, 3).note
    assert not advice("elect-several", 4, 3).note


def test_a_choice_and_its_method_name_each_other() -> None:
    for choice in TOLD:
        assert choice_of(advised(choice).method, advised(choice).base) == choice


def motion(base: Base, share: tuple[int, int] = (1, 2)) -> Counting:
    return Counting(base, "skip", 0, "majority/1", 1, share, 35)


def test_what_a_majority_needs_is_said_in_figures_where_they_are_known() -> None:
    assert needed(motion("entitled"), NO_QUORUM, 52)[1].startswith("At least 27 of the 52")
    assert needed(motion("entitled", (2, 3)), NO_QUORUM, 52)[1].startswith("At least 35 of the 52")
    assert needed(motion("present"), NO_QUORUM, 52, 30)[1].startswith("At least 16 of the 30")
    assert "everybody present" in needed(motion("present"), NO_QUORUM, 52)[1]


def test_a_quorum_is_said_in_ballots() -> None:
    assert needed(motion("votes"), HALF, 51)[0] == "At least 26 of 51 votes must come in."
    assert (
        needed(motion("votes"), NO_QUORUM, 51)[0]
        == "There is no quorum: however few vote, they decide."
    )
    assert "the majority itself" in needed(motion("entitled"), NO_QUORUM, 51)[0]


def test_places_shared_out_say_who_is_sure_of_one() -> None:
    stv = Counting("", "skip", 0, "scottish-stv/1", 3, (1, 1), 35)
    told = needed(stv, NO_QUORUM, 100)
    assert "3 places: a group of more than one in 4 voters is sure of one." in told
    assert "If everybody votes, 26 of 100 votes make sure of a place." in told


@pytest.mark.parametrize("choice", sorted(TOLD))
def test_what_it_takes_to_win_is_said_of_every_method_in_short_sentences(choice: str) -> None:
    found = advised(choice)
    levels = 6 if METHODS[found.method].kind == "grades" else 0
    counting = Counting(found.base, "skip", levels, found.method, 1, (1, 2), 35)
    told = needed(counting, HALF, 52, 30)
    assert len(told) >= 2
    assert [s for s in told if len(s.split()) > LONGEST_SENTENCE] == []
