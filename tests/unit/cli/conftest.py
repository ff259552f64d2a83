"""A founded co-operative and the Debian record, made once by the commands themselves."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from collegium.cli.main import main
from collegium.datasets.debian.importing import package_files

Answer = tuple[int, str, str]
Asking = Callable[..., Answer]

FOUNDING = ["--domain", "bakers.example", "--name", "The Bakers' Co-op", "--preset", "small"]
FOUNDERS = ["--founder", "Amara", "--founder", "Bo", "--founder", "Chiara"]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Asking:
    """Run a command; its exit code, standard output and standard error."""

    def asked(*arguments: object) -> Answer:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return asked


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    room = tmp_path_factory.mktemp("founded")
    assert main(["init", str(room / "coop"), *FOUNDING, *FOUNDERS]) == 0
    return room


@pytest.fixture
def coop(founded: Path, tmp_path: Path) -> Path:
    return shutil.copytree(founded / "coop", tmp_path / "coop")


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    room = tmp_path_factory.mktemp("debian")
    votes, ballots = map(str, package_files())
    assert main(["import", "debian", votes, ballots, str(room / "debian")]) == 0
    assert main(["export", str(room / "debian"), str(room / "copy")]) == 0
    return room


@pytest.fixture
def debian_copy(imported: Path, tmp_path: Path) -> Path:
    return shutil.copytree(imported / "copy", tmp_path / "copy")
