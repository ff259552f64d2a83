import io
import sys

import pytest

from collegium.cli.terminal import figure, progress, say


class Watched(io.StringIO):
    """Standard error with somebody in front of it."""

    def isatty(self) -> bool:
        return True


def test_what_members_wrote_cant_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    say("one\x1b[2Jtwo\u202ethree\nfour")
    assert capsys.readouterr().out == "one\\x1b[2Jtwo\\u202ethree\nfour\n"


def test_a_terminal_without_the_letters_gets_their_numbers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", out)
    say("Žofia")
    out.flush()
    assert out.buffer.getvalue() == b"\\u017dofia\n"


def test_nobody_watching_sees_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("Checking") as tell:
        tell(1, 2)
    assert capsys.readouterr().err == ""


def test_whoever_watches_sees_a_bar_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched()
    monkeypatch.setattr(sys, "stderr", watched)
    with progress("Checking") as tell:
        tell(1, 2)
        tell(0, 0)
    assert "Checking ###############............... " in watched.getvalue()
    assert watched.getvalue().endswith("\r\x1b[K")


@pytest.mark.parametrize(("number", "text"), [(1, "1 vote"), (0, "0 votes"), (8565, "8,565 votes")])
def test_figures_are_counted(number: int, text: str) -> None:
    assert figure(number, "vote") == text
