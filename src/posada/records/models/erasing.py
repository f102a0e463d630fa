"""Hiding and erasing: what was asked, what is still to be done, and what must not come back. No word about anybody."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from posada.accounts.models import Site
from posada.accounts.permissions import Actor, Subject


class What(models.TextChoices):
    """What is hidden or erased."""

    PERSON = "person", _("The whole file of number")
    RELATIVE = "relative", _("A relative's card of number")
    REQUEST = "request", _("Tracing request")
    NOTE = "note", _("A list's note about number")
    PAPER = "paper", _("A paper of number")
    ACCOUNT = "account", _("An account of number")
    CASE = "case", _("Asylum case")


class Why(models.TextChoices):
    """Why somebody asks for it: one of these, so that no free words stand beside the act."""

    ASKED = "asked", _("The person asks for it")
    DANGER = "danger", _("What is written endangers somebody")
    MISTAKE = "mistake", _("Written down by mistake")
    OVER = "over", _("No longer needed")


class WhyBack(models.TextChoices):
    """Why something hidden is shown again."""

    ASKED = "asked", _("The person asks to keep it")
    MISTAKE = "mistake", _("Hidden by mistake")
    NEEDED = "needed", _("It is still needed, and the person was told why")


class ErasureQuerySet(models.QuerySet["Erasure"]):
    def visible_to(self, actor: Actor) -> ErasureQuerySet:
        """Those of the actor's own site."""
        return self.filter(site_id=actor.site)

    def hidden(self) -> ErasureQuerySet:
        """What is hidden now: not shown again, and not erased yet."""
        return self.filter(state=Erasure.State.HIDDEN)


class Erasure(models.Model):
    """Somebody asked that this be erased. It is hidden from that moment; then erased for ever, or shown again.

    `subject` is whose key sealed it; `record` names one record of theirs where only that one goes. What is hidden
    by it stands in `Hidden`.
    """

    class State(models.TextChoices):
        HIDDEN = "hidden"
        SHOWN = "shown"
        ERASED = "erased"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    subject = models.UUIDField(db_index=True)
    record = models.UUIDField(null=True)
    what = models.CharField(max_length=8, choices=What.choices)
    why = models.CharField(max_length=8, choices=Why.choices)
    state = models.CharField(max_length=6, choices=State.choices, default=State.HIDDEN)
    asked_on = models.DateField()
    asked_by = models.BigIntegerField(null=True)
    ended_on = models.DateField(null=True)
    ended_by = models.BigIntegerField(null=True)
    why_back = models.CharField(max_length=8, choices=WhyBack.choices, blank=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=models.Q(state="hidden", record__isnull=True), name="subject_hidden_once"
            ),
            models.UniqueConstraint(
                fields=["record"], condition=models.Q(state="hidden", record__isnull=False), name="record_hidden_once"
            ),
        ]

    @property
    def whose(self) -> Subject:
        """Whom it is about, as permissions ask."""
        return Subject(self.subject, self.site_id)


class Hidden(models.Model):
    """One thing that is hidden now: the subject of somebody's keys, or the id of one record."""

    erasure = models.ForeignKey(Erasure, on_delete=models.CASCADE, related_name="things")
    thing = models.UUIDField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["erasure", "thing"], name="one_row_per_hidden_thing")]

    @classmethod
    def all(cls) -> models.QuerySet[Hidden, uuid.UUID]:
        """The ids of all that is hidden, for a query's `exclude(...__in=...)`."""
        return cls.objects.values_list("thing", flat=True)


class KeyDue(models.Model):
    """A key that is to be deleted, or to give way to a fresh one: noted in the transaction that needs it.

    The keyring is another database, so a process may die between the two; whatever stands here is done at the next
    start. `fresh` marks a key that gives way.
    """

    subject = models.UUIDField()
    compartment = models.CharField(max_length=16, blank=True)
    fresh = models.BooleanField(default=False)


class Tombstone(models.Model):
    """What must not come back by a list: an HMAC that only this site can make. It names nobody."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE)
    fingerprint = models.CharField(max_length=64)
    since = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "fingerprint"], name="one_tombstone_per_fingerprint")]


class Kept(models.Model):
    """Somebody reviewed what is past its time and said until when it is still kept, and why."""

    class WhyKept(models.TextChoices):
        STAYS = "stays", _("The person is still accompanied")
        ASKED = "asked", _("The person asks that it be kept")
        DUTY = "duty", _("A law or a procedure under way asks for it")

    site = models.ForeignKey(Site, on_delete=models.CASCADE)
    subject = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=16)
    until = models.DateField()
    why = models.CharField(max_length=8, choices=WhyKept.choices)
    by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "kind"], name="kept_once")]
