"""What the found person chose, sealed under their own key; what of it a person carries out; and what comes after."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

import msgspec
from django.db import models

from posada.accounts.models import Site
from posada.accounts.permissions import Actor
from posada.family.models.relatives import Channel
from posada.family.models.requests import Proposal, TracingRequest
from posada.family.rules.choices import Choice, Reach
from posada.family.rules.representing import Represents
from posada.people.models import Person
from posada.records.contents import Content
from posada.records.models import Hidden, SealedRecord
from posada.vault.keyring import Compartment


class FoundChoice(Content, frozen=True, kw_only=True):
    """What the found person chose, for whom, until when, and how it was said.

    `expires_on` is the last day on which it holds, `ask_again_on` the day on which they want to be asked again.
    What is to be passed on does not stand here: see FoundWords. `withdrawn` when they took it back.
    """

    KIND: ClassVar[str] = "family.found_choice"
    COMPARTMENT: ClassVar[Compartment] = Compartment.FAMILY

    choice: Choice
    reach: Reach = Reach.THIS_ENQUIRER
    named: str = ""
    expires_on: date | None = None
    ask_again_on: date | None = None
    at: datetime
    how: str = "spoken"
    language: str = ""
    interpreter: str = ""
    witness: str = ""
    represented_by: str = ""
    represents: Represents = Represents.NOBODY
    child_heard: str = ""
    withdrawn: bool = False
    by: int | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it still counts: not taken back, and not past its last day. One that ended counts as not asked.

        Not to be asked again has no end, whatever day stands beside it.
        """
        if self.withdrawn:
            return False
        return self.choice is Choice.NEVER_ASK or self.expires_on is None or day <= self.expires_on


class FoundWords(Content, frozen=True, kw_only=True):
    """What is to be passed on: a message, or a way to be reached. A key of its own: let go once it was passed on."""

    KIND: ClassVar[str] = "family.found_words"
    COMPARTMENT: ClassVar[Compartment] = Compartment.FAMILY

    text: str


class FoundDecision(models.Model):
    """That the found person was asked, and when; what they chose is sealed under their own key.

    `due_on` is the day from which they may be asked again: when they said so, or when the choice ended. `carried_from`
    is the decision for another enquirer that reaches this one, too.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="found_decision")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="found_decisions")
    record = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")
    words = models.OneToOneField(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    due_on = models.DateField(null=True)
    carried_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="carried")


class Try(msgspec.Struct, frozen=True, omit_defaults=True):
    """One try to tell: when, by which channel, whether the right person was reached, and who tried."""

    at: datetime
    channel: Channel
    reached: bool
    note: str = ""
    by: int | None = None


class Telling(Content, frozen=True, kw_only=True):
    """Who told what was released, when and how. Not what was said: that stands in the decision."""

    KIND: ClassVar[str] = "family.telling"
    COMPARTMENT: ClassVar[Compartment] = Compartment.FAMILY

    tries: tuple[Try, ...] = ()


class ReleaseState(models.TextChoices):
    """Where a release stands."""

    TO_TELL = "to_tell"
    TOLD = "told"
    STOPPED = "stopped"


class ReleaseQuerySet(models.QuerySet["Release"]):
    def visible_to(self, actor: Actor) -> ReleaseQuerySet:
        """Those of the actor's own site of which neither side is hidden: any other is a 404."""
        hidden, request = Hidden.all(), "decision__proposal__request"
        of_somebody_hidden = models.Q(decision__person_id__in=hidden)
        for side in ("sought", "enquirer"):
            of_somebody_hidden |= models.Q(**{f"{request}__{side}__subject__in": hidden})
        return self.filter(site_id=actor.site).exclude(of_somebody_hidden)


class Release(models.Model):
    """What two persons agreed to tell: one version of a decision. `opened` once its words were shown to who tells."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    decision = models.ForeignKey(FoundDecision, on_delete=models.CASCADE, related_name="releases")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=7, choices=ReleaseState.choices, default=ReleaseState.TO_TELL)
    agreed_on = models.DateField()
    opened = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)
    told_on = models.DateField(null=True)
    record = models.OneToOneField(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "version"], name="one_release_per_version")]


class EnquirerWord(StrEnum):
    """What the one who asked says after contact; "together again" is theirs to say, never ours."""

    IN_CONTACT = "in_contact"
    REUNITED = "reunited"
    NO_LONGER = "no_longer"
    NO_NEWS = "no_news"


class ContactNote(Content, frozen=True, kw_only=True):
    """How two came into contact, and what the one who asked said later."""

    KIND: ClassVar[str] = "family.contact_note"
    COMPARTMENT: ClassVar[Compartment] = Compartment.FAMILY

    at: datetime
    word: EnquirerWord | None = None
    said_at: datetime | None = None
    by: int | None = None


class InContact(models.Model):
    """That contact was made for a request. Who asked is asked from `ask_on` whether they need us any longer."""

    request = models.OneToOneField(
        TracingRequest, primary_key=True, on_delete=models.CASCADE, related_name="contact_made"
    )
    decision = models.ForeignKey(FoundDecision, null=True, on_delete=models.SET_NULL, related_name="+")
    since = models.DateField()
    ask_on = models.DateField()
    record = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")
