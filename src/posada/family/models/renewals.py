"""That a person let a request go on, when and why."""

from __future__ import annotations

import uuid
from datetime import date
from enum import StrEnum
from typing import ClassVar

from django.db import models

from posada.family.models.requests import TracingRequest
from posada.records.contents import Content
from posada.records.models import SealedRecord
from posada.vault.keyring import Compartment


class WhyRenewed(StrEnum):
    """Why a request goes on."""

    THEY_WANT_IT = "they_want_it"
    NEW_TRACE = "new_trace"
    NOT_REACHED = "not_reached"
    OPENED_AGAIN = "opened_again"


class RenewalWords(Content, frozen=True, kw_only=True):
    """Why it goes on, whether the one who asks was asked, and who decided it."""

    KIND: ClassVar[str] = "family.renewal"
    COMPARTMENT: ClassVar[Compartment] = Compartment.FAMILY

    why: WhyRenewed
    asked: bool = False
    note: str = ""
    until: date | None = None
    by: int | None = None


class Renewal(models.Model):
    """One renewal. Why, and by whom, is sealed under the sought person's key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(TracingRequest, on_delete=models.CASCADE, related_name="renewals")
    record = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")
    renewed_on = models.DateField()
