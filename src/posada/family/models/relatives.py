"""My people: a watch over the relatives whom a resident left behind. The deadliest list in the house."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

import msgspec
from django.db import models

from posada.accounts.models import Site
from posada.accounts.permissions import Actor, Subject
from posada.family.rules.kinship import Relation
from posada.family.rules.safe_hours import SafeHours
from posada.family.rules.silence import Watch
from posada.people.models import Person
from posada.records.contents import Content
from posada.records.models import Hidden, SealedRecord
from posada.vault.keyring import Compartment


class Channel(StrEnum):
    """How somebody was heard."""

    VOICE = "voice"
    VOICE_NOTE = "voice_note"
    TEXT = "text"
    THROUGH_SOMEONE = "through_someone"
    IN_PERSON = "in_person"
    UNKNOWN = ""


class How(StrEnum):
    """How somebody was when last heard."""

    WELL = "well"
    WORRIED = "worried"
    IN_DANGER = "in_danger"
    UNKNOWN = "unknown"


class ContactKind(StrEnum):
    """What one press on a card says."""

    HEARD = "heard"
    NO_ANSWER = "no_answer"
    WORRYING = "worrying"
    STOP = "stop"


class Contact(msgspec.Struct, frozen=True, omit_defaults=True):
    """One event of a card: when, what, by which channel, and which member of staff wrote it down."""

    at: datetime
    kind: ContactKind
    channel: Channel = Channel.UNKNOWN
    how: How = How.UNKNOWN
    note: str = ""
    by: int | None = None


class Relative(Content, frozen=True, kw_only=True):
    """A relative who stayed behind; initials are enough. Never matched without a request of its own.

    `country` is where the relative is (ISO 3166, two letters), `safe_hours` how the hours were said, `hours` as agreed.
    """

    KIND: ClassVar[str] = "kin.relative"
    COMPARTMENT: ClassVar[Compartment] = Compartment.KIN

    who: str
    relation: Relation = Relation.OTHER
    last_heard_at: datetime | None = None
    last_channel: Channel = Channel.UNKNOWN
    how: How = How.UNKNOWN
    note: str = ""
    interval_hours: int | None = None
    agreed_words: str = ""
    duress_words: str = ""
    safe_hours: str = ""
    hours: SafeHours | None = None
    country: str = ""
    next_call_at: datetime | None = None
    must_not_know: str = ""
    risk: str = ""
    place_hint: str = ""
    contact: str = ""
    request: uuid.UUID | None = None
    history: tuple[Contact, ...] = ()

    @property
    def tries(self) -> int:
        """How many calls went unanswered since the last news."""
        count = 0
        for event in reversed(self.history):
            if event.kind is ContactKind.HEARD:
                break
            count += event.kind is ContactKind.NO_ANSWER
        return count


class WatchCardQuerySet(models.QuerySet["WatchCard"]):
    def visible_to(self, actor: Actor) -> WatchCardQuerySet:
        """The cards of the actor's own site that are not hidden: any other is a 404."""
        return self.filter(site_id=actor.site).exclude(pk__in=Hidden.all())


class WatchCard(models.Model):
    """One relative's card. The id is the `subject` of the relative's own key.

    `silent_from` is cut to the hour, `unheard_on` (the day of the last news) to the day; both are empty where
    neither an interval nor a next call was agreed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    resident = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="watch_cards")
    record = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=8, choices=[(one.value, one.value) for one in Watch], default=Watch.WATCHED.value
    )
    unheard_on = models.DateField(null=True)
    silent_from = models.DateTimeField(null=True)
    sequence = models.PositiveIntegerField(default=1)

    objects = WatchCardQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["site", "silent_from"], name="family_site_silent_from")]

    @property
    def subject(self) -> Subject:
        """The relative as permissions ask."""
        return Subject(self.pk, self.site_id, self.record.registered_on)

    @property
    def watch(self) -> Watch:
        """The state as a word."""
        return Watch(self.state)
