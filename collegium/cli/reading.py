"""Reading the record: `collegium replay`, `collegium show`, `collegium checkpoint`."""

import sys
from argparse import Namespace
from pathlib import Path

from collegium.archive.backup import Tell
from collegium.archive.folder import Folder, open_folder
from collegium.archive.protocol import Archive, Damaged
from collegium.cli.copying import FAULTY, check_organisation, checked, is_organisation
from collegium.cli.portrait import portrait_of, tell_portrait
from collegium.cli.terminal import complain, figure, progress, say, say_json
from collegium.ids import ActId
from collegium.parts.decisions.state import Vote
from collegium.record.base64_text import to_base64
from collegium.secretariat.exporting import told
from collegium.secretariat.house import House
from collegium.secretariat.office import open_office
from collegium.secretariat.replay import LeafSource
from collegium.secretariat.replay import replay as let_in
from collegium.secretariat.states import digest_of


def replay(arguments: Namespace) -> int:
    """Compute state and outcomes from the entries alone, and print them."""
    source: Path = arguments.source
    if is_organisation(source):
        with open_folder(source) as folder, progress("Replaying") as tell:
            house, refused = replayed(folder, tell)
    else:
        report = checked(source)
        if not report.complete or not report.copy.faultless:
            complain(f"{source} has faults, so it isn't replayed; collegium verify names them")
            return FAULTY
        house = report.house
        refused = sum(finding.fault for finding in report.findings)
    if arguments.json:
        say_json(_as_json(house))
    else:
        _tell_house(house)
    if refused:
        complain(f"{figure(refused, 'fault')} in {source}: collegium verify names what is wrong")
    return FAULTY if refused else 0


def show(arguments: Namespace) -> int:
    """Print an entry in words, or its proof."""
    check_organisation(arguments.folder)
    with open_office(arguments.folder) as office:
        archive = office.folder.archive
        seq = _number(archive, arguments.entry)
        if arguments.proof:
            sys.stdout.write(office.proof(seq))
            return 0
        with office.door.reading() as house:
            portrait = portrait_of(house, archive, seq)
    if arguments.json:
        say_json(portrait)
    else:
        tell_portrait(portrait)
    return 0


def checkpoint(arguments: Namespace) -> int:
    """Print a signed note over all entries so far."""
    check_organisation(arguments.folder)
    with open_office(arguments.folder) as office:
        sys.stdout.write(office.checkpoint())
    return 0


def replayed(folder: Folder, tell: Tell) -> tuple[House, int]:
    """The house that follows from all entries of a folder, and how many were refused.

    Raises:
        Damaged: The entries aren't those that were once written.
    """
    archive = folder.archive
    head = archive.head()
    house = House(LeafSource(archive))
    entries = told(archive.entries(0, head.size), head.size, tell)
    refused = sum(1 for _ in let_in(house, entries))
    if house.tree.root() != head.root():
        raise Damaged(
            f"the {head.size} entries don't have the root that the archive took down when "
            "they were written: put back the newest backup"
        )
    return house, refused


def _as_json(house: House) -> dict[str, object]:
    return {
        "digest": digest_of(house),
        "outcomes": _outcomes(house),
        "root": to_base64(house.tree.root()),
        "size": house.size,
    }


def _outcomes(house: House) -> list[dict[str, object]]:
    return [
        {"reference": vote.reference, "winners": list(vote.winners)}
        for vote in house.decisions.votes.values()
        if vote.declared
    ]


def _tell_house(house: House) -> None:
    votes = house.decisions.votes.values()
    say(f"{figure(house.size, 'entry', 'entries')} of {house.origin}")
    say(f"root   {to_base64(house.tree.root())}")
    say(f"state  {digest_of(house)}")
    say(f"{figure(len(votes), 'vote')}{':' if votes else '.'}")
    for vote in votes:
        name = vote.reference or f"V-{vote.number}"
        say(f"  {name:<12} {_won(vote) if vote.declared else 'no outcome yet'}")


def _won(vote: Vote) -> str:
    winners = vote.winners
    if not winners:
        return "nobody won"
    if len(winners) == 1:
        return f"option {winners[0]} won"
    verb = "are level" if len(winners) > vote.counting.seats else "won"
    return f"options {', '.join(map(str, winners))} {verb}"


def _number(archive: Archive, named: str) -> int:
    size = archive.size()
    if named.isascii() and named.isdigit():
        number = named.lstrip("0") or "0"
        if len(number) <= len(str(size)) and int(number) < size:
            return int(number)
        entries = f"an entry from 0 to {size - 1}" if size else "a record with entries"
        raise ValueError(f"expected {entries}, not {named}")
    stored = archive.find(ActId(named)) if named.isascii() else None
    if stored is None:
        raise ValueError(f"expected an entry's number or an act's id: no act is {named!r}")
    return stored.seq
