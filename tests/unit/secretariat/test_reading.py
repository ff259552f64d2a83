"""Who may read: every role beside every kind of entry and payload."""

import pytest

from collegium.ids import MemberId
from collegium.parts.organisation.acts import LeaveOrganisation
from collegium.parts.organisation.clauses import small_preset
from collegium.secretariat.entering import read
from collegium.secretariat.line import Line, Readers
from collegium.secretariat.reading import Matter, audience, matter_of, may_read
from collegium.secretariat.registry import BY_KIND, LINES
from tests.cast import AMARA, BO, CHIARA, DMITRI, ESI, FARID, GORO, Hall, Person

ACTOR, SUBJECT, SITTING, MEMBER, FORMER, NOBODY = AMARA, DMITRI, BO, ESI, FARID, GORO
ROLES = (ACTOR, SUBJECT, SITTING, MEMBER, FORMER, NOBODY)

READ_BY: dict[Readers, set[Person]] = {
    "public": set(ROLES),
    "members": {ACTOR, SUBJECT, SITTING, MEMBER},
    "body": {ACTOR, SUBJECT, SITTING},
    "subject": {ACTOR, SUBJECT},
}
"""The roles that read each class; whoever wrote something or is its subject always does."""


@pytest.fixture(scope="module")
def hall() -> Hall:
    hall = Hall()
    hall.admit(DMITRI, ESI, FARID)

    hall.do(FARID, LeaveOrganisation(happened_at=""))
    return hall


def classes_of(line: Line) -> list[tuple[str, Readers, str]]:
    """The entry and each payload: field, class, and the clause that opens it."""
    fields = [(field, one.readers, one.opened_by) for field, one in line.sealed.items()]
    return [("", line.readers, "record.readers"), *fields]


@pytest.mark.parametrize("line", LINES, ids=[line.kind for line in LINES])
@pytest.mark.parametrize("person", ROLES, ids=[one.name for one in ROLES])
def test_each_role_reads_what_its_class_allows(hall: Hall, line: Line, person: Person) -> None:
    for _, readers, clause in classes_of(line):
        matter = Matter(readers, ACTOR.id, hall.root, (SUBJECT.id,), clause)
        assert may_read(hall.door.house, person.id, matter) is (person in READ_BY[readers])


@pytest.mark.parametrize("line", LINES, ids=[line.kind for line in LINES])
def test_whoever_is_not_known_reads_only_what_is_public(hall: Hall, line: Line) -> None:
    for _, readers, clause in classes_of(line):
        matter = Matter(readers, ACTOR.id, hall.root, (SUBJECT.id,), clause)
        assert may_read(hall.door.house, None, matter) is (readers == "public")


def test_a_book_that_opens_the_record_does_not_open_names() -> None:
    house = Hall(rule_book=small_preset() | {"record.readers": "public"}).door.house
    texts = Matter("members", ACTOR.id, "", (), "record.readers")
    names = Matter("members", ACTOR.id, "", (), "names.readers")
    assert (may_read(house, None, texts), may_read(house, None, names)) == (True, False)


def test_an_opened_record_is_anybodys_and_another_its_members(hall: Hall) -> None:
    book = small_preset() | {"record.readers": "public"}
    assert audience(Hall(rule_book=book).door.house) == "anybody"
    assert "members" in audience(hall.door.house)


def test_every_entry_of_a_record_has_its_readers(hall: Hall) -> None:
    for data in hall.archive.entries(0):
        entry, line, _ = read(data)
        assert matter_of(hall.door.house, data).readers == line.readers
        for field in entry.act.sealed:
            assert matter_of(hall.door.house, data, field).readers in READ_BY


def test_a_requests_payload_is_read_as_its_deeds_would_be(hall: Hall) -> None:
    request = next(data for data in hall.archive.entries(0) if b"ask-approval" in data)
    assert matter_of(hall.door.house, request, "details").readers == "subject"
    assert matter_of(hall.door.house, request, "name").opened_by == "names.readers"


def test_who_has_left_reads_no_more_than_anybody(hall: Hall) -> None:
    matter = Matter("body", CHIARA.id, hall.root, (), "record.readers")
    assert not may_read(hall.door.house, FARID.id, matter)
    assert not may_read(hall.door.house, MemberId("m:" + "A" * 22), matter)


def test_the_registry_names_no_readers_that_are_unknown() -> None:
    known = set(READ_BY)
    assert {line.readers for line in BY_KIND.values()} <= known
