"""What happened to a relative left behind, who was told of it with consent, and what of the family is public.

An event is sealed under the relative's own key. What somebody else may read of it is sealed a second time, apart, under
a subject of its own, with no more in it than was consented: see docs/decisions/0027.
"""

from __future__ import annotations

import uuid
from datetime import date
from enum import StrEnum
from typing import ClassVar

import msgspec
from django.db import models

from posada.accounts.acts import Act
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, Subject
from posada.family.models.relatives import WatchCard
from posada.family.rules.harm import Force, Harm, How, Part, Stands, Step, Sure
from posada.people.models import Person
from posada.records.contents import Content
from posada.records.models import Hidden, SealedRecord
from posada.vault.keyring import Compartment


class Ticked(msgspec.Struct, frozen=True):
    """A step that was done, when, and who says so."""

    step: Step
    on: date
    by: int | None = None


class HarmEvent(Content, frozen=True, kw_only=True):
    """What happened. `on` is a day, a month or a year, as precisely as it was told.

    `decided`: what the resident decided after advice about turning to the relative; empty until somebody wrote it.
    """

    KIND: ClassVar[str] = "kin.harm"
    COMPARTMENT: ClassVar[Compartment] = Compartment.KIN

    harm: Harm
    on: str = ""
    place: str = ""
    by_whom: Force = Force.UNKNOWN
    seen_on: str = ""
    seen_where: str = ""
    seen_by: str = ""
    who_knows: str = ""
    said: str = ""
    documents: str = ""
    source: str = ""
    sure: Sure = Sure.UNKNOWN
    ticked: tuple[Ticked, ...] = ()
    decided: str = ""
    decided_on: date | None = None


class ReferralConsent(Content, frozen=True, kw_only=True):
    """What the resident said yes to: to whom, which parts, how it was said, in which language, who witnessed it."""

    KIND: ClassVar[str] = "kin.referral_consent"
    COMPARTMENT: ClassVar[Compartment] = Compartment.KIN

    body: str = ""
    parts: tuple[Part, ...] = ()
    how: How = How.SPOKEN
    language: str = ""
    witness: str = ""
    on: date
    withdrawn_on: date | None = None


class ReferralTold(Content, frozen=True, kw_only=True):
    """What somebody else may read: the parts that were consented to and nothing else, and what they answered."""

    KIND: ClassVar[str] = "kin.referral"
    COMPARTMENT: ClassVar[Compartment] = Compartment.KIN
    READ: ClassVar[Act | None] = Act.READ_HARM

    parts: tuple[Part, ...] = ()
    name: str = ""
    harm: Harm | None = None
    on: str = ""
    place: str = ""
    by_whom: Force | None = None
    seen_on: str = ""
    seen_where: str = ""
    seen_by: str = ""
    who_knows: str = ""
    said: str = ""
    documents: str = ""
    source: str = ""
    sure: Sure | None = None
    answer: str = ""


class HarmQuerySet(models.QuerySet["HarmNote"]):
    def visible_to(self, actor: Actor) -> HarmQuerySet:
        """Those of the actor's own site whose relative is not hidden."""
        return self.filter(site_id=actor.site).exclude(card_id__in=Hidden.all())


class HarmNote(models.Model):
    """That something was noted of a relative, and on which day. What it was is sealed under the relative's key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    card = models.ForeignKey(WatchCard, on_delete=models.PROTECT, related_name="harms")
    record = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")
    noted_on = models.DateField()

    objects = HarmQuerySet.as_manager()


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, actor: Actor) -> ReferralQuerySet:
        """Those of the actor's own site of whose relative nothing is hidden."""
        hidden = Hidden.all()
        return self.filter(site_id=actor.site).exclude(harm__card_id__in=hidden).exclude(pk__in=hidden)


class Referral(models.Model):
    """One referral of one event. Its id is the `subject` of what may be read of it; `to` is a lawyer of this house,
    none for a body outside. `told` is gone once the consent was withdrawn.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    harm = models.ForeignKey(HarmNote, on_delete=models.PROTECT, related_name="referrals")
    to = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    consent = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")
    told = models.OneToOneField(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=9, choices=[(one.value, one.value) for one in Stands], default=Stands.ASKED.value
    )
    asked_on = models.DateField()
    answered_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    sequence = models.PositiveIntegerField(default=1)

    objects = ReferralQuerySet.as_manager()

    @property
    def subject(self) -> Subject:
        """What may be read of it, as permissions ask."""
        return Subject(self.pk, self.site_id, self.asked_on)

    @property
    def stands(self) -> Stands:
        """The state as a word."""
        return Stands(self.state)


class Medium(StrEnum):
    """Where something appeared."""

    PAPER = "paper"
    RADIO = "radio"
    TELEVISION = "television"
    WEB = "web"
    SOCIAL = "social"
    REPORT = "report"
    OTHER = "other"


class PressChoice(msgspec.Struct, frozen=True):
    """What a resident decided about talking to the press, after the risk was explained."""

    wants: bool
    on: date
    how: How = How.SPOKEN
    language: str = ""
    witness: str = ""
    by: int | None = None


class Appearance(msgspec.Struct, frozen=True):
    """What was said, and where it appeared. It raises the risk until a person writes why it does no more."""

    id: uuid.UUID
    on: str
    medium: Medium
    where: str = ""
    link: str = ""
    said: str = ""
    noted_on: date | None = None
    by: int | None = None
    lowered_on: date | None = None
    lowered_by: int | None = None
    lowered_why: str = ""


class PressFile(Content, frozen=True, kw_only=True):
    """What a resident decided about the press (the last choice counts), and what has appeared."""

    KIND: ClassVar[str] = "kin.press"
    COMPARTMENT: ClassVar[Compartment] = Compartment.KIN

    choices: tuple[PressChoice, ...] = ()
    appearances: tuple[Appearance, ...] = ()

    @property
    def raising(self) -> tuple[Appearance, ...]:
        """What raises the risk today."""
        return tuple(one for one in self.appearances if one.lowered_on is None)


class Press(models.Model):
    """One resident's press file. `raised`: whether something in it raises the risk of all their relatives now."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    resident = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="press")
    record = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")
    raised = models.BooleanField(default=False)
