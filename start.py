"""Sets Collegium up in `.venv` and starts it; needs Python 3.11 and nothing else.

    python3 start.py demo                  a site with 25 real votes and an invented co-operative
    python3 start.py serve DIR ...         a site with the organisations in these folders
    python3 start.py test [PYTEST ARGS]    every quick check; with arguments, those tests only
    python3 start.py bench [NAME ...]      the benchmarks, one after the other
    python3 start.py install [SET ... | all]   set up only; a set is a requirements-<set>.lock

What gets installed is exactly what the hashed lock files name. Nothing outside `.venv` is touched,
and a second start compares the locks with a stamp and installs nothing.
"""

from __future__ import annotations  # an error here? Collegium needs Python 3.11 or newer

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
ENDINGS = (".exe", ".cmd") if os.name == "nt" else ("",)
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "collegium-stamp.json"
OLDEST = (3, 11)
LAYOUT = 2  # raise it when the files that connect() writes change

# What `test` runs, with the headline that is printed above each.
CHECKS = {
    "Code style (ruff check)": ["ruff", "check", "--quiet"],
    "Formatting (ruff format)": ["ruff", "format", "--check", "--quiet"],
    "Types (mypy)": ["mypy", "--no-error-summary"],
    "Layers (import-linter)": ["lint-imports", "--no-logo"],
    "Templates (djlint)": ["djlint", "collegium", "--lint", "--quiet"],
    "Spelling (codespell)": ["codespell"],
    "Tests (pytest)": ["pytest", "-m", "not slow and not browser"],
}

# `python -m` a console script made by hand: keeps working where the folder's name has a space.
SCRIPT = """\
#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
import sys

from collegium.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
"""


class MissingError(Exception):
    """Something start.py can't do without; the message is one sentence that says what to do."""


def lock_of(name: str) -> Path:
    """Return the lock file of a set; the set `core` is what every command needs."""
    return ROOT / ("requirements.lock" if name == "core" else f"requirements-{name}.lock")


def sets_there_are() -> list[str]:
    """Return the names of all sets beside the core, in alphabetical order."""
    return sorted(path.stem.partition("-")[2] for path in ROOT.glob("requirements-*.lock"))


def wanted_stamp(sets: list[str]) -> dict[str, str]:
    """Return what the stamp must hold before `sets` count as installed."""
    stamp = {
        "layout": str(LAYOUT),
        "python": "{}.{}".format(*sys.version_info[:2]),
        "folder": str(ROOT),
    }
    for name in sets:
        stamp[f"set {name}"] = hashlib.sha256(lock_of(name).read_bytes()).hexdigest()
    return stamp


def read_stamp() -> dict[str, str]:
    """Return what the last complete set-up left, or nothing."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if PYTHON.exists() else {}


def same_environment(stamp: dict[str, str], wanted: dict[str, str]) -> bool:
    """Tell whether the stamp's environment can be added to rather than made anew."""
    return all(stamp.get(key) == wanted[key] for key in ("layout", "python", "folder"))


def run(command: list[str], failure: str) -> None:
    """Run a set-up command quietly.

    Raises:
        MissingError: It failed; what it said goes to standard error first.
    """
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        raise MissingError(failure)


def make_environment(uv: str | None) -> None:
    """Make an empty `.venv` for this Python, in place of whatever was there.

    Raises:
        MissingError: This Python has no venv module and uv isn't there either.
    """
    failure = f"Making the folder {VENV} failed; what Python said stands above."
    if uv:
        run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)], failure)
        return
    if not importlib.util.find_spec("ensurepip") or not importlib.util.find_spec("venv"):
        raise MissingError(
            "This Python can't make a virtual environment: install its venv module "
            "(on Debian and Ubuntu: apt-get install python3-venv) or uv, then start again."
        )
    run([sys.executable, "-m", "venv", "--clear", str(VENV)], failure)


def has_pip() -> bool:
    """Tell whether `.venv` can install by itself; one that uv made can't."""
    ask = [str(PYTHON), "-c", "import pip"]
    return subprocess.run(ask, capture_output=True, check=False).returncode == 0


def installer(uv: str | None) -> list[str]:
    """Return the beginning of the command that installs into `.venv`."""
    if uv:
        return [uv, "pip", "install", "--quiet", "--python", str(PYTHON)]
    return [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]


