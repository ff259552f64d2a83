"""The reference of the methods, made from the methods themselves.

python -m collegium.counting.reference > docs/reference/counting.md
"""

import sys
from collections.abc import Iterator

from collegium.counting.files.formats import FORMATS
from collegium.counting.methods import METHODS

_HEAD = """\
# Methods of counting

This page is made by `collegium.counting.reference`; don't edit it.

A name alone is not a rule: each method stands for a document that states every parameter, and the
protocol of a count prints it. The documents below are those for four options, two seats and six
grades. `collegium count METHOD FILE` counts a file; `--option K=V` sets a parameter.
"""


def counting_page() -> str:
    """The page about every method and every form of ballot file."""
    return "\n".join([_HEAD, *_methods(), "## Forms of ballot files", "", *_forms()])


def _methods() -> Iterator[str]:
    for name, method in sorted(METHODS.items()):
        yield from (f"## `{name}`", "", f"Counts {method.kind}. Source: {method.source}.", "")
        document = method.make(4, 2, 6).document().decode()
        yield from ("```json", document, "```", "")


def _forms() -> Iterator[str]:
    for name, reader in sorted(FORMATS.items()):
        says = (sys.modules[reader.__module__].__doc__ or "").splitlines()[0]
        yield f"- `{name}`: {says}"
    yield ""


if __name__ == "__main__":
    sys.stdout.write(counting_page())
