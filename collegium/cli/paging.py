"""Reading pages at the terminal: the same page data as the site's, as text or as JSON."""

from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from collegium.cli.copying import check_organisation
from collegium.cli.terminal import say, say_json
from collegium.ids import MemberId
from collegium.parts.approvals.pages import approvals_page, request_page
from collegium.parts.decisions.pages import vote_page, votes_page
from collegium.parts.deliberation.pages import proposal_page, question_page, questions_page
from collegium.parts.organisation.pages import (
    bodies_page,
    body_page,
    member_page,
    members_page,
    rule_book_page,
)
from collegium.parts.organisation.shown import Absent, Text, Visit, member_numbered
from collegium.secretariat.house import House
from collegium.secretariat.office import Office, open_office
from collegium.secretariat.texts import Fetched, Texts, texts_in

_LISTS: Mapping[str, Callable[[House, Visit], Any]] = {
    "approvals": approvals_page,
    "bodies": bodies_page,
    "members": members_page,
    "questions": questions_page,
    "rules": rule_book_page,
    "votes": votes_page,
}
_SINGLE: Mapping[str, Callable[[House, Visit, int], Any]] = {
    "approval": request_page,
    "body": body_page,
    "member": member_page,
    "proposal": proposal_page,
    "question": question_page,
    "vote": vote_page,
}


def page(arguments: Namespace) -> int:
    """Print a page's data, with the texts that its reader may read."""
    check_organisation(arguments.folder)
    with open_office(arguments.folder) as office:
        data = _plain(*_gathered(office, arguments))
    if arguments.json:
        say_json(data)
    else:
        for line in _lines(data, 0):
            say(line)
    return 0


def _gathered(office: Office, arguments: Namespace) -> tuple[Any, Fetched]:
    door = office.door
    with door.reading() as house:
        reader = _reader(house, arguments.reader)
        if reader is None and house.organisation.clause("record.readers") != "public":
            raise ValueError("Members read this record: say as whom, with --as and their number.")
        visit = Visit(reader, door.clock())
        try:
            shown = _shown(house, visit, arguments.page, arguments.number)
        except Absent as error:
            raise ValueError(str(error)) from error
    return shown, Texts(door).fetch(texts_in(shown), reader)


def _reader(house: House, number: int | None) -> MemberId | None:
    if number is None:
        return None
    try:
        return member_numbered(house, number)
    except Absent as error:
        raise ValueError(str(error)) from error


def _shown(house: House, visit: Visit, name: str, number: int | None) -> Any:
    if name in _LISTS:
        if number is not None:
            raise ValueError(f"expected no number after {name}: it is one page")
        return _LISTS[name](house, visit)
    if number is None:
        raise ValueError(f"expected a number after {name}, for example: {name} 1")
    return _SINGLE[name](house, visit, number)


def _plain(value: Any, fetched: Fetched) -> Any:
    """Page data as JSON values; a text is its words, or null where it isn't open."""
    if isinstance(value, Text):
        opened = fetched.texts[value]
        return opened.words if opened.condition == "open" else None
    if isinstance(value, Struct):
        return {name: _plain(getattr(value, name), fetched) for name in value.__struct_fields__}
    if isinstance(value, tuple | list):
        return [_plain(item, fetched) for item in value]
    if isinstance(value, Mapping):
        return {str(name): _plain(item, fetched) for name, item in value.items()}
    return msgspec.to_builtins(value)


def _lines(value: Any, depth: int) -> Iterator[str]:
    """JSON values as indented lines, for people."""
    space = "  " * depth
    items = value.items() if isinstance(value, dict) else ((None, one) for one in value)
    for name, item in items:
        label = "-" if name is None else f"{name}:"
        if isinstance(item, dict | list) and item:
            yield f"{space}{label}"
            yield from _lines(item, depth + 1)
        else:
            yield f"{space}{label} {_word(item)}"


def _word(item: Any) -> str:
    words = {None: "-", True: "yes", False: "no"}
    if item is None or isinstance(item, bool):
        return words[item]
    return "none" if item in ([], {}) else str(item)
