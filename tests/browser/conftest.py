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
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

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


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the demonstration is open: the same program, server and threads as `start.py demo`."""
    port, folder = free_port(), tmp_path_factory.mktemp("served") / "demo"
    command = [sys.executable, "-m", "collegium.server.site", "demo"]
    log = (folder.parent / "log").open("w+", encoding="utf-8")
    command += ["--folder", str(folder), "--port", str(port)]
    root = Path(__file__).parents[2]
    with log, subprocess.Popen(command, cwd=root, stdout=log, stderr=log) as started:
        open_at, give_up = f"http://localhost:{port}", time.monotonic() + PATIENCE
        while not answers(open_at):
            if started.poll() is not None or time.monotonic() > give_up:
                started.kill()
                pytest.fail(f"the demonstration didn't start: {log.name} says why")
            time.sleep(0.05)
        yield open_at
        started.terminate()
        started.wait(timeout=20)


@pytest.fixture(scope="session")
def program() -> str:
    """Where Chromium is."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.skip("chromium isn't installed (Debian: apt-get install chromium fonts-noto-core)")
    if not importlib.util.find_spec("playwright"):
        pytest.skip("Playwright isn't installed (python3 start.py install test browser)")
    return found


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
        context = chromium.new_context(base_url=address, **settings)
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
