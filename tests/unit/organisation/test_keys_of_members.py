from collegium.ids import Key
from collegium.parts.organisation.acts import (
    EndKey,
    LeaveOrganisation,
    RegisterKey,
    RevokeKey,
    VouchKey,
)
from collegium.parts.organisation.rules import new_key_text
from collegium.record.keys import PrivateKey
from tests.cast import AMARA, BO, CHIARA, DMITRI, GORO, LOG_KEY, Hall, Person
from tests.forging import another_key
from tests.refusing import refused

LEAVING = LeaveOrganisation(happened_at="")


def registration(hall: Hall, person: Person, key: PrivateKey) -> RegisterKey:
    text = new_key_text(hall.door.house.origin, person.id, key.public)
    return RegisterKey(happened_at="", key=key.public, proof=key.sign(text))


def vouching(person: Person, key: Key) -> VouchKey:
    return VouchKey(happened_at="", key=key, member=person.id)


def ending(person: Person, key: Key) -> EndKey:
    return EndKey(happened_at="", key=key, member=person.id)


def revoking(key: Key) -> RevokeKey:
    return RevokeKey(happened_at="", key=key)


def test_a_member_adds_a_key_with_a_key(hall: Hall) -> None:
    hall.sign(AMARA, registration(hall, AMARA, another_key(AMARA)))
    assert hall.door.house.organisation.key_in_force(AMARA.id, another_key(AMARA).public)


def test_a_session_adds_no_key(hall: Hall) -> None:
    with refused("key-needed"):
        hall.do(DMITRI, registration(hall, DMITRI, DMITRI.key))


def test_a_new_key_shows_that_its_member_holds_it(hall: Hall) -> None:
    mine = registration(hall, AMARA, another_key(AMARA))
    for proof in (another_key(BO).sign(b""), another_key(AMARA).sign(b"another text")):
        with refused("key-proof"):
            hall.sign(AMARA, RegisterKey(happened_at="", key=mine.key, proof=proof))


def test_nobody_registers_a_key_that_showed_itself_to_another(hall: Hall) -> None:
    bos = registration(hall, BO, another_key(BO))
    with refused("key-proof"):
        hall.sign(AMARA, bos)


def test_a_key_is_one_members(hall: Hall) -> None:
    with refused("one-key-once"):
        hall.sign(AMARA, registration(hall, AMARA, BO.key))


def test_the_logs_key_is_nobodys(hall: Hall) -> None:
    with refused("one-key-once"):
        hall.sign(AMARA, registration(hall, AMARA, LOG_KEY))


def test_an_ended_key_never_returns(hall: Hall) -> None:
    hall.sign(AMARA, registration(hall, AMARA, another_key(AMARA)))
    hall.sign(AMARA, revoking(another_key(AMARA).public))
    with refused("one-key-once"):
        hall.sign(AMARA, registration(hall, AMARA, another_key(AMARA)))
    with refused("one-key-once"):
        hall.ask(AMARA, vouching(DMITRI, another_key(AMARA).public))


def test_a_weak_key_isnt_vouched_for(hall: Hall) -> None:
    with refused("key-unsound"):
        hall.ask(AMARA, vouching(DMITRI, Key("ed25519:" + "A" * 43 + "=")))


def test_others_vouch_for_a_first_key(hall: Hall) -> None:
    hall.jointly(vouching(DMITRI, DMITRI.key.public))
    hall.sign(DMITRI, revoking(DMITRI.key.public))
    assert not hall.door.house.organisation.has_key(DMITRI.id)


def test_nobody_vouches_for_strangers(hall: Hall) -> None:
    with refused("member-unknown"):
        hall.ask(AMARA, vouching(GORO, GORO.key.public))
    hall.do(DMITRI, LEAVING)
    with refused("membership-ended"):
        hall.ask(AMARA, vouching(DMITRI, DMITRI.key.public))


def test_a_revoked_key_signs_no_more(hall: Hall) -> None:
    hall.sign(AMARA, revoking(AMARA.key.public))
    with refused("key-unknown"):
        hall.sign(AMARA, LEAVING)


def test_one_revokes_ones_own_keys_only(hall: Hall) -> None:
    for key in (BO.key.public, GORO.key.public):
        with refused("key-unknown"):
            hall.sign(AMARA, revoking(key))


def test_others_end_a_stolen_key(hall: Hall) -> None:
    hall.jointly(ending(CHIARA, CHIARA.key.public))
    with refused("key-unknown"):
        hall.sign(CHIARA, LEAVING)


def test_a_key_ends_once_and_as_its_members(hall: Hall) -> None:
    with refused("key-unknown"):
        hall.ask(AMARA, ending(CHIARA, BO.key.public))
    hall.sign(CHIARA, revoking(CHIARA.key.public))
    with refused("key-unknown"):
        hall.ask(AMARA, ending(CHIARA, CHIARA.key.public))
