"""The votes in words, as they follow from the record: what `collegium demo` prints.

Nothing here reads the source's files. Titles are the record's sealed payloads, every figure
is what replaying it came to; the comparison with the printed outcomes comes from outside.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from textwrap import wrap
from typing import TypeAlias

import msgspec
from msgspec import Struct

from collegium.archive.protocol import Archive
from collegium.counting import DebianOutcome
from collegium.datasets.debian.comparing import declared_outcome
from collegium.ids import ActId, VoteId
from collegium.parts.decisions.state import Vote
from collegium.record.act import read_entry
from collegium.record.base64_text import to_base64
from collegium.secretariat.house import House

WIDTH = 79
"""Columns of a line, at most."""

_TITLE_WIDTH = 34
_INDENT = "     "

TextOf: TypeAlias = Callable[[ActId, str], str]
"""From an act and a field to the sealed text, empty where it is erased or never was."""

LIMITS = (
    "Limits. These are {votes} of the 38 votes of 2003 to 2018: those whose published outcome "
    "could be recomputed from published ballots. People are pseudonyms, which is not "
    "anonymity: the originals are public. There is no roll: the number of those entitled to "
    "vote follows from the printed quorum. In {secret} elections the ballot was secret, so "
    "their ballots stand here without voters. The keepers of this copy entered the acts years "
    "later; that Debian's members did them is the word of the source, and no signature of "
    "theirs."
)
ERASED = "(title erased)"
ATTRIBUTION = "Source: Debian project, https://www.debian.org/vote"


class Titles(Struct, frozen=True):
    """A vote's sealed titles."""

    vote: str
    options: tuple[str, ...]


def texts_in(archive: Archive) -> TextOf:
    """Reads sealed texts of an archive by act and field."""

    def text_of(act: ActId, field: str) -> str:
        stored = archive.find(act)
        commitment = read_entry(stored.data).act.sealed.get(field) if stored else None
        payload = archive.payload(commitment) if commitment else None
        return payload.content.decode() if payload else ""

    return text_of


def told(
    house: House,
    text_of: TextOf,
    *,
    stored: int,
    differing: Mapping[str, tuple[str, ...]] | None = None,
) -> Iterator[str]:
    """The lines about every vote, then totals and limits; at most 79 columns each.

    Args:
        house: As replayed from the record.
        text_of: Where the sealed titles are read.
        stored: The size of the record in bytes.
        differing: `comparing.all_differences`; None where nothing was compared.
    """
    for name, vote in house.decisions.votes.items():
        yield from _told_vote(vote, _titles(name, vote, text_of))
        if differing is not None and vote.reference in differing:
            yield from wrap(_compared(differing[vote.reference]), WIDTH)
        yield ""
    yield from _totals(house, stored, differing)
    yield ""
    votes = house.decisions.votes.values()
    secret = sum(vote.secret for vote in votes)
    yield from wrap(LIMITS.format(votes=len(votes), secret=secret), WIDTH)
    yield ATTRIBUTION


def _told_vote(vote: Vote, titles: Titles) -> Iterator[str]:
    heading = f"V-{vote.number}  {vote.reference}"
    yield f"{heading}{_span(vote):>{WIDTH - len(heading)}}"
    yield from wrap(titles.vote, WIDTH)
    if not vote.declared:
        yield "No outcome is declared."
        return
    outcome = declared_outcome(vote)
    yield f"{outcome.ballots:,} ballots of {vote.entitled:,} entitled to vote."
    yield from wrap(_quorum(vote, outcome, titles), WIDTH)
    yield ""
    yield f"{'':<{len(_INDENT) + _TITLE_WIDTH}}  over : under the default"
    for number, title in enumerate(titles.options, 1):
        yield from _told_option(number, title, vote, outcome)
    yield ""
    winners = " and ".join(titles.options[number - 1] for number in vote.winners)
    verb = "Won" if len(vote.winners) == 1 else "Tied"
    yield from wrap(f"{verb}: {winners}.", WIDTH)


def _quorum(vote: Vote, outcome: DebianOutcome, titles: Titles) -> str:
    if not outcome.quorum:
        return "No quorum was needed."
    default = titles.options[vote.default - 1]
    return f"{outcome.quorum[0].needed:,} votes over “{default}” were needed."


def _told_option(number: int, title: str, vote: Vote, outcome: DebianOutcome) -> Iterator[str]:
    votes = ""
    if number != vote.default:
        above = outcome.matrix[number - 1][vote.default - 1]
        below = outcome.matrix[vote.default - 1][number - 1]
        votes = f"{above:>4} : {below}"
    first, *others = wrap(title, _TITLE_WIDTH, break_on_hyphens=False) or [""]
    verdict = _verdict(number, vote, outcome)
    yield f"{number:>4} {first:<{_TITLE_WIDTH}}  {votes:<10}  {verdict}".rstrip()
    for line in others:
        yield f"{_INDENT}{line}"


def _verdict(number: int, vote: Vote, outcome: DebianOutcome) -> str:
    """What became of the option, and which majority it needed if not a simple one."""
    if number == vote.default:
        return "won, the default" if number in vote.winners else "the default"
    over, under = vote.options[number - 1].majority
    special = f"{over}:{under} needed" if over != under else ""
    for one in outcome.dropped:
        if one.option == number:
            reason = "too few votes" if one.reason == "quorum" else special or "no majority"
            return f"dropped: {reason}"
    standing = "won" if number in vote.winners else "passed"
    return f"{standing}, {special}" if special else standing


def _compared(differing: tuple[str, ...]) -> str:
    if not differing:
        return "Equals the outcome that Debian published."
    return f"DIFFERS from the outcome that Debian published: {', '.join(differing)}."


def _totals(
    house: House, stored: int, differing: Mapping[str, tuple[str, ...]] | None
) -> Iterator[str]:
    votes = house.decisions.votes.values()
    ballots = sum(vote.counted for vote in votes)
    yield f"{len(votes)} votes, {ballots:,} ballots, counted again from the record."
    if differing is not None:
        equal = sum(not names for names in differing.values())
        yield f"{equal} of {len(differing)} outcomes equal what Debian published."
    size = f"{stored / 1_000_000:.1f} MB"
    yield f"{house.size:,} entries, {house.organisation.imported:,} of them imported; {size}."
    yield f"Source {house.organisation.source}"
    yield f"Root   {to_base64(house.tree.root())}"


def _titles(name: VoteId, vote: Vote, text_of: TextOf) -> Titles:
    options = text_of(ActId(name), "option_titles")
    titles = (
        [_plain(one) for one in msgspec.json.decode(options, type=list[str])] if options else []
    )
    # Titles are erasable; the votes stand without them.
    named = [*titles, *(ERASED for _ in vote.options)][: len(vote.options)]
    return Titles(_plain(text_of(ActId(name), "title")) or ERASED, tuple(named))


def _plain(title: str) -> str:
    """The title without control characters, which would steer the reader's terminal."""
    return "".join(character if character.isprintable() else " " for character in title)


def _span(vote: Vote) -> str:
    opened, closes = date.fromisoformat(vote.opened[:10]), date.fromisoformat(vote.closes[:10])
    first = _day(opened) if opened.year == closes.year else f"{_day(opened)} {opened.year}"
    return f"{first} to {_day(closes)} {closes.year}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"
