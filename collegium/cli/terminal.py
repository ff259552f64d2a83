"""Talking to whoever sits at the terminal, or to the program that reads what we print."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from unicodedata import category

if TYPE_CHECKING:
    from collegium.archive.backup import Tell

_CLEAR = "\r\x1b[K"
_BAR = 30  # characters


def say(text: str = "") -> None:
    """Print a text; what members or strangers wrote into it can't steer the terminal."""
    print(_printable(text, sys.stdout.encoding))


def say_json(value: Any) -> None:
    """Print a value as JSON, indented and with sorted keys."""
    print(json.dumps(value, indent=2, sort_keys=True))


def complain(text: str) -> None:
    """Print a sentence on standard error, in one line."""
    line = f"collegium: {' '.join(text.split())}"
    print(_printable(line, sys.stderr.encoding), file=sys.stderr)


@contextmanager
def progress(what: str, *, by_line: bool = False) -> "Iterator[Tell]":
    """Gives the function to be told how much is done; draws a bar if somebody is watching.

    Args:
        what: What is being done.
        by_line: Whether a program watches: it gets a line on standard error each time.
    """
    if by_line:
        yield _line(what)
        return
    if not sys.stderr.isatty():
        yield _nobody
        return
    try:
        yield _bar(what)
    finally:
        sys.stderr.write(_CLEAR)
        sys.stderr.flush()


def figure(number: int, one: str = "", more: str = "") -> str:
    """A number to be read, with what is counted if that is given: `1 vote`, `8,565 ballots`."""
    if not one:
        return f"{number:,}"
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def _nobody(_done: int, _of: int) -> None:
    pass


def _line(what: str) -> Callable[[int, int], None]:
    def write(done: int, of: int) -> None:
        sys.stderr.write(f"{what} {done} {of}\n")
        sys.stderr.flush()

    return write


def _bar(what: str) -> Callable[[int, int], None]:
    drawn = ""

    def draw(done: int, of: int) -> None:
        nonlocal drawn
        share = done / of if of else 1.0
        bar = "#" * int(share * _BAR)
        line = f"{what} {bar:.<{_BAR}} {share:4.0%}"[: shutil.get_terminal_size().columns - 1]
        if line != drawn:
            drawn = line
            sys.stderr.write(_CLEAR + line)
            sys.stderr.flush()

    return draw


def _printable(text: str, encoding: str | None) -> str:
    plain = "\n".join(
        line if line.isprintable() else "".join(map(_shown, line)) for line in text.split("\n")
    )
    encoding = encoding or "utf-8"
    return plain.encode(encoding, "backslashreplace").decode(encoding)


_CONTROL = {"Cc", "Cf", "Cs"}


def _shown(one: str) -> str:
    return one.encode("unicode_escape").decode() if category(one) in _CONTROL else one
