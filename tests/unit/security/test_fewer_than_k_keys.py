"""With the database, the log key and all sessions but fewer than k keys nothing passes replay."""

import pytest
from msgspec import Struct
from msgspec.structs import replace

from collegium.ids import ApprovalId, PostId
from collegium.parts.approvals.acts import ApproveDeed, EnactDeed
from collegium.parts.decisions.acts import CastBallot, ReseatBody
from collegium.parts.organisation.acts import (
    AdmitMember,
    AdmitRoll,
    AmendRuleBook,
    ChangeStanding,
    CreateBody,
    CreatePost,
    EndKey,
    EndMembership,
    ErasePayload,
    FillPost,
    LeaveOrganisation,
    LeavePost,
    RegisterKey,
    RevokeKey,
    VacatePost,
    VouchKey,
)
from collegium.parts.organisation.rules import new_key_text
from collegium.record.act import By
from collegium.record.keys import PrivateKey
from collegium.record.moments import after
from collegium.secretariat.door import Door
from collegium.secretariat.states import digests_of
from tests.cast import AMARA, BO, CHIARA, DMITRI, ESI, FOUNDERS, GORO, LOG_KEY, Hall, Person
from tests.forging import another_key, self_signed, smuggle
from tests.refusing import refused
from tests.voting import Voting, slate

CAUGHT = BO.key
"""The one member's key that the intruder has."""


def administrative(hall: Hall) -> list[Struct]:
    """One deed of each sort that changes others' rights, the electorate or the rule book."""
    held = next(iter(hall.door.house.organisation.posts))
    vacant = PostId(hall.jointly(CreatePost(body=hall.root, happened_at="")))
    payload = next(hall.archive.payloads())
    until = after(hall.now, days=100)
    return [
        AdmitMember(body=hall.root, happened_at="", key=GORO.key.public, member=GORO.id),
        AdmitRoll(body=hall.root, happened_at="", members=(ESI.id, GORO.id)),
        ChangeStanding(happened_at="", member=AMARA.id, standing="suspended"),
        EndMembership(happened_at="", member=AMARA.id),
        VouchKey(happened_at="", key=GORO.key.public, member=DMITRI.id),
        EndKey(happened_at="", key=AMARA.key.public, member=AMARA.id),
        CreateBody(happened_at="", kind="branch", level=1, parent=hall.root),
        CreatePost(body=hall.root, happened_at=""),
        FillPost(basis="appointed", happened_at="", member=DMITRI.id, post=vacant, until=until),
        VacatePost(happened_at="", post=held),
        AmendRuleBook(changes={"approvals.needed": 5}, happened_at=""),
        ErasePayload(commitment=payload.commitment, entry=payload.act, happened_at=""),
    ]


def approval(hall: Hall, asked: ApprovalId) -> ApproveDeed:
    deed = hall.door.house.approvals.requests[asked].deed_hash
    return ApproveDeed(approval=asked, deed=deed, happened_at="")


def force(hall: Hall, asked: ApprovalId) -> list[str]:
    """Everything that the intruder can do to get a request enacted; the rules that say no."""
    body = approval(hall, asked)
    return [
        smuggle(hall, hall.draft(AMARA, body)),
        smuggle(hall, self_signed(hall, AMARA, body, LOG_KEY)),
        smuggle(hall, self_signed(hall, AMARA, body, CAUGHT)),
        smuggle(hall, self_signed(hall, CHIARA, body, another_key(CHIARA))),
        smuggle(hall, self_signed(hall, BO, body, CAUGHT)),
        smuggle(hall, self_signed(hall, BO, body, CAUGHT)),
        smuggle(hall, hall.draft(AMARA, EnactDeed(approval=asked, happened_at=""))),
    ]


def test_no_administrative_act_passes_replay_alone(hall: Hall) -> None:
    deeds = administrative(hall)
    before = digests_of(hall.door.house)
    for body in deeds:
        for person in (AMARA, BO, CHIARA, DMITRI):
            assert smuggle(hall, hall.draft(person, body)) == "joint-approval-needed"
        assert smuggle(hall, self_signed(hall, BO, body, CAUGHT)) == "joint-approval-needed"
        assert smuggle(hall, self_signed(hall, AMARA, body, LOG_KEY)) == "key-unknown"
    assert digests_of(Door(hall.archive).house) == before


def test_no_request_is_enacted_by_one_key(hall: Hall) -> None:
    deeds = administrative(hall)
    before = digests_of(hall.door.house)
    for body in deeds:
        asked = hall.ask(DMITRI, body)
        hall.later(days=7)
        first = ["key-needed", "key-unknown", "key-unknown", "key-unknown"]
        assert force(hall, asked) == [*first, "", "one-approval", "approvals-missing"]
    after_all = digests_of(Door(hall.archive).house)
    assert after_all["organisation"] == before["organisation"]


def test_two_of_three_keys_arent_three() -> None:
    hall = Hall(rule_book={"approvals.wait_hours": 0})
    body = AdmitMember(body=hall.root, happened_at="", key="", member=ESI.id)
    asked = hall.ask(AMARA, body)
    hall.approve(AMARA, asked)
    hall.approve(BO, asked)
    enacting = hall.draft(CHIARA, EnactDeed(approval=asked, happened_at=""))
    assert smuggle(hall, enacting) == "approvals-missing"
    assert ESI.id not in Door(hall.archive).house.organisation.members


