"""Deeds inside requests for joint approval: what they ask, and their own entry when enacted."""

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from msgspec import Raw

from collegium.ids import ActId, BodyId, Kind, Moment
from collegium.parts.approvals.acts import AskApproval
from collegium.parts.approvals.state import Deed, Request, Warrant
from collegium.record.act import Act, Entry
from collegium.record.base64_text import to_base64
from collegium.record.canonical import encode
from collegium.refusals import Refused
from collegium.secretariat.line import Joint, Line
from collegium.secretariat.registry import BY_KIND, REASONS
from collegium.secretariat.sealing import check_fields

if TYPE_CHECKING:
    from collegium.secretariat.house import House

IMPORT_ENDS = Kind("organisation.close-import/1")
"""The one deed that can be asked for while an import is open."""


def hash_of_deed(kind: Kind, text: bytes, sealed: dict[str, str]) -> str:
    """SHA-256 (base64) over `{"body": …, "kind": …, "sealed": …}` in canonical JSON."""
    deed = {"body": Raw(text), "kind": kind, "sealed": sealed}
    return to_base64(sha256(encode(deed)).digest())


def warrant_of(house: "House", entry: Entry, body: AskApproval[Any]) -> Warrant:
    """What the requested deed asks of its approval, once its own rule has allowed it.

    Raises:
        Refused: By the deed's rule; `import-open`; `payload-missing`, `payload-unknown`.
    """
    line = BY_KIND[Kind(type(body.deed).__struct_config__.tag)]
    if house.organisation.importing and line.kind != IMPORT_ENDS:
        raise Refused("import-open", "While an import is open only its close is asked for.")
    given = {str(field): str(text) for field, text in entry.act.sealed.items()}
    check_fields(REASONS | line.sealed, given)
    sealed = own_payloads(given)
    text = encode(body.deed.body)
    line.rule(house, _as_own(entry, entry.act, line.kind, text, sealed), body.deed.body)
    joint = joint_of(line)
    return Warrant(
        deed=Deed(line.kind, text.decode(), hash_of_deed(line.kind, text, sealed)),
        body=joint.body(house, body.deed.body),
        subjects=joint.subjects(house, body.deed.body),
        wait_hours=waiting_hours(house, joint),
    )


def ask_again(house: "House", request: Request, entry: Entry) -> None:
    """Ask a request's deed as things stand now: its rule, its body, and whom it is about.

    A post may have another holder by now, who got no notice, or a member another branch.

    Raises:
        Refused: By the deed's rule; `wrong-body`; `notice-owed`.
    """
    line, own, body = deed_of(request, entry)
    line.rule(house, own, body)
    joint = joint_of(line)
    if not house.organisation.contains(request.body, joint.body(house, body)):
        raise Refused("wrong-body", "What this is about has left the body that was asked.")
    if joint.subjects(house, body) != request.subjects:
        raise Refused("notice-owed", "This is about somebody else by now; ask anew.")


def deed_of(request: Request, entry: Entry) -> tuple[Line, Entry, Any]:
    """A request's deed with its line, as its asker's own entry at the moment of `entry`."""
    line = BY_KIND[request.kind]
    text = request.deed.encode()
    act = Act(request.asker, entry.act.base, Raw(text), ActId(request.name), request.kind, {})
    own = _as_own(entry, act, request.kind, text, own_payloads(request.sealed))
    return line, own, line.decoder.decode(text)


def own_payloads(sealed: dict[str, str]) -> dict[str, str]:
    """The deed's own payloads among a request's: all but the reasons for asking."""
    return {field: text for field, text in sealed.items() if field not in REASONS}


def joint_of(line: Line) -> Joint:
    """The joint approval that a line asks for.

    Raises:
        ValueError: It asks for none; the registry lets no such deed into a request.
    """
    if line.joint is None:
        raise ValueError(f"expected a kind that needs joint approval, not {line.kind}")
    return line.joint


def deciding_body(house: "House", body: BodyId, at: Moment) -> BodyId:
    """The body itself, or the nearest around it in which enough sit to approve anything."""
    asked = body
    while house.too_few_approvers(asked, at) and house.organisation.bodies[asked].parent:
        asked = BodyId(house.organisation.bodies[asked].parent)
    return asked


def waiting_hours(house: "House", joint: Joint) -> int:
    """For how many hours a deed waits after the notice, by the rule book in force."""
    if not joint.wait:
        return 0
    hours = 24 if joint.wait.endswith("_days") else 1
    return house.organisation.number_clause(joint.wait) * hours


def _as_own(entry: Entry, act: Act, kind: Kind, text: bytes, sealed: dict[str, str]) -> Entry:
    own = Act(act.actor, act.base, Raw(text), act.id, kind, sealed)  # type: ignore[arg-type] # commitments as the request holds them
    return Entry(own, entry.at, entry.by, 1)
