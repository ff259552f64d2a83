"""The forms of tellers: hands, a roll call, ballots on paper."""

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, ClassVar, Final

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from collegium.counting.files.kinds import decoded
from collegium.ids import Kind
from collegium.parts.decisions.acts import CountedBallots
from collegium.server.web.decisions.ballot_lists import MOST_BALLOTS, listed, said
from collegium.server.web.decisions.forms import LONGEST_REASONS
from collegium.server.web.decisions.papers import (
    Ballots,
    choices_of,
    marks_of_choice,
)
from collegium.server.web.decisions.piles import (
    FEWEST,
    Pile,
    marks_of_pile,
    most_piles,
    pile_fault,
    pile_fields,
)
from collegium.server.web.shared.forms import ActForm, PlainText
from collegium.server.web.shared.showing import whole_number

MOST_DIFFERENT: Final = 200
"""Different ballots that one act counts in."""

LONGEST_LIST: Final = 200_000
_LONGEST_SAID: Final = 1_000
_LISTED: Final = frozenset({"yes-no", "choose"})


def way_fields(ballots: Ballots, titles: Sequence[str]) -> dict[str, forms.Field]:
    """A number for each way to vote, where a ballot is one choice."""
    return {
        f"many-{choice}": forms.IntegerField(
            min_value=0, max_value=MOST_BALLOTS, required=False, label=label
        )
        for choice, label in choices_of(ballots, titles)
    }


def counted_ways(ballots: Ballots, sent: Mapping[str, Any]) -> tuple[CountedBallots, ...]:
    """The ballots of the ways for which there were any."""
    return tuple(
        CountedBallots(many, marks_of_choice(ballots, name.removeprefix("many-")))
        for name, many in sent.items()
        if name.startswith("many-") and many
    )


class BallotLines(PlainText):
    """A list of ballots, a line each, or the text of a file; what comes back is how many of each.

    Args:
        ballots: What a ballot looks like.
        titles: Of the options.
        settings: As of any field.
    """

    def __init__(self, ballots: Ballots, titles: Sequence[str], **settings: Any) -> None:
        told = _spelling(ballots)
        label = "A list of ballots"
        super().__init__(most=LONGEST_LIST, lines=8, label=label, help_text=told, **settings)
        self.ballots, self.titles = ballots, titles

    def clean(self, value: Any) -> dict[str, int]:
        """A ballot as the record spells it to how often it stands there.

        Raises:
            ValidationError: Which line is wrong, and how.
        """
        text = super().clean(value)
        try:
            return listed(text, self.ballots, self.titles) if text else {}
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class HandsForm(ActForm):
    """To enter a show of hands.

    Args:
        data: What was sent, or None.
        ballots: What a ballot looks like.
        titles: Of the options.
    """

    kind = Kind("decisions.enter-hands/1")
    button = "Enter what I counted"
    met_in = MappingProxyType({"hands-exceed": "present", "electorate-exceeded": "present"})

    present = forms.IntegerField(
        min_value=1,
        max_value=MOST_BALLOTS,
        label="Present",
        help_text="How many of those entitled are in the room.",
    )

    def __init__(self, data: Any = None, *, ballots: Ballots, titles: Sequence[str] = ()) -> None:
        super().__init__(data)
        self.ballots = ballots
        if ballots.kind in _LISTED:
            self.fields.update(way_fields(ballots, titles))
        else:
            self.fields["lines"] = BallotLines(ballots, titles)

    def counted(self) -> tuple[CountedBallots, ...]:
        """The hands that were entered."""
        found = self.cleaned_data.get("lines", {})
        many = tuple(CountedBallots(count, marks) for marks, count in found.items())
        return many or counted_ways(self.ballots, self.cleaned_data)


