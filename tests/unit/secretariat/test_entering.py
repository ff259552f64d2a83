import pytest
from msgspec import Raw
from msgspec.structs import replace

from collegium.ids import ActId, Commitment, Kind, Moment, ProposalId, QuestionId
from collegium.parts.deliberation.acts import OpenQuestion, PublishProposal, RaiseObjection
from collegium.parts.organisation.acts import (
    AmendRuleBook,
    ChangeStanding,
    CloseImport,
    ConsentToFounding,
    CreatePost,
    LeaveOrganisation,
    RevokeKey,
    Source,
)
from collegium.record.act import FOUNDING, By, Entry, read_entry
from collegium.record.canonical import NotCanonicalError, encode
from collegium.secretariat.door import Asked
from collegium.secretariat.drafting import DEMO, SESSION, draft, imported, signed
from collegium.secretariat.entering import read
from tests.cast import AMARA, BO, CHIARA, DMITRI, GORO, Hall, needed_texts
from tests.forging import another_key, self_signed, smuggle, smuggle_bytes
from tests.refusing import refused

LEAVING = LeaveOrganisation(happened_at="")
CONSENT = ConsentToFounding(happened_at="")
PAST = "2005-01-01T00:00:00Z"
REGISTER = Source(name="old-register", sha256="0" * 64)


def question(hall: Hall, happened_at: str = "") -> OpenQuestion:
    return OpenQuestion(body=hall.root, happened_at=happened_at, reference="")


def asked(hall: Hall) -> Asked:
    return hall.draft(DMITRI, question(hall))


def changed(hall: Hall, **fields: object) -> Asked:
    """Dmitri's question with some of the act's fields changed."""
    one = asked(hall)
    return replace(one, act=replace(one.act, **fields))


# What is read.


def test_an_unknown_kind_is_refused(hall: Hall) -> None:
    with refused("kind-unknown"):
        hall.perform(changed(hall, kind=Kind("deliberation.open-question/2")))


def test_another_kinds_body_is_no_act(hall: Hall) -> None:
    with pytest.raises(NotCanonicalError, match="expected the body of"):
        hall.perform(changed(hall, kind=Kind("organisation.leave-organisation/1")))


@pytest.mark.parametrize("body", ['{"happened_at": ""}', '{"happened_at":"\\u0061"}'])
def test_a_body_has_one_spelling(hall: Hall, body: str) -> None:
    kind = Kind("organisation.leave-organisation/1")
    one = changed(hall, kind=kind, body=Raw(body.encode()), sealed={})
    with pytest.raises(NotCanonicalError, match="one spelling"):
        hall.perform(replace(one, payloads=()))


def test_a_body_lacks_nothing_and_has_nothing_more(hall: Hall) -> None:
    kind = Kind("organisation.leave-organisation/1")
    for body in (b"{}", b'{"happened_at":"","why":""}'):
        data = encode(Entry(changed(hall, kind=kind, body=Raw(body)).act, hall.now, SESSION, 1))
        with pytest.raises(NotCanonicalError):
            read(data)


def test_bytes_that_spell_no_act_stand_without_effect(hall: Hall) -> None:
    assert smuggle_bytes(hall, asked(hall), b'{"act":1}') == "not-canonical"
    assert smuggle_bytes(hall, asked(hall), b"\xff\x00") == "not-canonical"


# When and on what.


def test_an_act_has_a_capital_id(hall: Hall) -> None:
    for name in ("a" * 26, "-" * 26, "Ä" * 26):
        with refused("act-id"):
            hall.perform(draft(DMITRI.id, LEAVING, at=hall.now, name=ActId(name)))


def test_time_never_decreases(hall: Hall) -> None:
    hall.later(hours=1)
    hall.do(DMITRI, question(hall))
    assert smuggle(hall, asked(hall), at=Moment("2026-05-01T09:59:59Z")) == "time-decreases"
    assert smuggle(hall, asked(hall), at=hall.now) == ""


@pytest.mark.parametrize("at", ["2026-13-01T00:00:00Z", "2026-12-01 00:00:00Z", "9" * 20])
def test_time_is_a_moment(hall: Hall, at: str) -> None:
    assert smuggle(hall, asked(hall), at=Moment(at)) == "time-unreadable"


def test_the_door_never_goes_back_in_time(hall: Hall) -> None:
    before = hall.door.house.at
    hall.now = Moment("2001-01-01T00:00:00Z")
    hall.do(DMITRI, question(hall))
    assert hall.door.house.at == before


def test_an_act_may_be_based_on_an_older_record(hall: Hall) -> None:
    older = asked(hall)
    hall.do(DMITRI, question(hall))
    hall.perform(older)
    hall.perform(draft(DMITRI.id, LEAVING, at=hall.now))
    assert hall.door.house.organisation.members[DMITRI.id].left


