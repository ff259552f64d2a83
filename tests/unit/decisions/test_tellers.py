"""What tellers enter: shows of hands, roll calls, spoilt paper."""

import pytest
from msgspec.structs import replace

from collegium.ids import VoteId
from collegium.parts.decisions.acts import (
    ALL_MEMBERS,
    Answer,
    CountedBallots,
    EnterHands,
    EnterRollCall,
    Manner,
    Quorum,
)
from collegium.parts.organisation.acts import AdmitRoll, ChangeStanding
from tests.cast import (
    AMARA,
    BO,
    CHIARA,
    DMITRI,
    ESI,
    FARID,
    FOUNDERS,
    GORO,
    MEMBERS,
    Person,
)
from tests.refusing import refused
from tests.voting import MAJORITY, PLAIN, Voting, by_method

HANDS = Manner(cards=(), kind="hands", tellers=(AMARA.id, BO.id, CHIARA.id))
CALLED = replace(HANDS, kind="roll-call")
SITTING = replace(ALL_MEMBERS, kind="sitting")
OF_PRESENT = replace(MAJORITY, base="present")


@pytest.fixture
def vote(hall: Voting) -> VoteId:
    """A show of hands of all members."""
    return hall.open(AMARA, hall.plain_vote(counting=OF_PRESENT, manner=HANDS))


@pytest.fixture
def called(hall: Voting) -> VoteId:
    """A roll call of all members."""
    return hall.open(AMARA, hall.plain_vote(counting=OF_PRESENT, manner=CALLED))


def call(hall: Voting, teller: Person, vote: VoteId, *answers: tuple[Person, str]) -> None:
    said = tuple(Answer(marks=marks, member=person.id) for person, marks in answers)
    hall.sign(teller, EnterRollCall(answers=said, happened_at="", vote=vote))


# Hands.


def test_hands_count_once_two_tellers_have_entered_the_same(hall: Voting, vote: VoteId) -> None:
    hall.raise_hands(AMARA, vote, 5, r12=3, r21=1, blank=1)
    assert not hall.vote(vote).agreed
    hall.raise_hands(BO, vote, 5, blank=1, r21=1, r12=3)
    assert hall.vote(vote).anonymous == {"12": 3, "21": 1, "--": 1}
    hall.finish(ESI, vote)
    assert (hall.vote(vote).winners, hall.vote(vote).counted) == ((1,), 5)


def test_tellers_who_differ_count_again(hall: Voting, vote: VoteId) -> None:
    hall.raise_hands(AMARA, vote, 5, r12=3)
    hall.raise_hands(BO, vote, 5, r12=2)
    assert hall.vote(vote).received == 0
    hall.raise_hands(AMARA, vote, 5, r12=2)
    assert hall.vote(vote).anonymous == {"12": 2}


def test_a_third_teller_decides_between_two(hall: Voting, vote: VoteId) -> None:
    hall.raise_hands(AMARA, vote, 5, r12=3)
    hall.raise_hands(BO, vote, 5, r12=2)
    hall.raise_hands(CHIARA, vote, 5, r12=3)
    assert hall.vote(vote).anonymous == {"12": 3}


def test_one_teller_alone_counts_nothing_twice(hall: Voting, vote: VoteId) -> None:
    hall.raise_hands(AMARA, vote, 5, r12=3)
    hall.raise_hands(AMARA, vote, 5, r12=3)
    assert not hall.vote(vote).agreed


def test_how_many_were_present_is_part_of_it(hall: Voting, vote: VoteId) -> None:
    hall.raise_hands(AMARA, vote, 6, r12=3)
    hall.raise_hands(BO, vote, 5, r12=3)
    assert not hall.vote(vote).agreed


def test_three_hands_of_six_present_are_no_majority_of_them(hall: Voting, vote: VoteId) -> None:
    for teller in (AMARA, BO):
        hall.raise_hands(teller, vote, 6, r12=3)
    hall.finish(ESI, vote)
    assert hall.vote(vote).winners == (2,)


def test_nothing_is_entered_after_tellers_agree(hall: Voting, vote: VoteId) -> None:
    for teller in (AMARA, BO):
        hall.raise_hands(teller, vote, 5, r12=3)
    with refused("tellers-agree"):
        hall.raise_hands(CHIARA, vote, 5, r21=3)


