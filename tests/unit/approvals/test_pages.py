"""What is shown of requests for joint approval."""

import pytest

from collegium.ids import ApprovalId
from collegium.parts.approvals import acts
from collegium.parts.approvals.pages import RequestPage, approvals_page, request_page
from collegium.parts.approvals.waiting import waiting
from collegium.parts.organisation.acts import AdmitMember, ChangeStanding, EndMembership
from collegium.parts.organisation.shown import Absent, Text, Visit
from tests.cast import AMARA, BO, CHIARA, DMITRI, ESI, GORO, Hall, Person


@pytest.fixture
def ending(hall: Hall) -> ApprovalId:
    """Amara asks for the end of Dmitri's membership."""
    return hall.ask(AMARA, EndMembership(happened_at="", member=DMITRI.id))


def page_for(hall: Hall, person: Person, number: int = 2) -> RequestPage:
    """Number 1 is Dmitri's own admission."""
    return request_page(hall.door.house, Visit(person.id, hall.now), number)


def answer(page: RequestPage) -> list[tuple[int, bool]]:
    return [(one.person.number, one.approves) for one in page.answers]


def things_for(hall: Hall, person: Person) -> list[tuple[str, int]]:
    return [(one.what, one.number) for one in waiting(hall.door.house, Visit(person.id, hall.now))]


@pytest.mark.usefixtures("ending")
def test_a_request_says_how_many_are_missing_and_who_could(hall: Hall) -> None:
    page = page_for(hall, AMARA)
    assert (page.row.approved, page.row.needed, page.row.stage) == (0, 2, "gathering")
    assert [one.number for one in page.could] == [0, 1, 2]
    assert page.row.opens > hall.now
    assert page.row.expires > page.row.opens


def test_enough_approvals_wait_then_are_ready(hall: Hall, ending: ApprovalId) -> None:
    hall.approve(AMARA, ending)
    hall.approve(BO, ending)
    assert page_for(hall, AMARA).row.stage == "waiting"
    assert not page_for(hall, AMARA).may_enact
    hall.later(days=8)
    assert page_for(hall, AMARA).row.stage == "ready"
    assert page_for(hall, AMARA).may_enact


def test_a_refusal_of_what_was_done_is_dissent(hall: Hall, ending: ApprovalId) -> None:
    hall.refuse(CHIARA, ending)
    hall.approve(AMARA, ending)
    hall.approve(BO, ending)
    hall.later(days=8)
    hall.enact(AMARA, ending)
    page = page_for(hall, AMARA)
    assert [one.dissent for one in page.answers] == [True, False, False]
    assert (page.row.stage, page.row.over) == ("enacted", hall.now)
    contested = approvals_page(hall.door.house, Visit(AMARA.id, hall.now), refused=True)
    assert contested.over == (page.row,)


def test_whoever_changes_their_mind_is_shown_with_both_answers(
    hall: Hall, ending: ApprovalId
) -> None:
    hall.approve(BO, ending)
    hall.refuse(BO, ending)
    page = page_for(hall, BO)
    assert answer(page) == [(1, True), (1, False)]
    assert [one.revised for one in page.answers] == [True, False]
    assert (page.row.approved, page.row.yours) == (0, "refused")
    assert page.may_approve
    assert not page.may_refuse


@pytest.mark.usefixtures("ending")
def test_whom_it_is_about_gets_notice_and_no_button(hall: Hall) -> None:
    page = page_for(hall, DMITRI)
    assert page.row.yours == "subject"
    assert (page.may_approve, page.may_refuse, page.may_withdraw) == (False, False, False)
    assert things_for(hall, DMITRI) == [("notice", 2)]


@pytest.mark.usefixtures("ending")
def test_a_request_waits_for_those_who_can_answer_it(hall: Hall) -> None:
    hall.admit(ESI)
    assert things_for(hall, BO) == [("approval", 2)]
    assert things_for(hall, ESI) == []
    assert waiting(hall.door.house, Visit(None, hall.now)) == ()


def test_what_was_answered_waits_no_more(hall: Hall, ending: ApprovalId) -> None:
    hall.refuse(BO, ending)
    assert things_for(hall, BO) == []


def test_what_is_ready_waits_for_whoever_asked(hall: Hall, ending: ApprovalId) -> None:
    hall.approve(AMARA, ending)
    hall.approve(BO, ending)
    hall.later(days=8)
    assert things_for(hall, AMARA) == [("enacting", 2)]


@pytest.mark.usefixtures("ending")
def test_a_request_that_nobody_answers_expires(hall: Hall) -> None:
    hall.later(days=60)
    page = page_for(hall, AMARA)
    assert page.row.stage == "expired"
    assert page.could == ()
    assert page.row.over == page.row.expires


def test_a_withdrawn_request_is_over(hall: Hall, ending: ApprovalId) -> None:
    assert page_for(hall, AMARA).may_withdraw
    act = hall.do(AMARA, acts.WithdrawRequest(approval=ending, happened_at=""))
    page = page_for(hall, AMARA)
    assert page.row.stage == "withdrawn"
    assert page.ended_by == Text(act, "")
    assert not page.may_withdraw


@pytest.mark.usefixtures("ending")
def test_the_open_stand_apart_from_the_decided(hall: Hall) -> None:
    page = approvals_page(hall.door.house, Visit(AMARA.id, hall.now))
    assert [one.number for one in page.open] == [2]
    assert [one.number for one in page.over] == [1]
    assert page.before is None


def test_an_approval_by_a_suspended_member_counts_no_more(hall: Hall, ending: ApprovalId) -> None:
    hall.approve(CHIARA, ending)
    hall.jointly(ChangeStanding(happened_at="", member=CHIARA.id, standing="suspended"))
    page = page_for(hall, AMARA)
    assert page.row.approved == 0
    assert not page.answers[0].counts


def test_whoever_is_to_be_admitted_has_no_name_yet(hall: Hall) -> None:
    body = AdmitMember(body=hall.root, happened_at="", key="", member=GORO.id)
    hall.ask(DMITRI, body)
    assert page_for(hall, AMARA).concerns == ()


def test_there_is_no_request_beyond_the_last(hall: Hall) -> None:
    for number in (0, 2):
        with pytest.raises(Absent):
            page_for(hall, AMARA, number)
