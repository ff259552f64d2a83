"""Country packs: for which decisions the law of a country asks more than a vote here is.

An organisation names its country in the rule book (clause `organisation.country`). Whoever sets
up a vote is shown the list, with its sources; nothing is refused by it, since only whoever reads
the law can say whether it applies. The packs are no legal advice.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec
from msgspec import Struct


class Limit(Struct, frozen=True, forbid_unknown_fields=True):
    """Something for which these votes may not be used, or not alone.

    Attributes:
        matter: What would be decided.
        needs: What the law asks for instead.
        source: The statute, by section.
    """

    matter: str
    needs: str
    source: str


class Country(Struct, frozen=True, forbid_unknown_fields=True):
    """A country pack.

    Attributes:
        name: The country's, for people.
        read: When its law was last read for this list, as a date.
        limits: What these votes may not be used for.
    """

    name: str
    read: str
    limits: tuple[Limit, ...]


CODES: Final = ("au", "ca", "de", "fr", "gb", "ie", "us")
"""The countries that have a pack, by ISO 3166-1 alpha-2 in small letters."""


@cache
def country(code: str) -> Country | None:
    """The pack of a country; None for one without a pack.

    Example:
        >>> country("gb").name
        'United Kingdom'
        >>> country("none") is None
        True
    """
    if code not in CODES:
        return None
    text = (files("collegium.datasets.countries") / f"{code}.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), type=Country)
