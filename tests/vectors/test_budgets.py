"""Two cities that spent by equal shares: exactly the projects that they bought."""

import csv

import pytest

from collegium.counting import ONLY_LOT, Approvals, EqualSharesBudget, Ties, count
from tests.published import text_of


def sections(name: str) -> dict[str, list[dict[str, str]]]:
    """The tables of a Pabulib file by their headings."""
    found: dict[str, list[dict[str, str]]] = {}
    table, heading = list[dict[str, str]](), list[str]()
    for row in csv.reader(text_of(f"budgets/{name}.pb").splitlines(), delimiter=";"):
        if len(row) == 1 and row[0] in ("META", "PROJECTS", "VOTES"):
            table = found.setdefault(row[0], [])
            heading = []
        elif not heading:
            heading = row
        else:
            table.append(dict(zip(heading, row, strict=False)))
    return found


@pytest.mark.parametrize(
    "city",
    ["Netherlands_Assen_2024", pytest.param("Poland_Swiecie_2023", marks=pytest.mark.slow)],
)
def test_the_city_bought_the_projects_that_we_find(city: str) -> None:
    file = sections(city)
    projects = {row["project_id"]: n for n, row in enumerate(file["PROJECTS"], 1)}
    votes = [[projects[one] for one in row["vote"].split(",")] for row in file["VOTES"]]
    budget = next(row["value"] for row in file["META"] if row["key"] == "budget")
    rule = EqualSharesBudget(
        add=1,
        budget=int(budget),
        costs=tuple(int(row["cost"]) for row in file["PROJECTS"]),
        options=len(projects),
        stop="overspent",
        ties=ONLY_LOT,
    )
    outcome = count(Approvals.of(len(projects), votes), rule, Ties(seed="any"))
    bought = {projects[row["project_id"]] for row in file["PROJECTS"] if row["selected"] == "1"}
    assert set(outcome.winners) == bought