def test_only_tellers_enter_hands(hall: Voting, vote: VoteId) -> None:
    with refused("teller"):
        hall.raise_hands(ESI, vote, 5, r12=3)


def test_no_more_hands_than_members_present(hall: Voting, vote: VoteId) -> None:
    with refused("hands-exceed"):
        hall.raise_hands(AMARA, vote, 5, r12=3, r21=3)


def test_no_more_present_than_entitled(hall: Voting, vote: VoteId) -> None:
    with refused("electorate-exceeded"):
        hall.raise_hands(AMARA, vote, 7, r12=3)


def test_each_way_to_vote_is_entered_once(hall: Voting, vote: VoteId) -> None:
    line = CountedBallots(1, "12")
    with refused("hands-twice"):
        hall.do(AMARA, EnterHands(ballots=(line, line), happened_at="", present=5, vote=vote))


def test_hands_say_what_can_be_counted(hall: Voting, vote: VoteId) -> None:
    with refused("ballot-unreadable"):
        hall.raise_hands(AMARA, vote, 5, r123=1)


def test_hands_are_entered_while_the_vote_is_open(hall: Voting, vote: VoteId) -> None:
    hall.now = hall.vote(vote).closes
    with refused("vote-closed"):
        hall.raise_hands(AMARA, vote, 5, r12=1)


def test_a_show_of_hands_takes_no_ballots(hall: Voting, vote: VoteId) -> None:
    with refused("manner-differs"):
        hall.cast(ESI, vote, "12")
    with refused("manner-differs"):
        hall.jointly(hall.paper(vote, r12=1))
    plain = hall.open(ESI, hall.plain_vote())
    with refused("manner-differs"):
        hall.raise_hands(AMARA, plain, 5, r12=1)
    with refused("manner-differs"):
        call(hall, AMARA, vote, (ESI, "12"))


def test_where_a_body_meets_the_vote_closes_when_tellers_agree(hall: Voting) -> None:
    opening = hall.plain_vote(counting=OF_PRESENT, electorate=SITTING, manner=HANDS)
    vote = hall.open(AMARA, opening)
    with refused("vote-open"):
        hall.close(AMARA, vote)
    for teller in (AMARA, BO):
        hall.raise_hands(teller, vote, 3, r12=2)
    hall.close(AMARA, vote)
    hall.do(AMARA, hall.counted(vote))
    assert hall.vote(vote).winners == (1,)


def test_members_have_their_time_though_tellers_agree(hall: Voting, vote: VoteId) -> None:
    for teller in (AMARA, BO):
        hall.raise_hands(teller, vote, 5, r12=3)
    with refused("vote-open"):
        hall.close(AMARA, vote)


def test_hands_on_which_tellers_never_agreed_decide_nothing(hall: Voting, vote: VoteId) -> None:
    hall.raise_hands(AMARA, vote, 5, r12=3)
    hall.finish(ESI, vote)
    assert (hall.vote(vote).winners, hall.vote(vote).counted) == ((2,), 0)


@pytest.mark.parametrize("tellers", [(), (AMARA.id,), (AMARA.id, AMARA.id), (AMARA.id, GORO.id)])
def test_at_least_two_members_are_tellers(hall: Voting, tellers: tuple[str, ...]) -> None:
    with refused("tellers-terms"):
        hall.open(AMARA, hall.plain_vote(manner=replace(HANDS, tellers=tellers)))


def test_a_teller_is_in_good_standing(hall: Voting) -> None:
    hall.jointly(ChangeStanding(happened_at="", member=CHIARA.id, standing="suspended"))
    with refused("tellers-terms"):
        hall.open(AMARA, hall.plain_vote(manner=HANDS))


def test_tellers_are_named_for_hands_and_roll_calls_alone(hall: Voting) -> None:
    with refused("tellers-terms"):
        hall.open(AMARA, hall.plain_vote(manner=replace(HANDS, kind="ballots")))


def test_hands_are_never_secret(hall: Voting) -> None:
    for manner in (HANDS, CALLED):
        with refused("manner-open"):
            hall.open(AMARA, hall.plain_vote(manner=manner, secret=True))


def test_members_alone_name_no_tellers(hall: Voting) -> None:
    with refused("opener"):
        hall.open(ESI, hall.plain_vote(manner=replace(HANDS, tellers=(ESI.id, FARID.id))))


