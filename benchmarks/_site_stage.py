"""Makes what both sites need: an organisation or its rows, sessions, and forms filled in.

Run as a program with the environment of one of the two sites, since Django has one per process:

    python benchmarks/_site_stage.py FOLDER MEMBERS REQUESTS.json
"""

import json
import os
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

from _measuring import ROOT  # first: it finds the project
from _past import founding
from _stage import Stage

from collegium.archive.folder import Schema, found_folder
from collegium.ids import MemberId, ProposalId, QuestionId
from collegium.parts.deliberation.acts import OpenQuestion, PublishProposal
from collegium.parts.organisation.acts import AdmitRoll
from collegium.record.keys import PrivateKey
from collegium.secretariat import chance, clock
from collegium.secretariat.door import Door
from collegium.secretariat.drafting import seen

SLUG = "bench"
ON_A_ROLL = 250
CSRF = "c" * 32

assert ROOT.exists()


def main() -> None:
    """Make it, and write the requests down."""
    folder, members, out = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    import django  # noqa: PLC0415 - the environment stands first
    from django.core.management import call_command  # noqa: PLC0415 - likewise here

    names = [chance.member_id() for _ in range(members)]
    peer = os.environ["BENCH_SITE"] == "rows"
    base = (0, "") if peer else organisation(folder / SLUG, names)
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    if peer:
        call_command("migrate", "--run-syncdb", verbosity=0, interactive=False)
        from _rows_app.models import Proposal  # noqa: PLC0415 - likewise here

        Proposal.objects.create(pk=1, name="P" * 26)
    out.write_text(json.dumps(list(requests(names, base, peer=peer))), encoding="utf-8")


def organisation(folder: Path, names: list[MemberId]) -> tuple[int, str]:
    """Found it, admit everybody, publish one proposal; how far its record goes."""
    dsn, schema = os.environ.get("BENCH_DSN", ""), os.environ.get("BENCH_SCHEMA", "")
    where = Schema(dsn, schema) if schema else None
    with found_folder(folder, PrivateKey.generate(), where) as made:
        stage = Stage(own_bases=True)
        door = Door(made.archive, clock=stage.moment)
        stage.house = door.house
        for asked in founding(stage, imports=False):
            door.perform(asked)
        root, first = door.house.organisation.root, stage.founders[0].id
        for start in range(0, len(names), ON_A_ROLL):
            for asked in stage.jointly(
                AdmitRoll(root, "", tuple(names[start : start + ON_A_ROLL]))
            ):
                door.perform(asked)
        question = door.perform(stage.session(first, OpenQuestion(root, "", ""))).act
        publish = PublishProposal("", "en", QuestionId(question), "")
        assert ProposalId(door.perform(stage.session(first, publish)).act)
        return seen(door.house)


def requests(
    names: list[MemberId], base: tuple[int, str], *, peer: bool
) -> Iterator[tuple[str, str, str]]:
    """Of each member: the address, the cookies and the form, as a browser would send them."""
    from django.conf import settings  # noqa: PLC0415 - Django stands first
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415 - likewise here
    from django.contrib.sessions.models import Session  # noqa: PLC0415 - likewise here
    from django.utils import timezone  # noqa: PLC0415 - likewise here

    expires, store = timezone.now() + timedelta(days=1), SessionStore()
    sessions = [
        Session(
            session_key=f"{place:032}",
            session_data=store.encode({"members": {SLUG: name}}),
            expire_date=expires,
        )
        for place, name in enumerate(names)
    ]
    Session.objects.bulk_create(sessions, batch_size=500)
    for session, name in zip(sessions, names, strict=True):
        cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; csrftoken={CSRF}"
        slip = "x" * 200 if peer else slip_of(name, base)
        form = urlencode({"csrfmiddlewaretoken": CSRF, "slip": slip, "version": 1})
        yield f"/{SLUG}/proposals/1/sign/", cookie, form


def slip_of(name: MemberId, base: tuple[int, str]) -> str:
    """A slip as the page gives it."""
    from collegium.server.web.shared import slips  # noqa: PLC0415 - Django stands first

    slip = slips.Slip(SLUG, name, clock.now(), base, chance.salt())
    return slips._signer().sign_object(slip, serializer=slips._Plain)  # noqa: SLF001 - 3,000 pages less to ask for


if __name__ == "__main__":
    main()
