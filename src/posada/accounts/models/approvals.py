"""What one person asked and a second agreed to; and the codes with which the second agrees from elsewhere."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models

from posada.accounts.models.staff import Site, User

if TYPE_CHECKING:
    from posada.accounts.permissions import Actor


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def visible_to(self, actor: Actor) -> ApprovalQuerySet:
        """What was asked in the actor's own site."""
        return self.filter(site_id=actor.site)

    def open(self) -> ApprovalQuerySet:
        """Neither carried out nor stopped."""
        return self.filter(state__in=[Approval.State.ASKED, Approval.State.AGREED])


class Approval(models.Model):
    """One act that needs two persons, bound by `digest` to exactly what was shown when it was asked.

    `terms` are fixed words (the fields that go out, a role); a free text is sealed by records under the
    subject `words`.
    `asked_after`, `boot` and `uptime` are what the wait is measured by, beside the clock: see approvals.waiting.
    """

    class State(models.TextChoices):
        ASKED = "asked"
        AGREED = "agreed"
        USED = "used"
        STOPPED = "stopped"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    kind = models.CharField(max_length=16)
    digest = models.CharField(max_length=64)
    subject = models.UUIDField(null=True, db_index=True)
    number = models.BigIntegerField(null=True)
    count = models.PositiveIntegerField(default=1)
    terms = models.CharField(max_length=96, blank=True)
    words = models.UUIDField(null=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.ASKED)

    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_after = models.BigIntegerField()
    boot = models.UUIDField(null=True)
    uptime = models.BigIntegerField(default=0)

    agreed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    elsewhere = models.BooleanField(default=False)
    told = models.BooleanField(default=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    stopped_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["site", "state"], name="approval_site_state")]

    @property
    def is_open(self) -> bool:
        """Whether it may still be agreed to, carried out or stopped."""
        return self.state in {self.State.ASKED, self.State.AGREED}


class AgreeingCode(models.Model):
    """A second's authenticator for one kind of act. The secret is derived from the site's keys and `nonce`: not here.

    `last_step` is the last half minute whose code was taken: each code counts once.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="agreeing_codes")
    kind = models.CharField(max_length=16)
    nonce = models.UUIDField()
    last_step = models.BigIntegerField(default=0)
    wrong = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="one_agreeing_code_per_kind")]
