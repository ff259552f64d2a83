"""Readers and writers of ballot files; usable alone.

Every reader takes the text of a file and its name, and gives a file of ballots back or raises
`BallotFileError`: file, line, and what was expected there. Never a part of a file.
"""

from collegium.counting.files.abcvoting import read_abcvoting, write_abcvoting
from collegium.counting.files.abif import read_abif, write_abif
from collegium.counting.files.belenios import read_belenios, write_belenios
from collegium.counting.files.blt import read_blt, write_blt
from collegium.counting.files.formats import FORMATS, BallotFormat, format_of, read_ballots
from collegium.counting.files.kinds import (
    ApprovalFile,
    BallotFile,
    BallotFileError,
    ClaimsFile,
    GradeFile,
    RankedFile,
    decoded,
)
from collegium.counting.files.preflib import read_preflib, write_preflib
from collegium.counting.files.rctab import (
    read_cast_vote_records,
    read_rctab,
    write_cast_vote_records,
    write_rctab,
)
from collegium.counting.files.rctab_config import RctabConfig, read_rctab_config
from collegium.counting.files.rows import read_rows, write_rows

__all__ = [
    "FORMATS",
    "ApprovalFile",
    "BallotFile",
    "BallotFileError",
    "BallotFormat",
    "ClaimsFile",
    "GradeFile",
    "RankedFile",
    "RctabConfig",
    "decoded",
    "format_of",
    "read_abcvoting",
    "read_abif",
    "read_ballots",
    "read_belenios",
    "read_blt",
    "read_cast_vote_records",
    "read_preflib",
    "read_rctab",
    "read_rctab_config",
    "read_rows",
    "write_abcvoting",
    "write_abif",
    "write_belenios",
    "write_blt",
    "write_cast_vote_records",
    "write_preflib",
    "write_rctab",
    "write_rows",
]
