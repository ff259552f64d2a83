"""Appends to an archive and prints the id of each act once it is acknowledged.

    python tests/faults/writer.py WHERE WRITER COUNT [WAIT]

COUNT 0 goes on until it is killed. WAIT is for how many seconds to wait for a turn.
"""

import itertools
import sys

from tests.archives import act, entry, open_archive


def main(where: str, writer: str, count: str, wait: str = "30") -> None:
    archive = open_archive(where)
    numbers = range(int(count)) if int(count) else itertools.count()
    for number in numbers:
        with archive.writing(float(wait)) as writing:
            writing.append(act(number, writer), entry(number, writer))
        sys.stdout.write(act(number, writer) + "\n")
        sys.stdout.flush()
    archive.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
