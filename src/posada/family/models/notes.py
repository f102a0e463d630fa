"""What lists say about a person: read in, unverified, and never the cause of anything by itself."""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar

from django.db import models

from posada.accounts.models import Site
from posada.people.models import Person
from posada.records.contents import Content
from posada.records.models import Hidden, SealedRecord
from posada.vault.keyring import Compartment


class PersonNote(Content, frozen=True, kw_only=True):
    """A note from a list. `status` is the list's own word; it changes nobody's status here."""

    KIND: ClassVar[str] = "person.note"
    COMPARTMENT: ClassVar[Compartment] = Compartment.FAMILY

    author: str = ""
    text: str = ""
    status: str = ""
    source: str = ""
    source_date: date | None = None
    last_known_location: str = ""
    found: bool | None = None


class ImportedNoteQuerySet(models.QuerySet["ImportedNote"]):
    def shown(self) -> ImportedNoteQuerySet:
        """Without those that are hidden until their erasure is confirmed or undone."""
        return self.exclude(record_id__in=Hidden.all())


class ImportedNote(models.Model):
    """A note's row. `external` is the HMAC of its id in its list, `digest` that of its words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="imported_notes")
    record = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")
    external = models.CharField(max_length=64, blank=True, db_index=True)
    digest = models.CharField(max_length=64, blank=True)
    imported_on = models.DateField()

    objects = ImportedNoteQuerySet.as_manager()
