"""The log of false callers: who calls residents or families with a trick. Residents are warned from it."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import ClassVar

from django.db import models

from posada.accounts.acts import Act
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, Subject
from posada.family.models.relatives import WatchCard
from posada.records.contents import Content
from posada.records.models import Hidden, SealedRecord
from posada.vault.keyring import Compartment


class SaidToBe(StrEnum):
    """Whom a false caller pretends to be."""

    OFFICIAL = "official"
    POLICE = "police"
    LAWYER = "lawyer"
    HOSPITAL = "hospital"
    AID = "aid"
    HOUSE = "house"
    RELATIVE = "relative"
    CAPTOR = "captor"
    OTHER = "other"


class Wanted(StrEnum):
    """What a false caller asks for."""

    MONEY = "money"
    PLACE = "place"
    NAMES = "names"
    CODES = "codes"
    MEETING = "meeting"
    OTHER = "other"


class FalseCall(Content, frozen=True, kw_only=True):
    """One call: the number as normalised (E.164) or as typed, the name used, and what was said. `on` is a day."""

    KIND: ClassVar[str] = "family.false_call"
    COMPARTMENT: ClassVar[Compartment] = Compartment.FAMILY
    READ: ClassVar[Act | None] = Act.NOTE_CALLER

    on: str
    phone: str = ""
    name: str = ""
    said_to_be: SaidToBe = SaidToBe.OTHER
    wanted: tuple[Wanted, ...] = ()
    words: str = ""


class CallerNoteQuerySet(models.QuerySet["CallerNote"]):
    def visible_to(self, actor: Actor) -> CallerNoteQuerySet:
        """Those of the actor's own site; without what hangs on a relative who is hidden."""
        hidden = Hidden.all()
        here = self.filter(site_id=actor.site).exclude(pk__in=hidden)
        return here.exclude(models.Q(card__isnull=False) & models.Q(card_id__in=hidden))


class CallerNote(models.Model):
    """One entry of the log. Its id is the `subject` of its own key, so that it can be wiped alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    card = models.ForeignKey(WatchCard, null=True, on_delete=models.PROTECT, related_name="false_calls")
    record = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")
    noted_on = models.DateField()

    objects = CallerNoteQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["site", "noted_on"], name="family_caller_noted")]

    @property
    def subject(self) -> Subject:
        """The entry as permissions ask."""
        return Subject(self.pk, self.site_id, self.noted_on)
