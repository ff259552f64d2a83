"""The reference of everything that can be done, made from the registry.

python -m collegium.secretariat.reference             prints docs/reference/acts.md
python -m collegium.secretariat.reference rule-book   prints docs/reference/rule-book.md
python -m collegium.secretariat.reference --check     says whether the two are stale
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_origin

from collegium.parts.organisation.clauses import CLAUSES, SMALL_MEMBERS, ClauseValue
from collegium.secretariat import entering
from collegium.secretariat.field_types import NAMED, bounds_of, fields_of
from collegium.secretariat.line import Joint, Line
from collegium.secretariat.registry import LINES
from collegium.secretariat.ruling import Ruling, asks_the_deeds_rule, rulings

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
"""Where the pages stand in the project's own folder."""

_MADE = "This page is made from the registry by `collegium.secretariat.reference`; don't edit it."

_READERS = MappingProxyType(
    {
        "public": "anybody",
        "members": "members",
        "body": "whoever sits in the body concerned",
        "subject": "whom it is about",
    }
)
_PROOFS = MappingProxyType(
    {
        "session": "a session; a key is as good",
        "key": "a signature with a key of one's own in force",
        "joint": "a session to ask and to enact; a key to approve or refuse",
    }
)
_SPELLING = Ruling("not-canonical", "The bytes aren't the one spelling of an act of this kind.")


def acts_page() -> str:
    """The page about every kind of act."""
    return "\n".join([*_heading(), *_common(), *_field_types(), *_kinds(), *_index()]) + "\n"


def rule_book_page() -> str:
    """The page about every clause of the rule book."""
    return "\n".join([*_clauses_heading(), *map(_clause_row, CLAUSES)]) + "\n"


PAGES: dict[str, Callable[[], str]] = {"acts": acts_page, "rule-book": rule_book_page}
"""The generated pages by their file's name."""


def main(arguments: list[str]) -> int:
    """Print a page, or say which pages are stale; the exit code."""
    if arguments == ["--check"]:
        stale = [name for name in PAGES if not _is_fresh(name)]
        for name in stale:
            sys.stdout.write(
                f"docs/reference/{name}.md is stale; run: python -m "
                f"collegium.secretariat.reference {name} > docs/reference/{name}.md\n"
            )
        return bool(stale)
    name = arguments[0] if arguments else "acts"
    if name not in PAGES:
        sys.stderr.write(f"expected --check or a page's name: {', '.join(PAGES)}\n")
        return 2
    sys.stdout.write(PAGES[name]())
    return 0


def _is_fresh(name: str) -> bool:
    page = FOLDER / f"{name}.md"
    return page.exists() and page.read_text(encoding="utf-8") == PAGES[name]()


def _heading() -> Iterator[str]:
    yield from ("# Acts", "", _MADE, "")
    yield (
        f"These {len(LINES)} kinds of act are all that can be done. Each needs an actor who is a "
        "member in good standing, except where it says otherwise. What a rule and an effect do, "
        "word by word, stands in [the specification of the kinds](../spec/kinds.md)."
    )
    yield ""
    for part in dict.fromkeys(line.part for line in LINES):
        own = [line for line in LINES if line.part == part]
        links = ", ".join(f"[{_deed(line)}](#{_anchor(line)})" for line in own)
        yield f"- **{part}**: {links}"
    yield ""


def _common() -> Iterator[str]:
    yield from ("## What every act is asked", "")
    yield "In this order, before the kind's own rule; the first refusal ends it."
    yield from ("", "| refusal | what the member is told |", "|---|---|")
    asked = (_SPELLING, *rulings(entering.read), *rulings(entering.examine))
    yield from (_ruling_row(name, reasons) for name, reasons in _grouped(asked).items())
    yield ""
    yield (
        "A suspended member may still do: "
        + ", ".join(f"`{kind}`" for kind in sorted(entering.OPEN_TO_SUSPENDED))
        + "."
    )
    yield ""


def _field_types() -> Iterator[str]:
    yield from ("## Types of fields", "")
    yield (
        "Lengths are in characters (Unicode code points). Every field is required. Patterns are "
        "Python's: `\\Z` is the end of the text."
    )
    yield from ("", "| type | what fits |", "|---|---|")
    for alias, name in NAMED.items():
        yield f"| {name} | {bounds_of(alias)} |"
    yield ""


