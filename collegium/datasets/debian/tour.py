"""The tour of the Debian record: six questions that any organisation meets, and how they fell.

The words of each station stand in `stations.toml`. Every figure in them is computed from the
house and the ballots, and every quotation is looked up in the proposal's text: one that isn't
there (because the text was erased, or the record is another one) isn't shown.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from typing import Any, Literal, TypeAlias

import msgspec
from msgspec import Struct

from collegium.counting import DebianOutcome
from collegium.datasets.debian.comparing import declared_outcome
from collegium.datasets.debian.sheets import Sheet
from collegium.ids import ActId, MemberId, Moment, ProposalId, VoteId
from collegium.parts.decisions.state import Vote
from collegium.parts.organisation.shown import Text
from collegium.secretariat.house import House

Words: TypeAlias = Callable[[Text], str]
"""From a text's place to its words, empty where they aren't open."""

Sheets: TypeAlias = Mapping[VoteId, Sheet]

Verdict: TypeAlias = Literal["won", "passed", "quorum", "majority", "default"]
"""`quorum` and `majority` tell what an option was dropped for; `passed`: it lost to the winner."""

_MARGIN = re.compile(r"^[+-]", re.MULTILINE)  # of a printed difference between two texts


class VoteSpec(Struct, frozen=True, forbid_unknown_fields=True):
    """A vote of a station.

    Attributes:
        alias: Its short name among the figures.
        reference: Its number in Debian's own register.
        decisive: The comparison on which it turned, such as `2>1`.
        quotes: A quotation for each proposal.
    """

    alias: str
    reference: str
    decisive: str
    quotes: tuple[str, ...]


class Station(Struct, frozen=True, forbid_unknown_fields=True):
    """A station's words, with names of figures in braces.

    Attributes:
        slug: Its place in addresses.
        question: In plain words.
        about: What it was about in Debian.
        asked: What was proposed.
        count: What the count said.
        matters: Why it matters to others.
        unsaid: What the record doesn't tell.
        votes: Its votes.
    """

    slug: str
    question: str
    about: str
    asked: str
    count: str
    matters: str
    unsaid: str
    votes: tuple[VoteSpec, ...]


class OptionFound(Struct, frozen=True):
    """An option of a station's vote, without its words.

    Attributes:
        number: On the ballot.
        above: Ballots that rank it above the default option.
        below: Ballots that rank it below.
        needed: The majority ratio, such as `3:1`.
        verdict: What became of it.
        proposal: The number of its proposal; 0 without one.
        signatures: How many signed the proposal, its author not among them.
        act: Which act published the proposal; empty without one.
        text: The proposal's text.
    """

    number: int
    above: int
    below: int
    needed: str
    verdict: Verdict
    proposal: int = 0
    signatures: int = 0
    act: str = ""
    text: Text | None = None


class VoteFound(Struct, frozen=True):
    """A station's vote, without its words."""

    name: VoteId
    number: int
    reference: str
    opened: Moment
    closes: Moment
    ballots: int
    entitled: int
    needed: int
    title: Text
    option_titles: Text
    options: tuple[OptionFound, ...]
    matrix: tuple[tuple[int, ...], ...]


class StationFound(Struct, frozen=True):
    """What the house knows of a station; `place` counts from 1 to `of`."""

    place: int
    of: int
    slug: str
    votes: tuple[VoteFound, ...]


class OptionTold(Struct, frozen=True):
    """An option in words; `quote` is empty where the text doesn't hold it."""

    found: OptionFound
    title: str
    quote: str


class Duel(Struct, frozen=True):
    """Two options compared: the one that more ballots prefer first."""

    first: int
    second: int
    votes: int
    against: int


class Decisive(Struct, frozen=True):
    """The comparison on which a vote turned.

    Attributes:
        duel: The two options.
        over: Of the ratio that had to be exceeded: 3 of 3:1.
        first: The first option's title.
        second: The second's.
    """

    duel: Duel
    over: int
    first: str
    second: str

    @property
    def both(self) -> int:
        """Ballots that prefer one of the two."""
        return self.duel.votes + self.duel.against

    @property
    def mark(self) -> float:
        """Where among them the first option has what it needs."""
        return self.both * self.over / (self.over + 1)


