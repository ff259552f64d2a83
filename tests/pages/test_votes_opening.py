"""Opening a vote on pages: what it is for, three methods that suit, what it takes to win."""

import re
from typing import Any

import pytest

from tests.pages.hall import slip_on, text_of

INPUT = re.compile(r'<input type="(?:hidden|text|date|number)" name="([^"]+)" value="([^"]*)"')


def address(question: int = 6, aim: str = "adopt") -> str:
    return f"/hall/questions/{question}/vote/?for={aim}"


def filled(browser: Any, question: int = 6, aim: str = "adopt", **different: Any) -> Any:
    """The form as it stands, with what is different, sent."""
    page = browser.get(address(question, aim)).content.decode()
    sent: dict[str, Any] = dict(INPUT.findall(page))
    sent.pop("csrfmiddlewaretoken", None)
    sent |= dict.fromkeys(re.findall(r'name="(take-\d+)"', page), "on")
    sent |= dict.fromkeys(re.findall(r'name="(majority-\d+)"', page), "1:1")
    sent |= {"electorate": "members", "manner": "ballots", "share": "1/2", "note": ""}
    sent |= {"method": re.findall(r'name="method" value="([^"]+)"', page)[0]}
    sent["title"] = sent.get("title") or "Two delegates to the region"
    return browser.post(address(question, aim), sent | different)


@pytest.fixture
def officer(hall: Any) -> Any:
    return hall.visit("Noor Rahman")


def newest(hall: Any) -> Any:
    return list(hall.house.decisions.votes.values())[-1]


def candidates(hall: Any) -> list[int]:
    return [hall.number(name) for name in ("Marek Novak", "Julia Weber", "Yuki Tanaka")]


def test_first_one_says_what_the_vote_is_for(officer: Any) -> None:
    page = text_of(officer.get("/hall/questions/6/vote/"))
    assert "Say yes or no to one proposal" in page
    assert "Elect a committee that stands for all" in page
    assert "<form" not in page.partition("<main")[2]


def test_what_the_law_of_the_country_asks_more_for_is_listed(officer: Any) -> None:
    page = text_of(officer.get("/hall/questions/6/vote/"))
    assert "What a vote here may not be used for: Ireland" in page
    assert "Industrial Relations Act 1990, section 14" in page


def test_three_methods_are_offered_and_the_others_under_more(officer: Any) -> None:
    page = officer.get(address()).content.decode()
    suited, _, more = page.partition("More methods")
    found = re.findall(r'name="method" value="([^"]+)"', suited)
    assert found == ["debian-a6", "irv", "approval"]
    assert 'value="schulze"' in more
    assert "It may drop a compromise" in suited


def test_a_vote_is_opened_on_a_questions_proposals(hall: Any, officer: Any) -> None:
    response = filled(officer)
    assert response.status_code == 303, text_of(response)
    vote = newest(hall)
    page = text_of(officer.get(f"/hall/votes/{vote.number}/"))
    assert vote.counting.method == "debian-a6/1"
    assert "Lease a small electric van for two years" in page
    assert "Leave everything as it is" in page
    assert f"At least {-(-vote.entitled // 5)} ballots must come in" in page


def test_a_motion_asks_for_a_majority_of_a_stated_base(hall: Any, officer: Any) -> None:
    response = filled(officer, aim="decide", motion="10", method="majority-entitled", share="2/3")
    assert response.status_code == 303, text_of(response)
    counting = newest(hall).counting
    assert (counting.base, counting.share, counting.method) == ("entitled", (2, 3), "majority/1")
    page = text_of(officer.get(f"/hall/votes/{newest(hall).number}/"))
    assert "entitled must say yes: more than two thirds." in page


def test_grades_have_as_many_levels_as_were_chosen(hall: Any, officer: Any) -> None:
    response = filled(officer, aim="grade", method="score", levels="4")
    assert response.status_code == 303, text_of(response)
    assert newest(hall).counting.levels == 4


def test_what_it_takes_to_win_is_said_before_it_opens(officer: Any) -> None:
    page = text_of(officer.get(address(aim="decide")))
    assert "What it will take to win" in page
    assert "More than half of those who choose an option must choose the same one." in page
    sent: dict[str, Any] = {
        "preview": "1",
        "quorum": "50",
        "method": "majority-ballots",
        "motion": "10",
    }
    told = text_of(filled(officer, aim="decide", **sent))
    assert "More than half of all ballots must say yes" in told


