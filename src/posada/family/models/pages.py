"""A page that a relative opens once, and how much the two doors to strangers are used."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models

from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor
from posada.family.models.relatives import WatchCard
from posada.records.contents import Content
from posada.records.models import Hidden, SealedRecord
from posada.vault.keyring import Compartment


class PageWords(Content, frozen=True, kw_only=True):
    """What a page says, under a key of its own: deleted when it was shown, or when nobody came."""

    KIND: ClassVar[str] = "kin.page"
    COMPARTMENT: ClassVar[Compartment] = Compartment.KIN

    lines: tuple[str, ...]
    language: str = "es"
    asks_reply: bool = False


class PageReply(Content, frozen=True, kw_only=True):
    """What somebody wrote who had opened a page: unverified, under the key of the relative's card."""

    KIND: ClassVar[str] = "kin.page_reply"
    COMPARTMENT: ClassVar[Compartment] = Compartment.KIN

    text: str
    at: datetime


class PageState(models.TextChoices):
    """How a page stands. Only the first can still be opened."""

    WAITING = "waiting"
    OPENED = "opened"
    EXPIRED = "expired"
    CLOSED = "closed"
    TRIES = "tries"


class RelativePageQuerySet(models.QuerySet["RelativePage"]):
    def visible_to(self, actor: Actor) -> RelativePageQuerySet:
        """The pages of cards of the actor's own site that are not hidden: any other is a 404."""
        hidden = Hidden.all()
        rows = self.filter(site_id=actor.site).exclude(card_id__in=hidden)
        return rows.exclude(card__resident_id__in=hidden)


class RelativePage(models.Model):
    """One page for the relative of one card. Its id is the `subject` of the key of its words.

    `code` is an HMAC of the code, `word` one of the Argon2id of the spoken word, `ticket` one of what lets the same
    visitor reply once. `expires_hour` counts whole hours since 1970. `record` is gone as soon as nobody may open it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    card = models.ForeignKey(WatchCard, on_delete=models.PROTECT, related_name="pages")
    record = models.OneToOneField(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    reply = models.OneToOneField(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=PageState.choices, default=PageState.WAITING)
    code = models.CharField(max_length=64, db_index=True)
    word = models.CharField(max_length=64)
    ticket = models.CharField(max_length=64, blank=True, db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_hour = models.PositiveIntegerField()
    prepared_on = models.DateField()
    prepared_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True)
    is_seen = models.BooleanField(default=False)

    objects = RelativePageQuerySet.as_manager()


class Door(models.TextChoices):
    """The two doors to strangers."""

    PAGE = "page"
    ASK = "ask"


class DoorUse(models.Model):
    """How often a door was knocked at in an hour, and how often nothing was looked at any more: no address of anybody.

    It lies in the database, so that a restart does not open the door again.
    """

    site = models.ForeignKey(Site, on_delete=models.CASCADE)
    door = models.CharField(max_length=4, choices=Door.choices)
    on = models.DateField()
    hour = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "door", "on", "hour"], name="one_use_per_door_and_hour")]
