"""The votes are told in words, from the record alone."""

from collections.abc import Iterator

import pytest

from collegium.datasets.debian.comparing import all_differences
from collegium.datasets.debian.importing import package_files
from collegium.datasets.debian.source import read_pages
from collegium.datasets.debian.telling import ERASED, WIDTH, TextOf, texts_in, told
from collegium.ids import ActId
from collegium.secretariat.door import Door
from collegium.secretariat.house import House
from collegium.secretariat.office import Office


@pytest.fixture(scope="module")
def house(office: Office) -> House:
    return Door(office.folder.archive).house


@pytest.fixture(scope="module")
def text_of(office: Office) -> TextOf:
    return texts_in(office.folder.archive)


@pytest.fixture(scope="module")
def lines(house: House, text_of: TextOf) -> list[str]:
    differing = all_differences(house.decisions, read_pages(package_files()[0]))
    return list(told(house, text_of, stored=2_204_112, differing=differing))


def paragraph(lines: list[str], heading: str) -> Iterator[str]:
    """The lines about one vote."""
    start = next(place for place, line in enumerate(lines) if heading in line)
    for line in lines[start:]:
        yield line
        if line.startswith("Equals"):
            return


def test_a_vote_is_told_with_its_figures(lines: list[str]) -> None:
    assert list(paragraph(lines, "2006-001")) == [
        "V-3  2006-001                                      26 February to 12 March 2006",
        "General Resolution: Why the GNU Free Documentation License is not suitable for",
        "Debian main",
        "369 ballots of 972 entitled to vote.",
        "47 votes over “Further discussion” were needed.",
        "",
        "                                         over : under the default",
        "   1 GFDL-licensed works are unsuitable   223 : 119  passed",
        "     for main in all cases",
        "   2 GFDL-licensed works without          272 : 85   won",
        "     unmodifiable sections are free",
        "   3 GFDL-licensed works are compatible   133 : 205  dropped: 3:1 needed",
        "     with the DFSG [needs 3:1]",
        "   4 Further discussion                              the default",
        "",
        "Won: GFDL-licensed works without unmodifiable sections are free.",
        "Equals the outcome that Debian published.",
    ]


def test_a_default_option_that_won_is_told_so(lines: list[str]) -> None:
    told_vote = list(paragraph(lines, "2006-004"))
    assert "   2 Further Discussion                              won, the default" in told_vote
    assert any(line.endswith("136 : 149  dropped: no majority") for line in told_vote)


def test_no_line_is_wider_than_a_terminal(lines: list[str]) -> None:
    assert max(map(len, lines)) <= WIDTH


def test_the_end_says_totals_and_limits(lines: list[str], house: House) -> None:
    end = "\n".join(lines[-20:])
    assert "25 votes, 8,565 ballots, counted again from the record." in end
    assert "25 of 25 outcomes equal what Debian published." in end
    assert f"{house.size:,} entries, {house.size - 8:,} of them imported; 2.2 MB." in end
    assert f"Source {house.organisation.source}" in end
    assert "25 of the 38 votes" in end
    assert "In 10 elections the ballot was secret" in end.replace("\n", " ")


def test_an_outcome_that_differs_is_told_as_one(house: House, text_of: TextOf) -> None:
    differing = {"2006-001": ("matrix", "winners"), "2006-003": ()}
    lines = list(told(house, text_of, stored=0, differing=differing))
    assert "DIFFERS from the outcome that Debian published: matrix, winners." in lines
    assert "1 of 2 outcomes equal what Debian published." in lines


def test_nothing_is_said_of_what_was_published_unless_it_was_compared(
    house: House, text_of: TextOf
) -> None:
    assert not any("published." in line for line in told(house, text_of, stored=0))


def test_votes_are_told_when_their_titles_are_erased(house: House) -> None:
    lines = list(told(house, lambda _act, _field: "", stored=0))
    assert f"   2 {ERASED:<34}   272 : 85   won" in lines


def test_a_title_cannot_steer_the_terminal(house: House) -> None:
    def hostile(_act: ActId, field: str) -> str:
        return '["\\u001b[2JOops"]' if field == "option_titles" else "\x1b[2JOops"

    assert not any("\x1b" in line for line in told(house, hostile, stored=0))
