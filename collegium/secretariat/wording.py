"""Deeds that need joint approval, in words: one plain sentence for each kind.

Whoever approves signs a deed; here it is said so that they know what they sign. Members and
bodies stand in a sentence as pages name them, and texts by where they were sealed.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from msgspec import Struct

from collegium.ids import ActId, BodyId, MemberId, PostId, VoteId
from collegium.parts.approvals.state import Request
from collegium.parts.decisions import acts as decisions
from collegium.parts.organisation import acts as organisation
from collegium.parts.organisation.clauses import CLAUSES
from collegium.parts.organisation.pages import value_in_words
from collegium.parts.organisation.shown import Sentence, Text, person, place, post_title
from collegium.secretariat.registry import BY_KIND

if TYPE_CHECKING:
    from collegium.secretariat.house import House


class Told(Struct, frozen=True):
    """A deed that is to be told.

    Attributes:
        act: The act that sealed its texts: the request.
        body: What is to be done.
        subjects: Whom it is about.
    """

    act: ActId
    body: Any
    subjects: tuple[MemberId, ...]


Telling: TypeAlias = Callable[["House", Told], Sentence]


def sentence_of(house: "House", request: Request) -> Sentence:
    """A request's deed in words."""
    body = BY_KIND[request.kind].decoder.decode(request.deed.encode())
    return deed_in_words(house, ActId(request.name), body, request.subjects)


def deed_in_words(
    house: "House", act: ActId, body: Struct, subjects: tuple[MemberId, ...] = ()
) -> Sentence:
    """A deed in one sentence, as what is to be done.

    Args:
        house: Where the members and bodies that it names are looked up.
        act: The act that sealed the deed's texts.
        body: The deed.
        subjects: Whom it is about, where the deed itself doesn't name them.

    Raises:
        ValueError: A kind that needs no joint approval.
    """
    telling = _TELLINGS.get(type(body))
    if telling is None:
        raise ValueError(f"expected a deed that needs joint approval, not a {type(body).__name__}")
    return telling(house, Told(act, body, subjects))


def post_in_words(house: "House", name: PostId) -> Sentence:
    """A post with its body: `the post “Treasurer” in Bakery`."""
    found = house.organisation.posts[name]
    title, seat = post_title(name), _place(house, found.body)
    if title is not None:
        return ("the post “", title, "” in ", seat)
    number = 1 + house.organisation.bodies[found.body].posts.index(name)
    return (f"seat {number} in ", seat)


def _admit(house: "House", told: Told) -> Sentence:
    return ("Admit ", Text(told.act, "name"), " as a member of ", _place(house, told.body.body))


def _admit_roll(house: "House", told: Told) -> Sentence:
    many = len(told.body.members)
    return (f"Admit a roll of {many} to ", _place(house, told.body.body))


def _transfer(house: "House", told: Told) -> Sentence:
    return ("Move ", _person(house, told.body.member), " to ", _place(house, told.body.to))


def _change_standing(house: "House", told: Told) -> Sentence:
    verb = "Suspend" if told.body.standing == "suspended" else "Restore"
    return (f"{verb} the rights of ", _person(house, told.body.member))


def _end_membership(house: "House", told: Told) -> Sentence:
    return ("End the membership of ", _person(house, told.body.member))


def _vouch_key(house: "House", told: Told) -> Sentence:
    return ("Vouch for a new key of ", _person(house, told.body.member), f": {told.body.key}")


def _end_key(house: "House", told: Told) -> Sentence:
    return ("End a key of ", _person(house, told.body.member), f": {told.body.key}")


def _create_body(house: "House", told: Told) -> Sentence:
    made = f"Make a {told.body.kind}, “"
    return (made, Text(told.act, "name"), "”, as part of ", _place(house, told.body.parent))


def _dissolve_body(house: "House", told: Told) -> Sentence:
    return ("Dissolve ", _place(house, told.body.body))


def _create_post(house: "House", told: Told) -> Sentence:
    return ("Make a post, “", Text(told.act, "title"), "”, in ", _place(house, told.body.body))


def _fill_post(house: "House", told: Told) -> Sentence:
    filling = told.body
    return (
        "Give ",
        _person(house, filling.member),
        " ",
        *post_in_words(house, filling.post),
        f", {_BASES[filling.basis]}, until {_day(filling.until)}",
    )


def _vacate_post(house: "House", told: Told) -> Sentence:
    holder = tuple(_person(house, name) for name in told.subjects[:1]) or ("the holder",)
    return ("End the term of ", *holder, " in ", *post_in_words(house, told.body.post))


def _amend(_house: "House", told: Told) -> Sentence:
    changes = told.body.changes.items()
    clauses = (CLAUSES[name].says.format(value_in_words(value)) for name, value in changes)
    return ("Change the rule book: ", " ".join(f"“{clause}”" for clause in clauses))


def _close_import(_house: "House", told: Told) -> Sentence:
    return (f"End the import for ever, after {told.body.acts:,} imported acts",)


def _annul(house: "House", told: Told) -> Sentence:
    vote = house.decisions.votes[VoteId(told.body.vote)]
    title = Text(ActId(told.body.vote), "title")
    return (f"Make the outcome of V-{vote.number} void, “", title, "”; it has to be held again")


def _erase(_house: "House", told: Told) -> Sentence:
    return (f"Erase a sealed text of act {told.body.entry}, here and in every copy",)


def _count_in(house: "House", told: Told) -> Sentence:
    many = sum(one.count for one in told.body.ballots)
    vote = house.decisions.votes[VoteId(told.body.vote)]
    title = Text(ActId(told.body.vote), "title")
    return (f"Count {many:,} ballots into V-{vote.number}, “", title, "”")


def _person(house: "House", name: str) -> Any:
    """A member as pages name them; a name that isn't one stays as it is."""
    known = MemberId(name) in house.organisation.members
    return person(house, MemberId(name)) if known else name


def _place(house: "House", name: str) -> Any:
    return place(house, BodyId(name))


def _day(moment: str) -> str:
    at = datetime.fromisoformat(moment)
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}"


_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_BASES: Final[Mapping[organisation.Basis, str]] = {
    "elected": "as elected",
    "appointed": "by appointment",
    "co-opted": "by co-option",
    "lot": "by lot",
}

_TELLINGS: Final[Mapping[type, Telling]] = {
    organisation.AdmitMember: _admit,
    organisation.AdmitRoll: _admit_roll,
    organisation.TransferMember: _transfer,
    organisation.ChangeStanding: _change_standing,
    organisation.EndMembership: _end_membership,
    organisation.VouchKey: _vouch_key,
    organisation.EndKey: _end_key,
    organisation.CreateBody: _create_body,
    organisation.DissolveBody: _dissolve_body,
    organisation.CreatePost: _create_post,
    organisation.FillPost: _fill_post,
    organisation.VacatePost: _vacate_post,
    organisation.AmendRuleBook: _amend,
    organisation.CloseImport: _close_import,
    organisation.ErasePayload: _erase,
    decisions.AnnulOutcome: _annul,
    decisions.CountInBallots: _count_in,
}
