"""Neither an import left open nor a demonstration is a way around the rules."""

import pytest

from collegium.ids import Kind, Moment, PostId
from collegium.parts.approvals.acts import ApproveDeed, EnactDeed
from collegium.parts.deliberation.acts import OpenQuestion
from collegium.parts.organisation.acts import (
    AdmitMember,
    AdmitRoll,
    AmendRuleBook,
    CloseImport,
    CreatePost,
    EndKey,
    FillPost,
    Source,
    VouchKey,
)
from collegium.parts.organisation.clauses import CLAUSES
from collegium.secretariat.door import Asked, Door
from collegium.secretariat.drafting import DEMO, imported
from collegium.secretariat.registry import LINES
from tests.cast import AMARA, BO, CHIARA, ESI, FARID, GORO, Hall
from tests.forging import smuggle
from tests.refusing import refused

PAST = "2005-01-01T00:00:00Z"


@pytest.fixture
def importing() -> Hall:
    return Hall(source=Source(name="old-register", sha256="0" * 64))


def question(hall: Hall, happened_at: str = PAST) -> OpenQuestion:
    return OpenQuestion(body=hall.root, happened_at=happened_at, reference="")


def close(hall: Hall) -> CloseImport:
    return CloseImport(acts=hall.door.house.organisation.imported, happened_at="")


def test_nobody_lives_in_an_import_left_open(importing: Hall) -> None:
    assert smuggle(importing, importing.draft(AMARA, question(importing, ""))) == "import-open"
    with refused("import-open"):
        importing.ask(AMARA, CreatePost(body=importing.root, happened_at=""))


def test_nothing_is_added_once_its_close_was_approved(importing: Hall) -> None:
    importing.bring(AMARA, question(importing))
    asked = importing.ask(AMARA, close(importing))
    importing.approve(AMARA, asked)
    importing.approve(BO, asked)
    assert smuggle(importing, imported(importing.draft(AMARA, question(importing)))) == ""
    enacting = importing.draft(AMARA, EnactDeed(approval=asked, happened_at=""))
    assert smuggle(importing, enacting) == "import-changed"
    importing.jointly(close(importing), BO, CHIARA)
    assert importing.door.house.organisation.imported == 2


def test_nothing_is_added_after_the_close(importing: Hall) -> None:
    importing.jointly(close(importing))
    late = imported(importing.draft(AMARA, question(importing)))
    assert smuggle(importing, late) == "import-closed"
    assert Door(importing.archive).house.organisation.imported == 0


def test_an_organisation_without_a_source_imports_nothing(hall: Hall) -> None:
    assert smuggle(hall, imported(hall.draft(AMARA, question(hall)))) == "import-closed"


def test_an_import_makes_no_approvers(importing: Hall) -> None:
    """Without keys its members and holders of posts can't approve its close, nor get keys."""
    post = PostId(importing.bring(AMARA, CreatePost(body=importing.root, happened_at=PAST)))
    roll = AdmitRoll(body=importing.root, happened_at=PAST, members=(ESI.id, FARID.id))
    importing.bring(AMARA, roll)
    until = Moment("2006-01-01T00:00:00Z")
    filling = FillPost(basis="elected", happened_at=PAST, member=ESI.id, post=post, until=until)
    importing.bring(AMARA, filling)
    for body, rule in (
        (VouchKey(happened_at=PAST, key=ESI.key.public, member=ESI.id), "import-never"),
        (EndKey(happened_at=PAST, key=AMARA.key.public, member=AMARA.id), "import-never"),
        (AmendRuleBook(changes={"approvals.needed": 2}, happened_at=PAST), "import-never"),
        (admission(importing), "import-brings-no-key"),
    ):
        assert smuggle(importing, imported(importing.draft(AMARA, body))) == rule


def admission(hall: Hall) -> AdmitMember:
    return AdmitMember(body=hall.root, happened_at=PAST, key=GORO.key.public, member=GORO.id)


def test_no_act_that_rests_on_keys_is_imported() -> None:
    never = {line.kind for line in LINES if not line.importable}
    assert {line.kind for line in LINES if line.proof == "key"} <= never
    assert {line.kind for line in LINES if line.part == "approvals"} <= never
    assert Kind("organisation.close-import/1") in never


def test_a_demo_stays_a_demo_and_nothing_else_becomes_one(hall: Hall) -> None:
    demo = Hall(demo=True)
    pretended = hall.draft(AMARA, question(hall, ""))
    assert smuggle(hall, Asked(pretended.act, DEMO, pretended.payloads)) == "no-demo"
    assert not [name for name in CLAUSES if "demo" in name]
    demo.pretend(AMARA, question(demo, ""))
    assert Door(demo.archive).house.organisation.demo


def test_a_demo_act_approves_nothing() -> None:
    demo = Hall(demo=True)
    asked = demo.ask(AMARA, CreatePost(body=demo.root, happened_at=""))
    demo.approve(AMARA, asked)
    deed = demo.door.house.approvals.requests[asked].deed_hash
    body = ApproveDeed(approval=asked, deed=deed, happened_at="")
    with refused("key-needed"):
        demo.pretend(BO, body)
    with refused("joint-approval-needed"):
        demo.pretend(BO, CreatePost(body=demo.root, happened_at=""))
