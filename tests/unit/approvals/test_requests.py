import pytest

from collegium.ids import ApprovalId, BodyId, MemberId, PostId
from collegium.parts.approvals.acts import AskApproval, WithdrawRequest
from collegium.parts.approvals.state import Request
from collegium.parts.organisation.acts import (
    AdmitMember,
    ChangeStanding,
    CreateBody,
    CreatePost,
    EndMembership,
    FillPost,
    TransferMember,
)
from collegium.record.moments import after
from collegium.secretariat.drafting import as_deed
from tests.cast import AMARA, BO, CHIARA, DMITRI, ESI, GORO, Hall, Person
from tests.refusing import refused

NOTHING = ApprovalId("0" * 26)


@pytest.fixture
def request_name(hall: Hall) -> ApprovalId:
    """Dmitri asks that Esi be admitted."""
    return hall.ask(DMITRI, admission(hall.root))


def admission(body: BodyId) -> AdmitMember:
    return AdmitMember(body=body, happened_at="", key="", member=ESI.id)


def found(hall: Hall, name: ApprovalId) -> Request:
    return hall.door.house.approvals.requests[name]


def ask_with_notice_to(hall: Hall, *people: MemberId) -> None:
    deed = as_deed(admission(hall.root))
    request = AskApproval(body=hall.root, concerns=people, deed=deed, happened_at="")
    hall.do(AMARA, request, reasons="She asked to join.")


def branch_with(hall: Hall, *seated: Person) -> BodyId:
    body = CreateBody(happened_at="", kind="branch", level=1, parent=hall.root)
    branch = BodyId(hall.jointly(body))
    for person in seated:
        post = PostId(hall.jointly(CreatePost(body=branch, happened_at="")))
        until = after(hall.now, days=300)
        others = [one for one in (AMARA, BO, CHIARA) if one is not person][:2]
        hall.jointly(
            FillPost(basis="appointed", happened_at="", member=person.id, post=post, until=until),
            *others,
        )
    return branch


def test_any_member_asks(hall: Hall, request_name: ApprovalId) -> None:
    request = found(hall, request_name)
    assert (request.asker, request.fate, request.kind) == (
        DMITRI.id,
        "open",
        "organisation.admit-member/1",
    )
    assert list(request.terms.sitting) == [0, 1, 2]


def test_nobody_outside_asks(hall: Hall) -> None:
    with refused("member-unknown"):
        hall.ask(GORO, admission(hall.root))


def test_what_a_deeds_own_rule_forbids_isnt_asked(hall: Hall) -> None:
    with refused("member-unknown"):
        hall.ask(DMITRI, EndMembership(happened_at="", member=GORO.id))


def test_a_body_that_isnt_there_is_asked_nothing(hall: Hall) -> None:
    with refused("body-unknown"):
        hall.ask(DMITRI, admission(hall.root), of=BodyId("0" * 26))


def test_whoever_it_is_about_gets_notice(hall: Hall) -> None:
    with refused("notice-owed"):
        ask_with_notice_to(hall, DMITRI.id)


def test_others_may_get_notice_too(hall: Hall) -> None:
    ask_with_notice_to(hall, ESI.id, DMITRI.id)
    assert len(hall.door.house.approvals.requests) == 2


def test_notice_carries_no_text(hall: Hall) -> None:
    with refused("member-unknown"):
        ask_with_notice_to(hall, ESI.id, MemberId("Bo has taken the cash.  "))


def test_another_body_doesnt_decide(hall: Hall) -> None:
    branch = branch_with(hall)
    with refused("wrong-body"):
        hall.ask(DMITRI, admission(hall.root), of=branch)


def test_the_body_over_it_decides_too(hall: Hall) -> None:
    branch = branch_with(hall)
    hall.jointly(admission(branch))
    assert hall.door.house.organisation.members[ESI.id].body == branch


def test_a_branch_decides_about_its_own(hall: Hall) -> None:
    branch = branch_with(hall, BO, CHIARA)
    request = hall.ask(DMITRI, admission(branch), of=branch)
    for person in (BO, CHIARA):
        hall.approve(person, request)
    hall.enact(DMITRI, request)
    assert hall.door.house.organisation.members[ESI.id].body == branch


def test_who_has_moved_away_is_no_longer_the_branchs_to_judge(hall: Hall) -> None:
    branch = branch_with(hall, BO, CHIARA)
    move = TransferMember(happened_at="", member=DMITRI.id, to=branch)
    hall.jointly(move)
    standing = ChangeStanding(happened_at="", member=DMITRI.id, standing="suspended")
    request = hall.ask(AMARA, standing, of=branch)
    for person in (BO, CHIARA):
        hall.approve(person, request)
    hall.jointly(TransferMember(happened_at="", member=DMITRI.id, to=hall.root))
    with refused("wrong-body"):
        hall.enact(AMARA, request)


def test_who_asked_asks_no_more(hall: Hall, request_name: ApprovalId) -> None:
    hall.do(DMITRI, WithdrawRequest(approval=request_name, happened_at=""))
    assert found(hall, request_name).fate == "withdrawn"
    with refused("request-over"):
        hall.approve(AMARA, request_name)


def test_nobody_withdraws_anothers_request(hall: Hall, request_name: ApprovalId) -> None:
    with refused("not-your-request"):
        hall.do(AMARA, WithdrawRequest(approval=request_name, happened_at=""))


def test_what_wasnt_asked_isnt_withdrawn_or_enacted(hall: Hall) -> None:
    with refused("request-unknown"):
        hall.do(DMITRI, WithdrawRequest(approval=NOTHING, happened_at=""))
    with refused("request-unknown"):
        hall.enact(DMITRI, NOTHING)


def test_a_request_expires(hall: Hall, request_name: ApprovalId) -> None:
    hall.approve(AMARA, request_name)
    hall.approve(BO, request_name)
    hall.later(days=30)
    with refused("request-expired"):
        hall.enact(AMARA, request_name)
    with refused("request-expired"):
        hall.approve(CHIARA, request_name)


def test_requests_are_numbered_for_people(hall: Hall, request_name: ApprovalId) -> None:
    assert found(hall, request_name).number == 2


def test_several_sit_for_one_branch(hall: Hall) -> None:
    branch = branch_with(hall, BO, CHIARA)
    assert list(hall.door.house.organisation.approvers(branch, hall.now)) == [1, 2]
