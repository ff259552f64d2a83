"""Every format by its name, and by the ending of a file's name."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Literal, TypeAlias

from collegium.counting.files.abcvoting import read_abcvoting
from collegium.counting.files.abif import read_abif
from collegium.counting.files.belenios import read_belenios
from collegium.counting.files.blt import read_blt
from collegium.counting.files.kinds import BallotFile, BallotFileError, decoded
from collegium.counting.files.preflib import read_preflib
from collegium.counting.files.rctab import read_cast_vote_records, read_rctab
from collegium.counting.files.rows import Kind, read_rows

BallotFormat: TypeAlias = Literal[
    "abcvoting", "abif", "belenios", "blt", "csv", "nist", "preflib", "rctab"
]

FORMATS: MappingProxyType[BallotFormat, Callable[[str, str], BallotFile]] = MappingProxyType(
    {
        "abcvoting": read_abcvoting,
        "abif": read_abif,
        "belenios": read_belenios,
        "blt": read_blt,
        "csv": read_rows,
        "nist": read_cast_vote_records,
        "preflib": read_preflib,
        "rctab": read_rctab,
    }
)
"""Name of a format to what reads it: text and file name in, a file of ballots out."""

_ENDINGS: tuple[tuple[str, BallotFormat], ...] = (
    (".abc.yaml", "abcvoting"),
    (".yaml", "abcvoting"),
    (".abif", "abif"),
    (".blt", "blt"),
    (".csv", "csv"),
    (".soc", "preflib"),
    (".soi", "preflib"),
    (".toc", "preflib"),
    (".toi", "preflib"),
    (".cat", "preflib"),
    (".json", "belenios"),
)


def format_of(name: str) -> BallotFormat:
    """The format that the ending of a file's name says.

    Raises:
        BallotFileError: An unknown ending.
    """
    for ending, found in _ENDINGS:
        if name.lower().endswith(ending):
            return found
    endings = " ".join(ending for ending, _ in _ENDINGS)
    raise BallotFileError(f"{name}: expected a name that ends with one of {endings}")


def read_ballots(
    text: str | bytes, source: str, form: BallotFormat | None = None, kind: Kind = "ranked"
) -> BallotFile:
    """The ballots of a file in the stated format, or that of its ending.

    Args:
        text: Of the file, or its bytes, from which large CSV files are read sooner (`fast`).
        source: The file's name, for errors.
        form: The format.
        kind: What the cells of a CSV file mean.

    Raises:
        BallotFileError: File, line, and what was expected there.
    """
    form = form or format_of(source)
    if form == "csv":
        return read_rows(text, source, kind)
    if isinstance(text, bytes):
        text = decoded(text)
    if form == "belenios" and '"CVR"' in text:
        return read_cast_vote_records(text, source)
    return FORMATS[form](text, source)
