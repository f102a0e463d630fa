"""News of a death, about a relative, a sought person or somebody here. It changes nothing until two confirm it, and
nothing is ever told by the program.
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar

from django.db import models

from posada.accounts.acts import Act
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, Subject
from posada.family.models.relatives import WatchCard
from posada.family.models.requests import TracingRequest
from posada.family.rules.deaths import By, Knows, Stage
from posada.people.models import Person
from posada.records.contents import Content
from posada.records.models import Hidden, SealedRecord
from posada.vault.keyring import Compartment


class DeathWords(Content, frozen=True, kw_only=True):
    """Who says it, how they know, when and where; whether one of us had it at first hand; and how it was told.

    `stood`: how the card's watch stood before it ended, so that wrong news can be taken back.
    """

    source: str
    knows: Knows
    first_hand: bool = False
    checked: str = ""
    on: str = ""
    place: str = ""
    note: str = ""
    by: int | None = None
    told_on: date | None = None
    told_how: By | None = None
    told_to: str = ""
    told_by: str = ""
    with_whom: str = ""
    withdrawn_why: str = ""
    stood: str = ""


class RelativeDeath(DeathWords, frozen=True, kw_only=True):
    """About a relative on a card: read like the card itself, by nobody else."""

    KIND: ClassVar[str] = "kin.news"
    COMPARTMENT: ClassVar[Compartment] = Compartment.KIN


class PersonDeath(DeathWords, frozen=True, kw_only=True):
    """About a sought person, or somebody here."""

    KIND: ClassVar[str] = "family.news"
    COMPARTMENT: ClassVar[Compartment] = Compartment.FAMILY
    READ: ClassVar[Act | None] = Act.NOTE_DEATH


class DeathNewsQuerySet(models.QuerySet["DeathNews"]):
    def visible_to(self, actor: Actor) -> DeathNewsQuerySet:
        """Those of the actor's own site about nobody who is hidden."""
        hidden = Hidden.all()
        about_hidden = models.Q(card_id__in=hidden) | models.Q(person_id__in=hidden)
        of_request = models.Q(request__sought__subject__in=hidden) | models.Q(request__enquirer__subject__in=hidden)
        return self.filter(site_id=actor.site).exclude(pk__in=self.filter(about_hidden | of_request).values("pk"))

    def standing(self) -> DeathNewsQuerySet:
        """What two persons confirmed and nobody withdrew."""
        return self.filter(state__in=[Stage.CONFIRMED.value, Stage.TOLD.value])


class DeathNews(models.Model):
    """One piece of news, about exactly one of: a relative's card, the sought person of a request, a person here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    card = models.ForeignKey(WatchCard, null=True, on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(TracingRequest, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    record = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=[(one.value, one.value) for one in Stage], default=Stage.NOTED.value)
    noted_on = models.DateField()

    objects = DeathNewsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="family_news_of_one",
                condition=models.Q(card__isnull=False, request__isnull=True, person__isnull=True)
                | models.Q(card__isnull=True, request__isnull=False, person__isnull=True)
                | models.Q(card__isnull=True, request__isnull=True, person__isnull=False),
            )
        ]

    @property
    def subject(self) -> Subject:
        """Whom it is about, as permissions ask."""
        if self.card is not None:
            return self.card.subject
        if self.request is not None:
            return self.request.sought_subject
        if self.person is not None:
            return self.person.subject
        raise ValueError("the news is about somebody")

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return Stage(self.state)

    @property
    def number(self) -> int:
        """The number by which people speak of it: the resident's, the request's or the person's own."""
        if self.card is not None:
            return self.card.resident.number
        if self.request is not None:
            return self.request.number
        if self.person is not None:
            return self.person.number
        raise ValueError("the news is about somebody")
