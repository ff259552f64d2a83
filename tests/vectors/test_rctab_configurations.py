"""RCTab's own tests: every configuration is our rule, and every round comes out as RCTab's.

RCTab gives whoever reaches the quota exactly, or wins while it goes on to two, a round in which
no vote moves; such rounds are left out here. Where RCTab drew a lot, the returning officer is
taken to have recorded what it drew.
"""

from fractions import Fraction
from typing import Any

import pytest

from collegium.counting import Irv, Stv, Ties, count, read_marks
from collegium.counting.files import (
    BallotFileError,
    RankedFile,
    RctabConfig,
    read_cast_vote_records,
    read_rctab,
    read_rctab_config,
)
from tests.published import FOLDER, files_in, json_of, text_of

CONFIGURED = files_in("rctab", ".config.json")
COUNTED = files_in("rctab", ".rounds.json")
SAME_BALLOTS = {"2013_minneapolis_park_hare": "2013_minneapolis_park"}
REFUSED = {
    "2013_minneapolis_park_bottoms_up": "not 'bottomsUp'",
    "2013_minneapolis_park_sequential": "not 'multiPassIrv'",
    "multi_seat_bottoms_up_with_cutoff_eliminate": "no cutoffElimination",
    "multi_seat_bottoms_up_with_dynamic_threshold": "not 'bottomsUpUsingPercentageThreshold'",
    "multi_seat_bottoms_up_with_static_threshold": "not 'bottomsUpUsingPercentageThreshold'",
    "sequential_with_batch": "not 'multiPassIrv'",
    "sequential_with_continue_until_two": "not 'multiPassIrv'",
    "stop_tabulation_early_test": "no stopTabulationEarlyAfterRound",
}


def config_of(name: str) -> tuple[str, RctabConfig]:
    text = text_of(f"rctab/{name}.config.json")
    return text, read_rctab_config(text, f"{name}.config.json")


def ballots_of(name: str, config: str) -> RankedFile:
    stem = SAME_BALLOTS.get(name, name)
    if (FOLDER / "rctab" / f"{stem}.csv").exists():
        return read_rctab(text_of(f"rctab/{stem}.csv"), f"{stem}.csv", config)
    return read_cast_vote_records(text_of(f"rctab/{stem}.cvr.json"), f"{stem}.json", config)


def moving(rounds: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rounds without those that repeat the tally before them."""
    figures = [{name: Fraction(votes) for name, votes in r["tally"].items()} for r in rounds]
    return [
        r for place, r in enumerate(rounds) if not place or figures[place] != figures[place - 1]
    ]


def drawn(rounds: list[dict[str, Any]], names: list[str]) -> list[str]:
    """Who was elected, who still stood, then who was eliminated, the last first."""
    decided = [one for r in rounds for one in r["decided"]]
    elected = [one["elected"] for one in decided if "elected" in one]
    out = [one["eliminated"] for one in decided if "eliminated" in one]
    return [*dict.fromkeys([*elected, *(name for name in names if name not in out), *out[::-1]])]


@pytest.mark.parametrize("name", COUNTED)
def test_rctab_comes_to_the_same_votes_in_every_round(name: str) -> None:
    text, config = config_of(name)
    file = ballots_of(name, text)
    read = read_marks(len(file.names), file.ballots, file.policy)
    names = [file.names[number - 1] for number in read.standing]
    rounds = json_of(f"rctab/{name}.rounds.json")
    officer = tuple(names.index(each) + 1 for each in drawn(rounds, names))
    rule = config.rule()
    outcome = count(read.profile, rule, Ties(officer=officer))
    assert {names[n - 1] for n in outcome.elected} == {
        one["elected"] for r in rounds for one in r["decided"] if "elected" in one
    }
    compared = list(zip(outcome.stages, moving(rounds), strict=False))
    assert len(compared) >= len(outcome.stages) - 1
    for stage, published in compared:
        totals = {each: Fraction(t) for each, t in zip(names, stage.totals, strict=True)}
        tally = {each: Fraction(votes) for each, votes in published["tally"].items()}
        assert totals == dict.fromkeys(names, Fraction(0)) | tally
        if isinstance(rule, Stv) or rule.stop == "majority":
            assert Fraction(stage.quota) == Fraction(published["threshold"])


@pytest.mark.parametrize(("name", "why"), REFUSED.items())
def test_what_no_rule_of_ours_has_is_refused_in_a_sentence(name: str, why: str) -> None:
    _, config = config_of(name)
    with pytest.raises(BallotFileError, match=rf"^{name}\.config\.json, line 1: expected .*{why}"):
        config.rule()


def test_every_configuration_is_counted_or_refused() -> None:
    assert {*COUNTED, *REFUSED, "test_set_multi_winner_whole_threshold_config"} >= {*CONFIGURED}


def test_the_settings_are_in_the_documents() -> None:
    _, config = config_of("2013_minneapolis_park_hare")
    rule = config.rule()
    assert isinstance(rule, Stv)
    assert (rule.quota, rule.first_out, rule.ties) == ("hare-whole", (11,), ("officer", "lot"))
    assert (config.policy.most_skips, config.policy.most_ranks) == (2, 3)
    _, one = config_of("continue_until_two_with_batch_elimination_test")
    irv = one.rule()
    assert isinstance(irv, Irv)
    assert (irv.batch, irv.stop, irv.ties) == ("cannot-win", "two-left", ("ballot-order",))