def _kinds() -> Iterator[str]:
    part = ""
    for line in LINES:
        if line.part != part:
            part = line.part
            yield from (f"## {part}", "")
        yield from _kind(line)


def _kind(line: Line) -> Iterator[str]:
    yield from (f"### `{line.kind}`", "", _summary(get_origin(line.struct) or line.struct), "")
    yield from ("| field | type | meaning |", "|---|---|---|")
    for name, fits, meaning in fields_of(line.struct):
        yield f"| `{name}` | {fits} | {meaning} |"
    yield ""
    yield f"- **Who**: {_who(line)}"
    yield f"- **Least proof**: {_PROOFS['joint' if line.joint else line.proof]}."
    yield f"- **Entry read by**: {_READERS[line.readers]}."
    yield f"- **Payloads**: {_payloads(line)}"
    yield f"- **In an import**: {'yes' if line.importable else 'never'}."
    names = ", ".join(f"`{name}`" for name in _grouped(rulings(line.rule))) or "nothing of its own"
    more = "; and whatever the requested deed's own rule refuses" * asks_the_deeds_rule(line.rule)
    yield f"- **Refused by**: {names}{more}."
    yield ""


def _who(line: Line) -> str:
    if line.kind == entering.FOUND:
        return "the first founder, who isn't a member yet."
    if line.joint is None:
        return "one member alone."
    joint: Joint = line.joint
    wait = f"; waits as clause `{joint.wait}` says" if joint.wait else "; waits for nothing"
    return (
        f"joint approval. About: {_lower(_summary(joint.body))} "
        f"Concerns: {_lower(_summary(joint.subjects)).rstrip('.')}{wait}."
    )


def _payloads(line: Line) -> str:
    if line.kind == entering.ASK:
        return "`reasons`, read by members; and those of the requested deed."
    said = [
        f"`{field}`{'' if sealed.needed else ' (may be left out)'}, read by "
        f"{_READERS[sealed.readers]}"
        for field, sealed in sorted(line.sealed.items())
    ]
    return "; ".join(said) + "." if said else "none."


def _index() -> Iterator[str]:
    yield from ("## Refusals", "")
    yield "A refusal's name never changes; its sentence may. `…` stands for a figure or a name."
    yield from ("", "| refusal | what the member is told |", "|---|---|")
    every = [ruling for line in LINES for ruling in rulings(line.rule)]
    grouped = _grouped((*rulings(entering.read), *rulings(entering.examine), *every, _SPELLING))
    yield from (_ruling_row(name, grouped[name]) for name in sorted(grouped))


def _grouped(found: tuple[Ruling, ...] | list[Ruling]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for ruling in found:
        reasons = grouped.setdefault(ruling.name, [])
        if ruling.reason not in reasons:
            reasons.append(ruling.reason)
    return grouped


def _ruling_row(name: str, reasons: list[str]) -> str:
    return f"| `{name}` | {' / '.join(reasons)} |"


def _clauses_heading() -> Iterator[str]:
    yield from ("# The rule book's clauses", "", _MADE.replace("registry", "clauses"), "")
    yield (
        "A rule book names the clauses in which it differs from the silent value. "
        "How it is changed stands in [the specification](../spec/rule-book.md). The small preset "
        f"is offered when an organisation of under {SMALL_MEMBERS} members or with one branch is "
        "founded."
    )
    yield from ("", "| clause | what it says | takes | silent | small |", "|---|---|---|---|---|")


def _clause_row(name: str) -> str:
    clause = CLAUSES[name]
    says = clause.says.replace("{}", "…")
    values = " | ".join(_value(value) for value in (clause.silent, clause.small))
    return f"| `{name}` | {says} | {clause.bounds()} | {values} |"


def _value(value: ClauseValue) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _deed(line: Line) -> str:
    return line.kind.partition(".")[2]


def _anchor(line: Line) -> str:
    return line.kind.replace(".", "").replace("/", "")


def _summary(documented: Any) -> str:
    if not documented.__doc__:
        raise ValueError(f"expected a docstring of {documented.__name__}")
    return str(documented.__doc__).partition("\n\n")[0].strip()


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
