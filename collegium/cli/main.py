"""The command `collegium`: what can be asked of it.

Only what asks stands here; what answers is loaded afterwards, so that help comes at once.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, TypeAlias

import collegium
from collegium.cli.counting import PRINTED
from collegium.cli.counting import add_to as add_counting

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no public name

_EPILOG: Final = """\
Exit codes: 0 all is well; 1 faults were found, and are named; 2 it couldn't be done, and one
sentence says why.
"""
READERS: Final = ("public", "members", "body", "subject")
"""The classes of readers, from the widest to the narrowest."""


PAGES = (
    "approval",
    "approvals",
    "bodies",
    "body",
    "member",
    "members",
    "proposal",
    "question",
    "questions",
    "rules",
    "vote",
    "votes",
)
"""The pages that `collegium read` knows."""


def parser() -> argparse.ArgumentParser:
    """All commands with their arguments."""
    top = argparse.ArgumentParser(
        prog="collegium",
        description="Runs an organisation from below, and lets its members recompute how it "
        "was run.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"collegium {collegium.__version__}")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    _add_founding(commands)
    _add_importing(commands)
    _add_copying(commands)
    _add_reading(commands)
    add_counting(commands)
    _add_keeping(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    arguments = parser().parse_args(argv)
    if arguments.greeting:
        print(arguments.greeting, flush=True)
    from collegium.cli.running import run  # noqa: PLC0415 - loads what `--help` doesn't need

    return run(arguments)


def _command(
    commands: Commands, name: str, where: str, says: str, *, greeting: str = ""
) -> argparse.ArgumentParser:
    # The function of that name in `collegium.cli.<where>` answers.
    made = commands.add_parser(name, help=says, description=says, epilog=_EPILOG)
    made.set_defaults(command=f"{where}.{name}", greeting=greeting)
    return made


def _add_json(made: argparse.ArgumentParser) -> None:
    made.add_argument("--json", action="store_true", help="answer as JSON, for programs")


def _add_folder(made: argparse.ArgumentParser, says: str = "the organisation's folder") -> None:
    made.add_argument("folder", metavar="DIR", type=Path, help=says)


def _add_postgres(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--postgres", metavar="DSN", default="", help="keep the record in this PostgreSQL database"
    )
    made.add_argument("--schema", default="", help="and in this schema of it")


def _add_founding(commands: Commands) -> None:
    init = _command(commands, "init", "founding", "Found an organisation in a new folder.")
    _add_folder(init, "a new or empty folder")
    init.add_argument("--domain", required=True, help="the readable half of the log's name")
    init.add_argument("--name", required=True, help="the organisation's name, for people")
    init.add_argument(
        "--founder",
        metavar="NAME",
        action="append",
        required=True,
        dest="founders",
        help="somebody who founds; at least three times",
    )
    init.add_argument(
        "--keys",
        metavar="FOLDER",
        type=Path,
        help="where NAME.key of each founder is, or is made (default: DIR-keys)",
    )
    init.add_argument(
        "--preset",
        choices=["small"],
        help="a rule book for under 60 members or one branch",
    )
    init.add_argument("--demo", action="store_true", help="a demonstration, for ever")
    _add_postgres(init)
    _add_json(init)


def _add_importing(commands: Commands) -> None:
    imports = commands.add_parser(
        "import", help="Import another organisation's past.", description="Import a past."
    )
    sources = imports.add_subparsers(metavar="SOURCE", required=True)
    debian = _command(sources, "debian", "importing", "Import votes of the Debian project.")
    debian.add_argument("votes", metavar="VOTES.json", type=Path, help="the votes")
    debian.add_argument("ballots", metavar="BALLOTS.csv.gz", type=Path, help="their ballots")
    _add_folder(debian, "a new or empty folder")
    demo = _command(
        commands,
        "demo",
        "serving",
        "Open a site with 25 real votes and an invented co-operative, at this machine only.",
    )
    demo.add_argument(
        "--text", action="store_true", help="tell the votes here, at the terminal, instead"
    )
    _add_port(demo)
    demo.add_argument("--folder", type=Path, help="where to make it (default: the user's cache)")
    serve = _command(commands, "serve", "serving", "Serve organisations as a site.")
    serve.add_argument("folders", metavar="DIR", type=Path, nargs="+", help="their folders")
    serve.add_argument("--site", type=Path, default=Path("site"), help="the site's own folder")
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    serve.add_argument("--name", action="append", default=[], help="a name it is reached by")
    serve.add_argument("--https", action="store_true", help="a proxy in front speaks HTTPS")
    _add_port(serve)


def _add_port(made: argparse.ArgumentParser) -> None:
    made.add_argument("--port", type=int, default=8000, help="default 8000")


def _add_copying(commands: Commands) -> None:
    export = _command(commands, "export", "copying", "Write the record as files to be checked.")
    _add_folder(export)
    export.add_argument("out", metavar="OUT", type=Path, help="a new, empty or earlier export")
    export.add_argument(
        "--payloads",
        metavar="CLASS",
        nargs="+",
        choices=READERS,
        default=(),
        help=f"also the sealed texts that these may read: {', '.join(READERS)}",
    )
    verify = _command(
        commands,
        "verify",
        "copying",
        "Check a copy, or an organisation's folder: every byte, proof and signature, every "
        "rule, every outcome.",
    )
    verify.add_argument("copy", metavar="OUT|DIR", type=Path, help="a copy, or a folder")
    verify.add_argument("--key", metavar="VKEY", help="the log's verifier key, from elsewhere")
    verify.add_argument(
        "--since",
        metavar="CHECKPOINT-FILE",
        type=Path,
        help="a checkpoint that you have kept: the record must continue it",
    )
    verify.add_argument(
        "--progress",
        action="store_true",
        help="say on standard error how many entries are done, line by line, for programs",
    )
    _add_json(verify)


def _add_reading(commands: Commands) -> None:
    replay = _command(
        commands, "replay", "reading", "Compute state and outcomes from the record alone."
    )
    replay.add_argument("source", metavar="DIR|OUT", type=Path, help="a folder, or a copy")
    _add_json(replay)
    recount = _command(
        commands, "recount", "recounting", "Count one vote of a record, or of a copy, again."
    )
    recount.add_argument("vote", metavar="VOTE", help="V-9, its reference, or its act's id")
    recount.add_argument("source", metavar="DIR|OUT", type=Path, help="a folder, or a copy")
    recount.add_argument(
        "--as", choices=PRINTED, default="text", dest="printed", help="print it so"
    )
    _add_json(recount)
    show = _command(commands, "show", "reading", "Show an entry in words.")
    _add_folder(show)
    show.add_argument("entry", metavar="ENTRY", help="its number, or its act's id")
    show.add_argument(
        "--proof", action="store_true", help="print its proof instead, as a .tlog-proof file"
    )
    _add_json(show)
    pages = _command(
        commands, "read", "paging", "Read a page of the site here: the same data, as text or JSON."
    )
    pages.set_defaults(command="paging.page")
    _add_folder(pages)
    pages.add_argument("page", metavar="PAGE", choices=PAGES, help=", ".join(PAGES))
    pages.add_argument("number", metavar="NUMBER", type=int, nargs="?", help="of one thing: vote 4")
    pages.add_argument(
        "--as",
        metavar="NUMBER",
        type=int,
        dest="reader",
        help="read as the member of that number (default: as anybody)",
    )
    _add_json(pages)
    checkpoint = _command(
        commands, "checkpoint", "reading", "Sign and print the record's newest checkpoint."
    )
    _add_folder(checkpoint)


def _add_keeping(commands: Commands) -> None:
    backup = _command(commands, "backup", "keeping", "Write all of an organisation to one file.")
    _add_folder(backup)
    backup.add_argument("file", metavar="FILE", type=Path, help="a new file")
    restore = _command(commands, "restore", "keeping", "Put a backup back as a new folder.")
    restore.add_argument("file", metavar="FILE", type=Path, help="the backup")
    _add_folder(restore, "a new or empty folder")
    restore.add_argument("--verify", action="store_true", help="check what was put back")
    _add_postgres(restore)


if __name__ == "__main__":
    sys.exit(main())
