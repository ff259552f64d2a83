"""Append: one act through the door on SQLite FULL, beside one `fdatasync` and Django's ORM.

The three take turns: a signature through the door, durable when it returns; 4 KiB written and
forced to the disk; the same signature as plain Django rows (the act, the signature, a counter)
in one transaction, also on SQLite with `synchronous=FULL`. All on the same disk.
"""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from _django_rows import Rows
from _measuring import CACHE, Disk, Spent, claim, say  # first: it finds the project
from _past import founding
from _stage import Stage

from collegium.archive.sqlite import SqliteArchive
from collegium.ids import ProposalId, QuestionId
from collegium.parts.deliberation.acts import OpenQuestion, PublishProposal, SignProposal
from collegium.parts.organisation.acts import AdmitRoll
from collegium.secretariat import chance
from collegium.secretariat.door import Asked, Door

GOAL_FORCES = 3
GOAL_MICROSECONDS = 400
ON_A_ROLL = 250


class Signing:
    """A small organisation and the signatures that its members are about to give.

    Args:
        archive: Where it is kept.
        members: How many sign.
    """

    def __init__(self, archive: SqliteArchive, members: int) -> None:
        self.stage = Stage(own_bases=True)
        self.door = Door(archive, clock=self.stage.moment)
        self.stage.house = self.door.house
        for asked in founding(self.stage, imports=False):
            self.door.perform(asked)
        root, first = self.door.house.organisation.root, self.stage.founders[0].id
        self.members = [chance.member_id() for _ in range(members)]
        for start in range(0, members, ON_A_ROLL):
            roll = AdmitRoll(root, "", tuple(self.members[start : start + ON_A_ROLL]))
            for asked in self.stage.jointly(roll):
                self.door.perform(asked)
        question = self.door.perform(self.stage.session(first, OpenQuestion(root, "", ""))).act
        publish = PublishProposal("", "en", QuestionId(question), "")
        self.proposal = ProposalId(self.door.perform(self.stage.session(first, publish)).act)

    def next(self) -> Asked:
        """The next member's signature, based on the newest record."""
        return self.stage.session(self.members.pop(), SignProposal("", self.proposal, 1))


def take_turns(folder: Path, acts: int) -> dict[str, Spent]:
    """What each of the three took."""
    archive = SqliteArchive(folder / "record.sqlite")
    signing, rows, disk = (
        Signing(archive, acts),
        Rows(folder / "rows.sqlite"),
        Disk(folder / "disk"),
    )
    spent = {"door": Spent(), "fdatasync": Spent(), "Django": Spent()}
    for _ in range(acts):
        asked = signing.next()
        with spent["door"].measured():
            signing.door.perform(asked)
        with spent["fdatasync"].measured():
            disk.force()
        with spent["Django"].measured():
            rows.sign(asked.act.id, asked.act.actor)
    for closing in (archive, rows, disk):
        closing.close()
    return spent


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, default=3000)
    acts = parser.parse_args().acts
    CACHE.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=CACHE) as folder:
        spent = take_turns(Path(folder), acts)
    for name, one in spent.items():
        say(f"{name:>10}: median {one.median * 1e6:,.0f} µs, {one.microseconds(acts):,.0f} µs CPU")
    door, force, orm = spent["door"], spent["fdatasync"], spent["Django"]
    forces, rows = door.median / force.median, door.median / orm.median
    claim(
        f"an act through the door is durable after {door.median * 1e6:,.0f} µs",
        f"{forces:.2f} of an fdatasync, {rows:.2f} of Django rows",
        f"≤ {GOAL_FORCES} fdatasync",
        reached=forces <= GOAL_FORCES,
    )
    claim(
        f"it takes {door.microseconds(acts):,.0f} µs CPU",
        f"{door.cpu / orm.cpu:.2f} of Django rows",
        f"≤ {GOAL_MICROSECONDS} µs",
        reached=door.microseconds(acts) <= GOAL_MICROSECONDS,
    )


if __name__ == "__main__":
    main()
