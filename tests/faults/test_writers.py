"""Several processes write at once: no gap, no fork, nobody starves."""

import time

import pytest

from tests.archives import act, assert_whole, open_archive
from tests.faults.conftest import Start

EACH = 60


@pytest.mark.parametrize("writers", [2, 4])
def test_processes_that_write_at_once_make_one_record(
    where: str, start: Start, writers: int
) -> None:
    programs = [start(where, str(writer), str(EACH)) for writer in range(writers)]
    answers = [program.communicate(timeout=120)[0].split() for program in programs]
    assert [program.returncode for program in programs] == [0] * writers
    archive = open_archive(where)
    assert_whole(archive, writers * EACH)
    for writer, acknowledged in enumerate(answers):
        places = [archive.find(act(number, str(writer))) for number in range(EACH)]
        assert acknowledged == [act(number, str(writer)) for number in range(EACH)]
        assert sorted(place.seq for place in places if place) == [p.seq for p in places if p]
        assert None not in places
    archive.close()


def test_nobody_starves_beside_three_busy_writers(where: str, start: Start) -> None:
    busy = [start(where, str(writer), "0") for writer in range(3)]
    for program in busy:
        assert program.stdout is not None
        program.stdout.readline()
    archive = open_archive(where)
    waits = []
    for number in range(20):
        begun = time.monotonic()
        with archive.writing() as writing:
            waits.append(time.monotonic() - begun)
            writing.append(act(number, "9"), b"mine")
    archive.close()
    assert max(waits) < 2, f"waited up to {max(waits):.2f} s for a turn"
