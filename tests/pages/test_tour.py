"""The tour, as anybody walks it."""

from itertools import pairwise
from typing import Any

import pytest

from collegium.datasets.debian.tour import stations

STATIONS = [f"/debian/tour/{station.slug}/" for station in stations()]


@pytest.mark.parametrize("page", ["/debian/tour/", "/debian/tour/figures/", *STATIONS])
def test_whoever_comes_may_walk_it(browser: Any, page: str) -> None:
    answer = browser.get(page)
    assert answer.status_code == 200
    assert "not yours to read" not in answer.content.decode()


def test_today_leads_to_it(browser: Any) -> None:
    assert 'href="/debian/tour/"' in browser.get("/debian/").content.decode()


def test_the_front_door_leads_to_it(browser: Any) -> None:
    page = browser.get("/").content.decode()
    assert page.count('href="/debian/tour/"') == 2
    assert 'href="/bakery/tour/"' not in page


def test_the_front_door_counts_ballots_where_there_is_no_roll(browser: Any) -> None:
    page = " ".join(browser.get("/").content.decode().split())
    assert "<dt>ballots</dt><dd>8,565</dd>" in page
    assert "955" not in page


def test_the_cooperative_has_none(browser: Any) -> None:
    assert browser.get("/bakery/tour/").status_code == 404
    assert "/bakery/tour/" not in browser.get("/bakery/").content.decode()


def test_there_is_no_seventh_station(browser: Any) -> None:
    assert browser.get("/debian/tour/seventh/").status_code == 404


def test_each_station_leads_to_the_next(browser: Any) -> None:
    for page, following in pairwise(STATIONS):
        assert f'href="{following}"' in browser.get(page).content.decode()


def test_a_station_leads_to_its_proposals_and_entries(browser: Any) -> None:
    page = browser.get(STATIONS[0]).content.decode()
    assert "/debian/proposals/" in page
    assert "/debian/record/entries/" in page


def test_the_figures_say_their_limits_and_what_cannot_be_said(browser: Any) -> None:
    page = browser.get("/debian/tour/figures/").content.decode()
    for limit in ("25 of 38 votes", "pseudonyms", "There is no roll", "13 other votes"):
        assert limit in page
