"""Expecting a refusal by its rule's name."""

from contextlib import AbstractContextManager

import pytest

from collegium.refusals import Refused


def refused(rule: str) -> AbstractContextManager[pytest.ExceptionInfo[Refused]]:
    """The block is to end with the refusal by that rule and no other."""
    return pytest.raises(Refused, match=rf"\(rule: {rule}\)\Z")
