"""Founding an organisation: `collegium init`."""

from argparse import Namespace
from pathlib import Path

import msgspec

from collegium.archive.folder import Schema, check_empty
from collegium.cli.terminal import figure, say, say_json
from collegium.datasets.cooperative.people import DemoPerson, write_people
from collegium.parts.organisation.clauses import small_preset
from collegium.record.fields import Domain
from collegium.record.keys import PrivateKey
from collegium.secretariat import chance
from collegium.secretariat.office import Charter, FoundingMember, Office, found_office

FEWEST, MOST = 3, 15
"""Founders."""


def init(arguments: Namespace) -> int:
    """Found an organisation with its founders' keys, and say what to do with them."""
    folder: Path = arguments.folder
    schema = schema_of(arguments)
    _check_names([arguments.name, *arguments.founders])
    _check_domain(arguments.domain)
    _check_founders(arguments.founders)
    check_empty(folder)
    keys: Path = arguments.keys or folder.with_name(f"{folder.resolve().name}-keys")
    made = [name for name in arguments.founders if not _key_file(keys, name).exists()]
    founders = [
        FoundingMember(name, chance.member_id(), _key(keys, name)) for name in arguments.founders
    ]
    charter = Charter(
        name=arguments.name,
        domain=arguments.domain,
        founders=founders,
        rule_book=small_preset() if arguments.preset == "small" else {},
        demo=arguments.demo,
    )
    with _founded(folder, charter, schema) as office:
        if arguments.demo:
            write_people(folder, tuple(_played(one, keys, made) for one in founders))
        office.checkpoint()
        if arguments.json:
            members = {one.name: one.member for one in founders}
            origin = office.door.house.origin
            say_json({"key": str(office.verifier_key), "members": members, "origin": origin})
        else:
            _tell(office, charter, folder)
            if arguments.demo:
                say(f"Whoever opens it at this machine may play them: collegium serve {folder}")
            else:
                _tell_keys(keys, made)
            say(
                "Until a copy or a checkpoint is kept elsewhere, nobody can tell if the folder is "
                "put back to an older state: collegium export makes one."
            )
    return 0


def schema_of(arguments: Namespace) -> Schema | None:
    """Where the record is to be kept in PostgreSQL; None for a file in the folder.

    Raises:
        ValueError: Only half of it is given.
    """
    if bool(arguments.postgres) != bool(arguments.schema):
        raise ValueError("expected --postgres DSN and --schema NAME together, or neither")
    return Schema(arguments.postgres, arguments.schema) if arguments.schema else None


def _founded(folder: Path, charter: Charter, schema: Schema | None) -> Office:
    was_there = folder.exists()
    try:
        return found_office(folder, charter, schema)
    except BaseException:
        if was_there:  # and empty: the next try finds it so
            folder.mkdir(mode=0o700, exist_ok=True)
        raise


def _check_names(names: list[str]) -> None:
    for name in names:
        if not name.strip() or not name.isprintable():
            raise ValueError(f"expected a name in one line, not {name!r}")


def _check_founders(names: list[str]) -> None:
    if not FEWEST <= len(names) <= MOST or len(set(names)) < len(names):
        raise ValueError(
            f"expected at least {FEWEST} founders, at most {MOST}, each named once with --founder"
        )


def _check_domain(domain: str) -> None:
    try:
        msgspec.convert(domain, Domain)
    except msgspec.ValidationError as error:
        raise ValueError(
            "expected a domain of small letters, digits, points and hyphens, such as "
            f"bakers.example, not {domain!r}"
        ) from error


def _key_file(keys: Path, name: str) -> Path:
    if "/" in name or "\\" in name or name.startswith("."):
        raise ValueError(f"expected a founder's name that can name a file, not {name!r}")
    return keys / f"{name}.key"


def _key(keys: Path, name: str) -> PrivateKey:
    file = _key_file(keys, name)
    if file.exists():
        return PrivateKey.load(file)
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = PrivateKey.generate()
    key.save(file)
    return key


def _played(founder: FoundingMember, keys: Path, made: list[str]) -> DemoPerson:
    """A founder whom anybody may play; a key that was brought along stays with its owner."""
    seed = _key(keys, founder.name).seed if founder.name in made else b""
    return DemoPerson(founder.member, founder.name, "founder", newcomer=False, seed=seed)


def _tell(office: Office, charter: Charter, folder: Path) -> None:
    house = office.door.house
    kind = ", a demonstration for ever" if charter.demo else ""
    say(f"{charter.name} is founded in {folder}{kind}.")
    say(f"Its record has {figure(house.size, 'entry', 'entries')}: the founding and each consent.")
    say(f"The log's key, by which others check copies: {office.verifier_key}")
    for founder in charter.founders:
        say(f"  {founder.name} is member {founder.member}")


def _tell_keys(keys: Path, made: list[str]) -> None:
    if made:
        files = ", ".join(f"{name}.key" for name in made)
        say(
            f"Hand each founder their own key ({files} in {keys}) and delete it there, for "
            "whoever has it can act in their name."
        )
