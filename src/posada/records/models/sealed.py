"""What is sealed, its earlier versions, what changed when, and pages already sent."""

from __future__ import annotations

import uuid

from django.db import models

from posada.accounts.models import Site


class SealedRecordQuerySet(models.QuerySet["SealedRecord"]):
    def delete_alone(self) -> int:
        """Delete rows at which nothing points any more; how many.

        Django would ask each table of every room first, one question after the other; here the database itself looks,
        by its foreign keys, and refuses to commit what would leave a row that points at nothing.
        """
        return int(self._raw_delete(self.db))


class SealedRecord(models.Model):
    """One sealed blob: whose (`subject`), which compartment, what `kind` of content, which version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.UUIDField(db_index=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    compartment = models.CharField(max_length=16)
    kind = models.CharField(max_length=32)
    version = models.PositiveIntegerField(default=1)
    # The day somebody came, for who may read only today; none for those who only stand on a list.
    registered_on = models.DateField(null=True)
    body = models.BinaryField()

    objects = SealedRecordQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["compartment", "kind"], name="records_compartment_kind")]


class EarlierVersion(models.Model):
    """What a record said before it was corrected: sealed like the record itself."""

    record = models.ForeignKey(SealedRecord, on_delete=models.CASCADE, related_name="earlier")
    version = models.PositiveIntegerField()
    body = models.BinaryField()
    replaced_at = models.DateTimeField()
    replaced_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "version"], name="one_row_per_version")]


class Change(models.Model):
    """The change log: appended in the transaction of the change, read by those who must react."""

    class What(models.TextChoices):
        WRITTEN = "written"
        REMOVED = "removed"

    sequence = models.BigAutoField(primary_key=True)
    record = models.UUIDField()
    subject = models.UUIDField()
    kind = models.CharField(max_length=32)
    what = models.CharField(max_length=8, choices=What.choices)


class ReaderPosition(models.Model):
    """How far a lasting reader of the change log has come."""

    reader = models.CharField(max_length=48, primary_key=True)
    sequence = models.BigIntegerField(default=0)


class SentForm(models.Model):
    """The key of a form that was carried out, so that a page sent twice acts once."""

    key = models.UUIDField(primary_key=True)
    result = models.UUIDField(null=True)
    on = models.DateField()
