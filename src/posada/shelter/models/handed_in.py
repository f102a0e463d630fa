"""Dangerous objects that the house handed to the authority: a record of the house, linked to no person at all."""

from __future__ import annotations

import uuid
from datetime import date
from enum import StrEnum
from typing import ClassVar

from django.db import models

from posada.accounts.acts import Act
from posada.accounts.models import Site
from posada.accounts.permissions import Actor
from posada.records.contents import Content
from posada.records.models import SealedRecord
from posada.vault.keyring import Compartment


class ObjectKind(StrEnum):
    """What was in the bag, as coarse as the receipt needs it."""

    CUTS = "cuts"
    SHOOTS = "shoots"
    ROUNDS = "rounds"
    BURSTS = "bursts"
    OTHER = "other"


class HandedInWords(Content, frozen=True):
    """What the receipt says. `present` are two members of staff; nobody else is named, and nobody is meant."""

    KIND: ClassVar[str] = "shelter.handed_in"
    COMPARTMENT: ClassVar[Compartment] = Compartment.PROTECTION
    READ: ClassVar[Act | None] = Act.HAND_IN_ARMS

    kind: ObjectKind
    on: date
    authority: str
    present: tuple[int, int]
    receipt: str = ""


class HandedInQuerySet(models.QuerySet["HandedIn"]):
    def visible_to(self, actor: Actor) -> HandedInQuerySet:
        """What the actor's own site handed over."""
        return self.filter(site_id=actor.site)


class HandedIn(models.Model):
    """One bag, by the number of its tag. Its words are sealed under a key of its own, and no day stands in clear."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    tag = models.PositiveIntegerField()
    words = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")

    objects = HandedInQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "tag"], name="one_bag_handed_in_per_tag")]
