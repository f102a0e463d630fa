"""What residents of different households are to each other: each side sealed under its own key."""

from __future__ import annotations

import uuid
from typing import ClassVar

import msgspec
from django.db import models

from posada.family.rules.kinship import Relation
from posada.people.models import Person
from posada.records.contents import Content
from posada.records.models import SealedRecord
from posada.vault.keyring import Compartment


class KnownTie(msgspec.Struct, frozen=True):
    """Another resident, and what they are to this one."""

    other: uuid.UUID
    relation: Relation


class KinTies(Content, frozen=True, kw_only=True):
    """The residents who are family of this one although they came apart."""

    KIND: ClassVar[str] = "kin.ties"
    COMPARTMENT: ClassVar[Compartment] = Compartment.KIN

    ties: tuple[KnownTie, ...] = ()

    def to(self, other: uuid.UUID) -> Relation | None:
        """What another resident is to this one; none if nobody said so."""
        return next((tie.relation for tie in self.ties if tie.other == other), None)


class ResidentTies(models.Model):
    """That something is kept of a resident's ties; which, is sealed under the resident's own key."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="kin_ties")
    record = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")
