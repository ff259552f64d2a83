"""The house: all parts' states in memory, as they follow from the entries so far.

`collegium.secretariat.entering` changes it; whoever reads it holds the read lock of
`collegium.secretariat.locks`.
"""

from typing import Any

from pyroaring import BitMap

from collegium.counting import Outcome
from collegium.ids import BodyId, Moment, Origin, VoteId
from collegium.parts.approvals.acts import AskApproval, EnactDeed
from collegium.parts.approvals.rules import (
    approvals_needed,
    too_few_approvers,
    valid_approvals,
)
from collegium.parts.approvals.state import Approvals, Request, Warrant
from collegium.parts.decisions.state import Decisions
from collegium.parts.decisions.tallying import outcome_of
from collegium.parts.deliberation.state import Deliberation
from collegium.parts.organisation.shown import Sentence
from collegium.parts.organisation.state import Organisation
from collegium.record.act import EMPTY_ROOT_TEXT, FOUNDING, Entry
from collegium.record.tree import LeafHashes, Tree
from collegium.secretariat.deeds import ask_again, deed_of, warrant_of
from collegium.secretariat.wording import sentence_of

DAWN = Moment("0001-01-01T00:00:00Z")
"""Before any entry."""

MOST_TALLIES = 15
"""Tallies kept beside the newest: elections are certified side by side."""


def no_leaves(start: int, stop: int) -> list[bytes]:
    """For a house without an archive behind it: only the present root can be told."""
    raise ValueError(f"expected an archive to tell the leaf hashes {start} to {stop}")


class House:
    """All states, the tree over their entries, and where the record stands.

    Args:
        leaves: Gives leaf hashes of kept entries, by which an act's base is checked.

    Attributes:
        organisation: Members, keys, bodies, posts, the rule book.
        approvals: Requests for joint approval.
        deliberation: Questions, proposals, signatures, objections.
        decisions: Votes.
        tree: Over all entries.
        origin: The log's name.
        at: The last entry's moment.
        bases: The last bases that were found true, the oldest first.
        broken: Why no act is accepted any more; empty while all is well.
    """

    def __init__(self, leaves: LeafHashes = no_leaves) -> None:
        self.organisation = Organisation()
        self.approvals = Approvals()
        self.deliberation = Deliberation()
        self.decisions = Decisions()
        self.tree = Tree()
        self.origin: Origin = FOUNDING
        self.at = DAWN
        self.bases: dict[tuple[int, str], None] = {(0, EMPTY_ROOT_TEXT): None}
        self.broken = ""
        self.leaves = leaves
        self._tallies: dict[VoteId, Outcome] = {}

    @property
    def size(self) -> int:
        """How many entries there are."""
        return self.tree.size

    def tally(self, vote: VoteId) -> Outcome:
        """The outcome of a vote's ballots as they are; counted once, when they are final."""
        known = self._tallies.get(vote)
        if known is not None:
            return known
        found = self.decisions.votes[vote]
        counted = outcome_of(found)
        if found.closed:
            self.remember_tally(vote, counted)
        return counted

    def has_tally(self, vote: VoteId) -> bool:
        """Whether the outcome of a closed vote's ballots is kept."""
        return vote in self._tallies

    def remember_tally(self, vote: VoteId, counted: Outcome) -> None:
        """Keep the outcome of a closed vote's ballots, counted outside the locks, for its rule."""
        kept = list(self._tallies.items())[-MOST_TALLIES:]
        self._tallies = dict(kept) | {vote: counted}

    def too_few_approvers(self, body: BodyId, at: Moment) -> bool:
        """Whether fewer sit in the body with a key than a joint approval needs."""
        return too_few_approvers(self, body, at)

    def approvals_needed(self, body: BodyId, at: Moment) -> int:
        """How many of a body must approve, as things stand at that moment."""
        return approvals_needed(self, body, at)

    def valid_approvals(self, request: Request, at: Moment) -> BitMap:
        """The numbers of those whose approval of an open request counts at that moment."""
        return valid_approvals(self, request, at)

    def sentence_of(self, request: Request) -> Sentence:
        """A request's deed in words."""
        return sentence_of(self, request)

    def warrant_of(self, entry: Entry, body: AskApproval[Any]) -> Warrant:
        """What a requested deed asks of its approval, once its own rule has allowed it.

        Raises:
            Refused: See `collegium.secretariat.deeds.warrant_of`.
        """
        return warrant_of(self, entry, body)

    def ask_again(self, request: Request, entry: Entry) -> None:
        """Ask a requested deed's own rule as things stand at the entry.

        Raises:
            Refused: See `collegium.secretariat.deeds.ask_again`.
        """
        ask_again(self, request, entry)

    def enact_deed(self, entry: Entry, body: EnactDeed) -> None:
        """Close the request and let its deed take effect in its asker's name."""
        request = self.approvals.requests[body.approval]
        self.approvals.enact_deed(entry, body)
        line, own, deed = deed_of(request, entry)
        line.effect(self, own, deed)
