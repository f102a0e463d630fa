"""Referrals of somebody to who can help: numbers, states and days in clear; to whom and what was told is sealed."""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar

from django.db import models

from posada.accounts.acts import Act
from posada.accounts.models import Site
from posada.accounts.permissions import Actor
from posada.people.models import Person
from posada.people.rules.referring import How, Stands
from posada.records.contents import Content
from posada.records.models import Hidden, SealedRecord
from posada.shelter.rules.directory import OrganisationKind
from posada.vault.keyring import Compartment


class ReferralForNeed(Content, frozen=True, kw_only=True):
    """To whom, and word by word what the person said yes to; nothing else goes on paper. `told` is empty once the
    consent was withdrawn, and as long as a referral is only begun; `kind` is what such a one is for. `place`: the entry
    of the directory whose room it took, until it is given back."""

    KIND: ClassVar[str] = "person.referral"
    COMPARTMENT: ClassVar[Compartment] = Compartment.PROTECTION
    READ: ClassVar[Act | None] = Act.REFER

    organisation: str
    told: tuple[str, ...]
    how: How = How.SPOKEN
    language: str = ""
    witness: str = ""
    on: date
    answer: str = ""
    withdrawn_on: date | None = None
    kind: OrganisationKind | None = None
    place: uuid.UUID | None = None


class NeedReferralQuerySet(models.QuerySet["NeedReferral"]):
    def visible_to(self, actor: Actor) -> NeedReferralQuerySet:
        """Those of the actor's own site, without those of somebody who is hidden."""
        return self.filter(site_id=actor.site).exclude(person_id__in=Hidden.all())

    def begun(self) -> NeedReferralQuerySet:
        """Those of whom nobody was told anything yet: they wait for the person's yes."""
        return self.filter(is_begun=True)


class NeedReferral(models.Model):
    """One referral; its number stands on the slip in place of a name. `is_begun`: nobody was told anything yet."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="referrals")
    record = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=9, choices=[(one.value, one.value) for one in Stands], default=Stands.ASKED.value
    )
    asked_on = models.DateField()
    answered_on = models.DateField(null=True)
    follow_up_on = models.DateField(null=True)
    is_begun = models.BooleanField(default=False)

    objects = NeedReferralQuerySet.as_manager()

    @property
    def stands(self) -> Stands:
        """The state as a word."""
        return Stands(self.state)
