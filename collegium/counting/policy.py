"""From marks on ballots to a profile, by a written policy; what was set aside is counted.

A ballot is read rank by rank. An overvote is a rank with more than one option on it; a skip is
a rank with none, though one follows. A withdrawn option is read as if it had never stood.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from collegium.counting.ballot import (
    NO_OPINION,
    UNRANKED,
    WIDEST,
    ballot_of,
    check_options,
)
from collegium.counting.marks import MarkedBallots, Marks, ProfileMarks
from collegium.counting.outcome import OptionNumber
from collegium.counting.profile import Profile

Cause: TypeAlias = Literal[
    "blank",
    "duplicate",
    "no-opinion",
    "overvote",
    "skipped",
    "too-few",
    "too-many",
    "withdrawn",
]
"""Why something on a ballot was not read as marked."""


class BallotPolicy(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="policy", tag="ballot-policy/1"
):
    """How marks are read.

    Attributes:
        duplicates: What a second mark for the same option does: `skip` passes over it, `stop`
            ends the ballot there.
        fewest: Options that a ballot must rank to be valid.
        most_ranks: Ranks that are read; None reads all.
        most_skips: Skips one after the other that are passed over; one more ends the ballot.
            None passes over any number.
        overvotes: What a rank with several options does: `equal` ranks them equally, `skip`
            passes over it, `stop` ends the ballot there.
        unmarked: What an option without a mark is: `below` those that have one, or `no-opinion`,
            compared with no other on that ballot.
        withdrawn: Options that are read as if they had never stood, ascending.
    """

    duplicates: Literal["skip", "stop"] = "skip"
    fewest: Annotated[int, Meta(ge=0, le=WIDEST)] = 0
    most_ranks: Annotated[int, Meta(ge=1, le=WIDEST)] | None = None
    most_skips: Annotated[int, Meta(ge=0, le=WIDEST)] | None = None
    overvotes: Literal["equal", "skip", "stop"] = "equal"
    unmarked: Literal["below", "no-opinion"] = "below"
    withdrawn: tuple[OptionNumber, ...] = ()


class ReadBallots(Struct, frozen=True, kw_only=True):
    """What a policy makes of marked ballots.

    Attributes:
        causes: How many ballots each cause touched; one ballot may count under several.
        invalid: Ballots that are not in the profile at all.
        policy: The policy.
        profile: The ballots to be counted; blank ones are among them.
        standing: The original number of each option of the profile, in its order.
    """

    causes: Mapping[Cause, int]
    invalid: int
    policy: BallotPolicy
    profile: Profile
    standing: tuple[int, ...]


def read_marks(
    options: int, ballots: MarkedBallots, policy: BallotPolicy | None = None
) -> ReadBallots:
    """The profile of the ballots under a policy, and what was not read as marked.

    Args:
        options: How many options stood when the ballots were cast.
        ballots: As marked.
        policy: How they are read; equal ranks and skips are accepted when none is given.

    Raises:
        ValueError: No option is left, or an option that isn't on the ballot is marked or withdrawn.

    Example:
        >>> read = read_marks(3, {((1,), (), (2, 3)): 5}, BallotPolicy(overvotes="stop"))
        >>> dict(read.profile.weights), dict(read.causes)
        ({'1--': 5}, {'overvote': 5, 'skipped': 5})
    """
    policy = policy or BallotPolicy()
    if policy.withdrawn and max(policy.withdrawn) > options:
        raise ValueError(f"expected withdrawn options of 1 to {options}, not {policy.withdrawn}")
    if isinstance(ballots, ProfileMarks) and options == ballots.profile.options:
        plain = not (policy.fewest or policy.withdrawn or policy.most_ranks is not None)
        plain = plain and policy.unmarked == "below"
        if plain and not (policy.overvotes != "equal" and ballots.profile.with_equal_ranks()):
            return _read_as_they_are(ballots.profile, policy)
    standing = tuple(n for n in range(1, options + 1) if n not in policy.withdrawn)
    check_options(len(standing))
    causes: Counter[Cause] = Counter()
    weights: Counter[str] = Counter()
    invalid = 0
    for marks, weight in ballots.items():
        reading = _Reading(policy)
        reading.read(marks)
        if not reading.ranked:
            reading.causes.add("blank")
        if len(reading.ranked) < policy.fewest:
            reading.causes.add("too-few")
            invalid += weight
        else:
            if policy.unmarked == "no-opinion" and not reading.ranked.keys() >= set(standing):
                reading.causes.add("no-opinion")
            weights[_text(reading.ranked, standing, options, policy)] += weight
        for cause in sorted(reading.causes):
            causes[cause] += weight
    profile = Profile(len(standing), weights)
    return ReadBallots(
        causes=causes, invalid=invalid, policy=policy, profile=profile, standing=standing
    )


def _read_as_they_are(profile: Profile, policy: BallotPolicy) -> ReadBallots:
    """The same ballots: nothing on any of them is read otherwise than as it was marked."""
    overvoted = sum(profile.with_equal_ranks().values())
    touched: dict[Cause, int] = {"blank": profile.blank, "overvote": overvoted}
    return ReadBallots(
        causes={cause: ballots for cause, ballots in touched.items() if ballots},
        invalid=0,
        policy=policy,
        profile=profile,
        standing=tuple(range(1, profile.options + 1)),
    )


class _Reading:
    """One ballot being read: option to rank, and what was not read as marked."""

    def __init__(self, policy: BallotPolicy) -> None:
        self.policy = policy
        self.ranked: dict[int, int] = {}
        self.causes: set[Cause] = set()
        self._skips = 0

    def read(self, marks: Marks) -> None:
        last = max((place for place, marked in enumerate(marks) if marked), default=-1)
        for place, marked in enumerate(marks[: last + 1]):
            if self.policy.most_ranks is not None and place >= self.policy.most_ranks:
                self.causes.add("too-many")
                return
            if not self._goes_on(place, marked):
                return

    def _goes_on(self, place: int, marked: tuple[int, ...]) -> bool:
        """Read one rank; False where the ballot ends."""
        if not marked:
            self.causes.add("skipped")
            self._skips += 1
            return self.policy.most_skips is None or self._skips <= self.policy.most_skips
        self._skips = 0
        kept = [option for option in marked if option not in self.policy.withdrawn]
        if len(kept) < len(marked):
            self.causes.add("withdrawn")
        fresh = sorted({option for option in kept if option not in self.ranked})
        if len(fresh) < len(kept):
            self.causes.add("duplicate")
            if self.policy.duplicates == "stop":
                return False
        if len(set(kept)) > 1:
            self.causes.add("overvote")
            if self.policy.overvotes != "equal":
                return self.policy.overvotes == "skip"
        self.ranked.update(dict.fromkeys(fresh, place))
        return True


def _text(
    ranked: Mapping[int, int], standing: tuple[int, ...], options: int, policy: BallotPolicy
) -> str:
    strangers = [option for option in ranked if not 1 <= option <= options]
    if strangers:
        raise ValueError(f"expected options 1 to {options}, not {strangers[0]}")
    unmarked: Literal["-", "?"] = UNRANKED if policy.unmarked == "below" else NO_OPINION
    return ballot_of([ranked.get(option) for option in standing], unmarked)
