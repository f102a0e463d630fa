"""My people: a watch over the relatives whom a resident left behind. The deadliest list in the house."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

import msgspec
from django.db import models

from posada.accounts.models import Site
from posada.accounts.permissions import Actor, Subject
from posada.family.rules.advice import Todo
from posada.family.rules.calling import Why, again_from
from posada.family.rules.kinship import Relation, Step
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


class Check(StrEnum):
    """Whether the agreed words were said; nothing is believed without it."""

    NOT_ASKED = ""
    SAID = "said"
    NOT_SAID = "not_said"
    ALARM = "alarm"


class Risk(StrEnum):
    """How much could happen to a relative because of a contact."""

    NOT_ASKED = ""
    NONE_KNOWN = "none_known"
    SOME = "some"
    HIGH = "high"


class Contact(msgspec.Struct, frozen=True, omit_defaults=True):
    """One event of a card: when, what, by which channel, and which member of staff wrote it down.

    `check` says whether the agreed words were said, `against` what spoke against a contact at that moment,
    `hidden` whether the caller's number was.
    """

    at: datetime
    kind: ContactKind
    channel: Channel = Channel.UNKNOWN
    how: How = How.UNKNOWN
    note: str = ""
    by: int | None = None
    check: Check = Check.NOT_ASKED
    against: Why = Why.YES
    hidden: bool | None = None


class Relative(Content, frozen=True, kw_only=True):
    """A relative who stayed behind; initials are enough. Never matched without a request of its own.

    `country` is where the relative is (ISO 3166, two letters), `safe_hours` how the hours were said, `hours` as agreed.
    In the drawing they stand beside another card (`beside`), bound to it by `step`; `same_as` is the card of another
    resident for the same relative.
    `hold`: something happened to them, so that we never turn to them first until somebody writes that the resident
    decided so after advice (services.harm). `ended_on`: the watch ended, because the resident was told of a death.
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
    risk_level: Risk = Risk.NOT_ASKED
    who_else: str = ""
    other_ways: str = ""
    trusted: str = ""
    checked: Check = Check.NOT_ASKED
    alarmed: bool = False
    added_at: datetime | None = None
    done: tuple[Todo, ...] = ()
    next_step: str = ""
    next_step_on: date | None = None
    place_hint: str = ""
    contact: str = ""
    request: uuid.UUID | None = None
    beside: uuid.UUID | None = None
    step: Step | None = None
    same_as: uuid.UUID | None = None
    hold: bool = False
    ended_on: date | None = None
    history: tuple[Contact, ...] = ()

    @property
    def unanswered(self) -> tuple[Contact, ...]:
        """The calls without an answer since the last news, the oldest first."""
        found: list[Contact] = []
        for event in self.history:
            if event.kind is ContactKind.HEARD and event.check is not Check.ALARM:
                found = []
            elif event.kind is ContactKind.NO_ANSWER:
                found.append(event)
        return tuple(found)

    @property
    def tries(self) -> int:
        """How many calls went unanswered since the last news."""
        return len(self.unanswered)

    @property
    def again_from(self) -> datetime | None:
        """From when they may be called again after the calls without an answer; none if there was none."""
        missed = self.unanswered
        return again_from(missed[-1].at, len(missed)) if missed else None

    @property
    def kept_from(self) -> tuple[str, ...]:
        """Who must not know, each apart: people, telephones."""
        return tuple(line for line in self.must_not_know.splitlines() if line)


class WatchCardQuerySet(models.QuerySet["WatchCard"]):
    def visible_to(self, actor: Actor) -> WatchCardQuerySet:
        """The cards of the actor's own site that are not hidden: any other is a 404."""
        return self.filter(site_id=actor.site).exclude(pk__in=Hidden.all())


class WatchCard(models.Model):
    """One relative's card. The id is the `subject` of the relative's own key.

    `silent_from` is cut to the hour, `unheard_on` (the day of the last news) to the day; both are empty where
    neither an interval nor a next call was agreed. `reach_from` until `reach_until` is the next stretch, cut to
    quarters of an hour, in which somebody may call: the safe hours themselves are sealed. Empty: at any time.
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
    reach_from = models.DateTimeField(null=True)
    reach_until = models.DateTimeField(null=True)
    step_on = models.DateField(null=True)
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
