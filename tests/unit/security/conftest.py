"""The intruder has the database, the log's key, every session and Bo's key: one short of k."""

import pytest

from tests.cast import DMITRI, Hall


@pytest.fixture
def hall() -> Hall:
    """Two of three approve; Dmitri is a member without a key."""
    hall = Hall()
    hall.admit(DMITRI)
    return hall