def connect() -> None:
    """Make this folder importable in `.venv` and leave the command `collegium` in it.

    A `.pth` file and a script do what an editable install does, without a build tool in every
    member's environment.
    """
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    said = subprocess.run([str(PYTHON), "-c", ask], capture_output=True, text=True, check=True)
    (Path(said.stdout.strip()) / "collegium.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    if os.name == "nt":
        call = f'@"{PYTHON}" -m collegium.cli.main %*\r\n'
        (SCRIPTS / "collegium.cmd").write_text(call, encoding="utf-8")
        return
    script = SCRIPTS / "collegium"
    script.write_text(SCRIPT.format(python=PYTHON), encoding="utf-8")
    script.chmod(0o755)


def set_up(extra: list[str]) -> None:
    """Install the core and the named sets into `.venv` unless the stamp says they are there.

    Raises:
        MissingError: A set has no lock, or something the machine lacks stopped the set-up.
    """
    for name in extra:
        if not lock_of(name).exists():
            known = ", ".join([*sets_there_are(), "all"])
            raise MissingError(f"There is no set named {name!r}; choose from: {known}.")
    sets = ["core", *extra]
    stamp, wanted = read_stamp(), wanted_stamp(sets)
    if wanted.items() <= stamp.items():
        return
    print(f"Setting up {' + '.join(sets)} in {VENV} (about a minute, once) ...", flush=True)
    import shutil  # noqa: PLC0415 - a second start goes without

    uv = shutil.which("uv")
    STAMP.unlink(missing_ok=True)  # an interrupted set-up must not look complete
    if not same_environment(stamp, wanted) or not (uv or has_pip()):
        stamp = {}
        make_environment(uv)
    locks = [part for name in sets for part in ("-r", str(lock_of(name)))]
    run(
        [*installer(uv), "--require-hashes", *locks],
        "Installing the packages that the lock files name failed; what the installer said stands "
        "above (most often the network or the package index can't be reached).",
    )
    connect()
    STAMP.write_text(json.dumps({**stamp, **wanted}, indent=1, sort_keys=True), encoding="utf-8")


def program(name: str) -> str:
    """Return the path of a command in `.venv`."""
    found = [SCRIPTS / f"{name}{ending}" for ending in ENDINGS]
    return str(next((path for path in found if path.exists()), found[0]))


def headline(text: str) -> None:
    """Print a headline above what a program is about to say."""
    print(f"\n== {text}", flush=True)


def run_all(steps: dict[str, list[str]]) -> int:
    """Run each step under its headline, all of them even when one fails.

    Returns:
        0 if every step passed, else 1; a list of the steps is printed last.
    """
    passed = {}
    for title, command in steps.items():
        headline(title)
        passed[title] = subprocess.run(command, cwd=ROOT, check=False).returncode == 0
        print("passed" if passed[title] else "FAILED", flush=True)
    headline("Summary")
    for title, well in passed.items():
        print(f"{'passed' if well else 'FAILED'}  {title}")
    return 0 if all(passed.values()) else 1


def demo(arguments: list[str]) -> int:
    """Run `collegium demo`."""
    return served("demo", arguments)


def serve(arguments: list[str]) -> int:
    """Run `collegium serve`."""
    return served("serve", arguments)


def served(command: str, arguments: list[str]) -> int:
    """Run a command of the site in this program's place, so that it gets every signal."""
    set_up(["server"])
    # What is compiled stays: else every start would spend half a second on compiling it again.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    started = [program("collegium"), command, *arguments]
    if os.name != "nt":
        sys.stdout.flush()
        os.execv(started[0], started)  # noqa: S606 - our own program takes this one's place
    return subprocess.run(started, check=False).returncode


def test(arguments: list[str]) -> int:
    """Run every quick check, or the tests that pytest's own arguments choose."""
    set_up(["test"])
    if arguments:
        return subprocess.run([program("pytest"), *arguments], cwd=ROOT, check=False).returncode
    return run_all({title: [program(first), *rest] for title, (first, *rest) in CHECKS.items()})


def bench(arguments: list[str]) -> int:
    """Run the benchmarks, or those whose names are given."""
    set_up(["bench", "fast", "judges", "postgres", "server"])
    scripts = sorted((ROOT / "benchmarks").glob("[a-z]*.py"))
    chosen = [path for path in scripts if not arguments or path.stem in arguments]
    if not chosen:
        known = ", ".join(path.stem for path in scripts)
        raise MissingError(f"There is no such benchmark; choose from: {known}.")
    return run_all({f"benchmarks/{path.name}": [str(PYTHON), str(path)] for path in chosen})


def install(arguments: list[str]) -> int:
    """Set up without starting anything, and say where the command is."""
    set_up(sets_there_are() if arguments == ["all"] else arguments)
    print(f"Ready: {program('collegium')}")
    return 0


COMMANDS = {"demo": demo, "serve": serve, "test": test, "bench": bench, "install": install}


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code; whatever is missing is said in one sentence."""
    if sys.version_info < OLDEST:
        found = "{}.{}".format(*sys.version_info[:2])
        sys.stderr.write(f"Collegium needs Python 3.11 or newer, and this is Python {found}.\n")
        return 2
    if not arguments or arguments[0] not in COMMANDS:
        (sys.stdout if arguments in (["-h"], ["--help"]) else sys.stderr).write(__doc__ or "")
        return 0 if arguments in (["-h"], ["--help"]) else 2
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except MissingError as missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    except OSError as error:
        sys.stderr.write(f"The set-up stopped: {error}.\n")
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
