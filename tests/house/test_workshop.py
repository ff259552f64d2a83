"""The workshop's own promises: what is locked, listed, and kept out of the files."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house import tree

PROJECT = tomllib.loads((tree.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = sorted(tree.ROOT.glob("requirements*.lock"))
PINS = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)

# Written in halves, so that this file isn't found by its own search.
ADDRESSES = [
    *("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "proxy.golang" + ".org"),
    *("deb." + "debian.org", "--index" + "-url", "--extra-index" + "-url"),
    *("/work" + "/", "/root" + "/", "tmp" + "/probe", "tmp" + "/plan", "/opt" + "/pypi"),
]


def asked_for() -> dict[str, list[str]]:
    """What each lock must satisfy: the core for all, then the set's own."""
    core = PROJECT["project"]["dependencies"]
    sets = PROJECT["project"]["optional-dependencies"] | PROJECT["dependency-groups"]
    return {"requirements": core} | {f"requirements-{k}": [*core, *v] for k, v in sets.items()}


def pins(lock: Path) -> dict[str, str]:
    return {canonicalize_name(name): version for name, version in PINS.findall(lock.read_text())}


@pytest.mark.parametrize("name", asked_for())
def test_a_set_has_a_lock_that_satisfies_it(name: str) -> None:
    locked = pins(tree.ROOT / f"{name}.lock")
    for requirement in map(Requirement, asked_for()[name]):
        assert requirement.specifier.contains(locked[canonicalize_name(requirement.name)])


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_pins_every_package_with_its_hashes(lock: Path) -> None:
    entries = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert len(entries) == len(pins(lock)) > 0


def test_any_two_sets_can_be_installed_together() -> None:
    versions: dict[str, set[str]] = {}
    for lock in LOCKS:
        for name, version in pins(lock).items():
            versions.setdefault(name, set()).add(version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_no_file_names_a_registry_or_somebodys_machine() -> None:
    named = [
        f"{path}: {address}"
        for path in tree.tracked()
        if path.suffix != ".gz"
        for address in ADDRESSES
        if address.encode() in (tree.ROOT / path).read_bytes()
    ]
    assert named == []


def test_the_layers_list_every_part_and_its_rooms() -> None:
    parts = {f"collegium.parts.{path.parts[2]}" for path in tree.sources() if in_a_part(path)}
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    assert set(contracts[2]["containers"]) == parts


def in_a_part(path: Path) -> bool:
    return path.parts[:2] == ("collegium", "parts") and len(path.parts) > 3


def test_every_part_has_its_rooms() -> None:
    parts = {path.parent for path in tree.sources() if in_a_part(path)}
    rooms = {part: {path.stem for path in tree.sources() if path.parent == part} for part in parts}
    assert {str(p): {"acts", "rules", "state"} - found for p, found in rooms.items()} == {
        str(part): set() for part in parts
    }


def test_every_package_says_what_it_is_for() -> None:
    packages = {path.parent for path in tree.sources("collegium")}
    assert sorted(str(p) for p in packages if not (tree.ROOT / p / "__init__.py").exists()) == []
