"""Ties that a lot decides, drawn from the record as it stood before the close."""

import re
from pathlib import Path

from collegium.counting import StagedOutcome
from collegium.counting.ties import lot_ticket
from collegium.ids import VoteId
from collegium.parts.decisions.tallying import outcome_of
from collegium.secretariat.door import Door
from tests.cast import AMARA, BO, CHIARA, DMITRI, ESI, FARID
from tests.copies import audited, changed, entries_of, faults, last, places, write_copy
from tests.voting import Voting, by_method


def tied(hall: Voting) -> VoteId:
    """Three for the first, three for the second option, held to the end."""
    vote = hall.open(ESI, hall.plain_vote(counting=by_method("plurality/1")))
    for person in (AMARA, BO, CHIARA):
        hall.cast(person, vote, "12")
    for person in (DMITRI, ESI, FARID):
        hall.cast(person, vote, "21")
    hall.now = hall.vote(vote).closes
    return vote


def test_a_lot_is_drawn_from_the_root_before_the_close(hall: Voting) -> None:
    vote = tied(hall)
    root = hall.door.house.tree.root().hex()
    hall.finish(ESI, vote)
    found = hall.vote(vote)
    outcome = outcome_of(found)
    assert isinstance(outcome, StagedOutcome)
    (tie,) = outcome.ties
    tickets = {one: lot_ticket(root, tie.purpose, tie.stage, one) for one in (1, 2)}
    assert (found.seed, tie.step, tie.among) == (root, "lot", (1, 2))
    assert found.winners == (min(tickets, key=tickets.__getitem__),)


def test_a_replay_draws_the_same_lot(hall: Voting) -> None:
    vote = tied(hall)
    hall.finish(ESI, vote)
    again = Door(hall.archive)
    assert again.refusals == []
    assert again.house.decisions.votes[vote] == hall.vote(vote)


def test_whoever_has_a_copy_draws_the_same_lot(hall: Voting, tmp_path: Path) -> None:
    hall.finish(ESI, tied(hall))
    copy = write_copy(tmp_path, entries_of(hall.archive), hall.door.house.origin)
    report = audited(copy, hall)
    assert (faults(report), report.outcomes) == ([], 1)


def test_a_lot_that_fell_otherwise_is_found_in_a_copy(hall: Voting, tmp_path: Path) -> None:
    vote = tied(hall)
    hall.finish(ESI, vote)
    entries = entries_of(hall.archive)
    declared = last(entries, "declare-outcome")
    other = [3 - hall.vote(vote).winners[0]]
    entries[declared] = changed(entries[declared], winners=other)
    report = audited(write_copy(tmp_path, entries, hall.door.house.origin), hall)
    assert ("outcome-differs", declared) in places(report)


def test_what_is_done_before_the_close_changes_the_seed_and_stands_in_the_record() -> None:
    first, second = Voting(), Voting()
    votes = [tied(one) for one in (first, second)]
    second.ask_question(ESI)
    for one, vote in zip((first, second), votes, strict=True):
        one.finish(ESI, vote)
    seeds = {one.vote(vote).seed for one, vote in zip((first, second), votes, strict=True)}
    assert len(seeds) == 2
    assert all(re.fullmatch("[0-9a-f]{64}", seed) for seed in seeds)
