"""A question's page leads to the votes on it."""

from pathlib import Path
from typing import Any

import pytest

from tests.pages.hall import text_of

ASK = "Put them to the vote"


def test_a_question_leads_to_the_vote_that_is_open_on_it(member: Any) -> None:
    page = text_of(member.get("/bakery/questions/5/"))
    votes = page[page.index("Put to the vote") : page.index("proposals compete")]
    assert 'href="/bakery/votes/6/"' in votes
    assert "It closes" in votes
    assert ASK not in page  # one at a time is enough to offer


def test_a_question_leads_to_the_vote_that_decided_it(member: Any) -> None:
    page = text_of(member.get("/bakery/questions/1/"))
    votes = page[page.index("Put to the vote") : page.index("proposals compete")]
    assert 'href="/bakery/votes/1/"' in votes
    assert "Decided" in votes
    assert ASK in page


def test_a_proposal_begins_without_the_marks_of_its_text(member: Any) -> None:
    page = text_of(member.get("/bakery/questions/1/"))
    assert "The teams get 18 % more an hour" in page
    assert "**" not in page


@pytest.mark.parametrize(
    ("words", "begun"),
    [
        ("Bread & *butter*", "Bread & butter"),
        ("# Bread\n\n- rye\n- <b>wheat</b>", "Bread rye <b>wheat</b>"),
        ("one two three four", "one two …"),
        ("rye " * 20_000, "rye rye …"),
        ("", ""),
    ],
)
def test_a_text_begins_in_one_line(site: Path, words: str, begun: str) -> None:
    from collegium.server.web.shared.prose import beginning_of  # noqa: PLC0415 - settings first

    assert site.exists()
    assert beginning_of(words, 26 if "*" in words or "<" in words else 11) == begun


def test_a_question_nobody_voted_on_tells_of_no_vote(member: Any) -> None:
    page = text_of(member.get("/bakery/questions/6/"))
    assert "Put to the vote" not in page
    assert ASK in page
