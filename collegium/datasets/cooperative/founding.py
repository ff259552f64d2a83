"""Making the co-operative's folder: the story is played in memory, then written down at once."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from collegium.archive.folder import check_empty, found_folder
from collegium.archive.memory import MemoryArchive
from collegium.archive.protocol import SealedPayload
from collegium.datasets.cooperative.chronicle import Chronicle
from collegium.datasets.cooperative.people import DemoPerson, write_people
from collegium.datasets.cooperative.playing import play
from collegium.datasets.cooperative.stage import Stage
from collegium.datasets.cooperative.story import read_story
from collegium.ids import ActId
from collegium.record.act import read_entry
from collegium.record.keys import PrivateKey
from collegium.secretariat import clock
from collegium.secretariat.office import Office, open_office


def found_cooperative(folder: Path) -> Office:
    """The office of the co-operative, founded two years ago, as of today.

    What happened is the same every time; when, counts from today. Names in the record, keys
    and salts are drawn anew.

    Raises:
        ValueError: There is something in the folder; it is left as it is.
    """
    check_empty(folder)
    log_key = PrivateKey.generate()
    chronicle = Chronicle(datetime.fromisoformat(clock.now()))
    stage = play(chronicle, read_story(), log_key.public)
    with found_folder(folder, log_key) as made, made.archive.writing() as writing:
        for act, data, payloads in _kept(chronicle.archive):
            writing.append(act, data, payloads)
    write_people(folder, tuple(_people(stage)))
    office = open_office(folder)
    office.checkpoint()
    office.write_snapshot()
    return office


def _kept(archive: MemoryArchive) -> Iterable[tuple[ActId, bytes, list[SealedPayload]]]:
    payloads: dict[ActId, list[SealedPayload]] = {}
    for payload in archive.payloads():
        payloads.setdefault(payload.act, []).append(payload)
    for data in archive.entries(0):
        act = read_entry(data).act.id
        yield act, data, payloads.get(act, [])


def _people(stage: Stage) -> Iterable[DemoPerson]:
    seated = stage.sitting()
    members = {player.member for player in stage.chronicle.members()}
    for player in stage.chronicle.players.values():
        if player.member in members:
            about = player.about + (", sits in the committee" if player.name in seated else "")
            newcomer = player.name in stage.newcomers
            yield DemoPerson(player.member, player.name, about, newcomer, player.key.seed)
