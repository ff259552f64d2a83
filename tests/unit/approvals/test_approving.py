import pytest

from collegium.ids import ApprovalId, Key, PostId
from collegium.parts.approvals.acts import ApproveDeed, RefuseDeed
from collegium.parts.approvals.state import Approving, Request
from collegium.parts.organisation.acts import (
    AdmitMember,
    AmendRuleBook,
    ChangeStanding,
    CreatePost,
    EndMembership,
    FillPost,
    LeaveOrganisation,
    LeavePost,
    RevokeKey,
)
from collegium.record.moments import after
from collegium.secretariat.drafting import draft, signed
from tests.cast import AMARA, BO, CHIARA, DMITRI, ESI, FARID, Hall, Person
from tests.forging import digest
from tests.refusing import refused

OTHER_DEED = "A" * 43 + "="


@pytest.fixture
def asked(hall: Hall) -> ApprovalId:
    """Dmitri asks that Esi be admitted."""
    return hall.ask(DMITRI, admission(hall, ESI))


def admission(hall: Hall, person: Person) -> AdmitMember:
    return AdmitMember(body=hall.root, happened_at="", key="", member=person.id)


def found(hall: Hall, name: ApprovalId) -> Request:
    return hall.door.house.approvals.requests[name]


def suspending(person: Person) -> ChangeStanding:
    return ChangeStanding(happened_at="", member=person.id, standing="suspended")


def seat(hall: Hall, person: Person) -> None:
    """One more sits in the first committee."""
    post = PostId(hall.jointly(CreatePost(body=hall.root, happened_at="")))
    until = after(hall.now, days=300)
    filling = FillPost(basis="lot", happened_at="", member=person.id, post=post, until=until)
    hall.jointly(filling)


# Approving and refusing.


def test_two_of_three_admit(hall: Hall, asked: ApprovalId) -> None:
    hall.approve(AMARA, asked)
    hall.approve(CHIARA, asked)
    hall.enact(DMITRI, asked)
    assert ESI.id in hall.door.house.organisation.members
    assert found(hall, asked).fate == "enacted"


def test_nobody_approves_twice(hall: Hall, asked: ApprovalId) -> None:
    hall.approve(AMARA, asked)
    with refused("one-approval"):
        hall.approve(AMARA, asked)


def test_no_key_approves_twice(hall: Hall, asked: ApprovalId) -> None:
    # A key is one member's for ever, so this is asked twice: the state is put there by hand.
    found(hall, asked).approvals.append(Approving(1, AMARA.key.public))
    with refused("one-key-once"):
        hall.approve(AMARA, asked)


def test_nobody_refuses_twice(hall: Hall, asked: ApprovalId) -> None:
    hall.refuse(AMARA, asked)
    with refused("one-refusal"):
        hall.refuse(AMARA, asked)


def test_who_approved_may_think_again(hall: Hall, asked: ApprovalId) -> None:
    hall.approve(AMARA, asked)
    hall.approve(BO, asked)
    hall.refuse(AMARA, asked)
    assert list(found(hall, asked).refusals) == [0]
    with refused("approvals-missing"):
        hall.enact(DMITRI, asked)
    hall.approve(AMARA, asked)
    assert not found(hall, asked).refusals
    hall.enact(DMITRI, asked)


def test_dissent_stands_beside_what_was_done(hall: Hall, asked: ApprovalId) -> None:
    hall.approve(AMARA, asked)
    hall.refuse(BO, asked)
    hall.approve(CHIARA, asked)
    hall.enact(DMITRI, asked)
    assert list(found(hall, asked).refusals) == [1]


def test_an_approval_gives_reasons(hall: Hall, asked: ApprovalId) -> None:
    deed = found(hall, asked).deed_hash
    approval = ApproveDeed(approval=asked, deed=deed, happened_at="")
    silent = draft(AMARA.id, approval, at=hall.now)
    with refused("payload-missing"):
        hall.perform(signed(silent, hall.door.house.origin, AMARA.key))


@pytest.mark.parametrize("act", [ApproveDeed, RefuseDeed])
def test_a_session_decides_nothing(
    hall: Hall, asked: ApprovalId, act: type[ApproveDeed | RefuseDeed]
) -> None:
    deed = found(hall, asked).deed_hash
    with refused("key-needed"):
        hall.do(AMARA, act(approval=asked, deed=deed, happened_at=""))


def test_who_sits_elsewhere_decides_nothing(hall: Hall, asked: ApprovalId) -> None:
    hall.admit(FARID, keyed=True)
    for decide in (hall.approve, hall.refuse):
        with refused("not-sitting"):
            decide(FARID, asked)


def test_who_came_later_doesnt_decide(hall: Hall, asked: ApprovalId) -> None:
    hall.admit(FARID, keyed=True)
    seat(hall, FARID)
    with refused("not-sitting"):
        hall.approve(FARID, asked)
    hall.approve(FARID, hall.ask(DMITRI, admission(hall, ESI)))


def test_nobody_decides_about_themselves(hall: Hall) -> None:
    asked = hall.ask(DMITRI, suspending(CHIARA))
    for decide in (hall.approve, hall.refuse):
        with refused("own-case"):
            decide(CHIARA, asked)


def test_where_all_but_one_are_concerned_nothing_is_enacted(hall: Hall) -> None:
    hall.sign(AMARA, LeaveOrganisation(happened_at=""))
    asked = hall.ask(DMITRI, suspending(BO))
    with refused("own-case"):
        hall.approve(BO, asked)
    hall.approve(CHIARA, asked)
    with refused("approvals-missing"):
        hall.enact(DMITRI, asked)


