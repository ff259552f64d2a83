"""Starting the site: `serve` for organisations that exist, `demo` for two that are made."""

import argparse
import os
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import django

from collegium.archive.folder import ELSEWHERE, open_folder
from collegium.server.site.choices import LOOPBACK, Choices
from collegium.server.site.demonstration import demonstration

PORT: Final = 8000
_LAST_PORT: Final = 65535
_SETTINGS: Final = "collegium.server.site.settings"
_APPLICATION: Final = "collegium.server.site.wsgi:application"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    top = argparse.ArgumentParser(prog="collegium", description="Serve organisations as a site.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    serve_ = commands.add_parser("serve", help="serve the organisations in these folders")
    serve_.add_argument("folders", metavar="DIR", type=Path, nargs="+")
    serve_.add_argument("--site", type=Path, default=Path("site"), help="the site's own folder")
    serve_.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    serve_.add_argument("--name", action="append", default=[], help="a name it is reached by")
    serve_.add_argument("--https", action="store_true", help="a proxy in front speaks HTTPS")
    _add_port(serve_)
    serve_.set_defaults(command=serve)
    demo_ = commands.add_parser("demo", help="make two organisations and serve them here")
    demo_.add_argument("--folder", type=Path, default=Path("demo"), help="where to make them")
    _add_port(demo_)
    demo_.set_defaults(command=demo)
    arguments = top.parse_args(argv)
    command: Callable[[argparse.Namespace], int] = arguments.command
    return command(arguments)


def serve(arguments: argparse.Namespace) -> int:
    """Serve the organisations in the folders given, until interrupted."""
    for folder in arguments.folders:
        open_folder(folder).close()  # says in a sentence what is wrong with it
    choices = Choices(
        site=arguments.site.resolve(),
        organisations=tuple(folder.resolve() for folder in arguments.folders),
        hosts=tuple(arguments.name) or LOOPBACK,
        https=arguments.https,
    )
    return run(choices, arguments.host, arguments.port)


def demo(arguments: argparse.Namespace) -> int:
    """Make the two organisations of the demonstration if they aren't there, and serve them."""
    folders = demonstration(arguments.folder.resolve())
    choices = Choices(arguments.folder.resolve() / "site", folders, LOOPBACK, https=False)
    return run(choices, "127.0.0.1", arguments.port)


def run(choices: Choices, address: str, port: int) -> int:
    """Prepare the site's own database, then answer requests until interrupted."""
    _check_free(address, port)
    os.environ.update(choices.to_environment())
    os.environ["DJANGO_SETTINGS_MODULE"] = _SETTINGS
    prepare(choices.site)
    from granian import Granian  # noqa: PLC0415 - only who serves needs it
    from granian.constants import Interfaces  # noqa: PLC0415 - likewise here

    sys.stdout.write(f"Collegium is open at http://{_named(address)}:{port}/\n")
    sys.stdout.write("Stop it with Ctrl-C.\n")
    sys.stdout.flush()
    server = Granian(
        _APPLICATION,
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes(choices.organisations),
        blocking_threads=4,
        log_enabled=False,
    )
    server.serve()
    return 0


def processes(organisations: Sequence[Path]) -> int:
    """How many processes answer: two where every record is in PostgreSQL, else one.

    SQLite's lock isn't fair between processes; PostgreSQL's is, and while one process renders a
    long page the other goes on.
    """
    elsewhere = [(folder / ELSEWHERE).exists() for folder in organisations]
    return 2 if elsewhere and all(elsewhere) else 1


def prepare(site: Path) -> None:
    """Bring the site's own database to its newest form; nothing is loaded where it has it."""
    stamp, form = site / "prepared", _form()
    try:
        if stamp.read_text(encoding="utf-8") == form:
            return
    except FileNotFoundError:
        pass
    from django.core.management import call_command  # noqa: PLC0415 - settings must stand in the environment first

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    stamp.write_text(form, encoding="utf-8")


def _form() -> str:
    """What the database's form follows from: Django's tables and ours."""
    migrations = Path(__file__).parent.parent / "accounts" / "migrations"
    names = sorted(path.name for path in migrations.glob("0*.py"))
    return f"django {django.__version__}: {', '.join(names)}"


def _check_free(address: str, port: int) -> None:
    """Refuse a port that is taken: the server would share it, and answer every other request."""
    if not 0 < port <= _LAST_PORT:
        raise ValueError(f"expected a port from 1 to {_LAST_PORT}, not {port}: choose with --port")
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        socket.create_server((address, port), family=family).close()
    except OSError as error:
        raise ValueError(
            f"nothing can listen at {address}, port {port} ({error.strerror or error}): stop what "
            "listens there, or choose another with --port"
        ) from None


def _named(address: str) -> str:
    return "localhost" if address in ("127.0.0.1", "::1") else address


def _add_port(command: argparse.ArgumentParser) -> None:
    command.add_argument("--port", type=int, default=PORT, help=f"default {PORT}")