class VoteTold(Struct, frozen=True):
    """A vote in words and figures."""

    found: VoteFound
    title: str
    options: tuple[OptionTold, ...]
    duels: tuple[Duel, ...]
    decisive: Decisive


class StationTold(Struct, frozen=True):
    """A station in words, every figure filled in."""

    found: StationFound
    question: str
    about: str
    asked: str
    count: str
    matters: str
    unsaid: str
    votes: tuple[VoteTold, ...]


@cache
def stations() -> tuple[Station, ...]:
    """The stations as they are written, in their order."""
    text = resources.files("collegium.datasets.debian").joinpath("stations.toml").read_text("utf-8")
    tables: dict[str, Any] = tomllib.loads(text)
    return tuple(msgspec.convert(one, Station) for one in tables["station"])


def find_station(house: House, place: int) -> StationFound:
    """The figures of a station and where its texts are.

    Args:
        house: One that `is_toured`, its outcomes declared.
        place: From 1.
    """
    station = stations()[place - 1]
    votes = tuple(_found(house, one.reference) for one in station.votes)
    return StationFound(place, len(stations()), station.slug, votes)


def tell_station(found: StationFound, words: Words, sheets: Sheets) -> StationTold:
    """The station in words."""
    station = stations()[found.place - 1]
    named = {spec.alias: vote for spec, vote in zip(station.votes, found.votes, strict=True)}
    figures = figures_of(named, sheets)

    def filled(text: str) -> str:
        return text.strip().format_map(figures)

    votes = zip(station.votes, found.votes, strict=True)
    return StationTold(
        found=found,
        question=station.question,
        about=station.about,
        asked=filled(station.asked),
        count=filled(station.count),
        matters=filled(station.matters),
        unsaid=station.unsaid,
        votes=tuple(_told(spec, vote, words) for spec, vote in votes),
    )


def figures_of(votes: Mapping[str, VoteFound], sheets: Sheets) -> dict[str, str]:
    """Every figure that a station's words may name, by the name that stands in braces."""
    figures: dict[str, str] = {}
    for alias, vote in votes.items():
        for name, value in _figures(vote, sheets).items():
            figures[f"{alias} {name}"] = value
    if len(votes) > 1:
        voters = [set[MemberId](sheets[vote.name].named) for vote in votes.values()]
        figures[f"{'+'.join(votes)} both"] = f"{len(set.intersection(*voters)):,}"
    return figures


def majority_told(vote: Vote, option: int) -> str:
    """The majority ratio that an option needs, such as `3:1`."""
    above, below = vote.options[option - 1].majority
    return f"{above}:{below}"


def titles_in(words: str, options: int) -> tuple[str, ...]:
    """The options' titles from the text that sealed them, numbers where it isn't open."""
    titles = msgspec.json.decode(words, type=list[str]) if words else []
    given = [" ".join(title.split()) for title in titles]
    return (*given, *(f"Option {number}" for number in range(len(given) + 1, options + 1)))


def verdict_of(vote: Vote, outcome: DebianOutcome, option: int) -> Verdict:
    """What became of an option."""
    dropped: dict[int, Verdict] = {one.option: one.reason for one in outcome.dropped}
    if option in vote.winners:
        return "won"
    if option == vote.default:
        return "default"
    return dropped.get(option, "passed")


def _found(house: House, reference: str) -> VoteFound:
    name = house.decisions.references[reference]
    vote = house.decisions.votes[name]
    outcome = declared_outcome(vote)
    return VoteFound(
        name=name,
        number=vote.number,
        reference=reference,
        opened=vote.opened,
        closes=vote.closes,
        ballots=outcome.ballots,
        entitled=vote.entitled,
        needed=outcome.quorum[0].needed if outcome.quorum else 0,
        title=Text(ActId(name), "title"),
        option_titles=Text(ActId(name), "option_titles"),
        options=tuple(_option(house, vote, n) for n in range(1, len(vote.options) + 1)),
        matrix=outcome.matrix,
    )


