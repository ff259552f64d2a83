"""Published ballots and results that counts are compared with."""

import csv
import json
from pathlib import Path
from typing import Any

from collegium.counting import Profile, read_marks
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
