"""A paper of somebody: the row says whose and since when, the sealed record what it shows."""

from __future__ import annotations

import uuid

from django.db import models

from posada.people.models.persons import Person
from posada.records.models import Hidden, SealedRecord


class PaperQuerySet(models.QuerySet["Paper"]):
    def shown(self) -> PaperQuerySet:
        """Without those that are hidden until their erasure is confirmed or undone."""
        return self.exclude(record_id__in=Hidden.all())


class Paper(models.Model):
    """One paper. It goes with its record, and with its person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="papers")
    record = models.OneToOneField(SealedRecord, on_delete=models.CASCADE, related_name="+")
    added_on = models.DateField()

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ("added_on", "id")
