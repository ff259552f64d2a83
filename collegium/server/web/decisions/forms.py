"""The forms of voters: a ballot, a card, a proxy; and of whoever closes and declares."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, ClassVar, Final

from django import forms
from django.forms import BoundField

from collegium.ids import Kind
from collegium.parts.decisions.acts import CountedBallots
from collegium.server.web.decisions.choosing import one_member
from collegium.server.web.decisions.offers import Named
from collegium.server.web.decisions.papers import Ballots, fields_of, marks_in
from collegium.server.web.shared.forms import ActForm, PlainText

LONGEST_REASONS: Final = 10_000
PARTS: Final = 3
"""Ways into which a form lets a card be split; more of them can be signed elsewhere."""

_SAY_SOMETHING: Final = {
    "rank": "Give at least one option a rank. If all are the same to you, give them the same "
    "rank: that is a ballot too.",
    "grade": "Give at least one option a grade.",
}
_RANK_ONE: Final = "Give at least one option a rank."


class BallotForm(ActForm):
    """To cast a ballot, or cast it anew.

    Args:
        data: What was sent, or None.
        ballots: What a ballot looks like.
        cast: The ballot cast before, or empty.
        titles: Of the options, where a field lists them.
    """

    kind = Kind("decisions.cast-ballot/1")
    button = "Cast my ballot"

    def __init__(
        self, data: Any = None, *, ballots: Ballots, cast: str = "", titles: Sequence[str] = ()
    ) -> None:
        super().__init__(data)
        self.ballots, self.cast = ballots, cast
        if cast:
            self.button = "Cast it anew"  # type: ignore[misc] # for this form alone
        self.fields.update(fields_of(ballots, marks=cast, titles=titles))

    def places(self) -> list[BoundField]:
        """The fields in the order of the options."""
        return [self[name] for name in self.fields]

    def clean(self) -> dict[str, Any]:
        """Refuse a ballot that says nothing by oversight."""
        cleaned = super().clean() or self.cleaned_data
        ballots = self.ballots
        if not self.errors and ballots.kind in _SAY_SOMETHING and not any(cleaned.values()):
            plain = ballots.kind == "rank" and not ballots.equal
            raise forms.ValidationError(_RANK_ONE if plain else _SAY_SOMETHING[ballots.kind])
        return cleaned

    def place_of(self, rule: str) -> str | None:
        """Two equal ranks are told beside the later of them."""
        if rule != "ballot-equal":
            return super().place_of(rule)
        ranks = [(name, self.cleaned_data[name]) for name in self.fields]
        given = [rank for _, rank in ranks]
        later = (name for at, (name, rank) in enumerate(ranks) if rank and rank in given[:at])
        return next(later, None)

    def marks(self) -> str:
        """The ballot as the record spells it."""
        return marks_in(self.ballots, self.cleaned_data)


class ProxyBallotForm(BallotForm):
    """To cast the ballot of another, by their proxy."""

    kind = Kind("decisions.cast-by-proxy/1")
    button = "Cast it for them"


class CardForm(ActForm):
    """To cast a card: so many of its votes say this, so many that.

    Args:
        data: What was sent, or None.
        ballots: What a ballot looks like.
        votes: How many votes the card carries.
        cast: What it says so far.
        titles: Of the options, where a field lists them.
    """

    kind = Kind("decisions.cast-card/1")
    button = "Cast my card"
    met_in = MappingProxyType({"card-exceeded": "votes"})

    def __init__(
        self,
        data: Any = None,
        *,
        ballots: Ballots,
        votes: int,
        cast: Sequence[CountedBallots] = (),
        titles: Sequence[str] = (),
    ) -> None:
        super().__init__(data)
        self.ballots, self.votes = ballots, votes
        if cast:
            self.button = "Cast it anew"  # type: ignore[misc] # for this form alone
        for part in range(1, PARTS + 1):
            before = cast[part - 1] if part <= len(cast) else None
            many = before.count if before else votes if part == 1 and not cast else None
            label = f"How many of the {votes} votes" if part == 1 else f"Other votes, part {part}"
            self.fields[f"votes-{part}"] = forms.IntegerField(
                min_value=0, max_value=10**6, required=False, initial=many, label=label
            )
            made = fields_of(ballots, f"p{part}-", before.marks if before else "", titles)
            for name, field in made.items():
                field.required = False
                self.fields[name] = field

    def parts(self) -> list[tuple[BoundField, list[BoundField]]]:
        """Each part: how many votes, and the fields of what they say."""
        return [
            (self[f"votes-{part}"], [self[n] for n in self.fields if n.startswith(f"p{part}-")])
            for part in range(1, PARTS + 1)
        ]

    def is_split(self) -> bool:
        """Whether a part after the first says something, or something in it is wrong."""
        after = range(2, PARTS + 1)
        stems = tuple(f"votes-{part}" for part in after) + tuple(f"p{part}-" for part in after)
        wrong = any(name.startswith(stems) for name in self.errors)
        return wrong or any(self[f"votes-{part}"].value() for part in after)

    def said(self) -> tuple[CountedBallots, ...]:
        """The parts that have votes."""
        sent = self.cleaned_data
        return tuple(
            CountedBallots(sent[f"votes-{part}"], marks_in(self.ballots, sent, f"p{part}-"))
            for part in range(1, PARTS + 1)
            if sent[f"votes-{part}"]
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a card that says nothing."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.said():
            self.add_error("votes-1", f"Say what at least one of its {self.votes} votes says.")
        return cleaned


class GiveProxyForm(ActForm):
    """To let another elector vote for oneself.

    Args:
        data: What was sent, or None.
        others: Number and name of those who may be asked.
        complete: Whether these are all who may be; otherwise they are named by number.
    """

    kind = Kind("decisions.give-proxy/1")
    button = "Give my proxy"
    met_in = MappingProxyType({"proxy-elector": "member", "proxies-many": "member"})

    def __init__(self, data: Any = None, *, others: Named = (), complete: bool = True) -> None:
        super().__init__(data)
        self.fields["member"] = one_member(
            others, complete=complete, nobody="choose somebody", label="Who votes for you"
        )


class TakeBackForm(ActForm):
    """To take one's proxy back."""

    kind = Kind("decisions.give-proxy/1")
    button = "Take my proxy back"


