"""Keeping an organisation safe: `collegium backup` and `collegium restore`."""

from argparse import Namespace

from collegium.archive.backup import backup as write_backup
from collegium.archive.backup import restore as read_backup
from collegium.archive.folder import open_folder
from collegium.cli.copying import FAULTY, check_organisation, checked, tell_report
from collegium.cli.founding import schema_of
from collegium.cli.terminal import figure, progress, say
from collegium.secretariat.office import open_office


def backup(arguments: Namespace) -> int:
    """Write all of an organisation to one file."""
    check_organisation(arguments.folder)
    with open_folder(arguments.folder) as folder, progress("Backing up") as tell:
        manifest = write_backup(folder, arguments.file, tell)
    say(f"{figure(manifest.size, 'entry', 'entries')} are in {arguments.file}.")
    say("The log's key and all sealed texts are in it too: keep it as you keep a key.")
    return 0


def restore(arguments: Namespace) -> int:
    """Put a backup back as a new folder, and check it if asked to."""
    schema = schema_of(arguments)
    with progress("Restoring") as tell:
        manifest = read_backup(arguments.file, arguments.folder, schema, tell)
    open_office(arguments.folder).close()  # erases what the record says is erased
    say(f"{figure(manifest.size, 'entry', 'entries')} are back in {arguments.folder}.")
    say(
        "If more was accepted after this backup was made, going on from here makes a second "
        "record: look in copies for what is missing first."
    )
    if not arguments.verify:
        say(f"To check all of it: collegium verify {arguments.folder}")
        return 0
    report = checked(arguments.folder)
    tell_report(report, arguments.folder)
    return 0 if report.faultless else FAULTY
