"""Tellers, ballots on paper, the counting commission and objections, on pages."""

from typing import Any

import pytest
from msgspec.structs import replace

from collegium.parts.decisions.acts import CastBallot, Commission
from tests.pages.hall import STV, YES_NO, text_of

ONE, TWO, OTHER = "Marek Novak", "Julia Weber", "Yuki Tanaka"
COMMISSION = ("Kofi Mensah", "Noor Rahman")


def raised(hall: Any, kind: str = "hands") -> int:
    manner = hall.by_tellers(kind, ONE, TWO)
    number: int = hall.open(hall.plain(2, counting=YES_NO, manner=manner), "Buy it", "Leave it")
    return number


def test_a_show_of_hands_stands_once_two_tellers_agree(hall: Any) -> None:
    number = raised(hall)
    assert "hasn't entered anything yet" in hall.page(OTHER, number)
    figures = {"present": "30", "many-yes": "17", "many-no": "9", "many-abstain": "2"}
    assert hall.send(ONE, number, "tell/", **figures).status_code == 303
    page = hall.page(TWO, number, "tell/")
    assert "Count again" not in page
    assert 'value="17"' not in page
    other = hall.send(TWO, number, "tell/", **(figures | {"many-no": "8"}))
    assert other.status_code == 303
    assert "The other teller has entered something else. Count again" in hall.page(
        TWO, number, "tell/"
    )
    assert "They count again" in hall.page(OTHER, number)
    assert hall.send(TWO, number, "tell/", **figures).status_code == 303
    assert "Two tellers have entered the same" in hall.page(OTHER, number)
    assert "vote-open" in text_of(hall.send(OTHER, number, "close/"))
    hall.pass_days(8)
    assert hall.send(OTHER, number, "close/").status_code == 303
    assert "Adopted: 17 yes, 9 no, 2 abstained." in hall.page(OTHER, number)


def test_only_tellers_enter_hands(hall: Any) -> None:
    number = raised(hall)
    waits = "You are a teller: enter what you counted"
    assert waits in text_of(hall.visit(ONE).get("/hall/"))
    assert waits not in text_of(hall.visit(OTHER).get("/hall/"))
    assert "Only the tellers of this vote enter" in hall.page(OTHER, number, "tell/")
    response = hall.send(OTHER, number, "tell/", present="3", **{"many-yes": "2"})
    assert response.status_code == 409
    assert "<code>teller</code>" in text_of(response)


def test_more_hands_than_members_present_are_refused_and_kept(hall: Any) -> None:
    number = raised(hall)
    response = hall.send(ONE, number, "tell/", present="3", **{"many-yes": "5"})
    assert response.status_code == 409
    assert "hands-exceed" in text_of(response)
    assert 'value="5"' in text_of(response)


def test_a_roll_call_names_who_is_called_to_the_tellers(hall: Any) -> None:
    sitting = replace(hall.plain().electorate, kind="sitting")
    manner = hall.by_tellers("roll-call", ONE, TWO)
    body = hall.plain(2, counting=YES_NO, manner=manner, electorate=sitting)
    number = hall.open(body, "Buy it", "Leave it")
    page = hall.page(ONE, number, "tell/")
    assert "Kofi Mensah" in page
    said = {f"said-{hall.number('Kofi Mensah')}": "yes", f"said-{hall.number('Noor Rahman')}": "no"}
    assert hall.send(ONE, number, "tell/", **said).status_code == 303
    assert hall.send(TWO, number, "tell/", **said).status_code == 303
    assert hall.vote(number).agreed
    assert "Now the close can be recorded." in hall.page(OTHER, number)
    empty = hall.send(TWO, number, "tell/")
    assert "Enter what at least one member said" in text_of(empty)


