"""A request handed to another tracing service, with the consent of the one who asks."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import ClassVar

from django.db import models

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.family.models.requests import TracingRequest
from posada.family.rules.handing import Field, HandState
from posada.records.contents import Content
from posada.records.models import Hidden, SealedRecord
from posada.vault.keyring import Compartment


class HowAgreed(StrEnum):
    """How the one who asks said yes."""

    SPOKEN = "spoken"
    WRITTEN = "written"
    MARK = "mark"
    BY_TELEPHONE = "by_telephone"


class HandOverWords(Content, frozen=True, kw_only=True):
    """To whom, what the one who asks agreed to (`fields`), how, before whom; and what the other service answered."""

    KIND: ClassVar[str] = "family.hand_over"
    COMPARTMENT: ClassVar[Compartment] = Compartment.FAMILY
    READ: ClassVar[Act] = Act.HAND_OVER

    to: str
    fields: tuple[Field, ...] = ()
    how: HowAgreed = HowAgreed.SPOKEN
    language: str = ""
    witness: str = ""
    by: int | None = None
    reference: str = ""
    note: str = ""


class HandOverQuerySet(models.QuerySet["HandOver"]):
    def visible_to(self, actor: Actor) -> HandOverQuerySet:
        """Those of the actor's own site whose request is not hidden."""
        hidden = Hidden.all()
        of_hidden = models.Q(request__sought__subject__in=hidden) | models.Q(request__enquirer__subject__in=hidden)
        return self.filter(request__site_id=actor.site).exclude(of_hidden)


class HandOver(models.Model):
    """One hand-over: its state and days. To whom, what and why is sealed under the key of the one who asks."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(TracingRequest, on_delete=models.CASCADE, related_name="hand_overs")
    record = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=HandState.choices, default=HandState.AGREED)
    agreed_on = models.DateField()
    handed_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    done_on = models.DateField(null=True)

    objects = HandOverQuerySet.as_manager()
