"""The rule book's clauses: type, bounds and the value that holds where a book is silent.

A silent clause's value is frozen: changing one here would change the past. New clauses may
be added; an old one is never removed and its bounds are never narrowed.
"""

from typing import TypeAlias

from msgspec import Struct

from collegium.refusals import Refused

ClauseValue: TypeAlias = int | bool | str


class Clause(Struct, frozen=True):
    """One clause of a rule book.

    Attributes:
        says: What the clause says, for people; `{}` stands for its value.
        silent: The value that holds where a book is silent.
        small: The value in the preset for under 60 members or one branch.
        low: The least value of a number.
        high: The greatest value of a number.
        choices: The values of a choice; empty for a number or a yes-or-no.
    """

    says: str
    silent: ClauseValue
    small: ClauseValue
    low: int = 0
    high: int = 0
    choices: tuple[str, ...] = ()

    def admits(self, value: ClauseValue) -> bool:
        """Whether the value is of the clause's type and within its bounds."""
        if isinstance(self.silent, bool) or isinstance(value, bool):
            return isinstance(self.silent, bool) and isinstance(value, bool)
        if isinstance(self.silent, str) or isinstance(value, str):
            return value in self.choices
        return self.low <= value <= self.high

    def bounds(self) -> str:
        """The bounds in words, for a refusal or a page."""
        if isinstance(self.silent, bool):
            return "yes or no"
        return ", ".join(self.choices) or f"{self.low} to {self.high}"


CLAUSES: dict[str, Clause] = {
    "approvals.needed": Clause(
        "A joint approval needs at least {} members of its body.", 3, 2, low=2, high=15
    ),
    "approvals.open_days": Clause(
        "A joint approval that isn't enacted within {} days expires.", 30, 30, low=1, high=365
    ),
    "approvals.wait_hours": Clause(
        "A joint approval waits {} hours before it can be enacted.", 24, 0, low=0, high=720
    ),
    "decisions.certify_days": Clause(
        "A counting commission certifies within {} days; then anybody declares what was counted.",
        14,
        7,
        low=1,
        high=90,
    ),
    "decisions.commission_needed": Clause(
        "At least {} members of a counting commission certify an election.", 0, 0, low=0, high=15
    ),
    "decisions.most_proxies": Clause(
        "A member votes for at most {} others by proxy, and never in an election.",
        0,
        0,
        low=0,
        high=10,
    ),
    "decisions.newcomer_days": Clause(
        "A vote may leave out who joined less than {} days before it opens.",
        180,
        180,
        low=0,
        high=400,
    ),
    "decisions.objection_days": Clause(
        "An outcome can be objected to for {} days.", 7, 3, low=0, high=90
    ),
    "decisions.open_elections": Clause(
        "Members may be elected by open vote: {}.",
        silent=False,
        small=False,
    ),
    "decisions.paper_days": Clause(
        "Ballots on paper are counted in for {} days after a vote's time is over.",
        3,
        1,
        low=0,
        high=30,
    ),
    "decisions.present_percent": Clause(
        "Of those who sit in a body, {} per cent must be present to vote.", 50, 50, low=1, high=100
    ),
    "decisions.quorum_percent": Clause(
        "A vote needs ballots of {} per cent of its electorate.", 0, 0, low=0, high=100
    ),
    "decisions.shortest_days": Clause("A vote is open for at least {} days.", 7, 1, low=0, high=90),
    "decisions.openers": Clause(
        "A vote is opened by: {}.", "committee", "member", choices=("committee", "member")
    ),
    "deliberation.answer_days": Clause(
        "An objection is to be answered within {} days.", 14, 7, low=1, high=180
    ),
    "keys.vouch_wait_days": Clause(
        "A key for which others vouch waits {} days after notice to its member.",
        7,
        3,
        low=1,
        high=90,
    ),
    "members.ending_wait_days": Clause(
        "The end of a membership waits {} days after notice to the member.", 14, 7, low=3, high=180
    ),
    "names.readers": Clause(
        "Members' names are read by: {}.", "members", "members", choices=("members", "public")
    ),
    "organisation.country": Clause(
        "The law that applies to votes is that of: {}.",
        "none",
        "none",
        choices=("none", "au", "ca", "de", "fr", "gb", "ie", "us"),
    ),
    "posts.founders_days": Clause(
        "The founders sit in the first committee for {} days.", 365, 365, low=1, high=1461
    ),
    "posts.longest_days": Clause(
        "Nobody holds a post for more than {} days in one term.", 1461, 1461, low=30, high=3653
    ),
    "record.readers": Clause(
        "The record is read by: {}.", "members", "members", choices=("members", "public")
    ),
    "rule_book.wait_days": Clause(
        "A change of the rule book waits {} days.", 7, 3, low=1, high=180
    ),
}

SMALL_MEMBERS = 60
"""Below so many members, or with one branch, a founding program offers the small preset."""


def small_preset() -> dict[str, ClauseValue]:
    """The changes that make a silent rule book one for under 60 members or one branch."""
    return {name: clause.small for name, clause in CLAUSES.items() if clause.small != clause.silent}


def check_changes(changes: dict[str, ClauseValue]) -> None:
    """Refuse changes that name no clause or leave its bounds.

    Raises:
        Refused: `clause-unknown`, `clause-bounds`.
    """
    for name, value in changes.items():
        clause = CLAUSES.get(name)
        if clause is None:
            raise Refused("clause-unknown", f"The rule book has no clause {name}.")
        if not clause.admits(value):
            raise Refused("clause-bounds", f"Clause {name} takes {clause.bounds()}, not {value!r}.")
