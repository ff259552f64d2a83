"""The dialect of YAML in which abcvoting keeps approval ballots and published committees.

Keys at the left edge, lists in square brackets over one or several lines, and `compute` as a
list of `rule_id`, `result`, `resolute`. Options are numbered from 0 in the file, from 1 here.

Source: github.com/martinlackner/abcvoting, "abc.yaml file format".
"""

import json
import re
from typing import NamedTuple

from collegium.counting.approvals import Approvals, Approved
from collegium.counting.ballot import WIDEST
from collegium.counting.files.kinds import (
    ApprovalFile,
    Place,
    PublishedCommittees,
    json_in,
    lines_of,
)

_KEY = re.compile(r"^(?:- |  )?(\w+):\s*(.*)$")
_KEYS = frozenset(
    {"committeesize", "compute", "description", "num_cand", "profile", "voter_weights"}
)
_LISTS = "a list of lists of numbers"


class _Value(NamedTuple):
    """A key's text, and the line on which the key stands."""

    text: str
    line: int


_NOTHING = _Value("", 0)


def read_abcvoting(text: str, source: str = "ballots.abc.yaml") -> ApprovalFile:
    """The ballots of an abcvoting file, and the committees that it publishes.

    Raises:
        BallotFileError: File, line, and what was expected there.
    """
    place = Place(source)
    about: dict[str, _Value] = {}
    results: list[dict[str, _Value]] = []
    for key, value, item in _pairs(text, place):
        if item == "first":
            results.append({})
        if item == "plain":
            place.line = value.line
            if key in about or key not in _KEYS:
                place.expected(f"one of the keys {', '.join(sorted(_KEYS))}, each once", key)
            about[key] = value
        elif results:
            results[-1][key] = value
    options = _number(about, "num_cand", place)
    profile = _profile(about, options, place)
    published = tuple(_published(one, place) for one in results if one.get("result", _NOTHING).text)
    title = about.get("description", _NOTHING).text
    return ApprovalFile(
        names=tuple(str(number) for number in range(1, options + 1)),
        profile=profile,
        published=published,
        seats=_number(about, "committeesize", place, options),
        title=title.strip('"'),
    )


def _pairs(text: str, place: Place) -> list[tuple[str, _Value, str]]:
    """Key, value and where it stands: `plain`, `first` or `next` of an item of a list."""
    found: list[tuple[str, list[str], int, str]] = []
    for place.line, line in enumerate(lines_of(text), 1):
        match = _KEY.match(line)
        if match:
            kind = {"- ": "first", "  ": "next"}.get(line[:2], "plain")
            found.append((match.group(1), [match.group(2)], place.line, kind))
        elif not line.strip() or line.startswith("#"):
            continue
        elif found and line.startswith(" "):
            found[-1][1].append(line.strip())
        else:
            place.expected("`key: value`, or a continued line that begins with a space", line)
    return [(key, _Value(" ".join(parts), at), kind) for key, parts, at, kind in found]


def _value(about: dict[str, _Value], key: str, place: Place) -> str:
    """What the key says; the place is there."""
    if key not in about:
        place.expected(f"a key {key}", sorted(about))
    place.line = about[key].line
    return about[key].text


def _number(about: dict[str, _Value], key: str, place: Place, most: int = WIDEST) -> int:
    return place.whole(_value(about, key, place), f"{key} of 1 to {most}", 1, most)


def _list(text: str, place: Place) -> list[list[int]]:
    # Sets are written as {1, 2} in some files; both are lists of numbers.
    plain = text.replace("{", "[").replace("}", "]")
    found = json_in(plain, place, _LISTS)
    if not isinstance(found, list) or not all(isinstance(row, list) for row in found):
        place.expected(_LISTS, text)
    if not all(type(number) is int for row in found for number in row):
        place.expected(_LISTS, text)
    rows: list[list[int]] = found
    return rows


def _weights(about: dict[str, _Value], ballots: int, place: Place) -> list[int]:
    """How often each ballot was cast."""
    if "voter_weights" not in about:
        return [1] * ballots
    texts = _value(about, "voter_weights", place).strip("[] ").split(",")
    if len(texts) != ballots:
        place.expected(f"a weight for each of the {ballots} ballots", len(texts))
    return [place.weight(text) for text in texts]


def _profile(about: dict[str, _Value], options: int, place: Place) -> Approvals:
    rows = _list(_value(about, "profile", place), place)
    weights: dict[Approved, int] = {}
    for row, weight in zip(rows, _weights(about, len(rows), place), strict=True):
        ballot = tuple(sorted(number + 1 for number in set(row)))
        weights[ballot] = weights.get(ballot, 0) + weight
    try:
        return Approvals(options, weights)
    except ValueError as error:
        place.expected(f"candidates 0 to {options - 1}", str(error))


def _published(result: dict[str, _Value], place: Place) -> PublishedCommittees:
    committees = _list(_value(result, "result", place), place)
    rule, one = result.get("rule_id"), result.get("resolute")
    return PublishedCommittees(
        committees=tuple(sorted(tuple(sorted(n + 1 for n in row)) for row in committees)),
        one=one is not None and one.text == "true",
        rule=rule.text if rule else "",
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
