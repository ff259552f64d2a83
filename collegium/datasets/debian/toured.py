"""Whether a record is the one that the tour leads through; known without reading the tour."""

from typing import Final

from collegium.secretariat.house import House

TOURED: Final = (
    *("2014-002", "2014-004", "2006-005", "2006-006"),
    *("2014-003", "2006-007", "2005-002"),
)
"""The votes of the stations, by their numbers in Debian's own register."""


def is_toured(house: House) -> bool:
    """Whether this is the imported record that the tour leads through."""
    references = house.decisions.references
    return bool(house.organisation.source) and all(one in references for one in TOURED)