class CloseForm(ActForm):
    """To put on record that a vote's time is over."""

    kind = Kind("decisions.close-vote/1")
    button = "Record the close"


class DeclareForm(ActForm):
    """To declare what the ballots came to."""

    kind = Kind("decisions.declare-outcome/1")
    button = "Declare this outcome"


class CertifyForm(ActForm):
    """To certify what the ballots came to, as a member of the counting commission."""

    kind = Kind("decisions.certify-outcome/1")
    button = "Certify these figures"


class RefuseOutcomeForm(ActForm):
    """To refuse to certify it, as a member of the counting commission, and say why."""

    kind = Kind("decisions.refuse-outcome/1")
    sealed: ClassVar[tuple[str, ...]] = ("text",)
    button = "Refuse to certify"

    text = PlainText(
        most=LONGEST_REASONS,
        lines=4,
        label="Why you don't certify it",
        help_text="Say what isn't as it was given: which ballots, which hands. Members read it.",
    )


class ContestForm(ActForm):
    """To object to how a vote was held or counted."""

    kind = Kind("decisions.contest-outcome/1")
    sealed: ClassVar[tuple[str, ...]] = ("text",)
    button = "Object to this outcome"

    text = PlainText(
        most=LONGEST_REASONS,
        lines=4,
        label="What was wrong",
        help_text="Say what happened, and what it changed. The commission or the body answers.",
    )


class AnswerContestForm(ActForm):
    """To answer an objection to an outcome."""

    kind = Kind("decisions.answer-contest/1")
    sealed: ClassVar[tuple[str, ...]] = ("text",)
    button = "Answer it"

    text = PlainText(most=LONGEST_REASONS, lines=4, label="Your answer")


class AnnulForm(ActForm):
    """To ask that an outcome be void."""

    kind = Kind("approvals.ask-approval/1")
    sealed: ClassVar[tuple[str, ...]] = ("reasons",)
    button = "Ask that it be void"
    asks = True

    reasons = PlainText(
        most=LONGEST_REASONS,
        lines=4,
        label="Your reasons",
        help_text="Whoever decides reads them first.",
    )
