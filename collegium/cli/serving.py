"""The site: `collegium demo` and `collegium serve` start it as a program of its own.

The command line stands below the server and doesn't know it; it only knows its name.
"""

import os
import subprocess
import sys
from argparse import Namespace
from importlib.util import find_spec

from collegium.cli.cache import cache_folder


def demo(arguments: Namespace) -> int:
    """Open the demonstration as a site, or tell its votes at the terminal."""
    if arguments.text:
        from collegium.cli.demonstrating import (  # noqa: PLC0415 - the site starts without it
            tell_votes,
        )

        return tell_votes()
    folder = arguments.folder or cache_folder() / "demonstration"
    return _run("demo", "--folder", str(folder), "--port", str(arguments.port))


def serve(arguments: Namespace) -> int:
    """Serve organisations as a site."""
    options = ["--site", str(arguments.site), "--host", arguments.host]
    options += [part for name in arguments.name for part in ("--name", name)]
    options += ["--https"] * arguments.https
    folders = [str(folder) for folder in arguments.folders]
    return _run("serve", *options, "--port", str(arguments.port), *folders)


def _run(*command: str) -> int:
    if find_spec("granian") is None or find_spec("django") is None:
        raise ValueError(
            "the site needs the extra `server`: install it with `python3 start.py install server`"
        )
    started = [sys.executable, "-m", "collegium.server.site", *command]
    if os.name != "nt":
        sys.stdout.flush()
        os.execv(started[0], started)  # noqa: S606 - our own program takes this one's place
    return subprocess.run(started, check=False).returncode  # noqa: S603 - our own program
