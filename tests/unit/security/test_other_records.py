"""An act is of one record: neither another log nor another fork takes it."""

from hashlib import sha256

from msgspec import Raw
from msgspec.structs import replace

from collegium.archive.memory import MemoryArchive
from collegium.ids import ActId, ApprovalId, Moment
from collegium.parts.approvals.acts import ApproveDeed, EnactDeed
from collegium.parts.organisation.acts import AdmitMember, FoundOrganisation, LeaveOrganisation
from collegium.record.act import FOUNDING, By, Entry, read_entry
from collegium.record.canonical import encode
from collegium.record.keys import PrivateKey
from collegium.secretariat.door import Asked, Door
from collegium.secretariat.drafting import draft, signed
from collegium.secretariat.entering import read
from collegium.secretariat.states import digest_of
from tests.cast import AMARA, BO, CHIARA, DMITRI, ESI, Hall
from tests.forging import smuggle, smuggle_bytes

OTHER_LOG_KEY = PrivateKey.from_seed(sha256(b"the intruder's log key").digest())
LEAVING = LeaveOrganisation(happened_at="")


def admission(hall: Hall) -> AdmitMember:
    return AdmitMember(body=hall.root, happened_at="", key="", member=ESI.id)


def approving(hall: Hall, asked: ApprovalId) -> Asked:
    deed = hall.door.house.approvals.requests[asked].deed_hash
    body = ApproveDeed(approval=asked, deed=deed, happened_at="")
    return signed(hall.draft(BO, body), hall.door.house.origin, BO.key)


def copied(entries: list[bytes]) -> MemoryArchive:
    archive = MemoryArchive()
    with archive.writing() as writing:
        for data in entries:
            writing.append(read_entry(data).act.id, data)
    return archive


def altered(data: bytes, **fields: object) -> bytes:
    """An entry whose body has other values, with the signature that it had."""
    entry, _, body = read(data)
    act = replace(entry.act, body=Raw(encode(replace(body, **fields))))
    return encode(replace(entry, act=act))


def rules(door: Door) -> list[str]:
    return [refusal.rule for refusal in door.refusals]


def test_nobody_puts_their_own_log_key_into_the_founding(hall: Hall) -> None:
    entries = list(hall.archive.entries(0))
    entries[0] = altered(entries[0], log_key=OTHER_LOG_KEY.public)
    door = Door(copied(entries))
    assert rules(door)[0] == "member-signature"
    assert not door.house.organisation.founded


def test_a_founding_signed_anew_has_no_consents(hall: Hall) -> None:
    """Amara sells her key and the intruder founds the same again, with their own log key."""
    entries = list(hall.archive.entries(0))
    entry, _, body = read(entries[0])
    founding: FoundOrganisation = replace(body, log_key=OTHER_LOG_KEY.public)
    again = draft(AMARA.id, founding, at=hall.now, name=entry.act.id, texts={"name": "Co-op"})
    again = signed(again, FOUNDING, AMARA.key)
    entries[0] = encode(Entry(again.act, entry.at, again.by, 1))
    door = Door(copied(entries))
    assert door.house.organisation.founded
    assert door.house.organisation.awaiting == [BO.id, CHIARA.id]
    assert set(rules(door)) == {"base-unknown"}


def test_the_same_founding_at_another_time_is_another_log(hall: Hall) -> None:
    entries = list(hall.archive.entries(0))
    first = read_entry(entries[0])
    entries[0] = encode(replace(first, at=Moment("2026-05-01T08:59:59Z")))
    door = Door(copied(entries))
    assert door.house.origin != hall.door.house.origin
    assert door.house.organisation.awaiting == [BO.id, CHIARA.id]


def test_an_approval_counts_in_its_own_log_only(hall: Hall) -> None:
    """Even one whose signatory had seen nothing, so that its base says nothing either."""
    other = Hall()
    leaving = signed(draft(BO.id, LEAVING, at=other.now), other.door.house.origin, BO.key)
    other.perform(leaving)
    hall.later(hours=1)
    assert smuggle(hall, leaving) == "member-signature"
    assert not hall.door.house.organisation.members[BO.id].left


