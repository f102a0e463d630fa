"""What remains of a request when its time is over and nobody renewed it: a number, a state, days."""

from __future__ import annotations

import uuid

from django.db import models

from posada.accounts.models import Site
from posada.accounts.permissions import Actor
from posada.family.models.requests import RequestState


class PlaceholderQuerySet(models.QuerySet["Placeholder"]):
    def visible_to(self, actor: Actor) -> PlaceholderQuerySet:
        """Those of the actor's own site."""
        return self.filter(site_id=actor.site)


class Placeholder(models.Model):
    """A number that once was a request's, so that whoever calls with it hears the same words as everybody.

    No key, no person, no link: it says only that somebody once asked.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    number = models.PositiveIntegerField(unique=True)
    state = models.CharField(max_length=8, choices=RequestState.choices)
    opened_on = models.DateField()
    expired_on = models.DateField()
    wiped_on = models.DateField()

    objects = PlaceholderQuerySet.as_manager()
