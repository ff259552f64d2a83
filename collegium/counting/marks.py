"""Marks on ballots, rank by rank, and ballots that are known by their preferences alone."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TypeAlias

from collegium.counting.ballot import NOT_RANKED, UNRANKED, ranks_for
from collegium.counting.profile import Profile

Marks: TypeAlias = tuple[tuple[int, ...], ...]
"""The options marked at each rank, the first rank first; option numbers from 1."""

MarkedBallots: TypeAlias = Mapping[Marks, int]
"""Ballots as marked, and how often each was cast."""


def marks_of(text: str) -> Marks:
    """The marks of a dense ballot.

    Example:
        >>> marks_of("2-11")
        ((3, 4), (1,))
    """
    ranked = sorted((rank, n) for n, rank in enumerate(text, 1) if rank not in NOT_RANKED)
    return tuple(
        tuple(number for _, number in group) for _, group in groupby(ranked, lambda pair: pair[0])
    )


class ProfileMarks(Mapping[Marks, int]):
    """The ballots of a profile as marks: no skips and no duplicates are among them.

    Args:
        profile: The ballots; equal ranks are overvotes.
    """

    def __init__(self, profile: Profile) -> None:
        self.profile = profile

    def __getitem__(self, marks: Marks) -> int:
        ballot = [UNRANKED] * self.profile.options
        for rank, numbers in zip(ranks_for(self.profile.options), marks, strict=False):
            for number in numbers:
                if not 1 <= number <= len(ballot):
                    raise KeyError(marks)
                ballot[number - 1] = rank
        text = "".join(ballot)
        if marks_of(text) != marks:
            raise KeyError(marks)
        return self.profile.weights[text]

    def __iter__(self) -> Iterator[Marks]:
        return map(marks_of, self.profile.weights)

    def __len__(self) -> int:
        return self.profile.different
