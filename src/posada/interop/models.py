"""What was read and waits for somebody's yes; what a list brought before. No name of a file or of a person."""

from __future__ import annotations

import uuid

from django.db import models

from posada.accounts.models import Site
from posada.accounts.permissions import Actor
from posada.people.models import Person
from posada.records.models import SealedRecord


class ImportFileQuerySet(models.QuerySet["ImportFile"]):
    def visible_to(self, actor: Actor) -> ImportFileQuerySet:
        """The files of the actor's own site: a stranger's is a 404."""
        return self.filter(site_id=actor.site)


class ImportFile(models.Model):
    """A file in quarantine. Its id is the subject of the key that seals its contents.

    `report_subject` has a key of its own, so that the report outlives the contents. The last five counts say what
    came of it when it was confirmed.
    """

    class State(models.TextChoices):
        READING = "reading"
        WAITING = "waiting"
        CONFIRMED = "confirmed"
        DISMISSED = "dismissed"

    class Kind(models.TextChoices):
        PEOPLE = "people"
        REQUESTS = "requests"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    state = models.CharField(max_length=9, choices=State.choices, default=State.READING)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.PEOPLE)
    by = models.BigIntegerField(null=True)
    created_on = models.DateField()
    closed_on = models.DateField(null=True)
    report_subject = models.UUIDField(default=uuid.uuid4)

    rows = models.PositiveIntegerField(default=0)
    persons = models.PositiveIntegerField(default=0)
    notes = models.PositiveIntegerField(default=0)
    placeholders = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)

    added = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    emptied = models.PositiveIntegerField(default=0)
    notes_taken = models.PositiveIntegerField(default=0)

    objects = ImportFileQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["site", "state"], name="interop_site_state")]

    @property
    def is_waiting(self) -> bool:
        """Whether somebody may still decide on it."""
        return self.state == self.State.WAITING

    @property
    def of_requests(self) -> bool:
        """Whether its rows are read as tracing requests."""
        return self.kind == self.Kind.REQUESTS


class QuarantinePart(models.Model):
    """One sealed piece of a file: some of its bytes, of its items, of its report. `place` keeps their order."""

    file = models.ForeignKey(ImportFile, on_delete=models.CASCADE, related_name="parts")
    place = models.PositiveIntegerField()
    record = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")


class SavedMapping(models.Model):
    """What the columns of one form of table mean: found by the HMAC of its headers, sealed like all the rest."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.CASCADE)
    fingerprint = models.CharField(max_length=64)
    record = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "fingerprint"], name="one_mapping_per_form")]


class ExternalId(models.Model):
    """Whom a row of a list became, by the HMAC of its id there (of its words, where it has none).

    `digest` is the HMAC of what the row said when it was last read in. A person who was erased leaves the row
    without its person: what was erased stays erased.
    """

    site = models.ForeignKey(Site, on_delete=models.CASCADE)
    fingerprint = models.CharField(max_length=64)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    digest = models.CharField(max_length=64)
    expires_on = models.DateField(null=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "fingerprint"], name="one_person_per_external_id")]
