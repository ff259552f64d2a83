"""Every deed that can be asked for has its sentence."""

import pytest

from collegium.ids import ActId, PostId
from collegium.parts.deliberation.acts import OpenQuestion
from collegium.parts.organisation import acts
from collegium.parts.organisation.shown import Person, Place, Sentence, Text
from collegium.record.moments import after
from collegium.secretariat.registry import DEED_TYPES, LINES
from collegium.secretariat.wording import _TELLINGS, deed_in_words
from tests.cast import AMARA, BO, Hall


@pytest.fixture
def hall() -> Hall:
    return Hall()


def plain(sentence: Sentence) -> str:
    """With members as #0, bodies as @1 and texts by their field."""
    return "".join(map(_plain, sentence))


def _plain(piece: str | Person | Place | Text) -> str:
    if isinstance(piece, Person):
        return f"#{piece.number}"
    if isinstance(piece, Place):
        return f"@{piece.number}"
    return f"[{piece.field}]" if isinstance(piece, Text) else piece


def test_every_deed_has_a_sentence() -> None:
    assert set(_TELLINGS) == {line.struct for line in LINES if line.kind in DEED_TYPES}


def test_the_end_of_a_membership_names_the_member(hall: Hall) -> None:
    body = acts.EndMembership(happened_at="", member=BO.id)
    assert plain(deed_in_words(hall.house, ActId(""), body)) == "End the membership of #1"


def test_an_admission_names_whom_the_request_seals(hall: Hall) -> None:
    body = acts.AdmitMember(body=hall.root, happened_at="", key="", member=BO.id)
    said = deed_in_words(hall.house, ActId("ABC"), body)
    assert plain(said) == "Admit [name] as a member of @1"
    assert Text(ActId("ABC"), "name") in said


def test_a_change_of_the_rule_book_says_the_new_clause(hall: Hall) -> None:
    body = acts.AmendRuleBook(changes={"decisions.shortest_days": 5}, happened_at="")
    said = plain(deed_in_words(hall.house, ActId(""), body))
    assert said == "Change the rule book: “A vote is open for at least 5 days.”"


def test_a_filled_post_has_its_title_its_term_and_its_basis(hall: Hall) -> None:
    post = PostId(hall.jointly(acts.CreatePost(body=hall.root, happened_at="")))
    until = after(hall.now, days=30)
    body = acts.FillPost(basis="lot", happened_at="", member=BO.id, post=post, until=until)
    said = plain(deed_in_words(hall.house, ActId(""), body))
    assert said == "Give #1 the post “[title]” in @1, by lot, until 31 May 2026"


def test_the_end_of_a_term_names_who_held_the_post(hall: Hall) -> None:
    first = hall.house.organisation.bodies[hall.root].posts[0]
    body = acts.VacatePost(happened_at="", post=first)
    said = plain(deed_in_words(hall.house, ActId(""), body, (AMARA.id,)))
    assert said == "End the term of #0 in seat 1 in @1"


def test_what_needs_no_approval_has_no_sentence(hall: Hall) -> None:
    body = OpenQuestion(body=hall.root, happened_at="", reference="")
    with pytest.raises(ValueError, match="needs joint approval"):
        deed_in_words(hall.house, ActId(""), body)
