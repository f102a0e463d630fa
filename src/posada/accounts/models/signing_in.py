"""What stands beside a password: authenticators, slips to enrol with, recovery codes. No secret of them is kept."""

from django.db import models

from posada.accounts.models.staff import User


class Authenticator(models.Model):
    """An authenticator (TOTP). Its secret is derived from the site's keys and `nonce`: not here.

    `confirmed`: a code of it was typed, it is in use. `last_step` is the last half minute whose code was taken, so
    that each counts once; `drift` by how many half minutes the phone's clock goes wrong.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="authenticators")
    nonce = models.UUIDField()
    confirmed = models.BooleanField(default=False)
    last_step = models.BigIntegerField(default=-1)
    drift = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "confirmed"], name="one_authenticator_in_use")]


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
