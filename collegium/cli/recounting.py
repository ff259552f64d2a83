"""`collegium recount`: anybody counts a vote of a record or of a copy again."""

import json
from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path

from collegium.archive.folder import open_folder
from collegium.cli.copying import FAULTY, checked, is_organisation
from collegium.cli.protocols import picture
from collegium.cli.terminal import complain, figure, progress, say, say_json
from collegium.counting import Outcome, StagedOutcome
from collegium.counting.margins import EFFORT, margin_of
from collegium.counting.protocol import (
    as_html,
    as_json,
    as_rows,
    as_text,
    picture_of,
    sheet_of,
    tied_ways,
)
from collegium.ids import ActId
from collegium.parts.decisions.tallying import fewest_ballots, profile_of
from collegium.record.act import read_entry
from collegium.secretariat.carrying import carried_text
from collegium.secretariat.exporting import told
from collegium.secretariat.house import House
from collegium.secretariat.recounting import Recount, recounted
from collegium.secretariat.replay import LeafSource

_TITLES = "option_titles"
_TITLE = "title"
_FAULTS = "{} has faults; collegium verify names them"


def recount(arguments: Namespace) -> int:
    """Count one vote's ballots anew and print the protocol."""
    source: Path = arguments.source
    found, texts = _in_folder(arguments) if is_organisation(source) else _in_copy(arguments)
    names = _names(found, texts)
    if arguments.json:
        say_json(_as_json(found, names))
    else:
        say(_printed(found, names, texts.get(_TITLE, ""), arguments.printed).rstrip("\n"))
    if found.wrong:
        complain(
            f"entry {found.wrong[0]} states another outcome than these ballots come to; "
            "collegium verify says more"
        )
        return FAULTY
    return 0


def _in_folder(arguments: Namespace) -> tuple[Recount, dict[str, str]]:
    with open_folder(arguments.source) as folder, progress("Recounting") as tell:
        archive = folder.archive
        head = archive.head()
        entries = told(archive.entries(0, head.size), head.size, tell)
        house = House(LeafSource(archive))
        try:
            found = recounted(house, entries, arguments.vote)
        finally:  # a changed entry may hide the vote as well as change its count
            if house.tree.root() != head.root():
                raise ValueError(_FAULTS.format(arguments.source))
        stored = archive.find(ActId(found.name))
        texts: dict[str, str] = {}
        for field, commitment in read_entry(stored.data).act.sealed.items() if stored else ():
            kept = archive.payload(commitment)
            if kept is not None:
                texts[field] = kept.content.decode(errors="replace")
    return found, texts


def _in_copy(arguments: Namespace) -> tuple[Recount, dict[str, str]]:
    report = checked(arguments.source)
    if not report.complete or not report.copy.faultless:
        raise ValueError(_FAULTS.format(arguments.source))
    with progress("Recounting") as tell:
        entries = told((data for _, data, _ in report.copy.entries()), report.copy.size, tell)
        house = House(report.house.leaves)
        found = recounted(house, entries, arguments.vote)
    opening = next(_about(found.name, (data for _, data, _ in report.copy.entries())), b"")
    sealed = read_entry(opening).act.sealed if opening else {}
    texts = {field: carried_text(report.copy, opening, field) for field in sealed}
    return found, {field: text for field, text in texts.items() if text}


def _about(name: str, entries: Iterable[bytes]) -> Iterator[bytes]:
    return (data for data in entries if name.encode() in data and read_entry(data).act.id == name)


def _names(found: Recount, texts: dict[str, str]) -> tuple[str, ...]:
    """The options' titles, or their numbers where those are sealed to whoever recounts."""
    options = len(found.vote.options)
    try:
        titles = json.loads(texts.get(_TITLES, "[]"))
    except ValueError:
        titles = []
    plain = isinstance(titles, list) and len(titles) == options
    return tuple(str(one) for one in titles) if plain else _numbered(options)