# Roll calls.


def test_a_roll_call_counts_once_two_tellers_have_entered_the_same(
    hall: Voting, called: VoteId
) -> None:
    call(hall, AMARA, called, (DMITRI, "12"), (ESI, "--"), (FARID, "12"))
    call(hall, CHIARA, called, (FARID, "12"), (DMITRI, "12"), (ESI, "--"))
    assert hall.vote(called).ballots == {3: "12", 4: "--", 5: "12"}
    hall.finish(ESI, called)
    assert (hall.vote(called).winners, hall.vote(called).counted) == ((1,), 3)


def test_a_roll_call_on_which_tellers_differ_is_called_again(hall: Voting, called: VoteId) -> None:
    call(hall, AMARA, called, (DMITRI, "12"), (ESI, "12"))
    call(hall, BO, called, (DMITRI, "12"), (ESI, "21"))
    assert hall.vote(called).ballots == {}
    call(hall, BO, called, (ESI, "12"), (DMITRI, "12"))
    assert hall.vote(called).ballots == {3: "12", 4: "12"}


@pytest.mark.parametrize("stranger", [GORO, Person("Nobody")])
def test_only_electors_are_called(hall: Voting, stranger: Person) -> None:
    called = hall.open(AMARA, hall.plain_vote(manner=CALLED))
    if stranger is GORO:
        hall.admit(GORO)
    with refused("not-in-electorate"):
        call(hall, AMARA, called, (ESI, "12"), (stranger, "12"))


def test_whose_rights_rest_isnt_called(hall: Voting, called: VoteId) -> None:
    hall.jointly(ChangeStanding(happened_at="", member=ESI.id, standing="suspended"))
    with refused("not-in-standing"):
        call(hall, AMARA, called, (DMITRI, "12"), (ESI, "12"))


@pytest.mark.parametrize(("options", "most"), [(2, 250), (13, 250), (14, 247)])
def test_as_many_as_one_sheet_names_are_called(hall: Voting, options: int, most: int) -> None:
    crowd = [Person(f"Member {number}") for number in range(most - len(FOUNDERS) - len(MEMBERS))]
    for start in range(0, len(crowd), 60):
        names = tuple(person.id for person in crowd[start : start + 60])
        hall.jointly(AdmitRoll(body=hall.root, happened_at="", members=names))
    opening = hall.plain_vote(
        counting=by_method("plurality/1"), default=2, manner=CALLED, options=(PLAIN,) * options
    )
    vote = hall.open(AMARA, opening)
    marks = "1" + "-" * (options - 1)
    call(hall, AMARA, vote, *((person, marks) for person in (*FOUNDERS, *MEMBERS, *crowd)))
    hall.admit(GORO)
    with refused("roll-call-large"):
        hall.open(AMARA, opening)


def test_nobody_answers_twice(hall: Voting, called: VoteId) -> None:
    with refused("answer-twice"):
        call(hall, AMARA, called, (ESI, "12"), (ESI, "12"))


def test_an_answer_is_readable(hall: Voting, called: VoteId) -> None:
    with refused("ballot-unreadable"):
        call(hall, AMARA, called, (ESI, "123"))


# Spoilt paper.


def test_spoilt_ballots_count_for_the_quorum_alone(hall: Voting) -> None:
    half = Quorum(den=1, kind="percent", num=50)
    for spoilt, winners in ((1, (2,)), (2, (1,))):
        vote = hall.open(ESI, hall.plain_vote(quorum=half, secret=True))
        hall.jointly(hall.paper(vote, spoilt, r12=1))
        hall.finish(ESI, vote)
        assert (hall.vote(vote).winners, hall.vote(vote).counted) == (winners, 1)


def test_spoilt_ballots_are_somebodys(hall: Voting) -> None:
    vote = hall.open(ESI, hall.plain_vote())
    hall.jointly(hall.paper(vote, spoilt=6))
    with refused("electorate-exceeded"):
        hall.cast(ESI, vote, "12")


def test_nothing_is_no_batch_of_ballots(hall: Voting) -> None:
    vote = hall.open(ESI, hall.plain_vote())
    with refused("counted-nothing"):
        hall.jointly(hall.paper(vote))
