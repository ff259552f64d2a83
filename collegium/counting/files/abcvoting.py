"""The dialect of YAML in which abcvoting keeps approval ballots and published committees.

Keys at the left edge, lists in square brackets over one or several lines, and `compute` as a
list of `rule_id`, `result`, `resolute`. Options are numbered from 0 in the file, from 1 here.

Source: github.com/martinlackner/abcvoting, "abc.yaml file format".
"""

import json
import re

from collegium.counting.approvals import Approvals, Approved
from collegium.counting.ballot import WIDEST
from collegium.counting.files.kinds import ApprovalFile, Place, PublishedCommittees

_KEY = re.compile(r"^(?:- |  )?(\w+):\s*(.*)$")


def read_abcvoting(text: str, source: str = "ballots.abc.yaml") -> ApprovalFile:
    """The ballots of an abcvoting file, and the committees that it publishes.

    Raises:
        BallotFileError: File, line, and what was expected there.
    """
    place = Place(source)
    about: dict[str, str] = {}
    results: list[dict[str, str]] = []
    for key, value, item in _pairs(text, place):
        if item == "first":
            results.append({})
        if item == "plain":
            about[key] = value
        elif results:
            results[-1][key] = value
    options = _number(about, "num_cand", place)
    profile = _profile(about, options, place)
    published = tuple(_published(one, place) for one in results if one.get("result"))
    return ApprovalFile(
        names=tuple(str(number) for number in range(1, options + 1)),
        profile=profile,
        published=published,
        seats=_number(about, "committeesize", place),
        title=about.get("description", "").strip('"'),
    )


def _pairs(text: str, place: Place) -> list[tuple[str, str, str]]:
    """Key, value and where it stands: `plain`, `first` or `next` of an item of a list."""
    pairs: list[tuple[str, str, str]] = []
    for place.line, line in enumerate(text.splitlines(), 1):
        match = _KEY.match(line)
        if match:
            kinds = {"- ": "first", "  ": "next"}
            pairs.append((match.group(1), match.group(2), kinds.get(line[:2], "plain")))
        elif not line.strip() or line.startswith("#"):
            continue
        elif pairs and line.startswith(" "):
            key, value, item = pairs[-1]
            pairs[-1] = (key, f"{value} {line.strip()}", item)
        else:
            place.expected("`key: value`, or a continued line that begins with a space", line)
    return pairs


def _number(about: dict[str, str], key: str, place: Place) -> int:
    if key not in about:
        place.expected(f"a key {key}", sorted(about))
    return place.whole(about[key], f"{key} of 1 to {WIDEST}", 1, WIDEST)


def _list(text: str, place: Place) -> list[list[int]]:
    # Sets are written as {1, 2} in some files; both are lists of numbers.
    plain = text.replace("{", "[").replace("}", "]")
    try:
        found = json.loads(plain)
    except json.JSONDecodeError:
        place.expected("a list of lists of numbers", text[:60])
    if not all(isinstance(row, list) and all(type(n) is int for n in row) for row in found):
        place.expected("a list of lists of numbers", text[:60])
    rows: list[list[int]] = found
    return rows


def _profile(about: dict[str, str], options: int, place: Place) -> Approvals:
    if "profile" not in about:
        place.expected("a key profile", sorted(about))
    weights: dict[Approved, int] = {}
    for row in _list(about["profile"], place):
        ballot = tuple(sorted(number + 1 for number in set(row)))
        weights[ballot] = weights.get(ballot, 0) + 1
    try:
        return Approvals(options, weights)
    except ValueError as error:
        place.expected(f"candidates 0 to {options - 1}", str(error))


def _published(result: dict[str, str], place: Place) -> PublishedCommittees:
    committees = _list(result["result"], place)
    return PublishedCommittees(
        committees=tuple(sorted(tuple(sorted(n + 1 for n in row)) for row in committees)),
        one=result.get("resolute") == "true",
        rule=result.get("rule_id", ""),
    )


def write_abcvoting(file: ApprovalFile) -> str:
    """The file's ballots in abcvoting's dialect, without published committees."""
    rows = [
        [number - 1 for number in approved]
        for approved, weight in sorted(file.profile.weights.items())
        for _ in range(weight)
    ]
    return (
        f"description: {json.dumps(file.title)}\n"
        f"profile: {json.dumps(rows)}\n"
        f"num_cand: {file.profile.options}\n"
        f"committeesize: {max(file.seats, 1)}\n"
    )
