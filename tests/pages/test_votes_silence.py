"""Pages of votes whose close waits for paper, or whose commission is silent."""

from typing import Any

from collegium.parts.decisions.acts import CastBallot, Commission
from tests.pages.hall import YES_NO, text_of

COMMISSION = ("Kofi Mensah", "Noor Rahman")
MEMBER = "Yuki Tanaka"


def test_the_close_is_offered_once_paper_has_been_awaited(hall: Any) -> None:
    number = hall.open(hall.plain(2, counting=YES_NO, secret=True), "Buy it", "Leave it")
    assert "counted in from paper, for 1 day after its time as well" in hall.page(MEMBER, number)
    hall.pass_days(7)
    page = hall.page(MEMBER, number)
    assert "Those on paper are counted in until" in page
    assert "Record the close" not in page
    assert "paper-awaited" in text_of(hall.send(MEMBER, number, "close/"))
    hall.pass_days(1)
    assert "Record the close" in hall.page(MEMBER, number)
    assert hall.send(MEMBER, number, "close/").status_code == 303


def test_anybody_is_offered_to_declare_what_a_silent_commission_didnt(hall: Any) -> None:
    commission = Commission(members=tuple(map(hall.member, COMMISSION)), needed=2)
    number = hall.open(hall.plain(2, counting=YES_NO, commission=commission), "Buy it", "Leave it")
    hall.do(MEMBER, CastBallot(happened_at="", marks="1-", vote=hall.name(number)))
    hall.pass_days(8)
    hall.close(number)
    assert "If too few of you have certified by" in hall.page(COMMISSION[0], number)
    assert "Declare the outcome" not in hall.page(MEMBER, number)
    assert hall.send(COMMISSION[0], number, "certify/").status_code == 303
    hall.pass_days(7)
    page = hall.page(MEMBER, number)
    assert "Declare the outcome" in page
    assert "Only 1 of the 2 that it takes have certified it" in page
    assert hall.send(MEMBER, number, "declare/").status_code == 303
    assert hall.vote(number).declared


def test_who_refuses_to_certify_says_why_and_enough_of_them_leave_no_outcome(hall: Any) -> None:
    commission = Commission(members=tuple(map(hall.member, COMMISSION)), needed=2)
    number = hall.open(hall.plain(2, counting=YES_NO, commission=commission), "Buy it", "Leave it")
    hall.do(MEMBER, CastBallot(happened_at="", marks="1-", vote=hall.name(number)))
    hall.pass_days(8)
    hall.close(number)
    unsaid = hall.send(COMMISSION[0], number, "refuse/", text="")
    assert unsaid.status_code == 400
    refusing = hall.send(COMMISSION[0], number, "refuse/", text="The box stood open <all> night.")
    assert refusing.status_code == 303
    page = hall.page(MEMBER, number)
    assert "The box stood open &lt;all&gt; night." in page
    assert "refuses to certify it" in page
    assert "The vote has to be held again" in page
    assert "It isn't the outcome" in page
    hall.pass_days(7)
    assert "Declare the outcome" not in hall.page(MEMBER, number)
    assert "commission-refuses" in text_of(hall.send(MEMBER, number, "declare/"))
