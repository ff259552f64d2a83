import pytest

from collegium.ids import BodyId, MemberId
from collegium.parts.organisation.acts import (
    AdmitMember,
    AdmitRoll,
    BodyKind,
    ChangeStanding,
    CreateBody,
    DissolveBody,
    EndMembership,
    LeaveOrganisation,
    Source,
    Standing,
    TransferMember,
)
from tests.cast import AMARA, BO, CHIARA, DMITRI, ESI, FARID, GORO, Hall, Person
from tests.refusing import refused

LEAVING = LeaveOrganisation(happened_at="")
NOWHERE = BodyId("0" * 26)


def admission(hall: Hall, person: Person, *, body: str = "", key: str = "") -> AdmitMember:
    return AdmitMember(body=BodyId(body or hall.root), happened_at="", key=key, member=person.id)


def body(hall: Hall, kind: BodyKind = "branch", level: int = 1) -> BodyId:
    return BodyId(
        hall.jointly(CreateBody(happened_at="", kind=kind, level=level, parent=hall.root))
    )


def transfer(person: Person, to: BodyId) -> TransferMember:
    return TransferMember(happened_at="", member=person.id, to=to)


def standing(person: Person, standing: Standing = "suspended") -> ChangeStanding:
    return ChangeStanding(happened_at="", member=person.id, standing=standing)


def ending(person: Person) -> EndMembership:
    return EndMembership(happened_at="", member=person.id)


def roll(hall: Hall, *people: Person) -> AdmitRoll:
    return AdmitRoll(body=hall.root, happened_at="", members=tuple(one.id for one in people))


def active(hall: Hall, person: Person) -> bool:
    organisation = hall.door.house.organisation
    return organisation.members[person.id].number in organisation.active


# Admission.


def test_who_is_admitted_is_a_member(hall: Hall) -> None:
    hall.admit(ESI)
    member = hall.door.house.organisation.members[ESI.id]
    assert (member.number, member.body, member.joined, member.keys) == (4, hall.root, hall.now, ())


def test_who_is_admitted_with_a_key_can_sign(hall: Hall) -> None:
    hall.admit(ESI, keyed=True)
    hall.sign(ESI, LEAVING)
    assert not active(hall, ESI)


def test_nobody_is_admitted_to_a_body_that_isnt_there(hall: Hall) -> None:
    with refused("body-unknown"):
        hall.ask(AMARA, admission(hall, ESI, body=NOWHERE))


def test_nobody_is_admitted_to_a_dissolved_body(hall: Hall) -> None:
    branch = body(hall)
    hall.jointly(DissolveBody(body=branch, happened_at=""))
    with refused("body-dissolved"):
        hall.ask(AMARA, admission(hall, ESI, body=branch))


def test_a_committee_has_no_members_of_its_own(hall: Hall) -> None:
    committee = body(hall, "committee")
    with refused("no-branch"):
        hall.ask(AMARA, admission(hall, ESI, body=committee))


def test_nobody_is_admitted_twice(hall: Hall) -> None:
    with refused("member-known"):
        hall.ask(AMARA, admission(hall, DMITRI))


def test_who_left_gets_another_name(hall: Hall) -> None:
    hall.do(DMITRI, LEAVING)
    with refused("member-known"):
        hall.ask(AMARA, admission(hall, DMITRI))


def test_a_key_in_use_admits_nobody_else(hall: Hall) -> None:
    with refused("one-key-once"):
        hall.ask(AMARA, admission(hall, ESI, key=BO.key.public))


def test_a_weak_key_admits_nobody(hall: Hall) -> None:
    with refused("key-unsound"):
        hall.ask(AMARA, admission(hall, ESI, key="ed25519:" + "A" * 43 + "="))


def test_of_two_requests_to_admit_one_name_the_first_enacted_counts(hall: Hall) -> None:
    requests = [hall.ask(AMARA, admission(hall, ESI)) for _ in range(2)]
    for request in requests:
        hall.approve(AMARA, request)
        hall.approve(BO, request)
    hall.enact(AMARA, requests[1])
    with refused("member-known"):
        hall.enact(AMARA, requests[0])


def test_a_roll_takes_a_name_from_under_a_request(hall: Hall) -> None:
    request = hall.ask(AMARA, admission(hall, ESI))
    hall.approve(AMARA, request)
    hall.approve(BO, request)
    hall.jointly(roll(hall, ESI, FARID))
    with refused("member-known"):
        hall.enact(AMARA, request)


def test_one_key_admits_one_of_two(hall: Hall) -> None:
    key = ESI.key.public
    requests = [hall.ask(AMARA, admission(hall, one, key=key)) for one in (ESI, FARID)]
    for request in requests:
        hall.approve(AMARA, request)
        hall.approve(BO, request)
    hall.enact(AMARA, requests[0])
    with refused("one-key-once"):
        hall.enact(AMARA, requests[1])


