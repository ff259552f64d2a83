import threading
from pathlib import Path

import pytest

from collegium.archive.protocol import Busy
from collegium.archive.turnstile import Turnstile


def test_one_at_a_time_is_let_through(tmp_path: Path) -> None:
    first, second = Turnstile(tmp_path / "lock"), Turnstile(tmp_path / "lock")
    with first.passing(1), pytest.raises(Busy, match=r"for 0\.05 seconds"), second.passing(0.05):
        pass
    with second.passing(0) as left:
        assert left == 0
    first.close()
    second.close()


def test_who_has_just_passed_does_not_pass_again_before_one_who_waits(tmp_path: Path) -> None:
    first, second = Turnstile(tmp_path / "lock"), Turnstile(tmp_path / "lock")
    order: list[str] = []

    def wait_in_line() -> None:
        with second.passing(10):
            order.append("second")

    waiting = threading.Thread(target=wait_in_line)
    with first.passing(1):
        waiting.start()
        while second_has_no_turn(tmp_path):
            pass
    with first.passing(10):
        order.append("first again")
    waiting.join()
    assert order == ["second", "first again"]
    first.close()
    second.close()


def second_has_no_turn(folder: Path) -> bool:
    third = Turnstile(folder / "lock-turn")
    try:
        with third.passing(0):
            return True
    except Busy:
        return False
    finally:
        third.close()


def test_closing_twice_is_once(tmp_path: Path) -> None:
    turnstile = Turnstile(tmp_path / "lock")
    turnstile.close()
    turnstile.close()
    with pytest.raises(ValueError, match="has been closed"), turnstile.passing(0):
        pass