def test_only_what_was_asked_is_approved(hall: Hall, asked: ApprovalId) -> None:
    with refused("another-deed"):
        hall.sign(AMARA, ApproveDeed(approval=asked, deed=OTHER_DEED, happened_at=""))


def test_nobody_approves_unseen(hall: Hall, asked: ApprovalId) -> None:
    deed = found(hall, asked).deed_hash
    approval = ApproveDeed(approval=asked, deed=deed, happened_at="")
    blind = draft(AMARA.id, approval, at=hall.now, texts={"reasons": "They asked me to."})
    with refused("not-seen"):
        hall.perform(signed(blind, hall.door.house.origin, AMARA.key))


# Enacting: who counts.


def ready(hall: Hall, asked: ApprovalId) -> None:
    hall.approve(AMARA, asked)
    hall.approve(BO, asked)


def test_one_approval_isnt_enough(hall: Hall, asked: ApprovalId) -> None:
    hall.approve(AMARA, asked)
    with refused("approvals-missing"):
        hall.enact(AMARA, asked)


def test_a_deed_is_done_once(hall: Hall, asked: ApprovalId) -> None:
    ready(hall, asked)
    hall.enact(AMARA, asked)
    with refused("request-over"):
        hall.enact(BO, asked)


def test_an_approval_goes_with_its_member(hall: Hall, asked: ApprovalId) -> None:
    ready(hall, asked)
    hall.sign(BO, LeaveOrganisation(happened_at=""))
    with refused("approvals-missing"):
        hall.enact(AMARA, asked)


def test_an_approval_goes_with_its_key(hall: Hall, asked: ApprovalId) -> None:
    ready(hall, asked)
    hall.sign(BO, RevokeKey(happened_at="", key=BO.key.public))
    with refused("approvals-missing"):
        hall.enact(AMARA, asked)


def test_an_approval_goes_with_its_post(hall: Hall, asked: ApprovalId) -> None:
    ready(hall, asked)
    posts = hall.door.house.organisation.posts
    held = next(name for name, post in posts.items() if post.holder == BO.id)
    hall.sign(BO, LeavePost(happened_at="", post=held))
    with refused("approvals-missing"):
        hall.enact(AMARA, asked)


def test_an_approval_rests_with_its_members_rights(hall: Hall, asked: ApprovalId) -> None:
    ready(hall, asked)
    hall.jointly(suspending(BO), AMARA, CHIARA)
    with refused("approvals-missing"):
        hall.enact(AMARA, asked)


def test_an_approval_goes_with_its_term() -> None:
    hall = Hall(rule_book={"approvals.needed": 2, "approvals.open_days": 365})
    asked = hall.ask(AMARA, admission(hall, ESI))
    hall.later(days=364)
    ready(hall, asked)
    hall.later(days=1)
    with refused("approvals-missing"):
        hall.enact(AMARA, asked)


def test_lowering_the_number_lowers_no_open_request() -> None:
    hall = Hall(rule_book={"approvals.needed": 3, "approvals.wait_hours": 0})
    asked = hall.ask(AMARA, admission(hall, ESI))
    ready(hall, asked)
    lower = AmendRuleBook(changes={"approvals.needed": 2}, happened_at="")
    hall.jointly(lower, AMARA, BO, CHIARA)
    with refused("approvals-missing"):
        hall.enact(AMARA, asked)
    hall.approve(CHIARA, asked)
    hall.enact(AMARA, asked)


def test_raising_the_number_raises_it_for_open_requests(hall: Hall, asked: ApprovalId) -> None:
    ready(hall, asked)
    hall.jointly(AmendRuleBook(changes={"approvals.needed": 3}, happened_at=""))
    with refused("approvals-missing"):
        hall.enact(AMARA, asked)


def test_more_than_a_third_of_a_large_body_approve(hall: Hall) -> None:
    people = [Person(f"Member {number}") for number in range(3)]
    hall.admit(*people)
    for person in people:
        seat(hall, person)
    asked = hall.ask(DMITRI, admission(hall, ESI))
    assert found(hall, asked).terms.needed == 3
    ready(hall, asked)
    with refused("approvals-missing"):
        hall.enact(AMARA, asked)


def test_a_deed_waits(hall: Hall) -> None:
    asked = hall.ask(DMITRI, EndMembership(happened_at="", member=DMITRI.id))
    ready(hall, asked)
    hall.now = after(hall.now, days=6, hours=23)
    with refused("still-waiting"):
        hall.enact(AMARA, asked)
    hall.later(hours=1)
    hall.enact(AMARA, asked)


def test_a_refused_enactment_leaves_no_trace(hall: Hall, asked: ApprovalId) -> None:
    before = digest(hall), hall.archive.size()
    with refused("approvals-missing"):
        hall.enact(AMARA, asked)
    assert (digest(hall), hall.archive.size()) == before


def test_what_is_made_bears_the_requests_name(hall: Hall) -> None:
    asked = hall.jointly(CreatePost(body=hall.root, happened_at=""))
    assert PostId(asked) in hall.door.house.organisation.posts


def test_a_key_stands_beside_every_approval(hall: Hall, asked: ApprovalId) -> None:
    ready(hall, asked)
    assert found(hall, asked).approvals == [
        Approving(0, Key(AMARA.key.public)),
        Approving(1, Key(BO.key.public)),
    ]
