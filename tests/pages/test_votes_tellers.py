"""Tellers, ballots on paper, the counting commission and objections, on pages."""

import json
from typing import Any

import pytest
from msgspec.structs import replace

from collegium.parts.decisions.acts import CastBallot, Commission
from tests.pages.hall import APPROVAL, GRADES, STV, YES_NO, text_of

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


def test_the_list_says_how_one_votes_where_no_ballot_is_cast(hall: Any) -> None:
    raised(hall)
    hall.open(hall.plain(2, counting=YES_NO, secret=True), "Buy it", "Leave it")
    page = text_of(hall.visit(OTHER).get("/hall/votes/"))
    assert "You vote in the room: two tellers enter it." in page
    assert "It is secret: you vote on paper." in page


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
    page = text_of(response)
    assert "hands-exceed" in page
    assert page.count("Only 3 were present; count the hands anew.") == 2  # on top, and at its field
    assert 'value="5"' in text_of(response)


def test_hands_for_an_order_of_options_are_entered_as_a_list(hall: Any) -> None:
    manner = hall.by_tellers("hands", ONE, TWO)
    number = hall.open(hall.plain(counting=STV, manner=manner), "Rye", "Wheat", "Neither")
    sent = {"present": "9", "lines": "5: Rye > Wheat\n3: 2"}
    assert hall.send(ONE, number, "tell/", **sent).status_code == 303
    assert hall.vote(number).sheets[hall.number(ONE)].anonymous == {"12-": 5, "-1-": 3}


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


PILES = {
    "pile-1": "12",
    "pile-1-1": "1",
    "pile-1-2": "2",
    "pile-1-3": "3",
    "pile-2": "3",
    "pile-2-1": "2",
    "pile-2-2": "1",
    "spoilt": "1",
    "reasons": "Box 1.",
}


@pytest.fixture(scope="module")
def ranked(hall: Any) -> int:
    number: int = hall.open(hall.plain(counting=STV), "Rye", "Wheat", "Neither")
    return number


def asked_for(hall: Any) -> dict[str, int]:
    """What stands in the newest request to count ballots in."""
    deed = json.loads(list(hall.house.approvals.requests.values())[-1].deed)
    return {one["marks"]: one["count"] for one in deed["ballots"]}


def test_piles_of_paper_are_counted_in_with_joint_approval(hall: Any, ranked: int) -> None:
    assert "Count them in" in hall.page(ONE, ranked)
    asked = hall.send("Noor Rahman", ranked, "paper/", **PILES)
    assert asked.status_code == 303, text_of(asked)
    assert "Your receipt" in text_of(hall.visit("Noor Rahman").get(asked["Location"]))
    request = list(hall.house.approvals.requests.values())[-1]
    page = text_of(hall.visit("Kofi Mensah").get(f"/hall/approvals/{request.number}/"))
    assert "Count 15 ballots into V-" in page
    assert "Read what is on these ballots" in page
    assert asked_for(hall) == {"123": 12, "21-": 3}


def test_who_approves_ballots_reads_what_is_on_them(hall: Any, ranked: int) -> None:
    assert hall.send("Noor Rahman", ranked, "paper/", **PILES).status_code == 303
    number = list(hall.house.approvals.requests.values())[-1].number
    address = f"/hall/approvals/{number}/ballots/"
    page = text_of(hall.visit("Kofi Mensah").get(address))
    assert "15 ballots from paper, and 1 on which nothing readable stands." in page
    assert "12 ballots</th> <td>1</td><td>2</td><td>3</td>" in page
    assert "3 ballots</th> <td>2</td><td>1</td><td>–</td>" in page  # noqa: RUF001 - as a table prints no rank
    voter = text_of(hall.visit(OTHER).get(address))
    assert "Everybody does once the vote is closed" in voter
    assert "12 ballots</th>" not in voter
    assert hall.visit(OTHER).get("/hall/approvals/1/ballots/").status_code == 404


def test_more_piles_keep_what_was_filled_in(hall: Any, ranked: int) -> None:
    sent = PILES | {"more": "1", "room": "4"}
    page = text_of(hall.send("Noor Rahman", ranked, "paper/", **sent))
    assert "<legend>Pile 8</legend>" in page
    assert 'name="pile-1" value="12"' in page
    assert ">Box 1.</textarea>" in page.replace("> Box", ">Box")
    assert 'role="alert"' not in page


@pytest.mark.parametrize(
    ("different", "said"),
    [
        ({"pile-2": ""}, "Pile 2, how many: Say how many ballots are in this pile."),
        ({"pile-3": "4"}, "Pile 3, how many: Say what is on these ballots."),
        ({"pile-2-1": "9"}, "Pile 2, Rye: It can be 3 at most."),
        ({"pile-1": "900"}, "electorate-exceeded"),
        ({"pile-1-1": "z"}, "Pile 1, Rye: Write a whole number in figures"),
    ],
)
def test_a_pile_that_cant_be_counted_is_named(
    hall: Any, ranked: int, different: dict[str, str], said: str
) -> None:
    response = hall.send("Noor Rahman", ranked, "paper/", **(PILES | different))
    assert response.status_code in {400, 409}
    assert said in text_of(response)


