import pytest

from collegium.parts.organisation.acts import AdmitMember, LeaveOrganisation
from collegium.record.tree import leaf_hash
from collegium.secretariat.door import Door
from collegium.secretariat.house import House, no_leaves
from collegium.secretariat.replay import LeafSource, Refusal, replay
from collegium.secretariat.states import digest_of, digests_of
from tests.cast import AMARA, DMITRI, ESI, FARID, GORO, Hall
from tests.forging import digest, smuggle

LEAVING = LeaveOrganisation(happened_at="")


def replayed(hall: Hall) -> tuple[House, list[Refusal]]:
    house = House(LeafSource(hall.archive))
    return house, list(replay(house, hall.archive.entries(0)))


def test_a_replay_comes_to_the_same_house(hall: Hall) -> None:
    hall.admit(ESI, FARID, keyed=True)
    hall.sign(ESI, LEAVING)
    house, refusals = replayed(hall)
    assert refusals == []
    for part in digests_of(house):
        assert getattr(house, part) == getattr(hall.door.house, part)
    assert (house.at, house.origin) == (hall.door.house.at, hall.door.house.origin)
    assert house.tree.root() == hall.archive.head().root()


def test_a_refused_entry_stands_without_effect(hall: Hall) -> None:
    before = digest(hall)
    rule = smuggle(hall, hall.draft(GORO, LEAVING))
    house, refusals = replayed(hall)
    assert rule == "member-unknown"
    assert [(one.seq, one.rule) for one in refusals] == [(house.size - 1, "member-unknown")]
    assert digest_of(house) == before
    assert house.tree.root() == hall.archive.head().root()


def test_a_refused_entry_doesnt_move_time(hall: Hall) -> None:
    before = hall.door.house.at
    hall.later(days=1)
    smuggle(hall, hall.draft(GORO, LEAVING))
    assert hall.door.house.at == before


def test_life_goes_on_after_a_refused_entry(hall: Hall) -> None:
    smuggle(hall, hall.draft(GORO, LEAVING))
    hall.do(DMITRI, LEAVING)
    assert Door(hall.archive).house.organisation.members[DMITRI.id].left


def test_without_any_payload_the_same_house_follows(hall: Hall) -> None:
    hall.admit(ESI)
    before = digest(hall)
    for payload in list(hall.archive.payloads()):
        hall.archive.erase(payload.commitment)
    house, refusals = replayed(hall)
    assert list(hall.archive.payloads()) == []
    assert (digest_of(house), refusals) == (before, [])


def test_a_house_is_replayed_in_pieces(hall: Hall) -> None:
    house = House(LeafSource(hall.archive))
    for stop in range(1, hall.archive.size() + 1):
        assert list(replay(house, hall.archive.entries(house.size, stop))) == []
    assert digest_of(house) == digest(hall)


def test_leaves_are_told_by_their_place(hall: Hall) -> None:
    source = LeafSource(hall.archive)
    entries = list(hall.archive.entries(0))
    assert source(2, 4) == [leaf_hash(data) for data in entries[2:4]]
    source.ahead = [b"first", b"second"]
    size = len(entries)
    assert source(size - 1, size + 2) == list(map(leaf_hash, [entries[-1], b"first", b"second"]))
    assert source(size + 1, size + 2) == [leaf_hash(b"second")]


def test_a_house_without_an_archive_tells_no_leaves() -> None:
    with pytest.raises(ValueError, match="expected an archive"):
        no_leaves(0, 1)


def test_each_part_has_its_digest(hall: Hall) -> None:
    before = digests_of(hall.door.house)
    admission = AdmitMember(body=hall.root, happened_at="", key="", member=ESI.id)
    hall.ask(AMARA, admission)
    after = digests_of(hall.door.house)
    assert {part for part in after if after[part] != before[part]} == {"approvals"}
