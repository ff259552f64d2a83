"""Acts that a member signs: certificates of a commission, ballots that re-seat a body."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from collegium.parts.decisions.acts import CastBallot, Commission
from tests.pages.hall import YES_NO, slip_on, text_of
from tests.pages.signing import signature

COMMISSION = ("Kofi Mensah", "Noor Rahman")
TERM = 1500
"""Days after which every term of the co-operative is over."""


@pytest.fixture
def own_key(hall: Any) -> Iterator[bytes]:
    """Noor's key, which isn't at the desk: as any member's outside a demonstration."""
    noor = hall.member("Noor Rahman")
    key = hall.desk._keys.pop(noor)
    yield next(one.seed for one in hall.desk.people if one.member == noor)
    hall.desk._keys[noor] = key


@pytest.fixture
def certifying(hall: Any) -> int:
    """A closed vote with a counting commission of two; its number."""
    commission = Commission(members=tuple(map(hall.member, COMMISSION)), needed=2)
    body = hall.plain(2, counting=YES_NO, commission=commission)
    number: int = hall.open(body, "Buy it", "Leave it")
    hall.do("Yuki Tanaka", CastBallot(happened_at="", marks="1-", vote=hall.name(number)))
    hall.pass_days(8)
    hall.close(number)
    return number


@pytest.fixture
def reseating(hall: Any) -> int:
    """An open vote that re-seats the co-operative, whose terms are all over; its number."""
    hall.pass_days(TERM)
    body = hall.plain(2, counting=YES_NO, purpose="reseat")
    slate = replace(body.options[0], members=tuple(map(hall.member, COMMISSION)))
    number: int = hall.open(replace(body, options=(slate, body.options[1])), "Both", "Nobody")
    return number


def signed(hall: Any, number: int, below: str, folder: Path, seed: bytes, **sent: str) -> Any:
    """Noor sends a form, saves the text that comes back, signs it, and brings the signature."""
    browser, address = hall.visit("Noor Rahman"), f"/hall/votes/{number}/{below}"
    sent["slip"] = slip_on(browser.get(f"/hall/votes/{number}/"))
    asked = browser.post(address, sent)
    assert asked.status_code == 200
    assert "Sign with a key of your own" in text_of(asked)
    assert slip_on(asked) == sent["slip"]
    text = browser.post(address, sent | {"text": "yes"})
    assert text["Content-Disposition"].startswith(f'attachment; filename="V-{number}-')
    return browser.post(address, sent | {"signature": signature(folder, seed, text.content)})


def test_a_certificate_is_signed_outside_the_browser(
    hall: Any, certifying: int, own_key: bytes, tmp_path: Path
) -> None:
    response = signed(hall, certifying, "certify/", tmp_path, own_key)
    assert response.status_code == 303
    assert hall.house.organisation.members[hall.member("Noor Rahman")].number in (
        hall.vote(certifying).certified
    )


def test_a_certificate_with_another_texts_signature_is_refused(
    hall: Any, certifying: int, own_key: bytes, tmp_path: Path
) -> None:
    armour = signature(tmp_path, own_key, b"something else")
    response = hall.send("Noor Rahman", certifying, "certify/", signature=armour)
    assert response.status_code == 409
    assert "member-signature" in text_of(response)
    assert not hall.vote(certifying).certified


def test_what_is_no_signature_is_asked_for_again(
    hall: Any, certifying: int, own_key: bytes
) -> None:
    assert own_key
    response = hall.send("Noor Rahman", certifying, "certify/", signature="Noor Rahman")
    assert response.status_code == 400
    assert 'href="#id_signature"' in text_of(response)
    assert not hall.vote(certifying).certified


def test_a_ballot_that_reseats_a_body_is_signed_outside_the_browser(
    hall: Any, reseating: int, own_key: bytes, tmp_path: Path
) -> None:
    response = signed(hall, reseating, "cast/", tmp_path, own_key, choice="1")
    assert response.status_code == 303
    assert set(hall.vote(reseating).ballots.values()) == {"1-"}


def test_a_ballot_that_reseats_a_body_is_signed_by_one_click_in_a_demonstration(
    hall: Any, reseating: int
) -> None:
    assert hall.send("Noor Rahman", reseating, "cast/", choice="2").status_code == 303
    assert set(hall.vote(reseating).ballots.values()) == {"-1"}
