"""Published ballots and results that counts are compared with."""

import csv
import json
from pathlib import Path
from typing import Any, NamedTuple

from collegium.counting import Approvals, Profile, read_marks
from collegium.counting.files import RankedFile, decoded, read_ballots

FOLDER = Path(__file__).parent / "vectors" / "counting"


def text_of(name: str) -> str:
    return decoded((FOLDER / name).read_bytes())


def json_of(name: str) -> Any:
    return json.loads(text_of(name))


def rows_of(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text_of(name).splitlines()))


def ranked(name: str) -> RankedFile:
    file = read_ballots(text_of(name), name)
    assert isinstance(file, RankedFile)
    return file


def profile_of(file: RankedFile) -> Profile:
    return read_marks(len(file.names), file.ballots, file.policy).profile


def files_in(folder: str, ending: str) -> list[str]:
    return sorted(path.name.removesuffix(ending) for path in (FOLDER / folder).glob(f"*{ending}"))


class City(NamedTuple):
    """What a city let its people decide; its projects are numbered as in the file."""

    ballots: Approvals
    bought: tuple[int, ...]
    budget: int
    costs: tuple[int, ...]


def city_of(name: str) -> City:
    """A city's Pabulib file."""
    file = _tables(text_of(f"budgets/{name}.pb"))
    projects = {row["project_id"]: n for n, row in enumerate(file["PROJECTS"], 1)}
    votes = [[projects[one] for one in row["vote"].split(",")] for row in file["VOTES"]]
    money = next(row["value"] for row in file["META"] if row["key"] == "budget")
    bought = [row["project_id"] for row in file["PROJECTS"] if row["selected"] == "1"]
    return City(
        ballots=Approvals.of(len(projects), votes),
        bought=tuple(sorted(projects[one] for one in bought)),
        budget=int(money),
        costs=tuple(int(row["cost"]) for row in file["PROJECTS"]),
    )


def _tables(text: str) -> dict[str, list[dict[str, str]]]:
    """The tables of a Pabulib file by their headings."""
    found: dict[str, list[dict[str, str]]] = {}
    table, heading = list[dict[str, str]](), list[str]()
    for row in csv.reader(text.splitlines(), delimiter=";"):
        if len(row) == 1 and row[0] in ("META", "PROJECTS", "VOTES"):
            table = found.setdefault(row[0], [])
            heading = []
        elif not heading:
            heading = row
        else:
            table.append(dict(zip(heading, row, strict=False)))
    return found
