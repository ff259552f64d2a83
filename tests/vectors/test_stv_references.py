"""Single transferable votes counted by other programs, and in Albany and Ireland."""

import re
from collections.abc import Callable
from fractions import Fraction

import pytest
from msgspec.structs import replace

from collegium.counting import (
    ONLY_LOT,
    Meek,
    StagedOutcome,
    Stv,
    Ties,
    albany_stv,
    count,
    exact_stv,
    rctab_stv,
    read_marks,
    reference_meek,
    reference_wigm,
    scottish_stv,
)
from collegium.counting.files import read_cast_vote_records
from tests.published import json_of, profile_of, ranked, text_of

Standing = dict[str, str]


def droop_order(name: str) -> tuple[int, ...]:
    """The order in which droop defeats tied candidates, turned round: whom we favour first."""
    text = text_of(f"meek/{name}.blt")
    stated = re.search(r"\[tie ([\d ]+)\]", text)
    order = map(int, stated.group(1).split()) if stated else range(1, int(text.split()[0]) + 1)
    return tuple(order)[::-1]


def droop_stages(name: str, report: str) -> list[Standing]:
    """Name to votes after each action of a report of the program droop."""
    actions = re.split(r"\nAction: |\nRound \d+:", text_of(f"meek/{name}-{report}.txt"))
    line = re.compile(r"(?:Hopeful|Elected|Pending|Defeated):\s+(\S.*?) \(([\d.]+)\)")
    return [
        {name: votes for names, votes in line.findall(action) for name in names.split(", ")}
        for action in actions
    ]


def droop_elected(name: str, report: str) -> set[str]:
    end = text_of(f"meek/{name}-{report}.txt").split("Action: Count Complete")[-1]
    return set(re.findall(r"Elected:\s+(\S.*?) \(", end))


def counted(name: str, rule: Stv | Meek) -> tuple[tuple[str, ...], StagedOutcome]:
    file = ranked(f"meek/{name}.blt")
    return file.names, count(profile_of(file), rule, Ties(officer=droop_order(name)))


def rule_for(name: str, report: str) -> Stv | Meek:
    file = ranked(f"meek/{name}.blt")
    presets: dict[str, Callable[[int, int], Stv | Meek]] = {
        "meek-prf-o6-fixed-p9-d9": reference_meek,
        "scotland-fixed-p5-d5": scottish_stv,
        "wigm-prf-fixed-p4-d4": reference_wigm,
    }
    return presets[report](len(file.names), file.seats)


def agrees(names: tuple[str, ...], totals: tuple[str, ...], theirs: Standing) -> bool:
    ours = dict(zip(names, totals, strict=True))
    return bool(theirs) and all(ours[name] == votes for name, votes in theirs.items())


@pytest.mark.parametrize("name", ["42", "42t", "513", "M135"])
@pytest.mark.parametrize(
    "report", ["meek-prf-o6-fixed-p9-d9", "scotland-fixed-p5-d5", "wigm-prf-fixed-p4-d4"]
)
def test_droop_elects_the_same_by_its_reference_rules(name: str, report: str) -> None:
    names, outcome = counted(name, rule_for(name, report))
    assert {names[option - 1] for option in outcome.winners} == droop_elected(name, report)


@pytest.mark.parametrize("name", ["42", "42t", "513", "M135"])
@pytest.mark.parametrize(
    ("report", "unseen"),
    # Droop transfers nothing after a Scottish count is decided; the councils publish that stage.
    [("meek-prf-o6-fixed-p9-d9", 0), ("scotland-fixed-p5-d5", 1), ("wigm-prf-fixed-p4-d4", 0)],
)
def test_droop_shows_each_of_our_stages(name: str, report: str, unseen: int) -> None:
    names, outcome = counted(name, rule_for(name, report))
    theirs = droop_stages(name, report)
    missing = [
        number
        for number, stage in enumerate(outcome.stages, 1)
        if not any(agrees(names, stage.totals, one) for one in theirs)
    ]
    assert missing in ([], [len(outcome.stages)][:unseen])


@pytest.mark.parametrize("name", ["42", "42t", "513"])
def test_droop_elects_the_same_in_exact_fractions(name: str) -> None:
    rule = replace(exact_stv(3, 2), ties=ONLY_LOT)
    names, outcome = counted(name, rule)
    elected = {names[option - 1] for option in outcome.winners}
    assert elected == droop_elected(name, "wigm-rational-d12")


def test_rctab_transfers_the_same_fractions_in_every_round() -> None:
    stem = "rctab/test_set_multi_winner_whole_threshold"
    config = text_of(f"{stem}_config.json")
    file = read_cast_vote_records(text_of(f"{stem}_cvr.json"), "cvr.json", config, "config.json")
    profile = read_marks(len(file.names), file.ballots, file.policy).profile
    outcome = count(profile, rctab_stv(len(file.names), file.seats))
    rounds = json_of(f"{stem}_expected_detailed_report.json")["results"]
    # RCTab goes on to pass the last surpluses, though all seats are filled.
    for stage, published in zip(outcome.stages, rounds[:-1], strict=True):
        for name, total in zip(file.names, stage.totals, strict=True):
            assert Fraction(total) == Fraction(published["tally"].get(name, "0"))


def albany_ballots() -> dict[tuple[tuple[int, ...], ...], int]:
    initials = ["JOH", "NIC", "JEN", "ROB", "JER"]
    ballots: dict[tuple[tuple[int, ...], ...], int] = {}
    for line in text_of("albany/albany_profile.csv").splitlines():
        if not line.startswith(("{", ",")) or ",&," not in line:
            continue
        cells = line.split(",&,")[0].split(",")
        marks = tuple(tuple(n for n, i in enumerate(initials, 1) if i in cell) for cell in cells)
        weight = int(float(line.split(",&,")[1].split(",")[0]))
        ballots[marks] = ballots.get(marks, 0) + weight
    return ballots


def test_albany_published_the_rounds_and_quotas_that_we_count() -> None:
    outcome = count(read_marks(5, albany_ballots()).profile, albany_stv(5, 2))
    assert [Fraction(stage.quota) for stage in outcome.stages] == [2387, 2376, 2355, 2338]
    assert outcome.stages[-1].totals == (
        *("2355.000000", "0.000000", "2260.958234", "2396.136396", "0.000000"),
    )
    assert outcome.elected == (1, 4)


def test_dublin_north_has_the_published_first_preferences() -> None:
    file = ranked("ireland/dublin_north_2002_preflib_00001-00000001.soi")
    outcome = count(profile_of(file), scottish_stv(len(file.names), 4))
    official = json_of("ireland/official.json")["published_first_preferences_by_party"]
    first = dict(zip(file.names, outcome.stages[0].totals, strict=True))
    for party, ending in {"F.F.": " F.F.", "Lab": " Lab", "G.P.": " G.P."}.items():
        votes = sum(Fraction(total) for name, total in first.items() if name.endswith(ending))
        assert votes == official[party]


def test_dublin_north_elects_the_same_four_though_ireland_samples_the_last_parcel() -> None:
    file = ranked("ireland/dublin_north_2002_preflib_00001-00000001.soi")
    outcome = count(profile_of(file), scottish_stv(len(file.names), 4))
    elected = {file.names[option - 1] for option in outcome.winners}
    assert elected == {
        "Trevor Sargent G.P.",
        "Sean Ryan Lab",
        "G.V. Wright F.F.",
        "Jim Glennon F.F.",
    }
