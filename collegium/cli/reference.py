"""The reference of the command line, made from its own parser.

python -m collegium.cli.reference > docs/reference/cli.md
"""

import argparse
import sys
from collections.abc import Iterator

from collegium.cli.main import parser

_Subcommands = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it
_Help = argparse._HelpAction  # noqa: SLF001 - nor for this one
_HEAD = """\
# The command line

This page is made from the parser by `collegium.cli.reference`; don't edit it.

Every command answers on standard output and says what went wrong in one sentence on standard error.
"""


def cli_page() -> str:
    """The page about every command."""
    top = parser()
    return "\n".join([_HEAD, " ".join((top.epilog or "").split()), "", *_commands(top)])


def _commands(made: argparse.ArgumentParser) -> Iterator[str]:
    for action in _actions(made):
        if isinstance(action, _Subcommands):
            for inner in action.choices.values():
                yield from _commands(inner)
                if not _has_commands(inner):
                    yield from _command(inner)


def _command(made: argparse.ArgumentParser) -> Iterator[str]:
    shown = [one for one in _actions(made) if one.help != argparse.SUPPRESS]
    own = [one for one in shown if not isinstance(one, _Help)]
    usage = " ".join([made.prog, *map(_usage, own)])
    yield from (f"## `{made.prog}`", "", made.description or "", "", "```text", usage, "```", "")
    if own:
        yield from ("| argument | meaning |", "|---|---|")
        yield from (f"| `{_cell(_spelled(one))}` | {_cell(one.help or '')} |" for one in own)
        yield ""


def _usage(action: argparse.Action) -> str:
    text = _spelled(action)
    return text if action.required else f"[{text}]"


def _spelled(action: argparse.Action) -> str:
    value = str(action.metavar or action.dest.upper())
    if not action.option_strings:
        return value
    name = action.option_strings[-1]
    if action.nargs == 0:
        return name
    if action.choices and not action.metavar:
        value = "{" + ",".join(map(str, action.choices)) + "}"
    return f"{name} {value}{' …' * (action.nargs == '+')}"


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def _has_commands(made: argparse.ArgumentParser) -> bool:
    return any(isinstance(one, _Subcommands) for one in _actions(made))


def _actions(made: argparse.ArgumentParser) -> list[argparse.Action]:
    return made._actions  # noqa: SLF001 - argparse tells nowhere else what it takes


if __name__ == "__main__":
    sys.stdout.write(cli_page())
