"""A document of somebody: the row says whose, and from which month to see to it; what it is, is sealed."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models

from posada.people.models.persons import Person
from posada.records.models import Hidden, SealedRecord


class CarriedDocumentQuerySet(models.QuerySet["CarriedDocument"]):
    def shown(self) -> CarriedDocumentQuerySet:
        """Without those that are hidden until their erasure is confirmed or undone, with their persons."""
        return self.exclude(record_id__in=Hidden.all()).exclude(person_id__in=Hidden.all())

    def to_look_at(self, day: date) -> CarriedDocumentQuerySet:
        """Those that somebody should see to by this day."""
        return self.filter(look_on__lte=day)


class CarriedDocument(models.Model):
    """One document. It goes with its record, and with its person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="documents")
    record = models.OneToOneField(SealedRecord, on_delete=models.CASCADE, related_name="+")
    added_on = models.DateField()
    look_on = models.DateField(null=True)

    objects = CarriedDocumentQuerySet.as_manager()

    class Meta:
        ordering = ("added_on", "id")