def test_an_act_isnt_based_on_a_longer_record(hall: Hall) -> None:
    size = hall.door.house.size
    with refused("base-unknown"):
        hall.perform(changed(hall, base=(size + 1, asked(hall).act.base[1])))


@pytest.mark.parametrize("size", [0, 3, 7])
def test_an_act_isnt_based_on_another_record(hall: Hall, size: int) -> None:
    with refused("base-unknown"):
        hall.perform(changed(hall, base=(size, "A" * 43 + "=")))


# Payloads.


def test_a_text_that_is_needed_is_there(hall: Hall) -> None:
    with refused("payload-missing"):
        hall.perform(draft(DMITRI.id, question(hall), at=hall.now))


def test_a_text_that_no_kind_knows_isnt_kept(hall: Hall) -> None:
    with refused("payload-unknown"):
        hall.do(DMITRI, LEAVING, farewell="It was nice.")


def test_a_commitment_is_32_bytes(hall: Hall) -> None:
    text = Commitment("?" * 44)
    assert smuggle(hall, changed(hall, sealed={"text": text})) == "commitment-unreadable"


def test_an_acts_payloads_are_those_it_names(hall: Hall) -> None:
    one, other = asked(hall), asked(hall)
    for payloads in ((), other.payloads, (*one.payloads, *one.payloads)):
        with refused("payloads-differ"):
            hall.perform(replace(one, payloads=payloads))


def test_a_payload_is_the_one_sealed(hall: Hall) -> None:
    one = asked(hall)
    for different in ({"content": b"other"}, {"act": ActId("A" * 26)}, {"salt": b"0" * 32}):
        with refused("payloads-differ"):
            hall.perform(replace(one, payloads=(replace(one.payloads[0], **different),)))


# Stages.


def test_nothing_comes_before_the_founding() -> None:
    hall = Hall(founded=False)
    with refused("not-founded"):
        hall.perform(draft(DMITRI.id, LEAVING, at=hall.now))


def test_a_founding_is_the_first_entry_or_none() -> None:
    hall = Hall(founded=False)
    smuggle_bytes(hall, draft(DMITRI.id, LEAVING, at=hall.now), b"{}")
    founding = draft(AMARA.id, hall.founding(), at=hall.now, texts={"name": "The Co-op"})
    with refused("not-founded"):
        hall.perform(signed(founding, FOUNDING, AMARA.key))


def test_nothing_comes_between_founding_and_consents() -> None:
    hall = Hall(founded=False)
    founding = draft(AMARA.id, hall.founding(), at=hall.now, texts={"name": "The Co-op"})
    hall.perform(signed(founding, FOUNDING, AMARA.key))
    for person in (AMARA, BO):
        with refused("founding-open"):
            hall.sign(person, LEAVING)
    hall.sign(BO, CONSENT)
    with refused("founding-open"):
        hall.sign(BO, LEAVING)
    hall.sign(CHIARA, CONSENT)
    hall.sign(BO, LEAVING)


def test_nobody_else_acts_while_an_import_is_open() -> None:
    hall = Hall(source=REGISTER)
    with refused("import-open"):
        hall.do(AMARA, question(hall))
    with refused("import-open"):
        hall.sign(AMARA, LEAVING)


def test_only_the_close_is_asked_for_while_an_import_is_open() -> None:
    hall = Hall(source=REGISTER)
    with refused("import-open"):
        hall.ask(AMARA, CreatePost(body=hall.root, happened_at=""))
    hall.jointly(CloseImport(acts=0, happened_at=""))
    hall.do(AMARA, question(hall))


# Who, and how they are known.


def test_strangers_do_nothing(hall: Hall) -> None:
    with refused("member-unknown"):
        hall.do(GORO, question(hall))


def test_who_left_does_nothing(hall: Hall) -> None:
    hall.do(DMITRI, LEAVING)
    with refused("membership-ended"):
        hall.do(DMITRI, question(hall))


def test_a_suspended_member_objects_and_leaves_and_no_more(hall: Hall) -> None:
    asked_for = QuestionId(hall.do(AMARA, question(hall)))
    published = PublishProposal(happened_at="", language="en", question=asked_for, reference="")
    proposal = ProposalId(hall.do(AMARA, published))
    suspended = ChangeStanding(happened_at="", member=DMITRI.id, standing="suspended")
    hall.jointly(suspended)
    with refused("not-in-standing"):
        hall.do(DMITRI, question(hall))
    hall.do(DMITRI, RaiseObjection(happened_at="", proposal=proposal, version=1))
    hall.do(DMITRI, LEAVING)


def test_a_session_has_no_key(hall: Hall) -> None:
    one = asked(hall)
    for by in (By("session", "key", ""), By("session", "", "sig")):
        with refused("proof-surplus"):
            hall.perform(replace(one, by=by))