def test_an_election_is_secret_and_of_members_who_stand(hall: Any, officer: Any) -> None:
    response = filled(
        officer,
        aim="represent",
        candidates=candidates(hall),
        seats="2",
        method="scottish-stv",
        secret="on",  # noqa: S106 - a secret vote
    )
    assert response.status_code == 303, text_of(response)
    vote = newest(hall)
    assert (vote.purpose, vote.default, vote.counting.seats) == ("election", 0, 2)
    page = text_of(officer.get(f"/hall/votes/{vote.number}/"))
    assert "Julia Weber" in page
    assert "counted in from paper" in page


def test_persons_are_not_elected_by_open_vote(hall: Any, officer: Any) -> None:
    response = filled(officer, aim="elect-one", candidates=candidates(hall))
    assert response.status_code == 409
    assert "election-open" in text_of(response)


def test_an_election_needs_two_who_stand_and_as_many_as_places(hall: Any, officer: Any) -> None:
    response = filled(officer, aim="elect-one", candidates=candidates(hall)[:1])
    assert "Choose at least two candidates" in text_of(response)
    response = filled(officer, aim="represent", candidates=candidates(hall), seats="4")
    assert "There are fewer candidates than places" in text_of(response)
    assert response.status_code == 400


def test_hands_are_entered_by_two_tellers_or_refused(hall: Any, officer: Any) -> None:
    alone = filled(officer, aim="decide", motion="10", manner="hands", tellers=candidates(hall)[:1])
    assert alone.status_code == 409
    assert "tellers-terms" in text_of(alone)
    both = filled(officer, aim="decide", motion="10", manner="hands", tellers=candidates(hall)[:2])
    assert both.status_code == 303, text_of(both)
    assert len(newest(hall).manner.tellers) == 2


def test_those_present_are_named(hall: Any, officer: Any) -> None:
    few = [hall.number("Kofi Mensah")]
    response = filled(officer, aim="decide", motion="10", electorate="present", present=few)
    assert response.status_code == 409
    assert "present-few" in text_of(response)


def test_branches_vote_branch_by_branch(hall: Any, officer: Any) -> None:
    response = filled(officer, aim="decide", motion="10", electorate="branches", branches=[2, 3])
    assert response.status_code == 303, text_of(response)
    assert len(newest(hall).electors.branches) == 2


def test_cards_carry_no_more_votes_than_the_branch_has_members(hall: Any, officer: Any) -> None:
    holder = str(hall.number("Marek Novak"))
    sent: dict[str, Any] = {"manner": "cards", "holder-2": holder, "votes-2": "1000"}
    response = filled(officer, aim="decide", motion="10", **sent)
    assert response.status_code == 409
    assert "card-votes" in text_of(response)
    response = filled(officer, aim="decide", motion="10", **(sent | {"votes-2": "3"}))
    assert response.status_code == 303, text_of(response)
    assert newest(hall).entitled == 3


def test_a_commission_of_one_is_refused(hall: Any, officer: Any) -> None:
    named: dict[str, Any] = {"commission": [hall.number("Kofi Mensah")], "needed": "1"}
    response = filled(officer, **named)
    assert response.status_code == 409
    assert "commission-terms" in text_of(response)


def test_a_vote_that_closes_in_the_past_is_refused_and_the_form_kept(officer: Any) -> None:
    response = filled(officer, last_day="2020-01-01", title="Which way to ride?")
    assert response.status_code == 409
    assert "closes-later" in text_of(response)
    assert "Which way to ride?" in text_of(response)


def line_of(page: str, part: str) -> str:
    """What a line of the form says, and whether it is open."""
    found = re.search(rf'<details([^>]*)> <summary>(?:(?!</summary>).)*says-{part}">([^<]*)', page)
    assert found, part
    return ("open: " if " open" in found.group(1) else "") + found.group(2)


def test_everything_else_is_suggested_in_a_line_each(hall: Any, officer: Any) -> None:
    page = text_of(officer.get(address()))
    electors = len(hall.house.organisation.electors(hall.house.organisation.root))
    assert line_of(page, "who") == f"All its members in good standing ({electors})"
    assert line_of(page, "how") == "Each casts a ballot"
    assert line_of(page, "otherwise") == "Leave everything as it is"
    assert line_of(page, "counted").startswith("No commission")
    assert "; 20 per cent must take part</span>" in page
    elected = text_of(officer.get(address(aim="represent")))
    assert line_of(elected, "how") == "By secret ballot, on paper"


