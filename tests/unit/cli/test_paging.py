import json
from pathlib import Path

import pytest

from collegium.cli.main import PAGES
from collegium.cli.paging import _LISTS, _SINGLE
from tests.unit.cli.conftest import Asking


def test_every_page_that_the_command_names_can_be_read() -> None:
    assert set(PAGES) == {*_LISTS, *_SINGLE}


@pytest.mark.parametrize("page", sorted(_LISTS))
def test_a_member_reads_each_list(ask: Asking, coop: Path, page: str) -> None:
    code, out, _ = ask("read", str(coop), page, "--as", "0", "--json")
    assert code == 0
    assert isinstance(json.loads(out), dict)


def test_members_read_and_others_are_asked_who_they_are(ask: Asking, coop: Path) -> None:
    _, out, _ = ask("read", str(coop), "members", "--as", "0", "--json")
    assert [row["person"]["name"] for row in json.loads(out)["rows"]] == ["Amara", "Bo", "Chiara"]
    code, _, err = ask("read", str(coop), "members")
    assert (code, "--as" in err) == (2, True)


def test_anybody_reads_an_open_record(ask: Asking, imported: Path) -> None:
    code, out, _ = ask("read", str(imported / "debian"), "vote", "21")
    assert code == 0
    assert "reference: 2014-003" in out
    assert "General Resolution: init system coupling" in out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("vote", "--as", "0"), "a number after vote"),
        (("vote", "99", "--as", "0"), "no vote"),
        (("votes", "1", "--as", "0"), "no number after votes"),
        (("votes", "--as", "99"), "no member number 99"),
    ],
)
def test_what_is_not_there_is_said_in_one_sentence(
    ask: Asking, coop: Path, words: tuple[str, ...], says: str
) -> None:
    code, _, err = ask("read", str(coop), *words)
    assert code == 2
    assert says in err
