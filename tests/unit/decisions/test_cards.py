"""Card votes: delegates vote for the members of their branches, whole or split."""

import pytest
from msgspec.structs import replace

from collegium.ids import BodyId, VoteId
from collegium.parts.decisions.acts import (
    ALL_MEMBERS,
    MOST_CARDS,
    MOST_MARKS,
    Card,
    CastCard,
    CountedBallots,
    Manner,
    OpenVote,
)
from collegium.parts.organisation.acts import AdmitRoll, CreateBody, TransferMember
from tests.cast import AMARA, CHIARA, DMITRI, ESI, FARID, GORO, Person
from tests.refusing import refused
from tests.voting import MAJORITY, PLAIN, Voting


@pytest.fixture
def here(hall: Voting) -> BodyId:
    branch = hall.branch(DMITRI, ESI)
    hall.admit(GORO, body=branch)
    return branch


@pytest.fixture
def there(hall: Voting) -> BodyId:
    branch = hall.branch(FARID)
    hall.admit(Person("Hana"), body=branch)
    return branch


def carded(hall: Voting, *cards: tuple[BodyId, Person, int]) -> OpenVote:
    made = tuple(Card(body=body, member=person.id, votes=votes) for body, person, votes in cards)
    manner = Manner(cards=made, kind="cards", tellers=())
    return hall.plain_vote(counting=MAJORITY, manner=manner)


@pytest.fixture
def vote(hall: Voting, here: BodyId, there: BodyId) -> VoteId:
    return hall.open(AMARA, carded(hall, (here, DMITRI, 2), (here, ESI, 1), (there, FARID, 2)))


def cast_card(hall: Voting, person: Person, vote: VoteId, **counts: int) -> None:
    """`r12=2` is two votes that say `12`."""
    parts = tuple(CountedBallots(many, name.removeprefix("r")) for name, many in counts.items())
    hall.do(person, CastCard(happened_at="", parts=parts, vote=vote))


def test_delegates_cast_the_votes_of_their_branches(hall: Voting, vote: VoteId) -> None:
    assert hall.vote(vote).entitled == 5
    cast_card(hall, DMITRI, vote, r12=2)
    cast_card(hall, FARID, vote, r12=1, r21=1)
    assert hall.vote(vote).received == 4
    hall.finish(ESI, vote)
    assert (hall.vote(vote).winners, hall.vote(vote).counted) == ((1,), 4)


def test_the_last_cast_of_a_card_counts(hall: Voting, vote: VoteId) -> None:
    cast_card(hall, DMITRI, vote, r12=2)
    cast_card(hall, DMITRI, vote, r21=1)
    assert hall.vote(vote).received == 1
    hall.finish(ESI, vote)
    assert hall.vote(vote).winners == (2,)


def test_a_card_says_no_more_than_it_carries(hall: Voting, vote: VoteId) -> None:
    with refused("card-exceeded"):
        cast_card(hall, DMITRI, vote, r12=1, r21=2)


def test_who_holds_no_card_casts_none(hall: Voting, vote: VoteId) -> None:
    with refused("no-card"):
        cast_card(hall, CHIARA, vote, r12=1)


def test_a_card_is_readable(hall: Voting, vote: VoteId) -> None:
    with refused("ballot-unreadable"):
        cast_card(hall, DMITRI, vote, r123=1)
    with refused("ballot-equal"):
        cast_card(hall, DMITRI, vote, r11=1)


def test_cards_and_ballots_arent_mixed(hall: Voting, vote: VoteId) -> None:
    with refused("manner-differs"):
        hall.cast(DMITRI, vote, "12")
    with refused("manner-differs"):
        hall.jointly(hall.paper(vote, r12=1))
    plain = hall.open(ESI, hall.plain_vote())
    with refused("manner-differs"):
        cast_card(hall, DMITRI, plain, r12=1)


def test_cards_are_cast_while_the_vote_is_open(hall: Voting, vote: VoteId) -> None:
    hall.now = hall.vote(vote).closes
    with refused("vote-closed"):
        cast_card(hall, DMITRI, vote, r12=1)


def test_a_branchs_cards_carry_at_most_its_membership(hall: Voting, here: BodyId) -> None:
    with refused("card-votes"):
        hall.open(AMARA, carded(hall, (here, DMITRI, 2), (here, ESI, 2)))


def test_a_branch_isnt_counted_twice(hall: Voting, here: BodyId) -> None:
    inner = BodyId(hall.jointly(CreateBody(happened_at="", kind="workplace", level=0, parent=here)))
    hall.jointly(TransferMember(happened_at="", member=ESI.id, to=inner))
    with refused("cards-twice"):
        hall.open(AMARA, carded(hall, (here, DMITRI, 2), (inner, ESI, 1)))
    hall.open(AMARA, carded(hall, (inner, ESI, 1)))


def test_a_branchs_card_is_held_by_one_of_its_members(
    hall: Voting, here: BodyId, there: BodyId
) -> None:
    for stranger in (FARID, AMARA, Person("Nobody")):
        with refused("card-holder"):
            hall.open(AMARA, carded(hall, (here, stranger, 1), (there, FARID, 1)))


def test_a_delegate_holds_one_card_for_a_branch(hall: Voting, here: BodyId) -> None:
    with refused("cards-terms"):
        hall.open(AMARA, carded(hall, (here, DMITRI, 1), (here, DMITRI, 1)))


def test_cards_are_named_where_they_vote_and_only_there(hall: Voting, here: BodyId) -> None:
    with refused("electorate-empty"):
        hall.open(AMARA, carded(hall))
    opening = carded(hall, (here, DMITRI, 1))
    with refused("cards-terms"):
        hall.open(AMARA, replace(opening, manner=replace(opening.manner, kind="ballots")))
    with refused("cards-terms"):
        hall.open(AMARA, replace(opening, electorate=replace(ALL_MEMBERS, kind="sitting")))


def test_branches_with_cards_are_parts_of_the_vote_s_body(
    hall: Voting, here: BodyId, there: BodyId
) -> None:
    with refused("branch-elsewhere"):
        hall.open(AMARA, replace(carded(hall, (there, FARID, 1)), body=here))


def test_members_alone_hand_out_no_cards(hall: Voting, here: BodyId) -> None:
    with refused("opener"):
        hall.open(ESI, carded(hall, (here, ESI, 3)))


def test_cards_are_open(hall: Voting, here: BodyId) -> None:
    with refused("manner-open"):
        hall.open(AMARA, replace(carded(hall, (here, ESI, 3)), secret=True))


def test_as_many_cards_as_there_may_be_fit_into_one_entry(hall: Voting) -> None:
    crowd = tuple(Person(f"Delegate {number}") for number in range(MOST_CARDS))
    for start in range(0, MOST_CARDS, 60):
        names = tuple(person.id for person in crowd[start : start + 60])
        hall.jointly(AdmitRoll(body=hall.root, happened_at="", members=names))
    proposal = hall.publish(ESI, hall.ask_question(ESI))
    options = (replace(PLAIN, proposal=proposal, version=1),) * MOST_MARKS
    opening = carded(hall, *((hall.root, person, 1) for person in crowd))
    vote = hall.open(AMARA, replace(opening, options=options))
    assert hall.vote(vote).entitled == MOST_CARDS
