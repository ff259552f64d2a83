"""A page's texts come in one look, and only to those who may read them."""

from collegium.ids import ActId, QuestionId
from collegium.parts.deliberation.acts import OpenQuestion, PublishProposal
from collegium.parts.deliberation.pages import proposal_page
from collegium.parts.organisation.acts import AdmitMember, ErasePayload
from collegium.parts.organisation.shown import Text, Visit
from collegium.secretariat.texts import Texts, texts_in
from tests.cast import AMARA, DMITRI, ESI, GORO, Hall, Person


def hall_with_proposal() -> tuple[Hall, ActId]:
    hall = Hall()
    admit = AdmitMember(body=hall.root, happened_at="", key="", member=DMITRI.id)
    hall.jointly(admit, name="Dmitri Orlov", details="born in Perm")
    asked = OpenQuestion(body=hall.root, happened_at="", reference="")
    question = hall.do(AMARA, asked, text="When do we bake?")
    body = PublishProposal(
        happened_at="", language="en", question=QuestionId(question), reference=""
    )
    return hall, hall.do(DMITRI, body, title="Bake at four", text="We bake at four.")


def words(hall: Hall, person: Person, text: Text) -> str:
    opened = Texts(hall.door).fetch([text], person.id).texts[text]
    return opened.words or opened.condition


def test_a_page_names_its_texts_and_a_member_reads_them() -> None:
    hall, proposal = hall_with_proposal()
    page = proposal_page(hall.door.house, Visit(AMARA.id, hall.now), 1)
    assert Text(proposal, "title") in set(texts_in(page))
    fetched = Texts(hall.door).fetch(texts_in(page), AMARA.id)
    assert fetched.texts[page.row.title].words == "Bake at four"
    assert fetched.texts[page.row.author.name].words == "Dmitri Orlov"
    assert fetched.places[proposal] == hall.door.house.size - 1


def test_nobody_and_strangers_read_nothing_of_the_members() -> None:
    hall, proposal = hall_with_proposal()
    title = Text(proposal, "title")
    assert Texts(hall.door).fetch([title], None).texts[title].condition == "hidden"
    assert words(hall, GORO, title) == "hidden"


def test_details_are_read_by_whom_they_are_about() -> None:
    hall, _ = hall_with_proposal()
    hall.admit(ESI)
    details = Text(hall.door.house.organisation.members[DMITRI.id].admitted, "details")
    assert words(hall, DMITRI, details) == "born in Perm"
    assert words(hall, ESI, details) == "hidden"


def test_an_erased_text_is_gone_though_it_was_read_before() -> None:
    hall, proposal = hall_with_proposal()
    texts, text = Texts(hall.door), Text(proposal, "text")
    assert texts.fetch([text], AMARA.id).texts[text].words == "We bake at four."
    payloads = hall.archive.payloads()
    commitment = next(p.commitment for p in payloads if (p.act, p.field) == (proposal, "text"))
    hall.jointly(ErasePayload(commitment=commitment, entry=proposal, happened_at=""))
    assert texts.fetch([text], AMARA.id).texts[text].condition == "erased"


def test_a_text_that_nobody_sealed_is_missing() -> None:
    hall, proposal = hall_with_proposal()
    assert words(hall, AMARA, Text(proposal, "note")) == "missing"
    assert words(hall, AMARA, Text(ActId("0" * 26), "text")) == "missing"
