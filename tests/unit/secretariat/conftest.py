"""A hall of the three founders with Dmitri, who has no key and sits in nothing."""

import pytest

from tests.cast import DMITRI, Hall


@pytest.fixture
def hall() -> Hall:
    hall = Hall()
    hall.admit(DMITRI)
    return hall
