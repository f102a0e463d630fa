"""One row an act, with the hash of the one before in its chain. Triggers refuse UPDATE, DELETE and TRUNCATE."""

from django.db import models


class AuditEntry(models.Model):
    """Who (a user's id, or none for the system) did what to which pseudonym, and how it ended.

    `sequence` counts over all chains in the order of writing, with gaps where a transaction was undone. On SQLCipher
    there is one chain; on PostgreSQL one for each process that writes at the same moment.
    """

    sequence = models.BigIntegerField(primary_key=True)
    chain = models.PositiveIntegerField(default=0)
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
        indexes = [
            models.Index(fields=["actor", "act", "at"], name="audit_actor_act_at"),
            models.Index(fields=["chain", "-sequence"], name="audit_newest_of_chain"),
            models.Index(fields=["at"], name="audit_at"),
            models.Index(fields=["actor", "-sequence"], name="audit_of_user"),
            models.Index(fields=["actor", "role", "-sequence"], name="audit_of_role"),
            models.Index(fields=["subject", "-sequence"], name="audit_of_subject"),
            models.Index(fields=["act", "-sequence"], name="audit_of_act"),
        ]
        # Two writers that both follow the same entry would fork a chain: the second is refused.
        constraints = [models.UniqueConstraint(fields=["previous"], name="audit_one_successor")]
