"""A proposal, and the two rows that a signature makes."""

from typing import ClassVar

from django.db import models


class Proposal(models.Model):  # noqa: DJ008 - shown to nobody
    """Something that members sign."""

    objects: ClassVar[models.Manager["Proposal"]] = models.Manager()
    name = models.CharField(max_length=26, unique=True)
    version = models.IntegerField(default=1)


class Act(models.Model):  # noqa: DJ008 - shown to nobody
    """Who did what, and when."""

    objects: ClassVar[models.Manager["Act"]] = models.Manager()
    name = models.CharField(max_length=26, unique=True)
    actor = models.CharField(max_length=24, db_index=True)
    kind = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)
    body = models.JSONField()


class Signature(models.Model):  # noqa: DJ008 - shown to nobody
    """A member's signature under a proposal; one each."""

    objects: ClassVar[models.Manager["Signature"]] = models.Manager()
    act = models.ForeignKey(Act, on_delete=models.PROTECT)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT)
    member = models.CharField(max_length=24)

    class Meta:
        """One signature for each member and proposal."""

        constraints = (
            models.UniqueConstraint(fields=("proposal", "member"), name="one_signature"),
        )
