"""The Debian votes, imported once for all tests that only read them."""

from collections.abc import Iterator

import pytest

from collegium.datasets.debian.importing import import_debian, package_files
from collegium.datasets.debian.source import DebianSource, read_source
from collegium.secretariat.office import Office


@pytest.fixture(scope="session")
def source() -> DebianSource:
    return read_source(*package_files())


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("datasets") / "debian"
    with import_debian(*package_files(), folder, lambda _done, _all: None) as imported:
        yield imported
