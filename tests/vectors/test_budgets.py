"""Two cities that spent by equal shares: exactly the projects that they bought."""

import pytest

from collegium.counting import ONLY_LOT, EqualSharesBudget, Ties, count
from tests.published import city_of


@pytest.mark.parametrize(
    "name",
    ["Netherlands_Assen_2024", pytest.param("Poland_Swiecie_2023", marks=pytest.mark.slow)],
)
def test_the_city_bought_the_projects_that_we_find(name: str) -> None:
    city = city_of(name)
    rule = EqualSharesBudget(
        add=1,
        budget=city.budget,
        costs=city.costs,
        options=len(city.costs),
        stop="overspent",
        ties=ONLY_LOT,
    )
    assert count(city.ballots, rule, Ties(seed="any")).winners == city.bought
