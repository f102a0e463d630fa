"""Everything towards a family stands still: no call, no message, no release, until it is lifted."""

from __future__ import annotations

import uuid

from django.db import models

from posada.accounts.models import Site, User
from posada.people.models import Person


class Freeze(models.Model):
    """One freeze: of a resident's whole family, or (without `resident`) of the whole house. It says nothing of why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    resident = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="freezes")
    since = models.DateField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["site", "ended_on"], name="family_freeze_open")]
