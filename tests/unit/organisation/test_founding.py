import pytest
from msgspec.structs import replace

from collegium.ids import Key
from collegium.parts.organisation.acts import ConsentToFounding, Founder, FoundOrganisation
from collegium.parts.organisation.clauses import CLAUSES, ClauseValue, small_preset
from collegium.record.act import FOUNDING
from collegium.record.keys import PrivateKey
from collegium.secretariat.drafting import draft, signed
from tests.cast import AMARA, BO, CHIARA, DMITRI, FOUNDERS, LOG_KEY, Hall
from tests.refusing import refused

WEAK = Key("ed25519:" + "A" * 43 + "=")
CONSENT = ConsentToFounding(happened_at="")


@pytest.fixture
def hall() -> Hall:
    """Nothing is founded yet."""
    return Hall(founded=False)


def found(hall: Hall, body: FoundOrganisation, key: PrivateKey = AMARA.key) -> None:
    asked = draft(body.founders[0].member, body, at=hall.now, texts={"name": "The Co-op"})
    hall.perform(signed(asked, FOUNDING, key))


def with_founders(hall: Hall, *founders: Founder) -> FoundOrganisation:
    return replace(hall.founding(), founders=founders)


def test_three_found_and_sit_in_the_first_committee(hall: Hall) -> None:
    hall.found()
    organisation = hall.door.house.organisation
    assert organisation.names == [one.id for one in FOUNDERS]
    assert list(organisation.approvers(hall.root, hall.now)) == [0, 1, 2]
    assert not organisation.awaiting


def test_the_founders_seats_end(hall: Hall) -> None:
    hall.found()
    hall.later(days=365)
    assert not hall.door.house.organisation.sitting(hall.root, hall.now)


def test_the_log_is_named_after_its_first_entry(hall: Hall) -> None:
    assert hall.door.house.origin == FOUNDING
    hall.found()
    assert hall.door.house.origin.startswith("bakers.example/")


def test_nothing_is_founded_twice(hall: Hall) -> None:
    hall.found()
    with refused("founded-already"):
        hall.sign(AMARA, hall.founding())


def test_the_first_of_the_founders_founds(hall: Hall) -> None:
    asked = draft(BO.id, hall.founding(), at=hall.now, texts={"name": "The Co-op"})
    with refused("founder-first"):
        hall.perform(signed(asked, FOUNDING, AMARA.key))


def test_a_founder_stands_there_once(hall: Hall) -> None:
    twice = Founder(key=DMITRI.key.public, member=AMARA.id)
    with refused("one-founder-once"):
        found(hall, with_founders(hall, *hall.founding().founders[:2], twice))


def test_founders_share_no_key(hall: Hall) -> None:
    sharing = Founder(key=AMARA.key.public, member=CHIARA.id)
    with refused("one-key-once"):
        found(hall, with_founders(hall, *hall.founding().founders[:2], sharing))


def test_no_founder_has_the_logs_key(hall: Hall) -> None:
    operator = Founder(key=LOG_KEY.public, member=CHIARA.id)
    with refused("one-key-once"):
        found(hall, with_founders(hall, *hall.founding().founders[:2], operator))


def test_a_weak_key_founds_nothing(hall: Hall) -> None:
    weak = Founder(key=WEAK, member=CHIARA.id)
    with refused("key-unsound"):
        found(hall, with_founders(hall, *hall.founding().founders[:2], weak))
    with refused("key-unsound"):
        found(hall, replace(hall.founding(), log_key=WEAK))


def test_somebody_elses_key_founds_nothing(hall: Hall) -> None:
    with refused("key-unknown"):
        found(hall, hall.founding(), BO.key)


def test_a_rule_book_has_no_clauses_of_its_own(hall: Hall) -> None:
    with refused("clause-unknown"):
        found(hall, replace(hall.founding(), rule_book={"approvals.everybody": True}))


@pytest.mark.parametrize("value", [1, 16, True, "three"])
def test_a_clause_keeps_its_type_and_bounds(hall: Hall, value: ClauseValue) -> None:
    with refused("clause-bounds"):
        found(hall, replace(hall.founding(), rule_book={"approvals.needed": value}))


@pytest.mark.parametrize("name", CLAUSES)
def test_what_a_clause_says_by_itself_is_within_its_bounds(name: str) -> None:
    clause = CLAUSES[name]
    assert clause.admits(clause.silent)
    assert clause.admits(clause.small)
    assert clause.bounds()


def test_never_fewer_than_two_approve() -> None:
    assert CLAUSES["approvals.needed"].low == 2
    assert small_preset()["approvals.needed"] == 2


def test_each_founder_consents_once(hall: Hall) -> None:
    found(hall, hall.founding())
    hall.sign(BO, CONSENT)
    with refused("consent-once"):
        hall.sign(BO, CONSENT)


def test_who_founds_has_consented_by_it(hall: Hall) -> None:
    found(hall, hall.founding())
    with refused("consent-once"):
        hall.sign(AMARA, CONSENT)


def test_nobody_consents_by_a_session(hall: Hall) -> None:
    found(hall, hall.founding())
    with refused("key-needed"):
        hall.do(BO, CONSENT)
