"""What every test has in common that lets other people's programs count our ballots."""

from types import ModuleType

import pytest
from hypothesis import settings

from collegium.counting import Ties

LOT = Ties(seed="judges")
FEW = settings(max_examples=40, deadline=None)


def library(name: str) -> ModuleType:
    """The library, or a skip that says what brings it."""
    why = f"{name} is not here; `python3 start.py install judges` brings it"
    found: ModuleType = pytest.importorskip(name, reason=why)
    return found
