"""Messages between residents and their families. The words go once they are delivered; how they went stays."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

import msgspec
from django.db import models

from posada.accounts.models import Site
from posada.accounts.permissions import Actor, Subject
from posada.family.models.relatives import Channel, Check, WatchCard
from posada.family.rules.messages import (
    Direction,
    Failure,
    MessageKind,
    MessageState,
    Way,
    whole_text,
)
from posada.records.contents import Content
from posada.records.models import Hidden, SealedRecord
from posada.vault.keyring import Compartment


class MessageContent(Content, frozen=True, kw_only=True):
    """What a message says. Sealed under a key of its own, which is deleted once it was delivered or told."""

    KIND: ClassVar[str] = "kin.message"
    COMPARTMENT: ClassVar[Compartment] = Compartment.KIN

    language: str = ""
    sentences: tuple[str, ...] = ()
    text: str = ""
    audio: bytes = b""
    audio_type: str = ""

    @property
    def whole(self) -> str:
        """What is sent or read out, exactly; of a reply, the words as they were noted."""
        return whole_text(self.language, self.sentences, self.text) if self.language else self.text


class MessageStep(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that happened to a message: when, what, by which way, and which member of staff wrote it down."""

    at: datetime
    state: MessageState
    way: Way | None = None
    reason: Failure | None = None
    by: int | None = None


class MessageLog(Content, frozen=True, kw_only=True):
    """How a message went, without its words. Sealed under the relative's key; it stays after the words are gone."""

    KIND: ClassVar[str] = "kin.message_log"
    COMPARTMENT: ClassVar[Compartment] = Compartment.KIN

    channel: Channel = Channel.UNKNOWN
    check: Check = Check.NOT_ASKED
    steps: tuple[MessageStep, ...] = ()


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, actor: Actor) -> MessageQuerySet:
        """Those of the actor's own site that are not hidden: any other is a 404."""
        rows = self.filter(site_id=actor.site)
        return rows.exclude(card__in=Hidden.all()).exclude(pk__in=Hidden.all())


def _choices(words: type[Direction | MessageKind | MessageState | Way | Failure]) -> list[tuple[str, str]]:
    return [(one.value, one.value) for one in words]


class Message(models.Model):
    """One message. The id is the `subject` of the key of its words; without `record` they are gone.

    `number` stands on the printed form and means nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    card = models.ForeignKey(WatchCard, on_delete=models.CASCADE, related_name="messages")
    number = models.PositiveIntegerField()
    record = models.OneToOneField(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    log = models.OneToOneField(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    direction = models.CharField(max_length=3, choices=_choices(Direction))
    kind = models.CharField(max_length=9, choices=_choices(MessageKind))
    way = models.CharField(max_length=10, choices=_choices(Way), blank=True)
    state = models.CharField(max_length=9, choices=_choices(MessageState))
    reason = models.CharField(max_length=13, choices=_choices(Failure), blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    written_on = models.DateField()
    sent_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    sequence = models.PositiveIntegerField(default=1)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "number"], name="family_message_number")]
        indexes = [models.Index(fields=["site", "state"], name="family_message_state")]

    @property
    def subject(self) -> Subject:
        """The message as permissions ask: its words, while they are there."""
        return Subject(self.pk, self.site_id, self.written_on)

    @property
    def stands(self) -> MessageState:
        """The state as a word."""
        return MessageState(self.state)
