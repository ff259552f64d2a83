import msgspec
from msgspec.structs import replace

from collegium.ids import Moment
from collegium.parts.organisation.acts import LeaveOrganisation
from collegium.record.act import signed_text
from collegium.record.fields import NewMember
from collegium.record.keys import verify_signature
from collegium.record.sealed import Payload, opens
from collegium.secretariat import chance
from collegium.secretariat.drafting import KIND_OF, NOTHING_SEEN, draft, seen, signed
from collegium.secretariat.registry import BY_KIND, LINES
from tests.cast import AMARA, START, Hall

LEAVING = LeaveOrganisation(happened_at="")


def test_every_plain_act_has_its_newest_kind() -> None:
    assert set(KIND_OF.values()) | {"approvals.ask-approval/1"} == set(BY_KIND)
    assert len(LINES) == len(BY_KIND)


def test_a_draft_seals_its_texts() -> None:
    asked = draft(AMARA.id, LEAVING, at=START, texts={"text": "Good bye.", "a": ""})
    assert [one.field for one in asked.payloads] == ["a", "text"]
    for one in asked.payloads:
        payload = Payload(one.salt, one.content)
        assert opens(asked.act.sealed[one.field], asked.act.id, one.field, payload)


def test_no_two_drafts_are_one_act() -> None:
    first, second = (draft(AMARA.id, LEAVING, at=START) for _ in range(2))
    assert first.act.id != second.act.id
    assert draft(AMARA.id, LEAVING, at=START, name=first.act.id).act == first.act


def test_an_acts_id_begins_with_its_time() -> None:
    earlier, later = chance.act_id(START), chance.act_id(Moment("2026-05-01T09:00:01Z"))
    assert earlier[:10] < later[:10]
    assert len(earlier) == 26
    assert earlier.isalnum()
    assert chance.act_id(Moment("1969-01-01T00:00:00Z"))[:10] == "0" * 10


def test_drawn_members_names_are_names() -> None:
    for _ in range(100):
        name = chance.member_id()
        assert msgspec.convert(name, NewMember) == name


def test_a_signature_is_over_the_act_in_its_log() -> None:
    hall = Hall()
    asked = signed(draft(AMARA.id, LEAVING, at=START), hall.door.house.origin, AMARA.key)
    text = signed_text(hall.door.house.origin, asked.act)
    assert verify_signature(AMARA.key.public, asked.by.sig, text)
    other = replace(asked.act, base=(1, asked.act.base[1]))
    assert not verify_signature(
        AMARA.key.public, asked.by.sig, signed_text(hall.door.house.origin, other)
    )


def test_who_has_seen_the_whole_record_says_so() -> None:
    hall = Hall()
    assert seen(hall.door.house)[0] == hall.archive.size()
    assert seen(Hall(founded=False).door.house) == NOTHING_SEEN
