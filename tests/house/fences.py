"""Named examples in documents: a fence's second word names it, as in ```json entry."""

import re
from pathlib import Path

_FENCE = re.compile(r"^```(\w+) ([a-z-]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def examples_in(page: Path) -> dict[str, str]:
    """Each named example's text, without the newline before the closing fence."""
    found = _FENCE.findall(page.read_text(encoding="utf-8"))
    return {name: text.removesuffix("\n") for _, name, text in found}


def put_in(page: Path, examples: dict[str, str]) -> None:
    """Write the examples anew between their fences."""

    def fresh(fence: re.Match[str]) -> str:
        return f"```{fence[1]} {fence[2]}\n{examples[fence[2]]}\n```"

    text = page.read_text(encoding="utf-8")
    page.write_text(_FENCE.sub(fresh, text), encoding="utf-8")
