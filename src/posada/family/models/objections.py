"""What somebody said of being looked for: that they are not missing, and whether they object to it for the future."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

import msgspec
from django.db import models

from posada.accounts.acts import Act
from posada.family.rules.representing import Represents
from posada.people.models import Person
from posada.records.contents import Content
from posada.records.models import SealedRecord
from posada.vault.keyring import Compartment


class Spoke(StrEnum):
    """How the person was with us when they said it. Nobody says it for them; with a child is who represents it."""

    HERE = "here"
    CALLED = "called"


class Said(StrEnum):
    """What the person wanted."""

    LOOK = "look"
    REFUSE = "refuse"
    OBJECT = "object"
    TAKE_BACK = "take_back"


class Saying(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that was said: when, how, by what we knew them, who was by, and who wrote it down."""

    at: datetime
    said: Said
    spoke: Spoke = Spoke.HERE
    known_by: str = ""
    represents: Represents = Represents.NOBODY
    represented_by: str = ""
    witness: str = ""
    by: int | None = None


class NotMissingWords(Content, frozen=True, kw_only=True):
    """All that somebody said of being looked for. `objects`: nobody proposes them for a request any more."""

    KIND: ClassVar[str] = "family.not_missing"
    COMPARTMENT: ClassVar[Compartment] = Compartment.FAMILY
    READ: ClassVar[Act] = Act.OBJECT

    objects: bool = False
    history: tuple[Saying, ...] = ()


class NotMissing(models.Model):
    """That somebody spoke of it, and on which day they last did; what they said is sealed under their own key.

    A row says neither that they are looked for nor that they object: both are asked alike.
    """

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.PROTECT, related_name="not_missing")
    record = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")
    said_on = models.DateField()
