"""What is decided at the door: a child who came without family, and who is kept apart from whom. No reason in clear."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import ClassVar

from django.db import models

from posada.accounts.acts import Act
from posada.accounts.models import Site
from posada.accounts.permissions import Actor
from posada.ground import clock
from posada.people.models import Person
from posada.records.contents import Content
from posada.records.models import Hidden, SealedRecord
from posada.shelter.models.beds import Room
from posada.vault.keyring import Compartment


class Claimed(StrEnum):
    """What somebody who came with a child says to be. It is a claim until it was checked."""

    NOBODY = "nobody"
    PARENT = "parent"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    OTHER_KIN = "other_kin"
    NEIGHBOUR = "neighbour"
    STRANGER = "stranger"
    NOT_SAID = "not_said"


class ChildWords(Content, frozen=True, kw_only=True):
    """How a child came, and what was done. `present` are the two adults of the house who were there."""

    KIND: ClassVar[str] = "person.child_alone"
    COMPARTMENT: ClassVar[Compartment] = Compartment.PROTECTION
    READ: ClassVar[Act | None] = Act.READ_CHILD

    brought_by: str = ""
    claimed: Claimed = Claimed.NOT_SAID
    present: tuple[str, str]
    says: str = ""
    told_to: str = ""
    told_how: str = ""
    reference: str = ""
    checked_by: str = ""
    checked_how: str = ""


class ApartWords(Content, frozen=True):
    """Why two persons must not sleep in one room, in as few words as possible."""

    KIND: ClassVar[str] = "person.kept_apart"
    COMPARTMENT: ClassVar[Compartment] = Compartment.PROTECTION
    READ: ClassVar[Act | None] = Act.READ_PROTECTION

    why: str


class ChildAloneQuerySet(models.QuerySet["ChildAlone"]):
    def visible_to(self, actor: Actor) -> ChildAloneQuerySet:
        """The children of the actor's own site; of two files put together, the one that leads."""
        return self.filter(person__site_id=actor.site, person__merged_into=None)

    def unverified(self) -> ChildAloneQuerySet:
        """Those for whom no relation was checked: nobody here counts as their family."""
        return self.filter(verified_on__isnull=True)

    def untold(self) -> ChildAloneQuerySet:
        """Those of whom the authority was not told."""
        return self.filter(told_on__isnull=True)


class ChildAlone(models.Model):
    """A child who came without family, or with somebody whose relation is only claimed."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="child_alone")
    words = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    told_on = models.DateField(null=True)
    verified_on = models.DateField(null=True)

    objects = ChildAloneQuerySet.as_manager()


class ChildExceptionWords(Content, frozen=True):
    """Why a child sleeps among unrelated adults, who decided it, and the two adults of the house who watch."""

    KIND: ClassVar[str] = "person.child_exception"
    COMPARTMENT: ClassVar[Compartment] = Compartment.PROTECTION
    READ: ClassVar[Act | None] = Act.READ_CHILD

    why: str
    decided_by: str
    watching: tuple[str, str]


class ChildExceptionQuerySet(models.QuerySet["ChildException"]):
    def visible_to(self, actor: Actor) -> ChildExceptionQuerySet:
        """Those of the actor's own site, whose child is not hidden."""
        return self.filter(person__site_id=actor.site).exclude(person_id__in=Hidden.all())

    def open(self) -> ChildExceptionQuerySet:
        """Those that nobody ended: shown until somebody does."""
        return self.filter(ended_on__isnull=True)

    def standing(self) -> ChildExceptionQuerySet:
        """Those by which a bed may be given today."""
        return self.open().filter(until_on__gte=clock.today())


class ChildException(models.Model):
    """A child sleeps in one room among unrelated adults until a day, because a full house left nothing better."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="child_exceptions")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="+")
    words = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until_on = models.DateField()
    ended_on = models.DateField(null=True)

    objects = ChildExceptionQuerySet.as_manager()


class Apart(models.Model):
    """Two persons who never sleep in one room. Why is sealed; who of the two is afraid stands nowhere in clear."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="kept_apart_once"),
            models.CheckConstraint(condition=~models.Q(first=models.F("second")), name="nobody_apart_from_themselves"),
        ]
