from hashlib import sha256
from typing import Any

import pytest

from collegium.ids import ActId, ApprovalId, Kind
from collegium.parts.approvals.acts import AskApproval
from collegium.parts.organisation.acts import AdmitMember, CreatePost, LeaveOrganisation
from collegium.record.base64_text import to_base64
from collegium.secretariat.deeds import deed_of, hash_of_deed, joint_of
from collegium.secretariat.door import Asked
from collegium.secretariat.drafting import as_deed, draft, kind_of
from collegium.secretariat.entering import read
from collegium.secretariat.registry import BY_KIND, DEED_TYPES, LINES
from tests.cast import AMARA, DMITRI, ESI, GORO, Hall
from tests.refusing import refused

LEAVING = LeaveOrganisation(happened_at="")


def asking(hall: Hall, body: Any, **texts: str) -> Asked:
    """A request with these texts and no others."""
    concerns = joint_of(BY_KIND[kind_of(body)]).subjects(hall.door.house, body)
    request = AskApproval(body=hall.root, concerns=concerns, deed=as_deed(body), happened_at="")
    return draft(AMARA.id, request, at=hall.now, texts=texts)


def admission(hall: Hall) -> AdmitMember:
    return AdmitMember(body=hall.root, happened_at="", key="", member=ESI.id)


def test_a_deeds_hash_is_over_its_canonical_bytes() -> None:
    text = b'{"body":{"a":1},"kind":"organisation.create-post/1","sealed":{"title":"x"}}'
    kind = Kind("organisation.create-post/1")
    assert hash_of_deed(kind, b'{"a":1}', {"title": "x"}) == to_base64(sha256(text).digest())


def test_whatever_needs_joint_approval_can_be_asked_for() -> None:
    assert set(DEED_TYPES) == {line.kind for line in LINES if line.joint}


def test_what_one_does_alone_isnt_asked_for() -> None:
    with pytest.raises(ValueError, match="needs joint approval"):
        joint_of(BY_KIND[Kind("organisation.leave-organisation/1")])
    with pytest.raises(ValueError, match="expected a deed that needs joint approval"):
        as_deed(LEAVING)


def test_only_acts_have_a_kind() -> None:
    assert kind_of(LEAVING) == "organisation.leave-organisation/1"
    with pytest.raises(ValueError, match="expected the body of an act"):
        kind_of(GORO)


def test_a_deed_is_done_in_its_askers_name(hall: Hall) -> None:
    post = CreatePost(body=hall.root, happened_at="")
    name = hall.ask(DMITRI, post, title="Treasurer")
    hall.later(days=1)
    hall.sign(AMARA, LEAVING)
    last, _, _ = read(list(hall.archive.entries(0))[-1])
    _, own, body = deed_of(hall.door.house.approvals.requests[name], last)
    assert (own.act.actor, own.act.id, own.at) == (DMITRI.id, ActId(name), hall.now)
    assert set(own.act.sealed) == {"title"}
    assert body == post


def test_reasons_are_given_for_every_request(hall: Hall) -> None:
    with refused("payload-missing"):
        hall.perform(asking(hall, admission(hall)))
    hall.perform(asking(hall, admission(hall), reasons="She asked to join."))


def test_a_deeds_own_texts_come_with_the_request(hall: Hall) -> None:
    post = CreatePost(body=hall.root, happened_at="")
    with refused("payload-missing"):
        hall.perform(asking(hall, post, reasons="We need one."))
    with refused("payload-unknown"):
        hall.perform(asking(hall, post, reasons="We need one.", title="Cook", colour="red"))
    hall.perform(asking(hall, post, reasons="We need one.", title="Cook"))


def test_reasons_are_no_part_of_the_deed(hall: Hall) -> None:
    hashes = set()
    for reasons in ("She asked.", "We asked her."):
        asked = asking(hall, admission(hall), reasons=reasons)
        hall.perform(asked)
        request = hall.door.house.approvals.requests[ApprovalId(asked.act.id)]
        hashes.add(request.deed_hash)
    assert len(hashes) == 1
