"""The demonstration, served once a session, and a real Chromium to visit it with.

Whatever is missing is said as the reason of a skip: nothing is downloaded here.
"""

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.browser.every_vote import HOUSE, every_vote

PATIENCE = 60.0  # seconds until the site must answer
NAMES = ("chromium", "chromium-browser", "google-chrome")
ANSWER_WITHIN = 15_000  # milliseconds that a page, or something on it, may take

Visiting = Callable[..., Any]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as page:  # noqa: S310 - our own server
            return bool(page.status == 200)
    except OSError:
        return False


@contextmanager
def served(folder: Path, *command: str) -> Iterator[str]:
    """Where the site is open: the same program, server and threads as `start.py demo`."""
    port = free_port()
    log = (folder / "log").open("w+", encoding="utf-8")
    whole = [sys.executable, "-m", "collegium.server.site", *command, "--port", str(port)]
    root = Path(__file__).parents[2]
    with log, subprocess.Popen(whole, cwd=root, stdout=log, stderr=log) as started:
        open_at, give_up = f"http://localhost:{port}", time.monotonic() + PATIENCE
        while not answers(open_at):
            if started.poll() is not None or time.monotonic() > give_up:
                started.kill()
                pytest.fail(f"the site didn't start: {log.name} says why")
            time.sleep(0.05)
        yield open_at
        started.terminate()
        started.wait(timeout=20)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the demonstration is open."""
    folder = tmp_path_factory.mktemp("served")
    with served(folder, "demo", "--folder", str(folder / "demo")) as open_at:
        yield open_at


class Votes(NamedTuple):
    """A site with every form of a vote: where it is open, and each vote's number by its name."""

    address: str
    numbers: Mapping[str, int]


@pytest.fixture(scope="session")
def votes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Votes]:
    """Where every form of a vote is open."""
    folder = tmp_path_factory.mktemp("votes")
    numbers = every_vote(folder / HOUSE)
    site = str(folder / "site")
    with served(folder, "serve", str(folder / HOUSE), "--site", site) as open_at:
        yield Votes(open_at, numbers)


@pytest.fixture(scope="session")
def program() -> str:
    """Where Chromium is."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.skip("chromium isn't installed (Debian: apt-get install chromium fonts-noto-core)")
    if not importlib.util.find_spec("playwright"):
        pytest.skip("Playwright isn't installed (python3 start.py install test browser)")
    return found


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core as the package axe-playwright-python carries it (MPL-2.0, used here only)."""
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python isn't installed")
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def chromium(program: str) -> Iterator[Any]:
    """The browser. One a module: its event loop would be in the way of Django's own tests."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where it is installed

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program)
        yield started
        started.close()


@pytest.fixture
def visiting(chromium: Any, address: str) -> Iterator[Visiting]:
    """Opens a window of somebody's own, who isn't known yet: `visiting(color_scheme="dark")`."""
    contexts = []

    def visit(**settings: Any) -> Any:
        settings.setdefault("viewport", {"width": 1280, "height": 800})
        settings.setdefault("base_url", address)
        context = chromium.new_context(**settings)
        context.set_default_timeout(ANSWER_WITHIN)
        contexts.append(context)
        return context.new_page()

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture
def page(visiting: Visiting) -> Any:
    """One window."""
    return visiting()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = os.fspath(Path(__file__).parent)
    for item in items:
        if os.fspath(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)