def _option(house: House, vote: Vote, number: int) -> OptionFound:
    outcome = declared_outcome(vote)
    option = vote.options[number - 1]
    found = OptionFound(
        number=number,
        above=outcome.matrix[number - 1][vote.default - 1],
        below=outcome.matrix[vote.default - 1][number - 1],
        needed=majority_told(vote, number),
        verdict=verdict_of(vote, outcome, number),
    )
    if not option.proposal:
        return found
    proposal = house.deliberation.proposals[ProposalId(option.proposal)]
    version = proposal.versions[option.version - 1]
    return msgspec.structs.replace(
        found,
        proposal=proposal.number,
        signatures=len(version.signatures),
        act=version.act,
        text=Text(version.act, "text"),
    )


def _told(spec: VoteSpec, vote: VoteFound, words: Words) -> VoteTold:
    titles = titles_in(words(vote.option_titles), len(vote.options))
    quotes = iter(spec.quotes)
    options = []
    for option, title in zip(vote.options, titles, strict=True):
        quote = next(quotes, "") if option.text else ""
        held = option.text is not None and quote in plain(words(option.text))
        options.append(OptionTold(option, title, _cut(quote) if held else ""))
    title = " ".join(words(vote.title).split())
    decisive = _decisive(spec, vote, titles)
    return VoteTold(vote, title, tuple(options), _duels(vote), decisive)


def _decisive(spec: VoteSpec, vote: VoteFound, titles: tuple[str, ...]) -> Decisive:
    first, second = map(int, spec.decisive.split(">"))
    votes, against = vote.matrix[first - 1][second - 1], vote.matrix[second - 1][first - 1]
    # Only against the default, the last option here, may more than a simple majority be needed.
    against_default = second == len(vote.options)
    over = int(vote.options[first - 1].needed.partition(":")[0]) if against_default else 1
    duel = Duel(first, second, votes, against)
    return Decisive(duel, over, titles[first - 1], titles[second - 1])


def plain(text: str) -> str:
    """A text in one line, without the marks by which a printed difference begins its lines."""
    return " ".join(_MARGIN.sub("", text).split())


def _cut(quote: str) -> str:
    """A quotation with dots where it leaves out the beginning or end of a sentence."""
    start = "… " if quote[:1].islower() else ""
    return f"{start}{quote}" if quote.endswith(".") else f"{start}{quote} …"


def _duels(vote: VoteFound) -> tuple[Duel, ...]:
    matrix, numbers = vote.matrix, range(1, len(vote.options) + 1)
    duels = []
    for first in numbers:
        for second in numbers[first:]:
            votes, against = matrix[first - 1][second - 1], matrix[second - 1][first - 1]
            more, fewer = (first, second) if votes >= against else (second, first)
            duels.append(Duel(more, fewer, max(votes, against), min(votes, against)))
    return tuple(sorted(duels, key=lambda duel: (duel.first, duel.second)))


def _figures(vote: VoteFound, sheets: Sheets) -> dict[str, str]:
    figures = {
        "ballots": vote.ballots,
        "entitled": vote.entitled,
        "share": round(100 * vote.ballots / vote.entitled),
        "needed": vote.needed,
    }
    first = sheets[vote.name].first_choices(len(vote.options))
    for option in vote.options:
        figures[f"first {option.number}"] = first[option.number - 1]
        figures[f"more {option.number}"] = int(option.needed.partition(":")[0]) * option.below
    for duel in _duels(vote):
        pair = f"{duel.first}>{duel.second}"
        figures[pair] = duel.votes
        figures[f"{duel.second}>{duel.first}"] = duel.against
        figures[f"turn {pair}"] = (duel.votes - duel.against) // 2 + 1
    told = {name: f"{value:,}" for name, value in figures.items()}
    return told | {f"majority {one.number}": one.needed for one in vote.options}
