"""No form, address or query brings the site down, whatever is sent."""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.slow

QUICKLY = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
SLIP = re.compile(r'name="slip" value="([^"]+)"')
LONG = "ä" * 20_001

# Control characters and NUL belong to it; half a pair of UTF-16 can't be sent at all.
WILD = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.sampled_from(["", " ", "\0", LONG, "-1", "1e9", str(10**30), "٣", "nan", "\u202e", "'; --"]),
    st.integers().map(str),
    st.dates().map(date.isoformat),
)
NUMBERS = st.sampled_from(["0", "1", "2", "3", "9", "99", str(2**63), str(10**30)])
SANE: dict[str, st.SearchStrategy[str]] = {
    "basis": st.sampled_from(["appointed", "co-opted", "lot"]),
    "body": NUMBERS,
    "kind_of_body": st.sampled_from(["workplace", "branch", "committee", "region"]),
    "last_day": st.dates().map(date.isoformat),
    "until": st.dates().map(date.isoformat),
    "electorate": st.sampled_from(["members", "branches", "sitting", "present", "level"]),
    "manner": st.sampled_from(["ballots", "hands", "roll-call", "cards"]),
    "method": st.sampled_from(["debian-a6", "irv", "majority-votes", "scottish-stv", "score"]),
    "share": st.sampled_from(["1/2", "2/3"]),
    "choice": st.sampled_from(["yes", "no", "abstain", "1", "2"]),
    "lines": st.sampled_from(
        ["12: 1 2 3 4", "3: 2 1\n1 4 3", "0: 1", "x", "1: A > B", "a,b\n1,2", "2 1\n1 1 0\n0\n"]
    ),
    "room": NUMBERS,
    **dict.fromkeys(("pile-1", "pile-1-1", "pile-1-2", "pile-2", "pile-2-1"), NUMBERS),
    **dict.fromkeys(("candidates-more", "tellers-more", "commission-more"), NUMBERS),
    "secret": st.sampled_from(["", "on"]),
    **dict.fromkeys(("candidates", "tellers", "commission", "present", "branches"), NUMBERS),
    **dict.fromkeys(
        ("seats", "levels", "level", "needed", "holder-2", "votes-2", "motion"), NUMBERS
    ),
    **dict.fromkeys(("votes-1", "many-yes", "spoilt", "grade-1", "said-3", "p1-rank-1"), NUMBERS),
    "approve-1": st.sampled_from(["", "on"]),
    **dict.fromkeys(("member", "version", "quorum", "value", "entry", "rank-1", "rank-2"), NUMBERS),
    **dict.fromkeys([f"take-{number}" for number in (5, 6, 7, 8, 9)], st.just("on")),
    **dict.fromkeys([f"version-{number}" for number in (5, 6, 7, 8, 9)], NUMBERS),
    **dict.fromkeys([f"majority-{number}" for number in (5, 6, 7, 8, 9)], st.just("1:1")),
}
WORDS = st.sampled_from(["Because it is.", "x", "Two lines\r\nof text"])
NAMES = {*SANE, "title", "text", "reasons", "name", "key", "note", "default_title", "signature"}
NAMES |= {"elsewhere", "text", "answer-1-text", "more", "preview"}
MODES = {"elsewhere", "more", "preview"}  # what asks for something else than the act
FIELDS = st.dictionaries(st.sampled_from(sorted(NAMES)), WILD, max_size=6)
FILLED = st.fixed_dictionaries({name: SANE.get(name, WORDS) for name in NAMES - MODES})

