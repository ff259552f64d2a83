"""Importing a past: `collegium import debian`."""

from argparse import Namespace

from collegium.cli.terminal import figure, progress, say
from collegium.datasets.debian.importing import import_debian


def debian(arguments: Namespace) -> int:
    """Import the votes of the Debian project into a new folder."""
    with (
        progress("Importing") as tell,
        import_debian(arguments.votes, arguments.ballots, arguments.folder, tell) as office,
        office.door.reading() as house,
    ):
        entries = figure(house.size, "entry", "entries")
        votes = figure(len(house.decisions.votes), "vote")
        key = office.verifier_key
    say(f"{votes} are imported into {arguments.folder}, in {entries}; the import is closed.")
    say(f"The log's key, by which others check copies: {key}")
    say(f"To check all of it: collegium verify {arguments.folder}")
    return 0
