"""Importing the Debian votes: an organisation of its own, in a folder, closed for ever.

The organisation isn't Debian. It is a copy of a part of Debian's past, founded by its three
keepers, whose founding entry names the source by its SHA-256. What follows is a sequence of
ordinary acts, marked as imported, each with the moment when it happened; the door asks of
them what it asks of living ones. Then the keepers close the import together.

The keepers' keys are made for this import, held in memory and kept nowhere. Once the import is
closed nobody can sign for the keepers any more, so that nobody can admit a member, change the
rule book or do anything else that needs joint approval: the copy stays as it is.
"""

import shutil
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path

from collegium.datasets.debian.planning import Planned, planned_acts
from collegium.datasets.debian.source import BALLOTS, VOTES, read_source
from collegium.ids import ApprovalId
from collegium.parts.approvals.acts import ApproveDeed, AskApproval, EnactDeed
from collegium.parts.organisation.acts import CloseImport, Source
from collegium.parts.organisation.clauses import small_preset
from collegium.record.keys import PrivateKey
from collegium.secretariat import chance
from collegium.secretariat.door import LARGEST_BATCH, Asked
from collegium.secretariat.drafting import as_deed, draft, imported, seen, signed
from collegium.secretariat.office import Charter, FoundingMember, Office, found_office

SOURCE = "debian-votes-2005-2017"
"""The source's name in the founding entry."""

DOMAIN = "votes.debian.example"
"""The readable half of the log's name; `.example` is nobody's (RFC 2606)."""

NAME = "Votes of the Debian project, 2005 to 2017 (a copy)"

KEEPERS = ("first keeper of this copy", "second keeper of this copy", "third keeper of this copy")

CHECKED = "All acts of the source stand in the record, and every outcome was counted again."
APPROVED = "The import is complete."


def package_files() -> tuple[Path, Path]:
    """The votes and the ballots that come with Collegium."""
    folder = Path(str(resources.files("collegium.datasets.debian")))
    return folder / VOTES, folder / BALLOTS


def import_debian(
    votes: Path, ballots: Path, folder: Path, tell: Callable[[int, int], None]
) -> Office:
    """An organisation with the votes in a folder: imported, closed, with a signed checkpoint.

    Both files are read and checked before anything is written, and what an import that fails
    has written is removed again. If the machine stops during it, the folder stays with its
    import open: the door takes no living act then; remove the folder and import again.

    Args:
        votes: `votes.json`.
        ballots: `ballots.csv.gz`.
        folder: An empty folder, or one that isn't there yet.
        tell: Is told, from time to time, how many of how many acts are done.

    Raises:
        SourceError: A file isn't as expected; nothing was written.
        ValueError: There is something in the folder; it is left as it is.
        Refused: A rule forbids an act that the source asks for.
        OSError, Full: Files can't be read or written.
    """
    source = read_source(votes, ballots)
    office, keepers = _found(folder, source.sha256)
    try:
        door = office.door
        root = door.house.organisation.root
        planned = planned_acts(source, root, keepers[0].member, door.clock())
        door.perform_many(_drafted(office, planned, tell))
        _close_import(office, keepers)
        office.checkpoint()
        office.write_snapshot()
        tell(len(planned), len(planned))
    except BaseException:
        office.close()
        shutil.rmtree(folder)  # all of it is ours: founding refuses a folder with anything in it
        raise
    return office


def _found(folder: Path, sha256: str) -> tuple[Office, list[FoundingMember]]:
    keepers = [FoundingMember(name, chance.member_id(), PrivateKey.generate()) for name in KEEPERS]
    charter = Charter(
        name=NAME,
        domain=DOMAIN,
        founders=keepers,
        # Debian's vote pages are public, and so is this copy of them.
        rule_book=small_preset() | {"names.readers": "public", "record.readers": "public"},
        source=Source(name=SOURCE, sha256=sha256),
    )
    return found_office(folder, charter), keepers


def _drafted(
    office: Office, planned: list[Planned], tell: Callable[[int, int], None]
) -> Iterator[Asked]:
    for number, act in enumerate(planned):
        if number % LARGEST_BATCH == 0:
            tell(number, len(planned))
        at = office.door.house.at
        yield imported(draft(act.actor, act.body, at=at, texts=act.texts, name=act.name))


def _close_import(office: Office, keepers: list[FoundingMember]) -> None:
    """The first keeper asks, all approve with their keys, the first enacts."""
    door = office.door
    close = CloseImport(acts=door.house.organisation.imported, happened_at="")
    request = AskApproval(
        body=door.house.organisation.root, concerns=(), deed=as_deed(close), happened_at=""
    )
    asked = _signed(office, keepers[0], request, CHECKED)
    door.perform(asked)
    name = ApprovalId(asked.act.id)
    deed = door.house.approvals.requests[name].deed_hash
    for keeper in keepers:
        approval = ApproveDeed(approval=name, deed=deed, happened_at="")
        door.perform(_signed(office, keeper, approval, APPROVED))
    door.perform(_signed(office, keepers[0], EnactDeed(approval=name, happened_at="")))


def _signed(
    office: Office,
    keeper: FoundingMember,
    body: AskApproval[object] | ApproveDeed | EnactDeed,
    reasons: str = "",
) -> Asked:
    house = office.door.house
    texts = {"reasons": reasons} if reasons else {}
    act = draft(keeper.member, body, at=office.door.clock(), base=seen(house), texts=texts)
    return signed(act, house.origin, keeper.key)
