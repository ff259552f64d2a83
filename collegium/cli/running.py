"""Running a command: whatever stops it is said in one sentence."""

import os
import sys
from argparse import Namespace
from importlib import import_module
from pathlib import Path

from collegium.archive.protocol import Busy, Full, InDoubt, NotDurable
from collegium.cli.terminal import complain
from collegium.refusals import Refused

FAILED = 2
"""The exit code of a command that couldn't be carried out."""

_INTERRUPTED = 128 + 2  # as a shell tells of a program that SIGINT ended
_PIPE_CLOSED = 128 + 13  # likewise SIGPIPE


def run(arguments: Namespace) -> int:
    """Run the command that `arguments.command` names, as `module.function`; its exit code."""
    _hold_streams()
    module, _, name = arguments.command.partition(".")
    try:
        code: int = getattr(import_module(f"collegium.cli.{module}"), name)(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # Nobody reads on: Python would complain when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED
    except KeyboardInterrupt:
        complain("Stopped.")
        return _INTERRUPTED
    except OSError as error:
        complain(_about_file(error))
        return FAILED
    except (ValueError, Refused, Busy, Full, InDoubt, NotDurable) as error:
        complain(str(error))
        return FAILED
    return code


def _hold_streams() -> None:
    # A stream that the caller closed is None, and the next file that is opened would get its
    # number: the record itself, say. So nothing stands there instead.
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            nothing = Path(os.devnull).open("r+", encoding="utf-8")  # noqa: SIM115 - stays till the end
            setattr(sys, name, nothing)


def _about_file(error: OSError) -> str:
    if error.filename is None or error.strerror is None:
        return str(error)
    return f"{error.filename}: {error.strerror}"
