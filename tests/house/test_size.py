"""Nothing is longer than one sitting."""

from statistics import median

import pytest

from tests.house import tree

LONGEST_MODULE = 400
LONGEST_FUNCTION = 60


def test_no_module_is_longer_than_400_lines() -> None:
    lengths = {str(path): tree.text(path).count("\n") for path in tree.sources()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_60_lines() -> None:
    long = [
        f"{path}:{function.lineno} {function.name} has {tree.lines_of(function)} lines"
        for path in tree.sources()
        for function in tree.functions(path)
        if tree.lines_of(function) > LONGEST_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize("folder", ["collegium", "tests"])
def test_half_of_all_functions_are_under_12_lines(folder: str) -> None:
    every = [f for path in tree.sources(folder) for f in tree.functions(path)]
    assert median(map(tree.lines_of_code, every)) < 12
