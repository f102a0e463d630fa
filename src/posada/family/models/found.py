"""What the found person chose: sealed under their own key."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import ClassVar

from django.db import models

from posada.family.models.requests import Proposal
from posada.family.rules.choices import Choice, Reach
from posada.people.models import Person
from posada.records.contents import Content
from posada.records.models import SealedRecord
from posada.vault.keyring import Compartment


class FoundChoice(Content, frozen=True, kw_only=True):
    """What the found person chose, for whom, until when, and how it was said."""

    KIND: ClassVar[str] = "family.found_choice"
    COMPARTMENT: ClassVar[Compartment] = Compartment.FAMILY

    choice: Choice
    reach: Reach = Reach.THIS_ENQUIRER
    expires_on: date | None = None
    at: datetime
    how: str = "spoken"
    language: str = ""
    witness: str = ""
    message: str = ""
    represented_by: str = ""
    by: int | None = None


class FoundDecision(models.Model):
    """That the found person was asked, and when; what they chose is sealed under their own key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="found_decision")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="found_decisions")
    record = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
