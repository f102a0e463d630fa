"""The numbers of paper forms: which were printed, and which were typed in, spoiled or lost. Never about whom."""

from __future__ import annotations

from django.db import models

from posada.accounts.models import Site
from posada.accounts.permissions import Actor


class PaperState(models.TextChoices):
    """What became of a form; only one that was printed and not closed can be typed in."""

    PRINTED = "printed"
    TYPED_IN = "typed_in"
    SPOILED = "spoiled"
    LOST = "lost"


class PaperNumberQuerySet(models.QuerySet["PaperNumber"]):
    def visible_to(self, actor: Actor) -> PaperNumberQuerySet:
        """Those that the actor's own site printed."""
        return self.filter(site_id=actor.site)


class PaperNumber(models.Model):
    """One form on paper. Nothing here leads to the person whom it was filled in for. `batch`: printed together."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    number = models.PositiveIntegerField(unique=True)
    printed_on = models.DateField()
    state = models.CharField(max_length=8, choices=PaperState.choices, default=PaperState.PRINTED)
    closed_on = models.DateField(null=True)
    batch = models.UUIDField(null=True)

    objects = PaperNumberQuerySet.as_manager()
