"""Names say what a thing is, in the words of a member."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house import tree

VAGUE_MODULES = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "core"}
VAGUE_VERBS = {"get", "compute", "process", "handle", "do"}
GIVEN = {"process_view", "process_exception"}  # Django calls its middleware by these names

# One word per thing. Each of these has a better one (docs/README.md says where the words stand);
# those with a second, technical meaning (event, index, session) can't be told apart by a test.
OTHER_WORDS = {
    *("decree", "faction", "grievance", "petition", "pledge", "stratum", "strata", "rung"),
    *("thesis", "theses", "kindred", "dossier", "cleavage", "jury", "constitution", "ballotbox"),
}
# History is told in its own words.
HISTORICAL = ("docs/explanation/", "docs/decisions/", "tests/")


def words_of(name: str) -> list[str]:
    """`SignProposal` and `sign_proposal` are both sign, proposal."""
    return re.findall(r"[a-z]+", re.sub(r"([A-Z])", r" \1", name).lower())


def defined_names(path: Path) -> Iterator[str]:
    for node in ast.walk(tree.syntax(path)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def prose() -> list[Path]:
    pages = [path for path in tree.tracked() if path.suffix in {".md", ".html", ".txt"}]
    return [path for path in pages if not str(path.as_posix()).startswith(HISTORICAL)]


def test_no_module_has_a_vague_name() -> None:
    vague = [
        str(path) for path in tree.sources() if VAGUE_MODULES & {path.stem, *path.parent.parts}
    ]
    assert vague == []


def test_no_function_has_a_vague_verb() -> None:
    vague = [
        f"{path}:{function.lineno} {function.name}"
        for path in tree.sources("collegium", "benchmarks", "start.py")
        for function in tree.functions(path)
        if words_of(function.name)[:1]
        and words_of(function.name)[0] in VAGUE_VERBS
        and function.name not in GIVEN
    ]
    assert vague == []


def test_code_uses_one_word_per_thing() -> None:
    other = {
        f"{path}: {name}"
        for path in tree.sources("collegium")
        for name in defined_names(path)
        if OTHER_WORDS & set(words_of(name))
    }
    assert other == set()


def test_pages_and_documents_use_one_word_per_thing() -> None:
    other = {
        f"{path}: {word}"
        for path in prose()
        for word in OTHER_WORDS & set(re.findall(r"[a-z]+", tree.text(path).lower()))
    }
    assert other == set()


def test_a_test_is_named_as_a_sentence() -> None:
    short = [
        f"{path}:{function.lineno} {function.name}"
        for path in tree.sources("tests")
        for function in tree.functions(path)
        if function.name.startswith("test_") and len(words_of(function.name)) < 4
    ]
    assert short == []