FORMS = [
    "questions/new/",
    "questions/5/new/",
    "questions/5/vote/",
    "questions/6/vote/",
    *(
        f"questions/6/vote/?for={aim}"
        for aim in ("adopt", "decide", "elect-one", "elect-several", "represent", "grade", "x")
    ),
    *(f"bodies/1/elect/?for={aim}" for aim in ("elect-one", "elect-several", "represent")),
    "votes/6/cast/",
    "votes/6/close/",
    "votes/6/declare/",
    "votes/6/card/",
    "votes/6/proxy/",
    "votes/6/proxy/back/",
    "votes/6/proxy/3/",
    "votes/6/tell/",
    "votes/6/paper/",
    "votes/6/certify/",
    "votes/6/refuse/",
    "votes/7/contest/",
    "votes/7/objections/1/answer/",
    "votes/7/annul/",
    "votes/8/tell/",
    "votes/9/cast/",
    "proposals/9/sign/",
    "proposals/9/unsign/",
    "proposals/9/object/",
    "proposals/3/revise/",
    "proposals/3/withdraw/",
    "proposals/10/objections/1/answer/",
    "approvals/62/approve/",
    "approvals/62/refuse/",
    "approvals/62/enact/",
    "approvals/62/withdraw/",
    "members/30/end/",
    "members/30/end/alone/",
    "members/30/standing/",
    "members/30/key/",
    "members/30/key/end/",
    "bodies/2/transfer/",
    "bodies/2/admit/",
    "bodies/1/parts/new/",
    "bodies/2/posts/new/",
    "bodies/2/dissolve/",
    "bodies/1/posts/1/fill/",
    "bodies/1/posts/1/vacate/",
    "rules/decisions.quorum_percent/change/",
    "rules/decisions.openers/change/",
    "rules/names.readers/change/",
    "enter/play/",
    "enter/join/",
    "leave/",
    "stop/",
]
QUERIES = [
    "questions/",
    "questions/5/",
    "proposals/9/",
    "votes/",
    "votes/1/",
    "votes/1/ballots/",
    "votes/7/",
    "votes/8/what-if/",
    "questions/6/vote/",
    "members/",
    "approvals/",
    "record/",
    "record/entries/30/",
    "record/copies/",
    "record/copies/damaged/",
    "record/copies/damaged/copy.zip",
]
ASKED = st.dictionaries(
    st.sampled_from(
        ["before", "from", "after", "changes", "receipt", "entry", "part", "what", "method", "for"]
    ),
    WILD,
    max_size=4,
)


@pytest.fixture(params=["Marek Novak", "Kofi Mensah"])
def visitor(request: pytest.FixtureRequest, site: object) -> Any:
    """A member and one of the committee, in an organisation that may be spoilt."""
    from django.test import Client  # noqa: PLC0415 - settings must stand first

    from collegium.server.desks import desks  # noqa: PLC0415 - after the settings

    assert site
    browser = Client(headers={"host": "localhost"})
    people = {one.name: one.member for one in desks().all()["trial"].people}
    browser.post("/trial/enter/play/", {"member": people[request.param]})
    return browser


def slip(visitor: Any) -> str:
    found = SLIP.search(visitor.get("/trial/questions/new/").content.decode())
    return found.group(1) if found else ""


def test_no_form_is_left_out(visitor: Any) -> None:
    from django.urls import resolve  # noqa: PLC0415 - settings must stand first

    from tests.pages.addresses import patterns, values  # noqa: PLC0415 - likewise here

    tried = {resolve(f"/trial/{form.partition('?')[0]}").url_name for form in FORMS}
    taking = {
        pattern.name
        for pattern in patterns()
        if takes_forms(visitor, pattern.name, values(pattern))
    }
    # Where a page is read, a form that belongs elsewhere is only a request to read it.
    assert taking - tried == {"approval", "enter", "proposal", "version", "vote"}


def takes_forms(visitor: Any, name: str | None, given: dict[str, object]) -> bool:
    from django.urls import NoReverseMatch, reverse  # noqa: PLC0415 - settings must stand first

    try:
        address = reverse(str(name), kwargs={"organisation": "trial"} | given)
    except NoReverseMatch:  # of the site, not of an organisation
        address = reverse(str(name), kwargs=given)
    return bool(visitor.post(address).status_code != 405)


@pytest.mark.parametrize("form", FORMS)
@QUICKLY
@given(filled=FILLED, wild=FIELDS)
def test_no_form_is_answered_with_a_fault(
    visitor: Any, form: str, filled: dict[str, str], wild: dict[str, str]
) -> None:
    answer = visitor.post(f"/trial/{form}", filled | wild | {"slip": slip(visitor)})
    assert answer.status_code in {200, 303, 400, 403, 404, 409}


@pytest.mark.parametrize("page", QUERIES)
@QUICKLY
@given(asked=ASKED)
def test_no_query_is_answered_with_a_fault(visitor: Any, page: str, asked: dict[str, str]) -> None:
    assert visitor.get(f"/trial/{page}", asked).status_code in {200, 302, 400, 404}


@QUICKLY
@given(
    place=st.sampled_from(["questions", "proposals", "votes", "members", "bodies", "approvals"]),
    number=st.one_of(st.integers(min_value=0), NUMBERS),
)
def test_no_number_is_answered_with_a_fault(visitor: Any, place: str, number: object) -> None:
    assert visitor.get(f"/trial/{place}/{number}/").status_code in {200, 404}


@QUICKLY
@given(sent=WILD)
def test_a_slip_made_up_is_no_fault(visitor: Any, sent: str) -> None:
    answer = visitor.post("/trial/questions/new/", {"text": "Why?", "slip": sent})
    assert answer.status_code == 400
