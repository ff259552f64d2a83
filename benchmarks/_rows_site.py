"""The peer: the same form, signed into two plain rows of Django's ORM in one transaction."""

from _long_page import long_page
from _rows_app.models import Act, Proposal, Signature
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_POST

from collegium.secretariat import chance
from collegium.server.web.deliberation.forms import SignForm
from collegium.server.web.front.views import healthy


@require_POST
def sign(request: HttpRequest, organisation: str, number: int) -> HttpResponse:
    """Sign a proposal; the rows are durable when this answers."""
    form, member = SignForm(request.POST), request.session.get("members", {}).get(organisation)
    if member is None or not form.is_valid():
        return HttpResponse(status=403 if member is None else 400)
    proposal = Proposal.objects.get(pk=number)
    if form.cleaned_data["version"] != proposal.version:
        return HttpResponse(status=409)
    body = {"happened_at": "", "proposal": proposal.name, "version": proposal.version}
    try:
        with transaction.atomic():
            act = Act.objects.create(
                name=chance.salt().hex()[:26],
                actor=member,
                kind="deliberation.sign-proposal/1",
                body=body,
            )
            Signature.objects.create(act=act, proposal=proposal, member=member)
    except IntegrityError:
        return HttpResponse(status=409)
    return HttpResponseRedirect(f"/{organisation}/record/entries/{act.pk}/?receipt", status=303)


urlpatterns = [
    path("long-page", long_page),
    path("healthz", healthy),
    path("<slug:organisation>/proposals/<int:number>/sign/", sign),
]
