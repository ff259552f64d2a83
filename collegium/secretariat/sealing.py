"""Which payloads an act must and may have."""

from collections.abc import Mapping

from collegium.refusals import Refused
from collegium.secretariat.line import Sealed


def check_fields(asked: Mapping[str, Sealed], given: Mapping[str, str]) -> None:
    """Refuse an act that lacks a payload or has one that its kind doesn't know.

    Raises:
        Refused: `payload-missing`, `payload-unknown`.
    """
    for field, sealed in asked.items():
        if sealed.needed and field not in given:
            raise Refused("payload-missing", f"This act needs its {field}, as a sealed payload.")
    for field in given:
        if field not in asked:
            raise Refused("payload-unknown", f"This act has no sealed payload {field}.")
