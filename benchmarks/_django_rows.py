"""The same signature as plain rows of Django's ORM: what we would write without a record."""

from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import django
from django.conf import settings
from django.db import connection, models, transaction

FULL = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"


class Rows:
    """A database with proposals, acts and signatures; no rule is asked and nothing hashed.

    Args:
        path: The database file.
    """

    def __init__(self, path: Path) -> None:
        options = {"transaction_mode": "IMMEDIATE", "init_command": FULL}
        database = {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": options}
        settings.configure(DATABASES={"default": database}, USE_TZ=True)
        django.setup()

        class Proposal(models.Model):  # noqa: DJ008 - shown to nobody
            objects: ClassVar[models.Manager["Proposal"]] = models.Manager()
            name = models.CharField(max_length=26, unique=True)
            signed = models.IntegerField(default=0)

            class Meta:
                app_label = "rows"

        class Act(models.Model):  # noqa: DJ008 - shown to nobody
            objects: ClassVar[models.Manager["Act"]] = models.Manager()
            name = models.CharField(max_length=26, unique=True)
            actor = models.CharField(max_length=24, db_index=True)
            kind = models.CharField(max_length=64)
            at = models.DateTimeField()
            body = models.JSONField()

            class Meta:
                app_label = "rows"

        class Signature(models.Model):  # noqa: DJ008 - shown to nobody
            objects: ClassVar[models.Manager["Signature"]] = models.Manager()
            act = models.ForeignKey(Act, on_delete=models.PROTECT)
            proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT)
            member = models.CharField(max_length=24)

            class Meta:
                app_label = "rows"
                constraints = (
                    models.UniqueConstraint(fields=("proposal", "member"), name="one_signature"),
                )

        self._proposals, self._acts, self._signatures = Proposal, Act, Signature
        with connection.schema_editor() as editor:
            for model in (Proposal, Act, Signature):
                editor.create_model(model)
        self._proposal = Proposal.objects.create(name="P" * 26)

    def sign(self, act: str, member: str) -> None:
        """A member signs the proposal; durable when this returns."""
        with transaction.atomic():
            row = self._acts.objects.create(
                name=act,
                actor=member,
                kind="deliberation.sign-proposal/1",
                at=datetime(2026, 1, 1, tzinfo=UTC),
                body={"happened_at": "", "proposal": self._proposal.name, "version": 1},
            )
            self._signatures.objects.create(act=row, proposal=self._proposal, member=member)
            self._proposals.objects.filter(pk=self._proposal.pk).update(
                signed=models.F("signed") + 1
            )

    def close(self) -> None:
        """Close the database."""
        connection.close()
