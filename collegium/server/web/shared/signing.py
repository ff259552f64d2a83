"""Acts that their actors sign, and signatures that members make outside the browser.

In a demonstration the invented people's keys lie at the desk, and one click signs. Everybody
else signs on a machine of their own, with a key that nobody else has.
"""

from collections.abc import Callable
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from msgspec import Struct

from collegium.ids import Key, MemberId
from collegium.parts.organisation.shown import Sentence, Visit
from collegium.record.act import By, signed_text
from collegium.record.canonical import NotCanonicalError
from collegium.record.keys import KeyTextError, from_armour, verify_signature
from collegium.refusals import Refused
from collegium.secretariat.door import Asked
from collegium.secretariat.house import House
from collegium.server.desks import Desk
from collegium.server.web.shared.acting import Again, Making, act, drafted
from collegium.server.web.shared.forms import ActForm
from collegium.server.web.shared.request import Request, Trouble
from collegium.server.web.shared.showing import show
from collegium.server.web.shared.slips import FIELD, SlipError

LONGEST_SIGNATURE: Final = 4_000


class Thing(Struct, frozen=True):
    """What a signed act is about, for whoever signs it.

    Attributes:
        reference: As pages call it: `A-7`, `V-9`.
        address: Of its page.
        says: It in words, from the house.
    """

    reference: str
    address: str
    says: Callable[[House, Visit], Sentence]


class SignatureForm(forms.Form):
    """To bring a signature that was made elsewhere."""

    signature = forms.CharField(
        max_length=LONGEST_SIGNATURE,
        strip=False,
        widget=forms.Textarea(
            attrs={
                "rows": 8,
                "spellcheck": "false",
                "placeholder": "-----BEGIN SSH SIGNATURE-----",
            }
        ),
        label="The signature",
    )

    def clean_signature(self) -> str:
        """The signature as a record spells it."""
        armoured: str = self.cleaned_data["signature"]
        try:
            return from_armour(armoured.replace("\r\n", "\n"))
        except KeyTextError as error:
            raise ValidationError(str(error)) from error


def signed_act(  # noqa: PLR0913, PLR0917 - what an act is made of, by name
    request: Request, name: str, form: ActForm, making: Making, again: Again, thing: Thing
) -> HttpResponse:
    """Perform an act that its actor signs: at the desk in a demonstration, else elsewhere.

    The first time a form comes that is signed elsewhere, it gets back the exact text to sign;
    the second time it brings the signature along. Who has no key is refused at once.

    Args:
        request: The request that sent the form.
        name: The form's name on its page.
        form: The form with what was sent.
        making: Makes the act's body.
        again: Shows the page again if it isn't accepted.
        thing: What it is about.
    """
    if request.desk.signs_for(request.visit.member) and "elsewhere" not in request.POST:
        return act(request, name, form, making, again, proving=request.desk.signed)
    asked = _asked(request, name, form, making)
    if asked is None or not keys_in_force(request.desk, asked.act.actor):
        return act(request, name, form, making, again)
    text, file = text_to_sign(request.desk, asked), f"{thing.reference}-{name}.txt"
    if "text" in request.POST:
        response = HttpResponse(text, content_type="text/plain; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{file}"'
        return response
    brought = SignatureForm(request.POST if "signature" in request.POST else None)

    def to_sign() -> HttpResponse:
        more = {
            "address": thing.address,
            "file": file,
            "form": form,
            "kept_slip": request.POST.get(FIELD, ""),
            "name": name,
            "reference": thing.reference,
            "signing": brought,
            "text": text.decode(),
        }
        return show(request, "shared/sign.html", thing.says, more=more)

    if not brought.is_valid():
        request.trouble = Trouble(name, 400) if brought.is_bound else None
        return to_sign()
    signature = brought.cleaned_data["signature"]
    return act(
        request,
        name,
        form,
        making,
        to_sign,
        proving=lambda found: signed_elsewhere(request.desk, found, signature),
    )


def _asked(request: Request, name: str, form: ActForm, making: Making) -> Asked | None:
    """The act to sign; None where there is none, as its page will say."""
    try:
        return drafted(request, name, form, making) if form.is_valid() else None
    except (Refused, SlipError, NotCanonicalError):
        return None


def text_to_sign(desk: Desk, asked: Asked) -> bytes:
    """The exact bytes that the actor signs."""
    return signed_text(desk.office.door.house.origin, asked.act)


def signed_elsewhere(desk: Desk, asked: Asked, signature: str) -> Asked:
    """The act with a signature that came with its form, by whichever of the actor's keys fits.

    Where none fits, one is named all the same: the door refuses it and says by which rule.
    """
    text, keys = text_to_sign(desk, asked), keys_in_force(desk, asked.act.actor)
    fitting = [key for key in keys if verify_signature(key, signature, text)]
    named = (fitting or list(keys) or [Key("")])[0]
    return Asked(asked.act, By("key", named, signature), asked.payloads)


def keys_in_force(desk: Desk, member: MemberId) -> tuple[Key, ...]:
    """The member's keys that haven't ended."""
    with desk.office.door.reading() as house:
        book = house.organisation
        return tuple(key for key in book.members[member].keys if not book.keys[key].ended)
