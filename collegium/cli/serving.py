"""The site: `collegium demo` and `collegium serve` start it in this program's place.

The command line stands below the server and doesn't know it; it only knows its name.
"""

import gc
from argparse import Namespace
from importlib import import_module
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
    # A start makes half a million things and drops hardly one: looking for those takes longer than
    # opening the organisations. The site sets its own threshold once it is open.
    gc.set_threshold(100_000)
    code: int = import_module("collegium.server.site.commands").main(command)
    return code
