"""The tour: words without figures of their own, figures from the record, true quotations."""

import re
import string
from collections.abc import Iterator

import pytest

from collegium.datasets.debian.figures import FiguresTold, find_figures, tell_figures
from collegium.datasets.debian.importing import package_files
from collegium.datasets.debian.sheets import Sheet, read_sheets
from collegium.datasets.debian.source import DebianSource
from collegium.datasets.debian.telling import texts_in
from collegium.datasets.debian.tour import (
    Station,
    StationTold,
    Words,
    find_station,
    plain,
    stations,
    tell_station,
)
from collegium.datasets.debian.toured import TOURED, is_toured
from collegium.ids import MemberId
from collegium.secretariat.house import House
from collegium.secretariat.office import Office

SLUGS = tuple(station.slug for station in stations())


def words_in(office: Office) -> Words:
    text_of = texts_in(office.folder.archive)
    return lambda text: text_of(text.act, text.field)


@pytest.fixture(scope="module")
def told(office: Office) -> dict[str, StationTold]:
    sheets = read_sheets(office.folder.archive.entries(0))
    words = words_in(office)
    house = office.door.house
    found = [find_station(house, place) for place in range(1, len(SLUGS) + 1)]
    return {one.slug: tell_station(one, words, sheets) for one in found}


@pytest.fixture(scope="module")
def figures(office: Office) -> FiguresTold:
    sheets = read_sheets(office.folder.archive.entries(0))
    return tell_figures(find_figures(office.door.house), words_in(office), sheets)


def prose_of(station: Station) -> Iterator[str]:
    yield from (station.question, station.about, station.asked, station.count)
    yield from (station.matters, station.unsaid)


@pytest.mark.parametrize("station", stations(), ids=SLUGS)
def test_no_figure_is_written_by_hand(station: Station) -> None:
    literal = [part for text in prose_of(station) for part, *_ in string.Formatter().parse(text)]
    assert re.findall(r"\d", "".join(literal)) == []


@pytest.mark.parametrize("station", stations(), ids=SLUGS)
def test_every_sentence_is_short(station: Station) -> None:
    told = [re.sub(r"{.*?}", "9", text) for text in prose_of(station)]
    sentences = [sentence for text in told for sentence in re.split(r"[.?!]\s", text)]
    assert [sentence for sentence in sentences if len(sentence.split()) > 25] == []


def test_every_proposal_is_quoted_from_its_own_text(told: dict[str, StationTold]) -> None:
    options = [option for one in told.values() for vote in one.votes for option in vote.options]
    proposed = [option for option in options if option.found.proposal]
    assert proposed
    assert all(option.quote for option in proposed)


def test_a_quotation_that_the_text_lacks_is_not_shown(office: Office) -> None:
    sheets = read_sheets(office.folder.archive.entries(0))
    words = words_in(office)
    found = find_station(office.door.house, 1)
    erased = tell_station(found, lambda t: "" if t.field == "text" else words(t), sheets)
    assert {option.quote for vote in erased.votes for option in vote.options} == {""}


def test_by_first_places_the_leaders_pen_was_ahead(told: dict[str, StationTold]) -> None:
    count = told["one-person"].count
    assert "123 ballots put that proposal alone in front, 115 the other" in count
    assert "141 rank the members' vote above" in count
    assert "Had 7 of those ballots turned" in count


def test_the_recall_just_reached_its_quorum(told: dict[str, StationTold]) -> None:
    recall = told["recall"].votes[0]
    assert recall.options[0].found.above == recall.found.needed == 48
    assert recall.options[0].found.verdict == "majority"


def test_both_votes_on_the_leader_ran_in_the_same_days(told: dict[str, StationTold]) -> None:
    recall, confidence = (vote.found for vote in told["recall"].votes)
    assert (recall.opened, recall.closes) == (confidence.opened, confidence.closes)


def test_the_exception_had_a_majority_and_not_three_to_one(told: dict[str, StationTold]) -> None:
    decisive = told["exception"].votes[0].decisive
    assert decisive.over == 3
    assert decisive.both / 2 < decisive.duel.votes < decisive.mark


def test_the_wider_opening_led_by_first_places(
    office: Office, told: dict[str, StationTold]
) -> None:
    vote = told["declassification"].votes[0].found
    sheet = read_sheets(office.folder.archive.entries(0))[vote.name]
    wider, narrower, default = sheet.first_choices(3)
    assert wider > max(narrower, default)
    assert vote.options[1].verdict == "won"


def test_whether_it_was_carried_out_is_left_open(told: dict[str, StationTold]) -> None:
    assert told["declassification"].unsaid == (
        "Nothing in this record says whether it was ever carried out."
    )


def test_no_other_resolution_drew_as_many_ballots_as_init_systems(
    told: dict[str, StationTold], figures: FiguresTold
) -> None:
    most = max(figures.open_rows, key=lambda row: row.found.ballots)
    assert most.found.name == told["init-systems"].votes[0].found.name


def test_a_decisive_comparison_went_to_the_winner_unless_it_fell_out(
    told: dict[str, StationTold],
) -> None:
    for one in told.values():
        for vote in one.votes:
            first = vote.options[vote.decisive.duel.first - 1]
            assert first.found.verdict in {"won", "majority"}


def test_figures_equal_the_source(figures: FiguresTold, source: DebianSource) -> None:
    ballots = {vote.page.id: (vote.page.ballots, vote.page.eligible) for vote in source.votes}
    shown = {row.found.reference: (row.found.ballots, row.found.entitled) for row in figures.rows}
    assert shown == ballots


def test_every_name_on_an_open_ballot_is_counted_once(
    figures: FiguresTold, source: DebianSource
) -> None:
    names = {one.voter for vote in source.votes for one in vote.ballots if one.voter}
    assert figures.voters == len(names) == sum(one.voters for one in figures.frequencies)


def test_the_limits_say_what_the_origin_says(figures: FiguresTold) -> None:
    origin = package_files()[0].with_name("ORIGIN.md").read_text(encoding="utf-8")
    assert f"{len(figures.rows)} of the {figures.held} votes" in origin
    assert figures.absent == figures.held - len(figures.rows)


def test_proposers_and_signatories_of_a_vote_are_counted_once(figures: FiguresTold) -> None:
    init = next(row for row in figures.rows if row.found.reference == "2014-003")
    assert (init.found.support.proposals, init.found.support.proposers) == (4, 4)
    assert init.found.support.signatories < 11 + 5 + 11 + 13


def test_first_choices_leave_out_whoever_ranks_two_first_or_none() -> None:
    sheet = Sheet({MemberId("m:a"): "12-", MemberId("m:b"): "112"}, {"---": 4, "-21": 2})
    assert sheet.first_choices(3) == (1, 0, 2)


def test_the_record_is_known_by_the_votes_of_all_stations() -> None:
    assert tuple(vote.reference for one in stations() for vote in one.votes) == TOURED


def test_a_house_without_these_votes_has_no_tour() -> None:
    assert not is_toured(House())


def test_a_printed_difference_loses_its_marks() -> None:
    assert plain("+   5. A member\n-   is\n again") == "5. A member is again"
