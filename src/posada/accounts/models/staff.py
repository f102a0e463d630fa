"""Sites, users, memberships and assignments. No name stands here: a user's sign-in name is an HMAC."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from posada.accounts.acts import Role

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Site(models.Model):
    """One house. `demonstration` is the word that counts; site.toml only repeats it.

    `single_keeper` is the announced mode of a house that has one keyholder: acts for two are done by one and marked.
    `without_second`: release, export and import wait 24 hours when nobody agrees, or stay refused.
    """

    code = models.CharField(max_length=16, unique=True)
    demonstration = models.BooleanField(default=False)
    single_keeper = models.BooleanField(default=False)
    without_second = models.CharField(max_length=6, choices=[("wait", "wait"), ("refuse", "refuse")], default="wait")
    created_on = models.DateField()


class UserAccounts(BaseUserManager["User"]):
    """Django wants it; users are found by the HMAC of their sign-in name."""


class User(AbstractBaseUser):
    """Somebody who works here. The name that people call them is sealed, in the compartment `staff`.

    Whoever raises `epoch` ends every session of this user: the next request of each is refused.
    """

    sign_in = models.CharField(max_length=64, unique=True)
    subject = models.UUIDField(unique=True)
    is_active = models.BooleanField(default=True)
    failures = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    language = models.CharField(max_length=5, blank=True)
    since = models.DateField(null=True)
    left_on = models.DateField(null=True)
    epoch = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "sign_in"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserAccounts()

    if TYPE_CHECKING:
        memberships: RelatedManager[Membership]

    def get_session_auth_hash(self) -> str:
        """What a session must carry to be this user's: it changes with the password and with `epoch`."""
        return salted_hmac("posada.accounts.session", f"{self.password}|{self.epoch}", algorithm="sha256").hexdigest()

    def is_locked(self, at: datetime) -> bool:
        """Whether sign-in is refused for now after too many wrong tries."""
        return self.locked_until is not None and self.locked_until > at


class Membership(models.Model):
    """A user's role in a site."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=24, choices=[(role.value, role.value) for role in Role])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "site", "role"], name="one_membership_per_role")]


class CurrentAssignments(models.Manager["Assignment"]):
    """Those that have not ended: what has ended opens nothing, and nobody can forget to ask."""

    def get_queryset(self) -> models.QuerySet[Assignment]:
        return super().get_queryset().filter(until__isnull=True)


class Assignment(models.Model):
    """A file entrusted to a user, from a day until it ended. `subject` is the person's random id.

    `follows` is the resident whose file this one hangs on (a relative's card, a request): it ends with that one.
    """

    class Why(models.TextChoices):
        ARRIVED = "arrived_today"
        APPOINTMENT = "appointment"
        HANDED_OVER = "handed_over"
        EMERGENCY = "emergency"
        FOLLOWS = "follows"

    class End(models.TextChoices):
        HANDED_BACK = "handed_back"
        HANDED_OVER = "handed_over"
        LEFT = "left"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assignments")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="assignments")
    subject = models.UUIDField()
    since = models.DateField()
    why = models.CharField(max_length=16, choices=Why.choices, default=Why.APPOINTMENT)
    follows = models.UUIDField(null=True)
    until = models.DateField(null=True)
    end = models.CharField(max_length=16, choices=End.choices, blank=True)

    objects = CurrentAssignments()
    everything = models.Manager["Assignment"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "subject"], condition=models.Q(until__isnull=True), name="one_assignment_per_person"
            )
        ]
        indexes = [models.Index(fields=["subject"], name="assignment_subject")]
