"""What stands beside a password: slips to enrol with, and recovery codes. Only HMACs of them are kept."""

from django.db import models

from posada.accounts.models.staff import User


class Enrolment(models.Model):
    """A slip with a one-time code, by which somebody sets their own password and authenticator."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="enrolment")
    fingerprint = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)


class RecoveryCode(models.Model):
    """One of ten codes that each stand in for the authenticator once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    fingerprint = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "fingerprint"], name="one_recovery_code")]
