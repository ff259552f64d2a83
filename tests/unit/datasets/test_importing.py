"""The import is a sequence of ordinary acts, closed for ever, that any replay recounts."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from collegium.datasets.debian import importing
from collegium.datasets.debian.comparing import all_differences, declared_outcome, differences
from collegium.datasets.debian.importing import import_debian, package_files
from collegium.datasets.debian.planning import SECRETARY_NAME
from collegium.datasets.debian.source import DebianSource, DebianVote, SourceError, read_source
from collegium.datasets.debian.telling import texts_in
from collegium.ids import ActId, VoteId
from collegium.parts.decisions.acts import CastBallot, CountInBallots, OpenVote
from collegium.parts.decisions.state import Vote
from collegium.parts.organisation.acts import AdmitMember, FoundOrganisation, LeaveOrganisation
from collegium.record.act import Entry
from collegium.record.checkpoint import Checkpoint
from collegium.secretariat.door import Door
from collegium.secretariat.drafting import draft, imported
from collegium.secretariat.entering import read
from collegium.secretariat.house import House
from collegium.secretariat.office import Office, open_office
from collegium.secretariat.states import digest_of
from tests.refusing import refused

VOTES = {vote.page.id: vote for vote in read_source(*package_files()).votes}

each_vote = pytest.mark.parametrize("vote", VOTES.values(), ids=VOTES)


def silent(_done: int, _all: int) -> None:
    """Tell nobody how far the import is."""


@pytest.fixture(scope="module")
def replayed(office: Office) -> House:
    """The house of a door that has seen nothing but the record."""
    return Door(office.folder.archive).house


@pytest.fixture(scope="module")
def entries(office: Office) -> list[tuple[Entry, object]]:
    found = (read(data) for data in office.folder.archive.entries(0))
    return [(entry, body) for entry, _, body in found]


def voted(house: House, reference: str) -> Vote:
    return house.decisions.votes[house.decisions.references[reference]]


# Outcomes.


@each_vote
def test_a_replay_of_the_record_comes_to_the_published_outcome(
    vote: DebianVote, replayed: House
) -> None:
    found = voted(replayed, vote.page.id)
    assert differences(declared_outcome(found), vote.page) == ()
    assert [str(option) for option in found.winners] == vote.page.published.winners


@each_vote
def test_the_replayed_matrix_is_the_published_one(vote: DebianVote, replayed: House) -> None:
    found = voted(replayed, vote.page.id)
    rows = [list(row) for row in declared_outcome(found).matrix]
    assert [row[:own] + row[own + 1 :] for own, row in enumerate(rows)] == (
        vote.page.published.matrix
    )


@each_vote
def test_a_vote_stands_with_the_figures_of_its_page(vote: DebianVote, replayed: House) -> None:
    found, page = voted(replayed, vote.page.id), vote.page
    assert (found.purpose, found.secret) == (page.kind, not page.open_ballot)
    assert (found.entitled, found.default) == (page.eligible, page.default_option)
    assert (found.opened, found.closes) == (vote.period.opens, vote.period.closes)
    assert (found.closed, found.declared) == (vote.period.closes, vote.period.closes)


def test_all_8565_ballots_are_counted(replayed: House) -> None:
    assert sum(vote.counted for vote in replayed.decisions.votes.values()) == 8565


def test_a_fresh_door_refuses_nothing_and_has_the_same_state(
    office: Office, replayed: House
) -> None:
    assert Door(office.folder.archive).refusals == []
    assert digest_of(replayed) == digest_of(office.door.house)
    assert replayed.tree.root() == office.door.house.tree.root()


def test_a_changed_page_differs_where_it_was_changed(replayed: House) -> None:
    pages = {name: vote.page for name, vote in VOTES.items()}
    other = all_differences(replayed.decisions, {**pages, "2006-001": VOTES["2006-003"].page})
    assert {"winners", "matrix", "quorum", "majority", "dropped", "ballots"} <= set(
        other.pop("2006-001")
    )
    assert set(other.values()) == {()}


def test_a_vote_that_is_not_in_the_record_differs() -> None:
    pages = {"2006-001": VOTES["2006-001"].page}
    assert all_differences(House().decisions, pages) == {"2006-001": ("outcome",)}


# Who did what, and when.


def test_imported_acts_are_marked_and_nothing_living_stands_among_them(
    entries: list[tuple[Entry, object]], replayed: House
) -> None:
    hows = [entry.by.how for entry, _ in entries]
    first, last = hows.index("import"), len(hows) - hows[::-1].index("import")
    assert set(hows[first:last]) == {"import"}
    assert last - first == hows.count("import") == replayed.organisation.imported


def test_before_the_import_stand_three_founders_and_after_it_its_close(
    entries: list[tuple[Entry, object]],
) -> None:
    kinds = [entry.act.kind for entry, _ in entries if entry.by.how != "import"]
    assert kinds == [
        "organisation.found-organisation/1",
        *["organisation.consent-to-founding/1"] * 2,
        "approvals.ask-approval/1",
        *["approvals.approve-deed/1"] * 3,
        "approvals.enact-deed/1",
    ]
    assert all(entry.by.how == "key" for entry, _ in entries if entry.by.how != "import")


def test_imported_acts_stand_in_the_order_in_which_they_happened(
    entries: list[tuple[Entry, object]],
) -> None:
    moments = [
        body.happened_at  # type: ignore[attr-defined] # every act's body has it
        for entry, body in entries
        if entry.by.how == "import"
    ]
    assert moments == sorted(moments)


def test_the_founding_names_the_source_by_its_hash(
    entries: list[tuple[Entry, object]], source: DebianSource
) -> None:
    founding = entries[0][1]
    assert isinstance(founding, FoundOrganisation)
    assert (founding.source.name, founding.source.sha256) == (importing.SOURCE, source.sha256)
    assert founding.rule_book["record.readers"] == "public"
    assert not founding.demo


def test_only_those_who_appear_are_admitted_by_their_pseudonyms(
    office: Office, entries: list[tuple[Entry, object]]
) -> None:
    text_of = texts_in(office.folder.archive)
    admitted = [entry.act.id for entry, body in entries if isinstance(body, AdmitMember)]
    names = [text_of(act, "name") for act in admitted]
    assert sorted(names) == sorted({*people(), SECRETARY_NAME})


def people() -> Iterator[str]:
    for vote in VOTES.values():
        yield from (ballot.voter for ballot in vote.ballots if ballot.voter)
        for option in vote.page.options:
            yield from (*option.proposers, *option.seconders)


def test_a_secret_vote_has_no_voters(entries: list[tuple[Entry, object]]) -> None:
    secret = {
        VoteId(entry.act.id)
        for entry, body in entries
        if isinstance(body, OpenVote) and body.secret
    }
    assert len(secret) == 10
    assert not any(isinstance(body, CastBallot) and body.vote in secret for _, body in entries)


def test_the_second_ballot_of_one_voter_is_counted_in_with_a_note(
    office: Office, entries: list[tuple[Entry, object]], replayed: House
) -> None:
    vote = replayed.decisions.references["2006-001"]
    counted = [
        [(line.marks, line.count) for line in body.ballots]
        for _, body in entries
        if isinstance(body, CountInBallots) and body.vote == vote
    ]
    assert counted == [[("-123", 1)]]
    assert "second ballot of d0161" in texts_in(office.folder.archive)(ActId(vote), "note")


def test_proposers_publish_and_seconders_sign(office: Office, replayed: House) -> None:
    question = replayed.deliberation.questions[
        ActId(voted(replayed, "2006-001").question)  # type: ignore[index] # names are texts
    ]
    proposals = [replayed.deliberation.proposals[name] for name in question.proposals]
    assert [len(one.versions[-1].signatures) for one in proposals] == [5, 15, 6]
    title = texts_in(office.folder.archive)(proposals[0].versions[0].act, "title")
    assert title == "GFDL-licensed works are unsuitable for main in all cases"


# The close.


def test_nothing_is_imported_after_the_close(office: Office) -> None:
    house = office.door.house
    member = house.organisation.names[-1]
    act = draft(member, LeaveOrganisation(happened_at=house.at), at=house.at)
    with refused("import-closed"):
        office.door.perform(imported(act))


def test_the_checkpoint_covers_every_entry(office: Office) -> None:
    note = office.folder.archive.checkpoint()
    assert note is not None
    size = Checkpoint.parse(note.partition("\n\n")[0] + "\n").size
    assert size == office.door.house.size


def test_no_key_of_a_keeper_is_kept(office: Office) -> None:
    names = sorted(path.name for path in office.folder.path.iterdir())
    assert [name for name in names if not name.startswith("record.sqlite")] == [
        *("anchor", "key", "snapshot")
    ]
    assert office.folder.key().public == office.door.house.organisation.log_key


# Sources and folders that aren't as expected.


def test_another_source_has_another_hash_in_its_founding(
    tmp_path: Path, source: DebianSource
) -> None:
    votes, ballots = package_files()
    changed = tmp_path / "votes.json"
    changed.write_bytes(votes.read_bytes().replace(b"Branden Robinson", b"Branden R."))
    with import_debian(changed, ballots, tmp_path / "debian", silent) as office:
        assert office.door.house.organisation.source not in {"", source.sha256}


def test_a_truncated_file_leaves_no_organisation(tmp_path: Path) -> None:
    votes, ballots = package_files()
    short = tmp_path / "ballots.csv.gz"
    short.write_bytes(ballots.read_bytes()[:-1000])
    with pytest.raises(SourceError, match="whole gzip file"):
        import_debian(votes, short, tmp_path / "debian", silent)
    assert not (tmp_path / "debian").exists()


def stop_half_way(done: int, total: int) -> None:
    if done > total / 2:
        raise KeyboardInterrupt


def test_an_import_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        import_debian(*package_files(), tmp_path / "debian", stop_half_way)
    assert not (tmp_path / "debian").exists()


def test_an_import_that_the_machine_stopped_takes_no_living_act(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "rmtree", lambda *_, **__: None)
    with pytest.raises(KeyboardInterrupt):
        import_debian(*package_files(), tmp_path / "debian", stop_half_way)
    with open_office(tmp_path / "debian") as half:
        house = half.door.house
        assert house.organisation.importing
        with refused("import-open"):
            half.door.perform(
                draft(house.organisation.names[-1], LeaveOrganisation(happened_at=""), at=house.at)
            )


def test_a_folder_with_something_in_it_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear Bo")
    with pytest.raises(ValueError, match="nothing is written over"):
        import_debian(*package_files(), tmp_path, silent)
    assert [path.name for path in tmp_path.iterdir()] == ["letter"]


def test_progress_goes_from_nothing_to_everything(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    votes = package_files()
    with import_debian(*votes, tmp_path / "debian", lambda *one: told.append(one)) as office:
        total = office.door.house.organisation.imported
    assert (told[0], told[-1]) == ((0, total), (total, total))
    assert told == sorted(told)
