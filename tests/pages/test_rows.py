"""A page asks as often for a hundred rows as for ten."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.playing import play

LOOKS = ("head", "size", "entries", "find", "entries_of", "payload", "payloads_of")


@contextmanager
def looks() -> Iterator[list[str]]:
    """Every look at an archive, and every query in the site's database."""
    from django.db import connection  # noqa: PLC0415 - settings must stand first
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - likewise here

    from collegium.archive.sqlite import SqliteArchive  # noqa: PLC0415 - likewise here

    counted: list[str] = []
    with pytest.MonkeyPatch.context() as patch, CaptureQueriesContext(connection) as queries:
        for name in LOOKS:
            patch.setattr(SqliteArchive, name, counting(getattr(SqliteArchive, name), counted))
        yield counted
        counted += [query["sql"].partition(" FROM")[0] for query in queries.captured_queries]


def counting(look: Any, counted: list[str]) -> Any:
    here = threading.get_ident()

    def counted_look(*given: Any, **named: Any) -> Any:
        if threading.get_ident() == here:  # follower and notary look too, whatever is shown
            counted.append(look.__name__)
        return look(*given, **named)

    return counted_look


def looks_of(browser: Any, page: str) -> list[str]:
    """What a page asks for when nothing of it is remembered."""
    from collegium.secretariat.texts import Texts  # noqa: PLC0415 - settings must stand first
    from collegium.server.desks import desks  # noqa: PLC0415 - likewise here

    desk = desks().all()["bakery"]
    desk.texts = Texts(desk.office.door)
    with looks() as counted:
        assert browser.get(page).status_code == 200
    # Whoever reads the house looks first whether it has grown, once each time.
    return [look for look in counted if look != "size"]


def publish(how_many: int) -> str:
    """So many proposals under a new question, each signed by all before it; its page."""
    from collegium.ids import QuestionId  # noqa: PLC0415 - settings must stand first
    from collegium.parts.deliberation.acts import (  # noqa: PLC0415 - likewise here
        OpenQuestion,
        PublishProposal,
    )
    from collegium.secretariat.door import Asked  # noqa: PLC0415 - likewise here
    from collegium.secretariat.drafting import DEMO, draft  # noqa: PLC0415 - likewise here
    from collegium.server.desks import desks  # noqa: PLC0415 - likewise here

    desk = desks().all()["bakery"]
    door, actors = desk.office.door, [one.member for one in desk.people if not one.newcomer]

    def perform(place: int, body: Any, **texts: str) -> Any:
        asked = draft(actors[place % len(actors)], body, at=door.clock(), texts=texts)
        return door.perform(Asked(asked.act, DEMO, asked.payloads)).act

    root = door.house.organisation.root
    question = QuestionId(perform(0, OpenQuestion(root, "", ""), text=f"Which of {how_many}?"))
    for place in range(how_many):
        body = PublishProposal("", "en", question, "")
        perform(place, body, title=f"Number {place}", text="So it shall be.")
    return f"/bakery/questions/{door.house.deliberation.questions[question].number}/"


@pytest.fixture
def member(browser: Any) -> Any:
    play(browser, "Julia Weber")
    return browser


def test_a_hundred_proposals_take_no_more_looks_than_ten(member: Any) -> None:
    few, many = publish(10), publish(100)
    assert member.get(many).content.count(b"Number ") >= 100
    assert looks_of(member, many) == looks_of(member, few)
    assert len(looks_of(member, many)) <= 4


@pytest.mark.parametrize(
    "page",
    [
        "/bakery/",
        "/bakery/questions/",
        "/bakery/members/",
        "/bakery/members/3/",
        "/bakery/bodies/",
        "/bakery/bodies/1/",
        "/bakery/rules/",
        "/bakery/record/",
        "/bakery/approvals/",
        "/bakery/votes/",
        "/bakery/votes/1/",
        "/bakery/votes/7/",
        "/bakery/votes/9/",
        "/bakery/questions/6/vote/?for=represent",
        "/bakery/proposals/3/",
    ],
)
def test_no_page_asks_for_each_row(member: Any, page: str) -> None:
    found = looks_of(member, page)
    assert len(found) <= 5, found


def test_the_record_asks_as_often_whatever_is_in_it(member: Any) -> None:
    newest, oldest = "/bakery/record/", "/bakery/record/?before=60"
    assert looks_of(member, newest) == looks_of(member, oldest)
