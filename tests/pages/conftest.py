"""A site with the co-operative and the Debian votes; each test has its own browser session."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from collegium.datasets.cooperative.founding import found_cooperative
from collegium.datasets.debian.importing import import_debian, package_files


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a site that serves them."""
    folder = tmp_path_factory.mktemp("site")
    found_cooperative(folder / "bakery").close()
    found_cooperative(folder / "trial").close()  # another of the kind, for whoever makes a mess
    import_debian(*package_files(), folder / "debian", lambda _done, _all: None).close()
    (folder / "site").mkdir()
    os.environ["COLLEGIUM_SITE"] = str(folder / "site")
    os.environ["COLLEGIUM_ORGANISATIONS"] = os.pathsep.join(
        str(folder / name) for name in ("bakery", "debian", "trial")
    )
    os.environ["COLLEGIUM_HOSTS"] = "localhost"
    os.environ["DJANGO_SETTINGS_MODULE"] = "collegium.server.site.settings"
    from collegium.server.desks import desks  # noqa: PLC0415 - settings must stand first
    from collegium.server.site.commands import prepare  # noqa: PLC0415 - likewise here

    prepare(folder / "site")
    yield folder
    desks().close()


@pytest.fixture
def browser(site: Path) -> Any:
    """Somebody at this machine, who isn't known yet."""
    from django.test import Client  # noqa: PLC0415 - settings must stand first

    assert site.exists()
    return Client(headers={"host": "localhost"})


@pytest.fixture
def newcomer(browser: Any) -> Any:
    """The same, come in as a member of their own."""
    assert browser.post("/bakery/enter/join/").status_code == 303
    return browser


@pytest.fixture
def member(browser: Any) -> Any:
    """The same, come in as somebody who is a member already: newcomers' places are few."""
    from collegium.server.desks import desks  # noqa: PLC0415 - settings must stand first

    people = {one.name: one.member for one in desks().all()["bakery"].people}
    entered = browser.post("/bakery/enter/play/", {"member": people["Yuki Tanaka"]})
    assert entered.status_code == 303
    return browser


@pytest.fixture(scope="module")
def hall(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """An organisation of this file's own, whose clock can be moved."""
    from tests.pages.hall import hall_in  # noqa: PLC0415 - settings must stand first

    assert site.exists()
    with hall_in(tmp_path_factory.mktemp("hall")) as found:
        yield found