def test_a_line_says_what_was_chosen_and_opens_where_something_is_wrong(officer: Any) -> None:
    sent: dict[str, Any] = {
        "preview": "1",
        "electorate": "sitting",
        "last_day": "soon",
        "quorum": "30",
    }
    page = text_of(filled(officer, **sent))
    assert line_of(page, "who") == "Whoever sits in it"
    assert line_of(page, "when") == "open: Until soon; 30 per cent must take part"
    assert line_of(page, "counted").startswith("No commission")


def test_a_quorum_below_the_rule_books_is_refused_beside_its_field(officer: Any) -> None:
    response = filled(officer, quorum="5")
    assert response.status_code == 409
    assert "quorum-too-low" in text_of(response)
    refused = "A vote needs ballots of 20 per cent of its electorate."
    assert text_of(response).count(refused) == 2  # on top, and beside the field
    assert "open: Until" in line_of(text_of(response), "when")


def test_an_election_asks_for_a_title_of_its_own(officer: Any) -> None:
    assert 'name="title" maxlength="160" required' in text_of(officer.get(address(aim="represent")))
    response = text_of(filled(officer, aim="represent", title=""))
    assert "Who is elected to what: Write something here; it can't stay empty." in response


APART = ("Rosa Jimenez", "Luca Ferri")


@pytest.fixture
def crowded(hall: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """The list of members has room for three; the numbers of two others."""
    from collegium.parts.decisions import pages_opening  # noqa: PLC0415 - as it is patched

    monkeypatch.setattr(pages_opening, "MOST_OFFERED", 3)
    return " ".join(str(hall.number(name)) for name in APART)


def test_beyond_the_list_who_stands_and_who_counts_are_named_by_number(
    hall: Any, officer: Any, crowded: str
) -> None:
    named = " ".join(map(str, candidates(hall)))
    sent: dict[str, Any] = {"aim": "represent", "seats": "2", "secret": "on"}
    sent |= {"candidates-more": named, "commission-more": crowded, "needed": "2"}
    response = filled(officer, **sent)
    assert response.status_code == 303, text_of(response)
    assert len(newest(hall).options) == 3
    assert newest(hall).commission.members == tuple(map(hall.member, APART))
    unknown = text_of(filled(officer, **(sent | {"candidates-more": f"{named} 99999"})))
    assert "Who stands: others, by number: There is no member 99999." in unknown
    wrong = text_of(filled(officer, **(sent | {"commission-more": "Rosa"})))
    assert "“Rosa” is no number." in wrong


def test_beyond_the_list_tellers_and_holders_of_cards_are_named_by_number(
    hall: Any, officer: Any, crowded: str
) -> None:
    hands: dict[str, Any] = {"motion": "10", "manner": "hands", "tellers-more": crowded}
    assert filled(officer, aim="decide", **hands).status_code == 303
    assert newest(hall).manner.tellers == tuple(map(hall.member, APART))
    holder = str(hall.number("Marek Novak"))
    cards: dict[str, Any] = {"motion": "10", "manner": "cards", "votes-2": "3", "holder-2": holder}
    assert filled(officer, aim="decide", **cards).status_code == 303
    assert newest(hall).manner.cards[0].member == hall.member("Marek Novak")


def test_a_vote_needs_a_proposal_to_choose(officer: Any) -> None:
    none: dict[str, Any] = {"take-10": "", "take-11": ""}
    response = filled(officer, **none)
    assert response.status_code == 400
    assert "Choose at least one proposal" in text_of(response)


def test_a_method_that_isnt_offered_is_no_vote(officer: Any) -> None:
    response = filled(officer, method="pav")
    assert response.status_code == 400
    assert "Choose one of those that are offered here." in text_of(response)


def test_a_question_without_proposals_is_for_elections_alone(officer: Any) -> None:
    slip = slip_on(officer.get("/hall/questions/new/"))
    officer.post("/hall/questions/new/", {"slip": slip, "text": "Who waters the plants?"})
    number = re.findall(r"Q-(\d+)", text_of(officer.get("/hall/questions/")))[0]
    page = text_of(officer.get(f"/hall/questions/{number}/vote/"))
    assert "No proposal stands under this question yet." in page
    assert "for=elect-one" in page
    assert "for=adopt" not in page
