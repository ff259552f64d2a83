"""Instant runoffs in Minneapolis, Burlington and the Labour Party, to the last vote."""

from collegium.counting import (
    BallotPolicy,
    Plurality,
    Schulze,
    StagedOutcome,
    count,
    irv,
    minneapolis_irv,
    read_marks,
)
from collegium.counting.files import RankedFile, read_rctab
from collegium.counting.irv import burlington_irv
from tests.published import json_of, profile_of, ranked, text_of

MINNEAPOLIS = "irv/2017_minneapolis_mayor"


def minneapolis() -> RankedFile:
    config = text_of(f"{MINNEAPOLIS}_rctab_config.json")
    return read_rctab(text_of(f"{MINNEAPOLIS}_ballots.csv"), "ballots.csv", config, "config.json")


def counted_in_minneapolis(policy: BallotPolicy) -> tuple[tuple[str, ...], StagedOutcome]:
    file = minneapolis()
    profile = read_marks(len(file.names), file.ballots, policy).profile
    write_ins = (file.names.index("Undeclared Write-ins") + 1,)
    return file.names, count(profile, minneapolis_irv(len(file.names), write_ins))


def totals_of(names: tuple[str, ...], outcome: StagedOutcome, stage: int) -> dict[str, int]:
    """Of those who still stand."""
    until = outcome.stages[: stage + 1] if stage >= 0 else outcome.stages
    gone = {option for one in until for option in one.excluded}
    totals = enumerate(outcome.stages[stage].totals, 1)
    return {names[n - 1]: int(total) for n, total in totals if n not in gone}


def test_minneapolis_declared_what_we_count_when_skips_are_passed_over() -> None:
    names, outcome = counted_in_minneapolis(BallotPolicy(overvotes="skip"))
    official = json_of(f"{MINNEAPOLIS}_official.json")["official_final_round"]
    assert sum(map(int, outcome.stages[0].totals)) == official.pop("votes_cast")
    assert totals_of(names, outcome, -1) == official


def test_rctab_counts_every_round_as_we_do_by_its_own_policy() -> None:
    names, outcome = counted_in_minneapolis(minneapolis().policy)
    rounds = json_of(f"{MINNEAPOLIS}_rctab_expected_detailed_report.json")["results"]
    assert len(outcome.stages) == len(rounds)
    for number, published in enumerate(rounds):
        ours = totals_of(names, outcome, number)
        assert {name: str(n) for name, n in ours.items()} == published["tally"]


def test_burlington_published_what_we_count() -> None:
    file = ranked("irv/burlington_2009.abif")
    outcome = count(profile_of(file), burlington_irv(len(file.names)))
    final = totals_of(file.names, outcome, -1)
    assert final == {"Bob Kiss (Progressive)": 4313, "Kurt Wright (Republican)": 4061}


def test_three_methods_elect_three_mayors_of_burlington() -> None:
    """Kiss by transfers, Wright by first preferences; Montroll defeats every other."""
    file = ranked("irv/burlington_2009.abif")
    profile = read_marks(len(file.names), file.ballots, BallotPolicy(overvotes="stop")).profile
    options = len(file.names)
    rules = (
        burlington_irv(options),
        Plurality(options=options, seats=1, ties=()),
        Schulze(options=options, strength="margins"),
    )
    winners = [file.names[count(profile, rule).winners[0] - 1].split()[1] for rule in rules]
    assert winners == ["Kiss", "Wright", "Montroll"]


def test_one_overvoted_ballot_makes_the_difference_in_burlington() -> None:
    """`Montroll>Smith>Wright=Simpson>Kiss` ends at the overvote, or goes on to Wright alone."""
    file = ranked("irv/burlington_2009.abif")
    profile = read_marks(len(file.names), file.ballots, BallotPolicy(overvotes="stop")).profile
    outcome = count(profile, irv(len(file.names)))
    assert sorted(map(int, outcome.stages[-1].totals))[-2:] == [4060, 4313]


def test_the_shares_of_the_members_of_parliament_are_the_published_ones() -> None:
    outcome = count(profile_of(ranked("labour/mps_meps_ballots.soi")), irv(5))
    rows = [line.split(",") for line in text_of("labour/sections_round1.csv").splitlines()]
    published = {int(votes) for section, _, _, votes in rows[1:] if section == "MPs and MEPs"}
    first = {int(total) for total in outcome.stages[0].totals}
    assert published == {111, 84}
    assert published <= first
    assert sum(map(int, outcome.stages[0].totals)) == 266
