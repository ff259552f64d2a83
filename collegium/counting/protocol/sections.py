"""What a protocol is made of, whichever form it is printed in."""

from msgspec import Struct


class Table(Struct, frozen=True):
    """A table; the first cell of each row is its heading.

    Attributes:
        caption: What it shows.
        heading: Of each column.
        rows: Each with as many cells as the heading.
        numbered: Whether rows and columns are the same options, so that the columns may stand
            by number.
    """

    caption: str
    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbered: bool = False


class Section(Struct, frozen=True):
    """A part of a protocol under its title.

    Attributes:
        title: In a few words.
        sentences: What is told.
        tables: After the sentences.
        elected: Sentences that say who is elected here.
        standing: Figures that stand at the end of a stage, in one line; may be empty.
        stage: The number of the stage that it tells, from 1; 0 if it tells none.
    """

    title: str
    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    elected: tuple[str, ...] = ()
    standing: str = ""
    stage: int = 0

    @property
    def lines(self) -> tuple[str, ...]:
        """All of its sentences, in their order."""
        return (*self.sentences, *self.elected, *((self.standing,) if self.standing else ()))


class Sheet(Struct, frozen=True):
    """A protocol: its title, the outcome in one sentence, and the sections.

    Attributes:
        title: Of the vote.
        outcome: In one sentence.
        sections: What was counted, and how it came to the outcome.
        basis: Rule, ballot policy and digest, by which anybody counts it again.
    """

    title: str
    outcome: str
    sections: tuple[Section, ...]
    basis: Section