def test_an_act_based_on_a_fork_isnt_taken(hall: Hall) -> None:
    fork = Hall(archive=copied(list(hall.archive.entries(0))), founded=False)
    fork.do(DMITRI, LEAVING)
    hall.sign(AMARA, LEAVING)
    in_fork = signed(fork.draft(BO, LEAVING), fork.door.house.origin, BO.key)
    assert fork.door.house.origin == hall.door.house.origin
    assert smuggle(hall, in_fork) == "base-unknown"


def test_an_approval_is_of_one_request(hall: Hall) -> None:
    first, second = hall.ask(AMARA, admission(hall)), hall.ask(AMARA, admission(hall))
    approval = approving(hall, first)
    _, _, body = read(encode(Entry(approval.act, hall.now, approval.by, 1)))
    other = Raw(encode(replace(body, approval=second)))
    moved = replace(approval, act=replace(approval.act, body=other))
    assert smuggle(hall, moved) == "member-signature"


def test_the_same_approval_twice_counts_once(hall: Hall) -> None:
    """The archive takes an id once; whoever holds the database may have made it forget."""
    asked = hall.ask(AMARA, admission(hall))
    approval = approving(hall, asked)
    hall.perform(approval)
    twice = encode(Entry(approval.act, hall.now, approval.by, 1))
    disguised = hall.draft(BO, LEAVING)
    assert smuggle_bytes(hall, replace(disguised, payloads=()), twice) == "one-approval"
    enacting = hall.draft(AMARA, EnactDeed(approval=asked, happened_at=""))
    assert smuggle(hall, enacting) == "approvals-missing"


def test_an_approval_from_before_the_request_is_none(hall: Hall) -> None:
    """Bo signs for a request that isn't there yet; it can't be slipped in afterwards."""
    early = draft(AMARA.id, admission(hall), at=hall.now).act.id
    twin = Hall(archive=copied(list(hall.archive.entries(0))), founded=False)
    asked = twin.ask(AMARA, admission(twin))
    deed = twin.door.house.approvals.requests[asked].deed_hash
    body = ApproveDeed(approval=ApprovalId(early), deed=deed, happened_at="")
    approval = signed(hall.draft(BO, body), hall.door.house.origin, BO.key)
    request = twin.archive.find(ActId(asked))
    assert request
    entry = read_entry(request.data)
    renamed = Asked(replace(entry.act, id=early), entry.by)
    assert smuggle(hall, renamed) == ""
    assert smuggle(hall, approval) == "not-seen"


def test_a_request_changed_after_its_approvals_loses_them(hall: Hall) -> None:
    asked = hall.ask(AMARA, admission(hall))
    hall.approve(BO, asked)
    hall.approve(CHIARA, asked)
    hall.enact(AMARA, asked)
    entries = list(hall.archive.entries(0))
    request = hall.archive.find(ActId(asked))
    assert request
    _, _, body = read(entries[request.seq])
    other = replace(body.deed, body=replace(body.deed.body, key=OTHER_LOG_KEY.public))
    entries[request.seq] = altered(entries[request.seq], deed=other)
    door = Door(copied(entries))
    assert rules(door) == ["base-unknown"] * 3
    assert ESI.id not in door.house.organisation.members


def test_an_approval_of_another_deed_is_none(hall: Hall) -> None:
    first = hall.ask(AMARA, admission(hall))
    second = hall.ask(AMARA, replace(admission(hall), key=ESI.key.public))
    deed = hall.door.house.approvals.requests[first].deed_hash
    body = ApproveDeed(approval=second, deed=deed, happened_at="")
    mixed = signed(hall.draft(BO, body), hall.door.house.origin, BO.key)
    assert smuggle(hall, mixed) == "another-deed"


def test_a_dropped_or_swapped_entry_shows(hall: Hall) -> None:
    hall.admit(ESI, keyed=True)
    entries = list(hall.archive.entries(0))
    before = digest_of(hall.door.house)
    for forged in ([*entries[:4], *entries[5:]], [*entries[:4], entries[5], entries[4]]):
        door = Door(copied(forged))
        assert rules(door)
        assert digest_of(door.house) != before


def test_a_signature_taken_from_another_act_is_none(hall: Hall) -> None:
    signed_one = signed(hall.draft(BO, LEAVING), hall.door.house.origin, BO.key)
    forged = replace(hall.draft(BO, LEAVING), by=By("key", BO.key.public, signed_one.by.sig))
    assert smuggle(hall, forged) == "member-signature"
