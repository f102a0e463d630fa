"""Sites, users, memberships and assignments. No name stands here: a user's sign-in name is an HMAC."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from posada.accounts.acts import Role

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Site(models.Model):
    """One house. `demonstration` is the word that counts; site.toml only repeats it.

    `single_keeper` is the announced mode of a house that has one keyholder: acts for two are done by one and marked.
    """

    code = models.CharField(max_length=16, unique=True)
    demonstration = models.BooleanField(default=False)
    single_keeper = models.BooleanField(default=False)
    created_on = models.DateField()


class UserAccounts(BaseUserManager["User"]):
    """Django wants it; users are found by the HMAC of their sign-in name."""


class User(AbstractBaseUser):
    """Somebody who works here. The name that people call them is sealed, in the compartment `staff`."""

    sign_in = models.CharField(max_length=64, unique=True)
    subject = models.UUIDField(unique=True)
    is_active = models.BooleanField(default=True)
    failures = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    language = models.CharField(max_length=5, blank=True)

    USERNAME_FIELD = "sign_in"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserAccounts()

    if TYPE_CHECKING:
        memberships: RelatedManager[Membership]

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


class Assignment(models.Model):
    """A person's file entrusted to a user. `subject` is the person's random id."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assignments")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="assignments")
    subject = models.UUIDField()
    since = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "subject"], name="one_assignment_per_person")]