def test_a_session_isnt_enough_for_ones_keys(hall: Hall) -> None:
    with refused("key-needed"):
        hall.do(AMARA, RevokeKey(happened_at="", key=AMARA.key.public))


def test_another_members_key_proves_nothing(hall: Hall) -> None:
    with refused("key-unknown"):
        hall.perform(self_signed(hall, AMARA, question(hall), BO.key))
    with refused("key-unknown"):
        hall.perform(self_signed(hall, AMARA, question(hall), another_key(AMARA)))


def test_a_signature_is_over_this_act_and_this_log(hall: Hall) -> None:
    one = hall.draft(AMARA, question(hall))
    elsewhere = signed(one, FOUNDING, AMARA.key)
    other = signed(hall.draft(AMARA, question(hall)), hall.door.house.origin, AMARA.key)
    for by in (elsewhere.by, other.by, By("key", AMARA.key.public, "")):
        with refused("member-signature"):
            hall.perform(replace(one, by=by))


def test_this_release_knows_no_passkeys(hall: Hall) -> None:
    with refused("proof-unknown"):
        hall.perform(replace(asked(hall), by=By("passkey", "", "")))
    with refused("proof-surplus"):
        hall.perform(replace(asked(hall), by=By("passkey", AMARA.key.public, "")))


def test_demo_acts_are_a_demos() -> None:
    demo, living = Hall(demo=True), Hall()
    demo.pretend(AMARA, question(demo))
    with refused("no-demo"):
        living.pretend(AMARA, question(living))


def test_even_a_demo_signs_what_needs_a_key() -> None:
    hall = Hall(demo=True)
    with refused("key-needed"):
        hall.pretend(AMARA, RevokeKey(happened_at="", key=AMARA.key.public))
    with refused("proof-surplus"):
        hall.perform(replace(asked_of(hall), by=replace(DEMO, sig="x")))


def asked_of(hall: Hall) -> Asked:
    return hall.draft(AMARA, question(hall))


# Import.


def test_an_import_brings_the_past() -> None:
    hall = Hall(source=REGISTER)
    name = QuestionId(hall.bring(AMARA, question(hall, PAST)))
    assert hall.door.house.deliberation.questions[name].opened == PAST
    assert hall.door.house.organisation.imported == 1


@pytest.mark.parametrize("happened_at", ["", "yesterday", "2026-05-01T09:00:01Z"])
def test_an_imported_act_happened_in_the_past(happened_at: str) -> None:
    hall = Hall(source=REGISTER)
    with refused("happened-at"):
        hall.bring(AMARA, question(hall, happened_at))


def test_a_living_act_says_nothing_but_a_moment_of_the_past(hall: Hall) -> None:
    hall.do(AMARA, question(hall, PAST))
    for words in ("Bo took the cash", "2026-05-01T09:00:01Z"):
        with refused("happened-at"):
            hall.do(AMARA, question(hall, words))


def test_some_acts_are_never_imported() -> None:
    hall = Hall(source=REGISTER)
    for body in (
        AmendRuleBook(changes={"approvals.needed": 3}, happened_at=PAST),
        CloseImport(acts=0, happened_at=PAST),
        ConsentToFounding(happened_at=PAST),
    ):
        with refused("import-never"):
            hall.bring(AMARA, body)


def test_an_imported_act_has_no_key() -> None:
    hall = Hall(source=REGISTER)
    one = imported(hall.draft(AMARA, question(hall, PAST)))
    with refused("proof-surplus"):
        hall.perform(replace(one, by=By("import", AMARA.key.public, "")))


def test_nothing_is_imported_after_the_close() -> None:
    hall = Hall(source=REGISTER)
    hall.jointly(CloseImport(acts=0, happened_at=""))
    with refused("import-closed"):
        hall.bring(AMARA, question(hall, PAST))


# Authority.


def test_what_needs_joint_approval_nobody_does_alone(hall: Hall) -> None:
    for do in (hall.do, hall.sign):
        with refused("joint-approval-needed"):
            do(AMARA, CreatePost(body=hall.root, happened_at=""))


def test_the_refusal_says_how_many_are_needed() -> None:
    hall = Hall(rule_book={})
    with refused("joint-approval-needed") as no:
        hall.do(AMARA, CreatePost(body=hall.root, happened_at=""))
    assert "3 who hold a post in body number 1 approve it together" in no.value.reason


def test_an_entry_is_read_back_as_it_was_written(hall: Hall) -> None:
    for data in hall.archive.entries(0):
        entry, line, body = read(data)
        assert encode(read_entry(data)) == data
        assert encode(body) == bytes(entry.act.body)
        assert set(needed_texts(line)) <= set(entry.act.sealed)