def _numbered(options: int) -> tuple[str, ...]:
    return tuple(f"Option {number}" for number in range(1, options + 1))


def _printed(found: Recount, names: tuple[str, ...], title: str, form: str) -> str:
    if form == "csv":
        return as_rows(found.outcome, names)
    if form == "svg":
        return picture(found.outcome, names)
    vote = found.vote
    profile = profile_of(vote.counting, len(vote.options), found.weights)
    sheet = sheet_of(
        found.outcome,
        names,
        title or f"V-{vote.number}",
        found.read,
        tied_ways(found.outcome, profile),
        margin=margin_of(found.outcome, profile, EFFORT),
        seed=vote.seed,
        spoilt=vote.spoilt,
    )
    if form == "html":
        return as_html(sheet, picture_of(found.outcome, names))
    return f"{as_text(sheet)}\n{_verdict(found, names)}"


def _verdict(found: Recount, names: tuple[str, ...]) -> str:
    lines = [_taken(found), _decided(found, _titles(found.winners, names))]
    if found.declaration:
        lines.append(f"The declared outcome is the same ({found.declaration}).")
    elif not found.wrong:
        lines.append("No outcome is declared yet.")
    if found.vote.commission.needed:
        lines.append(_attested(found))
    if found.ignored:
        entries = figure(found.ignored, "entry", "entries")
        lines.append(f"The rules refuse {entries} of this record; collegium verify names them.")
    if found.annulled:
        lines.append(f"It was made void at {found.annulled}: the vote has to be held again.")
    return "\n".join(lines) + "\n"


def _attested(found: Recount) -> str:
    given = figure(found.certified, "certificate")
    refused = f", {figure(found.refused, 'refusal')}" if found.refused else ""
    return f"Counting commission: {given} of {found.vote.commission.needed} needed{refused}."


def _taken(found: Recount) -> str:
    ballots = figure(found.outcome.ballots, "ballot")
    spoilt = f", and {figure(found.vote.spoilt, 'spoilt one')}" if found.vote.spoilt else ""
    return f"V-{found.vote.number} was recounted from the record: {ballots}{spoilt}."


def _decided(found: Recount, won: str) -> str:
    """What the ballots decided, and why if it isn't what the count alone comes to."""
    vote = found.vote
    fewest = fewest_ballots(vote.quorum, vote.entitled)
    if found.outcome.ballots + vote.spoilt < fewest:
        stands = f"{won} stands" if found.winners else "nobody is elected"
        return f"Too few took part: the quorum is {figure(fewest, 'ballot')}. So {stands}."
    if not found.winners:
        return "Nobody is elected."
    if found.winners != found.outcome.winners:
        return f"No other option has won, so {won} stands."
    return f"The ballots decide: {won}."


def _titles(numbers: tuple[int, ...], names: tuple[str, ...]) -> str:
    return ", ".join(names[number - 1] for number in numbers)


def _in_order(outcome: Outcome, winners: tuple[int, ...]) -> tuple[int, ...]:
    """The winners as the count elected them; ascending where the vote's terms decide otherwise."""
    order = outcome.elected if isinstance(outcome, StagedOutcome) else outcome.winners
    return order if set(order) == set(winners) else winners


def _as_json(found: Recount, names: tuple[str, ...]) -> dict[str, object]:
    counting = found.vote.counting
    profile = profile_of(counting, len(names), found.weights)
    margin = margin_of(found.outcome, profile, EFFORT)
    counted = as_json(found.outcome, names, counting.method, margin)
    return counted | {
        "annulled": found.annulled,
        "ballots": found.outcome.ballots,
        "certified": found.certified,
        "declaration": found.declaration,
        "ignored": found.ignored,
        "elected": [names[number - 1] for number in _in_order(found.outcome, found.winners)],
        "outcome": found.outcome.digest(),
        "profile": found.outcome.profile,
        "refused": found.refused,
        "vote": found.name,
        "weights": found.weights,
        "winners": list(found.winners),
        "wrong": list(found.wrong),
    }
