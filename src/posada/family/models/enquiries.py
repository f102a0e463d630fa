"""What strangers wrote into the form from outside: not a tracing request, and matched with nobody."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from posada.accounts.acts import Act
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, Subject
from posada.family.models.requests import Contents, Enquirer, Separation, Sought, TracingRequest
from posada.records.contents import Content
from posada.records.models import SealedRecord
from posada.vault.keyring import Compartment


class EnquiryWords(Content, frozen=True, kw_only=True):
    """Who asks, whom they seek, how they were parted: as typed by somebody whom nobody has seen."""

    KIND: ClassVar[str] = "family.enquiry"
    COMPARTMENT: ClassVar[Compartment] = Compartment.FAMILY
    READ: ClassVar[Act] = Act.READ_ENQUIRIES

    enquirer: Enquirer
    sought: Sought
    separation: Separation | None = None
    language: str = "es"

    @property
    def contents(self) -> Contents:
        """The three parts of a tracing request."""
        return self.enquirer, self.sought, self.separation


class EnquiryState(models.TextChoices):
    """Where an enquiry stands. Whoever wrote it learns nothing of it."""

    UNREAD = "unread"
    READ = "read"
    OPENED = "opened"
    REFUSED = "refused"


class WhyRefused(models.TextChoices):
    """Why an enquiry is not followed: a fixed word."""

    FISHING = "fishing"
    NOT_FAMILY = "notfam"
    NO_WAY = "no_way"
    UNCLEAR = "unclear"


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def visible_to(self, actor: Actor) -> EnquiryQuerySet:
        """The enquiries of the actor's own site: any other is a 404."""
        return self.filter(site_id=actor.site)


class Enquiry(models.Model):
    """One enquiry. Its id is the `subject` of its own key; `record` is gone once a request was made of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    record = models.OneToOneField(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=EnquiryState.choices, default=EnquiryState.UNREAD)
    received_on = models.DateField()
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=8, choices=WhyRefused.choices, blank=True)
    request = models.ForeignKey(TracingRequest, null=True, on_delete=models.PROTECT, related_name="+")

    objects = EnquiryQuerySet.as_manager()

    @property
    def subject(self) -> Subject:
        """The enquiry as permissions ask."""
        return Subject(self.pk, self.site_id)