def test_paper_is_counted_in_with_joint_approval(hall: Any) -> None:
    number = hall.open(hall.plain(counting=STV), "Rye", "Wheat", "Neither")
    assert "Count them in" in hall.page(ONE, number)
    asked = hall.send(
        "Noor Rahman", number, "paper/", lines="12 123\n3: 21-\n", spoilt="1", reasons="Box 1."
    )
    assert asked.status_code == 303, text_of(asked)
    assert "Your receipt" in text_of(hall.visit("Noor Rahman").get(asked["Location"]))
    request = list(hall.house.approvals.requests.values())[-1]
    page = text_of(hall.visit("Kofi Mensah").get(f"/hall/approvals/{request.number}/"))
    assert "Count 15 ballots into V-" in page


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("twelve 123", "Line 1: write how many, a space, and the ballot"),
        ("12 123\n123", "Line 2: write how many"),
        ("1 1!3", "ballot-unreadable"),
        ("999 123", "electorate-exceeded"),
    ],
)
def test_paper_that_cant_be_read_is_told_line_by_line(hall: Any, lines: str, said: str) -> None:
    number = hall.open(hall.plain(counting=STV), "Rye", "Wheat", "Neither")
    response = hall.send("Noor Rahman", number, "paper/", lines=lines, reasons="Box 1.")
    assert response.status_code in {400, 409}
    assert said in text_of(response)


def test_the_commission_certifies_the_figures_and_only_then_they_stand(hall: Any) -> None:
    commission = Commission(members=tuple(map(hall.member, COMMISSION)), needed=2)
    body = hall.plain(2, counting=YES_NO, commission=commission)
    number = hall.open(body, "Buy it", "Leave it")
    for name in (*COMMISSION, ONE, TWO, OTHER, "Rosa Jimenez", "Amina Diallo", "Anna Kowalska"):
        if name in hall.people:
            hall.do(name, CastBallot(happened_at="", marks="1-", vote=hall.name(number)))
    hall.pass_days(8)
    hall.close(number)
    assert "2 of the counting commission certify it" in hall.page(ONE, number)
    refused = hall.send(ONE, number, "declare/")
    assert refused.status_code == 409
    assert "commission-certifies" in text_of(refused)
    assert "<code>commission</code>" in text_of(hall.send(ONE, number, "certify/"))
    today = text_of(hall.visit(COMMISSION[0]).get("/hall/"))
    assert "You are in the counting commission: certify" in today
    page = hall.page(COMMISSION[0], number)
    assert "Your signature says that you come to the same figures" in page
    assert hall.send(COMMISSION[0], number, "certify/").status_code == 303
    assert not hall.vote(number).declared
    assert "certified-already" in text_of(hall.send(COMMISSION[0], number, "certify/"))
    assert hall.send(COMMISSION[1], number, "certify/").status_code == 303
    assert hall.vote(number).declared


def test_an_objection_is_heard_answered_and_may_make_the_outcome_void(hall: Any) -> None:
    number = hall.open(hall.plain(2, counting=YES_NO), "Buy it", "Leave it")
    hall.do(ONE, CastBallot(happened_at="", marks="1-", vote=hall.name(number)))
    early = hall.send(ONE, number, "contest/", text="Too early.")
    assert "not-declared" in text_of(early)
    hall.finish(number)
    assert "Electors can object until" in hall.page(ONE, number)
    said = hall.send(ONE, number, "contest/", text="The notice came a day late.")
    assert said.status_code == 303, text_of(said)
    page = hall.page("Kofi Mensah", number)
    assert "The notice came a day late." in page
    assert "An answer is owed." in page
    again = hall.send(ONE, number, "contest/", text="And again.")
    assert "contested-already" in text_of(again)
    unasked = hall.send(TWO, number, "objections/1/answer/", text="I think so too.")
    assert "answerer" in text_of(unasked)
    answered = hall.send("Kofi Mensah", number, "objections/1/answer/", text="It came in time.")
    assert answered.status_code == 303, text_of(answered)
    assert "It came in time." in hall.page(ONE, number)
    asked = hall.send("Kofi Mensah", number, "annul/", reasons="It came late after all.")
    assert asked.status_code == 303, text_of(asked)
    assert hall.send("Kofi Mensah", number, "objections/9/answer/", text="?").status_code == 404


def test_after_its_time_no_objection_is_heard(hall: Any) -> None:
    number = hall.open(hall.plain(2, counting=YES_NO), "Buy it", "Leave it")
    hall.finish(number)
    hall.pass_days(40)
    response = hall.send(ONE, number, "contest/", text="Now I see it.")
    assert response.status_code == 409
    assert "objections-over" in text_of(response)
    assert "Nobody objected." in hall.page(ONE, number)