class CountInForm(ActForm):
    """To have ballots from paper counted in.

    Args:
        data: What was sent, or None.
        files: The files that came with it.
        ballots: What a ballot looks like.
        titles: Of the options.
        initial: What stands in the fields at first; `room`, as when it is sent, is for how many
            piles there is room.
    """

    kind = Kind("approvals.ask-approval/1")
    sealed: ClassVar[tuple[str, ...]] = ("reasons",)
    button = "Ask them to approve these ballots"
    asks = True
    met_in = MappingProxyType({"ballot-unreadable": "lines"})

    lines_file = forms.FileField(
        required=False,
        label="Or a file",
        help_text="Its words go into the list above, where you can put them right.",
    )
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

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        ballots: Ballots,
        titles: Sequence[str] = (),
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, initial=dict(initial or {}))
        self.ballots, self.titles = ballots, titles
        self.by_choice = ballots.kind in _LISTED
        self.most = most_piles(ballots)
        asked = whole_number(str((self.data if self.is_bound else self.initial).get("room", "")))
        self.room = min(max(asked, FEWEST), self.most)
        if self.by_choice:
            del self.fields["lines_file"]
            made = way_fields(ballots, titles)
        else:
            made = pile_fields(ballots, self.room, titles)
            made["lines"] = BallotLines(ballots, titles, required=False)
        self.fields = made | self.fields

    # What the page shows.

    def ways(self) -> list[BoundField]:
        """How many for each choice, where a ballot is one."""
        return [self[name] for name in self.fields if name.startswith("many-")]

    def piles(self) -> list[Pile]:
        """The piles, where a ballot is more than one choice."""
        options = range(1, self.ballots.options + 1)
        return [
            Pile(one, self[f"pile-{one}"], [self[f"pile-{one}-{n}"] for n in options])
            for one in range(1, self.room + 1)
            if not self.by_choice
        ]

    def has_room(self) -> bool:
        """Whether more piles can be added."""
        return self.room < self.most

    # What was sent.

    def counted(self) -> tuple[CountedBallots, ...]:
        """The ballots that were entered, equal ones added up."""
        sent = self.cleaned_data
        if self.by_choice:
            return counted_ways(self.ballots, sent)
        found: Counter[str] = Counter(sent.get("lines") or {})
        found.update(sent.get("lines_file") or {})
        for pile in range(1, self.room + 1):
            found[marks_of_pile(self.ballots, sent, pile)] += sent.get(f"pile-{pile}") or 0
        return tuple(CountedBallots(count, marks) for marks, count in found.items() if count)

    def clean_lines_file(self) -> dict[str, int]:
        """The file as ballots; its words stand in the list from now on."""
        file = self.cleaned_data["lines_file"]
        if not file:
            return {}
        if self.data.get("lines", "").strip():
            raise forms.ValidationError("A list stands above: empty it first, or leave the file.")
        try:
            text = decoded(file.read())
        except ValueError as error:
            raise forms.ValidationError("This file isn't text: choose CSV or BLT.") from error
        shown: QueryDict = self.data.copy()  # type: ignore[attr-defined] # what a browser sent
        shown["lines"] = text
        self.data = shown
        try:
            found: dict[str, int] = self.fields["lines"].clean(text)
        except forms.ValidationError as error:
            self.add_error("lines", error)
            return {}
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse an empty box, and piles of which half is said."""
        cleaned = super().clean() or self.cleaned_data
        for pile in range(1, self.room + 1) if not self.by_choice else ():
            marks = marks_of_pile(self.ballots, cleaned, pile)
            fault = pile_fault(self.ballots, cleaned.get(f"pile-{pile}"), marks)
            if fault and not any(one.startswith(f"pile-{pile}") for one in self.errors):
                self.add_error(f"pile-{pile}", fault)
        if not self.errors:
            self._check(len(self.counted()))
        return cleaned

    def _check(self, different: int) -> None:
        first = next(iter(self.fields))
        if not different and not self.cleaned_data.get("spoilt"):
            self.add_error(first, "Enter at least one ballot, here or under Spoilt.")
        elif different > MOST_DIFFERENT:
            self.add_error(
                "list",
                f"Enter at most {MOST_DIFFERENT} different ballots at once; the others next.",
            )


class Said(forms.CharField):
    """A ballot as somebody says it when called: the options' numbers, or their names."""

    def __init__(self, ballots: Ballots, titles: Sequence[str], **settings: Any) -> None:
        super().__init__(max_length=_LONGEST_SAID, required=False, **settings)
        self.ballots, self.titles = ballots, titles

    def clean(self, value: Any) -> str:
        """The ballot as the record spells it; empty for whoever didn't answer."""
        words = super().clean(value)
        try:
            return said(words, self.ballots, self.titles) if words else ""
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


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
        self.help = "" if ballots.kind in _LISTED else _how_said(ballots)
        by_choice = self.by_choice = ballots.kind in _LISTED
        for number, name in called.items():
            field: forms.Field
            if by_choice:
                choices = [("", "didn't answer"), *choices_of(ballots, titles)]
                field = forms.ChoiceField(choices=choices, required=False, label=name)
            else:
                field = Said(ballots, titles, label=name)
            self.fields[f"said-{number}"] = field

    def said(self) -> dict[int, str]:
        """Member's number to ballot, of all who answered."""
        sent = {number: self.cleaned_data[f"said-{number}"] for number in self.called}
        if self.by_choice:
            return {n: marks_of_choice(self.ballots, one) for n, one in sent.items() if one}
        return {number: one for number, one in sent.items() if one}

    def clean(self) -> dict[str, Any]:
        """Refuse an empty sheet."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.said():
            raise forms.ValidationError("Enter what at least one member said.")
        return cleaned


def _how_said(ballots: Ballots) -> str:
    """How a ballot is written where it is more than one choice."""
    if ballots.kind == "tick":
        return "Write the numbers of the options ticked: 1 3. For none of them, write none."
    if ballots.kind == "grade":
        return f"Write {ballots.options} grades in the order of the options, and - for none."
    return "Write the numbers of the options, the first choice first: 2 1 3."


def _spelling(ballots: Ballots) -> str:
    """How a list of ballots is written."""
    if ballots.kind == "grade":
        best = ballots.levels - 1
        example = " ".join([str(best), "0", *["-"] * (ballots.options - 2)])
    else:
        example = "2 1" if ballots.kind == "rank" else "1 2"
    files = "a BLT file or CSV" if ballots.kind == "rank" else "CSV"
    return (
        f"A line each: how many, a colon, then the ballot. {_how_said(ballots)} “12: {example}” is "
        f"12 such ballots. Names do as well, with > between them; so does {files}."
    )
