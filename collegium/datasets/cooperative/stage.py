"""What the scenes of the story share: who and what there is so far."""

from collegium.datasets.cooperative.chronicle import Chronicle, Player
from collegium.datasets.cooperative.story import Story
from collegium.ids import BodyId, MemberId, PostId, ProposalId, QuestionId


class Stage:
    """The chronicle with names for what was made in it.

    Args:
        chronicle: Where the story is played.
        story: What is played.

    Attributes:
        places: The workplaces, by name.
        posts: The posts, by title.
        questions: The questions, in the order of the story.
        proposals: The proposals, by their key in the story.
        newcomers: Members who are nobody yet: they neither sign nor vote.
    """

    def __init__(self, chronicle: Chronicle, story: Story) -> None:
        self.chronicle = chronicle
        self.story = story
        self.places: dict[str, BodyId] = {}
        self.posts: dict[str, PostId] = {}
        self.questions: list[QuestionId] = []
        self.proposals: dict[str, ProposalId] = {}
        self.newcomers: list[str] = []

    @property
    def root(self) -> BodyId:
        """The whole co-operative."""
        return self.chronicle.door.house.organisation.root

    def member(self, name: str) -> MemberId:
        """The name in the record of somebody in the story."""
        return self.chronicle.players[name].member

    def sitting(self) -> list[str]:
        """Who sits in the committee now, in the order of admission."""
        organisation = self.chronicle.door.house.organisation
        seated = organisation.sitting(self.root, self.chronicle.now)
        members = {organisation.names[number] for number in seated}
        return [one.name for one in self.chronicle.players.values() if one.member in members]

    def two(self, *, besides: str = "") -> tuple[str, str]:
        """Two who sit in the committee now."""
        first, second, *_ = (name for name in self.sitting() if name != besides)
        return first, second

    def in_turn(self, topic: str) -> list[Player]:
        """Members in the order in which they come forward about something."""
        return self.chronicle.some(topic, len(self.chronicle.players), besides=self.newcomers)
