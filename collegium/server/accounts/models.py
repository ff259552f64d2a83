"""The private link between a browser's session and a member.

It stands in the site's own database, never in a record: a record knows members by random
names, and which account plays which member is nobody else's business.
"""

from typing import ClassVar

from django.db import models


class Account(models.Model):
    """Somebody's link to a member of one organisation.

    In a demonstration an account marks a newcomer's place as taken; real sign-in adds its
    proofs here.
    """

    organisation = models.CharField(max_length=64)
    member = models.CharField(max_length=24)
    opened = models.DateTimeField(auto_now_add=True)

    class Meta:
        """One account for each member of an organisation."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "member"], name="one-account-a-member")
        ]

    def __str__(self) -> str:
        return f"{self.member} of {self.organisation}"
