"""A person: a row that says nothing; the sealed contents that do are in `rules.contents`."""

from __future__ import annotations

import uuid

from django.db import models

from posada.accounts.models import Site
from posada.accounts.permissions import Actor, Subject
from posada.people.rules.contents import (
    Answer,
    Consent,
    ConsentPurpose,
    Consents,
    ContactDetails,
    HouseholdRelation,
    Identity,
    Sex,
)
from posada.records.models import Hidden, SealedRecord

__all__ = [
    "Answer",
    "Consent",
    "ConsentPurpose",
    "Consents",
    "ContactDetails",
    "Household",
    "HouseholdRelation",
    "Identity",
    "Person",
    "PersonQuerySet",
    "Sex",
    "Source",
]


class Source(models.TextChoices):
    """Where a person's row comes from."""

    HOUSE = "house"  # registered at the desk
    LIST = "list"  # read from somebody's list; has no bed, no relatives, and was never asked


class Household(models.Model):
    """People who came together and stay together."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, actor: Actor) -> PersonQuerySet:
        """The persons of the actor's own site who are not hidden: anybody else's number is a 404.

        Of a person with two files put together it is the leading one (`leading_of` for the other's number).
        """
        return self.filter(site_id=actor.site, merged_into=None).shown()

    def shown(self) -> PersonQuerySet:
        """Without those who are hidden until their erasure is confirmed or undone."""
        return self.exclude(pk__in=Hidden.all())


class Person(models.Model):
    """Somebody who is here, or stands on a list. The id is the `subject` of everything sealed about them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    number = models.PositiveIntegerField(unique=True)
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.HOUSE)
    registered_on = models.DateField()
    household = models.ForeignKey(Household, null=True, on_delete=models.SET_NULL, related_name="members")
    identity = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")
    contact = models.OneToOneField(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    consents = models.OneToOneField(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    consent_due_on = models.DateField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="merged")

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["site", "registered_on"], name="people_site_registered")]

    @property
    def is_listed(self) -> bool:
        """Whether the person only stands on a list."""
        return self.source == Source.LIST

    @property
    def subject(self) -> Subject:
        """The person as permissions ask. Who was read from a list was not registered on any day."""
        return Subject(self.pk, self.site_id, None if self.is_listed else self.registered_on)