def test_a_roll_is_admitted_at_once(hall: Hall) -> None:
    hall.jointly(roll(hall, ESI, FARID))
    assert active(hall, ESI)
    assert active(hall, FARID)


def test_a_name_stands_on_a_roll_once(hall: Hall) -> None:
    with refused("one-member-once"):
        hall.ask(AMARA, roll(hall, ESI, ESI))


def test_a_roll_has_new_names_only(hall: Hall) -> None:
    with refused("member-known"):
        hall.ask(AMARA, roll(hall, ESI, DMITRI))


def test_a_key_is_never_imported() -> None:
    hall = Hall(source=Source(name="old-register", sha256="0" * 64))
    imported = AdmitMember(
        body=hall.root, happened_at="2001-01-01T00:00:00Z", key=ESI.key.public, member=ESI.id
    )
    with refused("import-brings-no-key"):
        hall.bring(AMARA, imported)


# Branches.


def test_a_member_moves_to_another_branch(hall: Hall) -> None:
    branch = body(hall)
    hall.jointly(transfer(DMITRI, branch))
    organisation = hall.door.house.organisation
    assert organisation.members[DMITRI.id].body == branch
    assert list(organisation.bodies[branch].roll) == [3]
    assert 3 not in organisation.bodies[hall.root].roll


def test_a_suspended_member_moves_and_stays_suspended(hall: Hall) -> None:
    branch = body(hall)
    hall.jointly(standing(DMITRI))
    hall.jointly(transfer(DMITRI, branch))
    assert not hall.door.house.organisation.electors(branch)
    hall.jointly(standing(DMITRI, "good"))
    assert list(hall.door.house.organisation.electors(branch)) == [3]


def test_nobody_moves_to_where_they_are(hall: Hall) -> None:
    with refused("already-there"):
        hall.ask(AMARA, transfer(DMITRI, hall.root))


def test_members_alone_move(hall: Hall) -> None:
    with refused("member-unknown"):
        hall.ask(AMARA, transfer(GORO, body(hall)))


def test_nobody_moves_to_a_committee(hall: Hall) -> None:
    with refused("no-branch"):
        hall.ask(AMARA, transfer(DMITRI, body(hall, "committee")))


# Standing and end.


def test_rights_rest_and_return(hall: Hall) -> None:
    hall.jointly(standing(DMITRI))
    assert not active(hall, DMITRI)
    hall.jointly(standing(DMITRI, "good"))
    assert active(hall, DMITRI)


@pytest.mark.parametrize("person", [DMITRI, CHIARA])
def test_a_standing_changes_to_another(hall: Hall, person: Person) -> None:
    with refused("standing-unchanged"):
        hall.ask(AMARA, standing(person, "good"))


def test_a_suspended_member_leaves_at_will(hall: Hall) -> None:
    hall.jointly(standing(DMITRI))
    hall.do(DMITRI, LEAVING)
    with refused("membership-ended"):
        hall.ask(AMARA, standing(DMITRI, "good"))


def test_a_membership_ends_after_its_wait(hall: Hall) -> None:
    request = hall.ask(AMARA, ending(DMITRI))
    hall.approve(AMARA, request)
    hall.approve(BO, request)
    with refused("still-waiting"):
        hall.enact(AMARA, request)
    hall.later(days=7)
    hall.enact(AMARA, request)
    assert hall.door.house.organisation.members[DMITRI.id].left == hall.now


def test_a_membership_ends_once(hall: Hall) -> None:
    hall.do(DMITRI, LEAVING)
    with refused("membership-ended"):
        hall.ask(AMARA, ending(DMITRI))


def test_who_isnt_a_member_cant_be_ended(hall: Hall) -> None:
    with refused("member-unknown"):
        hall.ask(AMARA, ending(GORO))


def test_who_left_before_the_end_was_enacted_left_by_themselves(hall: Hall) -> None:
    request = hall.ask(AMARA, ending(DMITRI))
    hall.approve(AMARA, request)
    hall.approve(BO, request)
    hall.do(DMITRI, LEAVING)
    left = hall.now
    hall.later(days=7)
    with refused("membership-ended"):
        hall.enact(AMARA, request)
    assert hall.door.house.organisation.members[DMITRI.id].left == left


def test_who_leaves_gives_back_keys_posts_and_seat(hall: Hall) -> None:
    hall.sign(CHIARA, LEAVING)
    organisation = hall.door.house.organisation
    assert list(organisation.sitting(hall.root, hall.now)) == [0, 1]
    assert not organisation.has_key(CHIARA.id)
    assert 2 not in organisation.bodies[hall.root].roll


def test_who_left_is_no_member_of_a_name_that_comes_back(hall: Hall) -> None:
    hall.do(DMITRI, LEAVING)
    hall.admit(ESI)
    names = hall.door.house.organisation.names
    assert names == [*(one.id for one in (AMARA, BO, CHIARA)), DMITRI.id, MemberId(ESI.id)]
