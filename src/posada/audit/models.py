"""One row an act. Triggers refuse UPDATE and DELETE; each row carries the hash of the one before."""

from django.db import models


class AuditEntry(models.Model):
    """Who (a user's id, or none for the system) did what to which pseudonym, and how it ended."""

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.BigIntegerField(null=True)
    role = models.CharField(max_length=24)
    site = models.IntegerField(null=True)
    act = models.CharField(max_length=48)
    subject = models.CharField(max_length=16, blank=True)
    reason = models.CharField(max_length=64, blank=True)
    result = models.CharField(max_length=16)
    count = models.IntegerField(default=1)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["actor", "act", "at"], name="audit_actor_act_at")]
