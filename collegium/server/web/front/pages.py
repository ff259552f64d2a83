"""What the front door shows of an organisation: its name, how large it is, how old."""

from msgspec import Struct

from collegium.datasets.debian.toured import is_toured
from collegium.ids import ActId
from collegium.parts.organisation.shown import Text
from collegium.secretariat.house import House


class DoorPlate(Struct, frozen=True):
    """An organisation at the front door.

    Attributes:
        name: Its name.
        members: How many are members in good standing.
        proposals: How many proposals were ever published.
        votes: How many votes there were.
        ballots: How many ballots were counted in them or were cast in an open one.
        entries: How many entries its record has.
        demo: Whether it is a demonstration.
        imported: Whether its past was imported; its names are then no roll of members.
        toured: Whether a tour leads through it.
    """

    name: Text
    members: int
    proposals: int
    votes: int
    ballots: int
    entries: int
    demo: bool
    imported: bool
    toured: bool


def door_plate(house: House) -> DoorPlate:
    """An organisation in figures."""
    organisation = house.organisation
    return DoorPlate(
        name=Text(ActId(organisation.root), "name"),
        members=len(organisation.active),
        proposals=len(house.deliberation.proposals),
        votes=len(house.decisions.votes),
        ballots=sum(
            vote.counted if vote.declared else vote.received
            for vote in house.decisions.votes.values()
        ),
        entries=house.size,
        demo=organisation.demo,
        imported=bool(organisation.source),
        toured=is_toured(house),
    )
