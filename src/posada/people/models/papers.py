"""A paper of somebody: the row says whose and since when, the sealed record what it shows."""

from __future__ import annotations

import uuid

from django.db import models

from posada.people.models.persons import Person
from posada.records.models import SealedRecord


class Paper(models.Model):
    """One paper. It goes with its record, and with its person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="papers")
    record = models.OneToOneField(SealedRecord, on_delete=models.CASCADE, related_name="+")
    added_on = models.DateField()

    class Meta:
        ordering = ("added_on", "id")