def test_a_box_without_a_ballot_is_refused_beside_the_first_pile(hall: Any, ranked: int) -> None:
    response = hall.send("Noor Rahman", ranked, "paper/", reasons="Box 1.")
    assert "Enter at least one ballot" in text_of(response)


LISTS = [
    "12: 1 2 3\n3: 2 1",
    "12: Rye > Wheat > Neither\n3: wheat > rye",
    "count,Wheat,Rye,Neither\n12,2,1,3\n3,1,2,",
    '3 2\n12 1 2 3 0\n3 2 1 0\n0\n"Rye"\n"Wheat"\n"Neither"\n"Box 1"',
]


@pytest.mark.parametrize("lines", LISTS)
def test_a_list_says_the_same_as_piles(hall: Any, ranked: int, lines: str) -> None:
    asked = hall.send("Noor Rahman", ranked, "paper/", lines=lines, reasons="Box 2.")
    assert asked.status_code == 303, text_of(asked)
    assert asked_for(hall) == {"123": 12, "21-": 3}


def uploaded(text: str) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415 - settings first

    return SimpleUploadedFile("box.blt", text.encode())


def test_a_file_is_read_and_what_is_wrong_in_it_can_be_put_right(hall: Any, ranked: int) -> None:
    sent = {"lines_file": uploaded(LISTS[3]), "reasons": "Box 3."}
    assert hall.send("Noor Rahman", ranked, "paper/", **sent).status_code == 303
    assert asked_for(hall) == {"123": 12, "21-": 3}
    wrong = sent | {"lines_file": uploaded("12: Rye > Barley")}
    page = text_of(hall.send("Noor Rahman", ranked, "paper/", **wrong))
    assert "Line 1: “Barley” is none of the options." in page
    assert "12: Rye &gt; Barley</textarea>" in page


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("twelve 1 2 3", "Line 1: begin with how many ballots say this"),
        ("12: 1 2 3\n1-2-3", "Line 2: begin with how many ballots say this"),
        ("1: 1 7", "Line 1: “7” is none of the options. Write numbers from 1 to 3"),
        ("1: Rye > Rye", "Line 1: “Rye” stands there twice."),
        ("count,Rye,Wheat\n1,1,2", "The list lacks “Neither”. It needs every option."),
        ("count,Rye,Wheat,Neither\n1,first,,", "line 2: expected a rank"),
        ("999: 1 2 3", "electorate-exceeded"),
    ],
)
def test_a_list_that_cant_be_read_is_told_line_by_line(
    hall: Any, ranked: int, lines: str, said: str
) -> None:
    response = hall.send("Noor Rahman", ranked, "paper/", lines=lines, reasons="Box 1.")
    assert response.status_code in {400, 409}
    assert said in text_of(response)
    assert lines.split("\n", maxsplit=1)[0].replace(">", "&gt;") in text_of(response)


@pytest.mark.parametrize(
    ("counting", "pile", "lines", "marks"),
    [
        (APPROVAL, {"pile-1-1": "on", "pile-1-3": "on"}, "5: 1 3", "x-x"),
        (APPROVAL, {}, "5: none", "---"),
        (GRADES, {"pile-1-1": "4", "pile-1-2": "0"}, "5: very good, reject, -", "40-"),
    ],
)
def test_ticks_and_grades_are_entered_alike(
    hall: Any, counting: Any, pile: dict[str, str], lines: str, marks: str
) -> None:
    number = hall.open(hall.plain(counting=counting), "Rye", "Wheat", "Neither")
    for sent in ({"pile-1": "5"} | pile, {"lines": lines}):
        asked = hall.send("Noor Rahman", number, "paper/", reasons="Box 1.", **sent)
        assert asked.status_code == 303, text_of(asked)
        assert asked_for(hall) == {marks: 5}


def test_a_roll_call_of_ranks_takes_numbers_and_says_how(hall: Any) -> None:
    manner = hall.by_tellers("roll-call", ONE, TWO)
    number = hall.open(hall.plain(counting=STV, manner=manner), "Rye", "Wheat", "Neither")
    assert "the first choice first: 2 1 3." in hall.page(ONE, number, "tell/")
    called = f"said-{hall.number('Kofi Mensah')}"
    wrong = text_of(hall.send(ONE, number, "tell/", **{called: "2 9"}))
    assert "Kofi Mensah: “9” is none of the options." in wrong
    assert 'value="2 9"' in wrong
    assert hall.send(ONE, number, "tell/", **{called: "2 1"}).status_code == 303
    sheet = hall.vote(number).sheets[hall.number(ONE)]
    assert sheet.answers == {hall.number("Kofi Mensah"): "21-"}


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
