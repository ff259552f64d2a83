import pytest
from msgspec.structs import replace

from collegium.ids import Commitment
from collegium.parts.organisation.acts import AmendRuleBook, CloseImport, ErasePayload, Source
from collegium.parts.organisation.clauses import ClauseValue
from tests.cast import AMARA, BO, Hall
from tests.refusing import refused


def amendment(**changes: ClauseValue) -> AmendRuleBook:
    named = {name.replace("__", "."): value for name, value in changes.items()}
    return AmendRuleBook(changes=named, happened_at="")


def test_a_change_waits_and_holds(hall: Hall) -> None:
    asked = hall.now
    hall.jointly(amendment(decisions__quorum_percent=10))
    assert hall.now > asked
    assert hall.door.house.organisation.number_clause("decisions.quorum_percent") == 10


def test_a_silent_clause_has_its_value(hall: Hall) -> None:
    assert hall.door.house.organisation.clause("posts.longest_days") == 1461


def test_a_change_is_to_clauses_that_exist(hall: Hall) -> None:
    with refused("clause-unknown"):
        hall.ask(AMARA, amendment(approvals__all=2))


@pytest.mark.parametrize("value", [0, 1, 16, "two", False])
def test_nobody_amends_the_approvals_below_two(hall: Hall, value: ClauseValue) -> None:
    with refused("clause-bounds"):
        hall.ask(AMARA, amendment(approvals__needed=value))


def test_a_choice_is_one_of_those_named(hall: Hall) -> None:
    with refused("clause-bounds"):
        hall.ask(AMARA, amendment(decisions__openers="chair"))
    hall.jointly(amendment(decisions__openers="committee"))


def test_a_change_changes_something(hall: Hall) -> None:
    with refused("clause-unchanged"):
        hall.ask(AMARA, amendment(approvals__needed=2))


def test_of_two_equal_changes_one_is_made(hall: Hall) -> None:
    first, second = (hall.ask(AMARA, amendment(approvals__needed=3)) for _ in range(2))
    for request in (first, second):
        hall.approve(AMARA, request)
        hall.approve(BO, request)
    hall.later(days=3)
    hall.enact(AMARA, first)
    with refused("approvals-missing"):  # three are needed from now on
        hall.enact(AMARA, second)


def test_an_import_is_closed_for_ever() -> None:
    hall = Hall(source=Source(name="old-register", sha256="0" * 64))
    hall.jointly(CloseImport(acts=0, happened_at=""))
    assert not hall.door.house.organisation.importing
    with refused("import-closed"):
        hall.ask(AMARA, CloseImport(acts=0, happened_at=""))


def test_without_a_source_nothing_is_imported(hall: Hall) -> None:
    with refused("import-closed"):
        hall.ask(AMARA, CloseImport(acts=0, happened_at=""))


def test_an_import_is_closed_over_what_was_seen() -> None:
    hall = Hall(source=Source(name="old-register", sha256="0" * 64))
    with refused("import-changed"):
        hall.ask(AMARA, CloseImport(acts=1, happened_at=""))


def erasure(hall: Hall) -> ErasePayload:
    payload = next(hall.archive.payloads())
    return ErasePayload(commitment=payload.commitment, entry=payload.act, happened_at="")


def test_a_payload_is_erased(hall: Hall) -> None:
    gone = erasure(hall)
    hall.jointly(gone)
    assert gone.commitment in hall.door.house.organisation.erased
    assert hall.archive.payload(gone.commitment) is None


def test_a_payload_is_erased_once(hall: Hall) -> None:
    gone = erasure(hall)
    hall.jointly(gone)
    with refused("erased-already"):
        hall.ask(AMARA, gone)


def test_erasing_leaves_other_payloads(hall: Hall) -> None:
    before = {payload.commitment for payload in hall.archive.payloads()}
    gone = erasure(hall)
    hall.jointly(gone)
    after = {payload.commitment for payload in hall.archive.payloads()}
    assert before - after == {Commitment(gone.commitment)}


def test_an_erasure_carries_no_other_words_than_names(hall: Hall) -> None:
    gone = erasure(hall)
    with refused("commitment-unreadable"):
        hall.ask(AMARA, replace(gone, commitment="Bo took the money from the till on Friday!!!"))
    with refused("act-unreadable"):
        hall.ask(AMARA, replace(gone, entry="Bo took it, ask him today."))
