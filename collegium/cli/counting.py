"""What `collegium count` asks; `collegium.cli.protocols` answers."""

import argparse
from pathlib import Path
from typing import Final, TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no public name

FORMS: Final = ("abcvoting", "abif", "belenios", "blt", "csv", "nist", "preflib", "rctab")
PRINTED: Final = ("text", "html", "csv", "svg")
MARGINS: Final = ("figures", "quick", "thorough")
_EPILOG: Final = """\
An option is a parameter of the rule (decimals, quota, strength, stop …), of the ballot policy
(duplicates, fewest, most_ranks, most_skips, overvotes, withdrawn), `seed` for the lot, `officer`
for the returning officer's order, `groups` for minimum shares, or `config` for RCTab's
configuration file.
"""


class _List(argparse.Action):
    """`--list` needs neither method nor file."""

    def __init__(self, option_strings: list[str], dest: str, help: str) -> None:  # noqa: A002 - argparse's word
        super().__init__(option_strings, dest, nargs=0, help=help)

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        del namespace, values, option_string
        from collegium.cli.protocols import list_methods  # noqa: PLC0415 - `--help` goes without

        list_methods()
        parser.exit()


def add_to(commands: Commands) -> None:
    """Add `collegium count` to the commands."""
    says = "Count a file of ballots and print the protocol, stage by stage."
    made = commands.add_parser("count", help=says, description=says, epilog=_EPILOG)
    made.set_defaults(command="protocols.count_file", greeting="")
    made.add_argument("method", metavar="METHOD", help="a method that --list names")
    made.add_argument("file", metavar="FILE", type=Path, help="the ballots")
    made.add_argument(
        "--format",
        choices=FORMS,
        dest="form",
        help="the form of the file (default: what its name ends with)",
    )
    made.add_argument(
        "--seats", metavar="N", type=int, help="how many are elected (default: as the file says)"
    )
    made.add_argument(
        "--option",
        metavar="K=V",
        action="append",
        default=[],
        dest="options",
        help="set a parameter; again for another",
    )
    made.add_argument("--as", choices=PRINTED, default="text", dest="printed", help="print it so")
    made.add_argument(
        "--margin",
        choices=MARGINS,
        default="quick",
        help="how hard to look for how few changed ballots would change the outcome: only at the "
        "figures, by some recounts, or by a hundred times as many",
    )
    made.add_argument("--list", action=_List, help="name every method with its source")
    made.add_argument("--json", action="store_true", help="answer as JSON, for programs")
