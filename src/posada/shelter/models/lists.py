"""That a list was printed, by whom, and what became of it. Who stood on it is written nowhere here."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models

from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor
from posada.shelter.rules.lists import Fate, ListKind


class PrintedListQuerySet(models.QuerySet["PrintedList"]):
    def visible_to(self, actor: Actor) -> PrintedListQuerySet:
        """Those of the actor's own site."""
        return self.filter(site_id=actor.site)

    def open(self) -> PrintedListQuerySet:
        """Those of which nobody said yet that they are gone."""
        return self.filter(gone_on__isnull=True)

    def asked_for(self, day: date) -> PrintedListQuerySet:
        """Those that are asked for on this day."""
        return self.open().filter(ask_on__lte=day)


class PrintedList(models.Model):
    """One list that somebody made on one day; asked for each morning from `ask_on` until it is gone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in ListKind])
    printed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    printed_on = models.DateField()
    ask_on = models.DateField()
    gone_on = models.DateField(null=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    fate = models.CharField(max_length=12, blank=True, choices=[(fate.value, fate.value) for fate in Fate])
    copies = models.PositiveSmallIntegerField(null=True)
    ticks_first = models.PositiveSmallIntegerField(null=True)
    ticks_second = models.PositiveSmallIntegerField(null=True)
    ticks_third = models.PositiveSmallIntegerField(null=True)

    objects = PrintedListQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "kind", "printed_by", "printed_on"],
                condition=models.Q(gone_on__isnull=True),
                name="one_open_list_a_day",
            )
        ]