def test_with_k_keys_it_passes(hall: Hall) -> None:
    body = AdmitMember(body=hall.root, happened_at="", key="", member=ESI.id)
    asked = hall.ask(AMARA, body)
    for person in (AMARA, BO):
        assert smuggle(hall, self_signed(hall, person, approval(hall, asked), person.key)) == ""
    assert smuggle(hall, hall.draft(CHIARA, EnactDeed(approval=asked, happened_at=""))) == ""
    assert ESI.id in Door(hall.archive).house.organisation.members


def test_a_session_makes_no_keys(hall: Hall) -> None:
    """With a key of their own making for Amara, the intruder would have two."""
    key = another_key(AMARA)
    text = new_key_text(hall.door.house.origin, AMARA.id, key.public)
    body = RegisterKey(happened_at="", key=key.public, proof=key.sign(text))
    assert smuggle(hall, hall.draft(AMARA, body)) == "key-needed"
    assert smuggle(hall, self_signed(hall, AMARA, body, key)) == "key-unknown"
    assert smuggle(hall, self_signed(hall, AMARA, body, LOG_KEY)) == "key-unknown"


def test_a_second_key_is_no_second_approver(hall: Hall) -> None:
    key = another_key(BO)
    text = new_key_text(hall.door.house.origin, BO.id, key.public)
    hall.sign(BO, RegisterKey(happened_at="", key=key.public, proof=key.sign(text)))
    body = AdmitMember(body=hall.root, happened_at="", key="", member=ESI.id)
    asked = hall.ask(AMARA, body)
    assert smuggle(hall, self_signed(hall, BO, approval(hall, asked), CAUGHT)) == ""
    assert smuggle(hall, self_signed(hall, BO, approval(hall, asked), key)) == "one-approval"
    enacting = hall.draft(BO, EnactDeed(approval=asked, happened_at=""))
    assert smuggle(hall, enacting) == "approvals-missing"


def test_a_new_key_revives_no_approval_of_an_ended_one(hall: Hall) -> None:
    key = another_key(BO)
    text = new_key_text(hall.door.house.origin, BO.id, key.public)
    body = AdmitMember(body=hall.root, happened_at="", key="", member=ESI.id)
    asked = hall.ask(AMARA, body)
    hall.approve(AMARA, asked)
    hall.approve(BO, asked)
    hall.sign(BO, RegisterKey(happened_at="", key=key.public, proof=key.sign(text)))
    hall.sign(BO, RevokeKey(happened_at="", key=BO.key.public))
    enacting = hall.draft(BO, EnactDeed(approval=asked, happened_at=""))
    assert smuggle(hall, enacting) == "approvals-missing"


@pytest.mark.parametrize("person", [AMARA, CHIARA])
def test_one_key_stands_for_one_member(hall: Hall, person: Person) -> None:
    asked = hall.ask(AMARA, AdmitMember(body=hall.root, happened_at="", key="", member=ESI.id))
    assert smuggle(hall, self_signed(hall, person, approval(hall, asked), CAUGHT)) == "key-unknown"


def test_a_key_in_another_spelling_is_no_other_key(hall: Hall) -> None:
    """The last character of 32 bytes in base64 has two bits that lax readers pass over."""
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    text = BO.key.public
    twin = text[:-2] + last[last.index(text[-2]) + 1] + "="
    admission = AdmitMember(body=hall.root, happened_at="", key=twin, member=ESI.id)
    deed = hall.draft(AMARA, admission)
    assert smuggle(hall, deed) == "joint-approval-needed"
    with refused("key-unsound"):
        hall.ask(AMARA, admission)
    by = By("key", twin, hall.draft(BO, admission).by.sig)
    assert smuggle(hall, replace(hall.draft(BO, admission), by=by)) == "key-unknown"


def test_no_session_reseats_a_body() -> None:
    hall = Voting(keyed=True)
    hall.later(days=365)
    vote = hall.open(DMITRI, hall.reseating(slate(DMITRI, ESI)))
    for person in (AMARA, BO, CHIARA, DMITRI, ESI):
        ballot = CastBallot(happened_at="", marks="12", vote=vote)
        assert smuggle(hall, hall.draft(person, ballot)) == "key-needed"
        assert smuggle(hall, self_signed(hall, person, ballot, LOG_KEY)) == "key-unknown"
    hall.cast_signed(BO, vote, "12")
    hall.finish(BO, vote)
    hall.later(days=3)
    reseating = hall.draft(BO, ReseatBody(happened_at="", vote=vote))
    assert smuggle(hall, reseating) == "signed-ballots"
    assert not Door(hall.archive).house.organisation.sitting(hall.root, hall.now)


def test_no_session_empties_a_body(hall: Hall) -> None:
    """Emptied, it could be re-seated by the keys of any few members."""
    for name, post in hall.door.house.organisation.posts.items():
        holder = next(one for one in FOUNDERS if one.id == post.holder)
        for body in (LeavePost(happened_at="", post=name), LeaveOrganisation(happened_at="")):
            assert smuggle(hall, hall.draft(holder, body)) == "key-needed"
    assert len(Door(hall.archive).house.organisation.sitting(hall.root, hall.now)) == 3


def test_an_unregistered_key_signs_for_nobody(hall: Hall) -> None:
    stranger = PrivateKey.from_seed(b"s" * 32)
    body = RevokeKey(happened_at="", key=AMARA.key.public)
    assert smuggle(hall, self_signed(hall, AMARA, body, stranger)) == "key-unknown"
    assert smuggle(hall, self_signed(hall, DMITRI, body, stranger)) == "key-unknown"
