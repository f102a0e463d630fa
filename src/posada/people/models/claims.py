"""What a person asks about their own data: to see it, to correct it, to have it erased; and by when it is answered."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from posada.accounts.models import Site
from posada.accounts.permissions import Actor
from posada.people.models.persons import Person
from posada.records.contents import Content
from posada.records.models import Hidden, SealedRecord
from posada.vault.keyring import Compartment


class ClaimWords(Content, frozen=True, kw_only=True):
    """What the person asks, in their words, and what they were answered."""

    KIND: ClassVar[str] = "person.claim"
    COMPARTMENT: ClassVar[Compartment] = Compartment.IDENTITY

    asked: str = ""
    answered: str = ""


class ClaimQuerySet(models.QuerySet["PersonClaim"]):
    def visible_to(self, actor: Actor) -> ClaimQuerySet:
        """Those of the actor's own site, whose person is not hidden."""
        return self.filter(site_id=actor.site).exclude(person_id__in=Hidden.all())

    def open(self) -> ClaimQuerySet:
        """Those that were not answered yet."""
        return self.filter(answered_on__isnull=True)


class PersonClaim(models.Model):
    """One request of the person. An erased person's stays as a count: without the person, without words."""

    class Kind(models.TextChoices):
        ACCESS = "access", _("To know what is held about them")
        CORRECT = "correct", _("To have something corrected or completed")
        ERASE = "erase", _("To have something erased, or a consent withdrawn")

    class WhyLonger(models.TextChoices):
        SEARCHING = "search", _("The file is large or lies in several places")
        ASKING = "asking", _("Somebody else has to be asked first")
        ABSENT = "absent", _("Whoever knows the file is away")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="claims")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    record = models.OneToOneField(SealedRecord, null=True, on_delete=models.SET_NULL, related_name="+")
    received_on = models.DateField()
    label_due_on = models.DateField(null=True)
    due_on = models.DateField()
    latest_on = models.DateField()
    labelled_on = models.DateField(null=True)
    extended_on = models.DateField(null=True)
    why_longer = models.CharField(max_length=8, choices=WhyLonger.choices, blank=True)
    answered_on = models.DateField(null=True)
    taken_by = models.BigIntegerField(null=True)
    answered_by = models.BigIntegerField(null=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["site", "answered_on"], name="people_site_answered")]
