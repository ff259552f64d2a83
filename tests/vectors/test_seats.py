"""Seats as they were officially shared out."""

import csv
from collections import Counter

import pytest
from msgspec.structs import replace

from collegium.counting import (
    ONLY_LOT,
    Claims,
    Divisors,
    Remainders,
    count,
    house_of_representatives,
)
from tests.published import json_of, text_of

# Six parties pass the threshold of their kind (5 per cent, 7 for a coalition): the column seats.
SLOVAK_SEATS = 150


@pytest.mark.parametrize("year", [1960, 1980, 2000])
def test_the_house_of_representatives_has_these_seats(year: int) -> None:
    rows = list(csv.DictReader(text_of(f"apportionment/us_house_{year}.csv").splitlines()))
    claims = Claims([int(row["apportionment_population"]) for row in rows])
    outcome = count(claims, house_of_representatives(len(rows), 435))
    assert outcome.seats == tuple(int(row["official_seats"]) for row in rows)


def test_the_national_council_of_slovakia_has_these_seats() -> None:
    rows = list(csv.reader(text_of("apportionment/sk_nr_2020.csv").splitlines(), delimiter=";"))
    entitled = [row for row in rows if int(row[3])]
    rule = Remainders(
        largest=(),
        least=(),
        options=len(entitled),
        quota="rounded-hagenbach-bischoff",
        seats=SLOVAK_SEATS,
        ties=ONLY_LOT,
    )
    outcome = count(Claims([int(row[2]) for row in entitled]), rule)
    assert outcome.seats == tuple(int(row[3]) for row in entitled)


CZECHIA = json_of("apportionment/official_seats.json")["cz_psp_2017"]


def seats_of_regions() -> dict[str, dict[str, int]]:
    """Two hundred seats to regions by their valid votes, and in each to whoever is entitled."""
    text = text_of("apportionment/cz_psp_2017.csv")
    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    regions = [heading for heading in rows[0] if heading != "party"]
    valid = Claims([sum(int(row[region]) for row in rows) for region in regions])
    rule = Remainders(
        largest=(), least=(), options=len(regions), quota="hare", seats=200, ties=ONLY_LOT
    )
    entitled = [row for row in rows if row["party"] in CZECHIA["national"]]
    found = {}
    for region, seats in zip(regions, count(valid, rule).seats, strict=True):
        within = Divisors(
            divisor="dhondt",
            largest=(),
            least=(),
            options=len(entitled),
            seats=seats,
            ties=ONLY_LOT,
        )
        shared = count(Claims([int(row[region]) for row in entitled]), within).seats
        found[region] = {row["party"]: n for row, n in zip(entitled, shared, strict=True) if n}
    return found


@pytest.mark.parametrize("region", ["Hlavní město Praha", "Karlovarský kraj"])
def test_the_regions_of_czechia_have_these_seats(region: str) -> None:
    assert seats_of_regions()[region] == CZECHIA[region]


def test_the_chamber_of_czechia_has_these_seats() -> None:
    chamber: Counter[str] = Counter()
    for seats in seats_of_regions().values():
        chamber.update(seats)
    assert chamber == CZECHIA["national"]


def test_a_state_keeps_its_one_seat_however_small() -> None:
    claims = Claims([10**6, 1])
    assert count(claims, house_of_representatives(2, 435)).seats == (434, 1)
    without = replace(house_of_representatives(2, 435), least=(), divisor="dhondt")
    assert count(claims, without).seats == (435, 0)
