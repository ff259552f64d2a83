"""The forms of tellers: hands, a roll call, ballots on paper."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from django import forms
from django.forms import BoundField

from collegium.ids import Kind
from collegium.parts.decisions.acts import CountedBallots
from collegium.server.web.decisions.forms import LONGEST_REASONS
from collegium.server.web.decisions.papers import (
    Ballots,
    choices_of,
    marks_of_choice,
)
from collegium.server.web.shared.forms import ActForm, PlainText

MOST_LINES: Final = 200
MOST_BALLOTS: Final = 10**9
_PAIR: Final = 2


class Lines(PlainText):
    """So many ballots a line: how many, then what they say."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(most=20_000, lines=8, **settings)

    def clean(self, value: Any) -> tuple[CountedBallots, ...]:
        """The lines as ballots, equal ones added up.

        Raises:
            ValidationError: Which line, and what was expected there.
        """
        found: dict[str, int] = {}
        for number, line in enumerate(super().clean(value).splitlines(), 1):
            words = line.replace(":", " ").split()
            if not words:
                continue
            if len(words) != _PAIR or not _whole(words[0]):
                raise forms.ValidationError(
                    f"Line {number}: write how many, a space, and the ballot; not “{line[:40]}”."
                )
            found[words[1]] = found.get(words[1], 0) + int(words[0])
        if len(found) > MOST_LINES:
            raise forms.ValidationError(
                f"Enter at most {MOST_LINES} different ballots at once, and the others after them."
            )
        return tuple(CountedBallots(count, marks) for marks, count in found.items())


def _whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < int(text[:20]) <= MOST_BALLOTS


class _Figures(ActForm):
    """A number for each way to vote, or lines where there are too many ways.

    Args:
        data: What was sent, or None.
        ballots: What a ballot looks like.
        titles: Of the options.
    """

    def __init__(self, data: Any = None, *, ballots: Ballots, titles: Sequence[str] = ()) -> None:
        super().__init__(data)
        self.ballots = ballots
        self.ways: list[str] = []
        if ballots.kind in {"yes-no", "choose"}:
            for choice, label in choices_of(ballots, titles):
                self.ways.append(choice)
                self.fields[f"many-{choice}"] = forms.IntegerField(
                    min_value=0, max_value=MOST_BALLOTS, required=False, label=label
                )
        else:
            self.fields["lines"] = Lines(label="Ballots", help_text=_spelling(ballots))

    def counted(self) -> tuple[CountedBallots, ...]:
        """The ballots that were entered."""
        sent = self.cleaned_data
        if not self.ways:
            found: tuple[CountedBallots, ...] = sent["lines"]
            return found
        return tuple(
            CountedBallots(sent[f"many-{way}"], marks_of_choice(self.ballots, way))
            for way in self.ways
            if sent[f"many-{way}"]
        )

    def figures(self) -> list[BoundField]:
        """The fields in the order of the options."""
        return [self[f"many-{way}"] for way in self.ways] or [self["lines"]]


class HandsForm(_Figures):
    """To enter a show of hands."""

    kind = Kind("decisions.enter-hands/1")
    button = "Enter what I counted"
    field_order = ("present",)

    present = forms.IntegerField(
        min_value=1,
        max_value=MOST_BALLOTS,
        label="Present",
        help_text="How many of those entitled are in the room.",
    )


class CountInForm(_Figures):
    """To have ballots from paper counted in."""

    kind = Kind("approvals.ask-approval/1")
    sealed: ClassVar[tuple[str, ...]] = ("reasons",)
    button = "Ask them to approve these ballots"
    asks = True

    spoilt = forms.IntegerField(
        min_value=0,
        max_value=MOST_BALLOTS,
        required=False,
        label="Spoilt",
        help_text="Ballots that say nothing readable. They count for the quorum alone.",
    )
    reasons = PlainText(
        most=LONGEST_REASONS,
        lines=3,
        label="Where these ballots come from",
        help_text="Which box, who counted, who watched. Whoever approves reads it first.",
    )

    def clean(self) -> dict[str, Any]:
        """Refuse an empty box."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.counted():
            self.add_error(self.figures()[0].name, "Enter at least one ballot.")
        return cleaned


class RollCallForm(ActForm):
    """To enter a roll call: what each said when called.

    Args:
        data: What was sent, or None.
        ballots: What a ballot looks like.
        called: Number and name of whom it calls.
        titles: Of the options.
    """

    kind = Kind("decisions.enter-roll-call/1")
    button = "Enter what I heard"

    def __init__(
        self,
        data: Any = None,
        *,
        ballots: Ballots,
        called: Mapping[int, str],
        titles: Sequence[str] = (),
    ) -> None:
        super().__init__(data)
        self.ballots, self.called = ballots, called
        listed = ballots.kind in {"yes-no", "choose"}
        for number, name in called.items():
            field: forms.Field
            if listed:
                choices = [("", "didn't answer"), *choices_of(ballots, titles)]
                field = forms.ChoiceField(choices=choices, required=False, label=name)
            else:
                field = forms.CharField(max_length=35, required=False, label=name)
            self.fields[f"said-{number}"] = field

    def said(self) -> dict[int, str]:
        """Member's number to ballot, of all who answered."""
        sent = {number: self.cleaned_data[f"said-{number}"] for number in self.called}
        if self.ballots.kind in {"yes-no", "choose"}:
            return {n: marks_of_choice(self.ballots, one) for n, one in sent.items() if one}
        return {number: one for number, one in sent.items() if one}

    def clean(self) -> dict[str, Any]:
        """Refuse an empty sheet."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.said():
            raise forms.ValidationError("Enter what at least one member said.")
        return cleaned


def _spelling(ballots: Ballots) -> str:
    """How a ballot is written on a line."""
    blank = "-" * (ballots.options - 1)
    if ballots.kind == "tick":
        return (
            f"One kind of ballot a line: how many, then for each of the {ballots.options} options "
            f"x or -. “12 x{blank}” is 12 ballots with the first ticked."
        )
    if ballots.kind == "grade":
        return (
            f"One kind of ballot a line: how many, then the grade of each of the "
            f"{ballots.options} options, or -. “12 0{blank}” gives the first the worst."
        )
    example = "21" + "-" * (ballots.options - 2)
    return (
        f"One kind of ballot a line: how many, then the place of each of the {ballots.options} "
        f"options, or -. “12 {example}” is 12 ballots with the second option first."
    )
