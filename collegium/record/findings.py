"""What checking a copy brings to light: every fault by its name, and notices besides."""

from typing import Final, Literal, TypeAlias, get_args

from msgspec import Struct

Name: TypeAlias = Literal[
    "archive-damaged",
    "base-unknown",
    "checkpoint-missing",
    "checkpoint-regressed",
    "checkpoint-signature",
    "duplicate-act",
    "entry-added",
    "entry-altered",
    "entry-missing",
    "entry-moved",
    "import-open",
    "key-differs",
    "member-signature",
    "not-canonical",
    "outcome-differs",
    "payload-altered",
    "payload-kept",
    "payload-misplaced",
    "payload-missing",
    "refused",
    "root-differs",
    "tile-altered",
    "tile-missing",
    "time-ahead",
    "time-decreases",
    "unanchored",
    "unchecked",
]
"""The short, stable names under which programs and people may look a finding up."""

NAMES: Final[tuple[str, ...]] = get_args(Name)


class Finding(Struct, frozen=True):
    """One thing that checking a copy brought to light.

    Attributes:
        name: What kind of thing.
        entry: The entry's number, or the first one's where `detail` names several; None where
            the finding is about no entry.
        detail: One sentence, which begins with the file's path where it is about a file.
        fault: Whether the copy fails because of it; a notice is to be read, and no more.
    """

    name: Name
    entry: int | None
    detail: str
    fault: bool = True

    def __str__(self) -> str:
        place = "" if self.entry is None else f" {self.entry}:"
        return f"{self.name}{place} {self.detail}"


def in_order(findings: list[Finding]) -> list[Finding]:
    """The findings about the whole copy first, then those about entries, by their number."""
    return sorted(findings, key=lambda finding: -1 if finding.entry is None else finding.entry)
