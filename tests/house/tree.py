"""The project as the house's rules see it: its tracked files and their syntax trees."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]

Function = ast.FunctionDef | ast.AsyncFunctionDef


def folder_listing() -> list[Path]:
    """All files where git can't be asked, for example in an unpacked source archive."""
    hidden = re.compile(r"^(\.git|\.venv|\.cache|\..*_cache|__pycache__|build|dist|demo)$")
    every = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    return [path for path in every if not any(hidden.match(part) for part in path.parts)]


@cache
def tracked() -> tuple[Path, ...]:
    """Every tracked file that still exists, relative to the root."""
    listing = ["git", "ls-files", "-z"]
    asked = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=False)
    paths = map(Path, asked.stdout.split("\0")[:-1]) if asked.returncode == 0 else folder_listing()
    return tuple(sorted(path for path in paths if (ROOT / path).is_file()))


def sources(*folders: str) -> list[Path]:
    """The tracked Python files, or those below the named folders."""
    python = [path for path in tracked() if path.suffix == ".py"]
    return [path for path in python if not folders or path.parts[0] in folders]


def text(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def syntax(path: Path) -> ast.Module:
    return ast.parse(text(path), filename=str(path))


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(syntax(path)):
        if isinstance(node, Function):
            yield node


def lines_of(function: Function) -> int:
    """From the first decorator to the last line."""
    first = min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])
    return (function.end_lineno or first) - first + 1


def lines_of_code(function: Function) -> int:
    """Without the docstring: a thorough docstring doesn't make a function long."""
    has_docstring = ast.get_docstring(function) is not None
    docstring = function.body[0]
    return lines_of(function) - has_docstring * (
        (docstring.end_lineno or docstring.lineno) - docstring.lineno + 1
    )
