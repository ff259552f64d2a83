"""One vote as its pages and forms need it: what is shown, its ballots, its options by title."""

from functools import lru_cache

import msgspec
from msgspec import Struct

from collegium.parts.decisions.pages import VotePage, vote_page
from collegium.server.web.decisions.papers import Ballots, ballots_of
from collegium.server.web.shared.request import Request
from collegium.server.web.shared.showing import Gathered, gathered


class Seen(Struct, frozen=True):
    """A vote that was looked at.

    Attributes:
        found: What was gathered.
        page: The vote.
        ballots: What its ballots look like.
        titles: Of the options, in the order of the ballot.
    """

    found: Gathered
    page: VotePage
    ballots: Ballots
    titles: tuple[str, ...]


def seen(request: Request, number: int) -> Seen:
    """The vote with that number.

    Raises:
        Absent: There is none.
    """
    found = gathered(request, lambda house, visit: vote_page(house, visit, number))
    page: VotePage = found.shown
    words = found.words(page.row.option_titles)
    return Seen(found, page, ballots_of(page), titled(words, len(page.options)))


@lru_cache(maxsize=512)
def titled(words: str, options: int) -> tuple[str, ...]:
    """The titles of so many options; a number stands for one that the visitor may not read."""
    try:
        read = msgspec.json.decode(words, type=tuple[str, ...])
    except msgspec.DecodeError:  # erased, not the visitor's to read, or sealed by no form of ours
        read = ()
    known = dict(enumerate(read, 1))
    return tuple(known.get(number, "") or f"option {number}" for number in range(1, options + 1))
