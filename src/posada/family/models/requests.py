"""Tracing requests, and what they are compared with."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from posada.accounts.models import Site
from posada.accounts.permissions import Actor, Subject
from posada.family.rules.bands import BAND_LABELS, Band
from posada.family.rules.kinship import Relation
from posada.family.rules.protecting import PROTECTION_WORDS, Flag, Protection
from posada.family.rules.representing import Represents
from posada.family.rules.safe_hours import SafeHours
from posada.people.models import Answer, Identity, Person, Sex
from posada.records.contents import Content
from posada.records.models import Hidden, SealedRecord
from posada.vault.keyring import Compartment

if TYPE_CHECKING:
    from posada.family.models.found import FoundDecision


class Cause(StrEnum):
    """Why two were parted: the words of Primero's forms, as far as they serve here."""

    CROSSING = "crossing"
    VIOLENCE = "violence"
    DETENTION = "detention"
    FLIGHT = "flight"
    MIGRATION = "migration"
    ILLNESS = "illness"
    POVERTY = "poverty"
    DISASTER = "disaster"
    OTHER = "other"
    UNKNOWN = ""


class Share(StrEnum):
    """What of the enquirer the sought person may be told. Not asked counts as no more than the relation."""

    NAME = "name"
    RELATION = "relation"
    NOTHING = "nothing"
    NOT_ASKED = ""


class Enquirer(Content, frozen=True, kw_only=True):
    """Who asks. `relationship` is what they are to the sought person. Only the channel named safe is used.

    `share_with` says what the sought person may be told of them, `share_onward` whether another tracing service may
    be asked. `safe_hours` is how the hours were said, `hours` as they were agreed. `birth` and `age` as of the sought.
    """

    KIND: ClassVar[str] = "family.enquirer"
    COMPARTMENT: ClassVar[Compartment] = Compartment.FAMILY

    name: str = ""
    relationship: Relation = Relation.OTHER
    safe_channel: str = ""
    safe_hours: str = ""
    hours: SafeHours | None = None
    safe_words: str = ""
    alarm_words: str = ""
    languages: str = ""
    share_with: Share = Share.NOT_ASKED
    share_onward: Answer = Answer.NOT_ASKED
    flags: tuple[Flag, ...] = ()
    birth: str = ""
    age: int | None = None
    age_on: date | None = None
    represented_by: Represents = Represents.NOBODY
    representative: str = ""
    note: str = ""

    @property
    def as_identity(self) -> Identity:
        """What the rules of ages read."""
        return Identity(birth=self.birth, age=self.age, age_on=self.age_on)


class Sought(Content, frozen=True, kw_only=True):
    """The sought person, in the words of who asks."""

    KIND: ClassVar[str] = "family.sought"
    COMPARTMENT: ClassVar[Compartment] = Compartment.FAMILY

    given_names: str = ""
    surnames: str = ""
    full_name: str = ""
    nickname: str = ""
    other_names: str = ""
    sex: Sex = Sex.UNKNOWN
    birth: str = ""
    age: int | None = None
    age_on: date | None = None
    origin: str = ""
    mother: str = ""
    father: str = ""
    phone: str = ""
    document: str = ""
    marks: str = ""
    represented_by: Represents = Represents.NOBODY

    @property
    def as_identity(self) -> Identity:
        """What the rules of ages read."""
        return Identity(birth=self.birth, age=self.age, age_on=self.age_on)

    @property
    def shown_name(self) -> str:
        """The name as it is shown to somebody who may read it."""
        parts = " ".join(part for part in (self.given_names, self.surnames) if part)
        return parts or self.full_name or self.nickname or self.other_names


class Separation(Content, frozen=True, kw_only=True):
    """How they were parted. `on` is 2019-02-23, 2019-02 or 2019; `last_contact` is in words."""

    KIND: ClassVar[str] = "family.separation"
    COMPARTMENT: ClassVar[Compartment] = Compartment.FAMILY

    on: str = ""
    place: str = ""
    cause: Cause = Cause.UNKNOWN
    circumstances: str = ""
    last_contact: str = ""
    last_known_place: str = ""


Contents = tuple[Enquirer, Sought, Separation | None]


class DecisionNote(Content, frozen=True, kw_only=True):
    """Why somebody decided as they did on a proposal, and what the found person may be told of who asks.

    The latter stands here so that whoever asks the found person need not open the enquirer; so does what protects
    them in it.
    """

    KIND: ClassVar[str] = "family.decision_note"
    COMPARTMENT: ClassVar[Compartment] = Compartment.FAMILY

    decision: str
    note: str = ""
    relationship: Relation | None = None
    asker_name: str = ""
    protections: tuple[Protection, ...] = ()
    at: datetime | None = None
    by: int | None = None

    @property
    def protection_words(self) -> tuple[str, ...]:
        """What protects the found person, as it is said to whoever asks them."""
        return tuple(str(PROTECTION_WORDS[one]) for one in self.protections)


class RequestState(models.TextChoices):
    """Where a request stands. Only staff see it; the enquirer's answer does not depend on it."""

    OPEN = "open"
    TRACING = "tracing"
    VERIFIED = "verified"
    IN_CONTACT = "contact"
    CLOSED = "closed"


class TracingRequestQuerySet(models.QuerySet["TracingRequest"]):
    def visible_to(self, actor: Actor) -> TracingRequestQuerySet:
        """The requests of the actor's own site that are not hidden: any other is a 404."""
        return self.filter(site_id=actor.site).shown()

    def shown(self) -> TracingRequestQuerySet:
        """Without those that are hidden until their erasure is confirmed or undone."""
        hidden = Hidden.all()
        return self.exclude(models.Q(sought__subject__in=hidden) | models.Q(enquirer__subject__in=hidden))

    def in_force(self, on: date) -> TracingRequestQuerySet:
        """Those that are neither closed nor expired on a day."""
        return self.exclude(state=RequestState.CLOSED).filter(expires_on__gte=on).shown()


class TracingRequest(models.Model):
    """Somebody seeks somebody. Enquirer and sought person have keys of their own: the records' subjects.

    `external` is the HMAC of an imported request's id, `digest` that of what it said when last read in.
    `together` is the same for all whom one enquirer seeks in one telling. `refused_on`: it was found out later that
    no family asks; it stays closed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    state = models.CharField(max_length=8, choices=RequestState.choices, default=RequestState.OPEN)
    opened_on = models.DateField()
    expires_on = models.DateField()
    together = models.UUIDField(null=True, db_index=True)
    refused_on = models.DateField(null=True)
    resident = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="requests_made")
    enquirer = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")
    sought = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")
    separation = models.OneToOneField(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    external = models.CharField(max_length=64, blank=True, db_index=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = TracingRequestQuerySet.as_manager()

    @property
    def enquirer_subject(self) -> Subject:
        """The enquirer as permissions ask."""
        return Subject(self.enquirer.subject, self.site_id, self.opened_on)

    @property
    def sought_subject(self) -> Subject:
        """The sought person as permissions ask."""
        return Subject(self.sought.subject, self.site_id, self.opened_on)


TAKEN_BACK = "taken_back"  # a decision's word that is no state: undecided again, with a reason


class ProposalState(models.TextChoices):
    """What a named person decided."""

    PROPOSED = "proposed"
    SAME = "same"
    DIFFERENT = "different"
    NOT_YET = "not_yet"


UNDECIDED = (ProposalState.PROPOSED, ProposalState.NOT_YET)


class Against(models.TextChoices):
    """With what a request's sought person is compared."""

    PERSON = "person"
    SOUGHT = "sought"  # somebody else seeks the same person
    ENQUIRER = "enquirer"  # the sought person asks, too


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, actor: Actor) -> ProposalQuerySet:
        """The proposals of the actor's own site of which neither side is hidden, and which still stand."""
        hidden = Hidden.all()
        sides = ("request__sought", "request__enquirer", "other_request__sought", "other_request__enquirer")
        of_somebody_hidden = models.Q(person_id__in=hidden)
        for side in sides:
            of_somebody_hidden |= models.Q(**{f"{side}__subject__in": hidden})
        return self.filter(request__site_id=actor.site, withdrawn=False).exclude(of_somebody_hidden)

    def to_decide(self) -> ProposalQuerySet:
        """What waits for somebody's decision, the likeliest first."""
        order = models.Case(
            models.When(band=Band.VERY_LIKELY.value, then=0),
            models.When(band=Band.LIKELY.value, then=1),
            default=2,
        )
        waiting = self.filter(state__in=UNDECIDED)
        return waiting.exclude(request__state=RequestState.CLOSED).order_by("-state", order, "request__opened_on")


class Proposal(models.Model):
    """Perhaps the same person. A named person decides; a refusal holds while the compared versions do.

    `withdrawn`: shown to nobody for now, though somebody noted something on it. It does not say why.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(TracingRequest, on_delete=models.CASCADE, related_name="proposals")
    against = models.CharField(max_length=8, choices=Against.choices, default=Against.PERSON)
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="proposals")
    other_request = models.ForeignKey(
        TracingRequest, null=True, on_delete=models.CASCADE, related_name="counter_proposals"
    )
    state = models.CharField(max_length=9, choices=ProposalState.choices, default=ProposalState.PROPOSED)
    band = models.CharField(max_length=12, choices=[(band.value, band.value) for band in Band])
    sought_version = models.PositiveIntegerField()
    candidate_version = models.PositiveIntegerField()
    proposed_on = models.DateField()
    decided_on = models.DateField(null=True)
    decided_by = models.BigIntegerField(null=True)
    record = models.OneToOneField(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn = models.BooleanField(default=False)

    objects = ProposalQuerySet.as_manager()

    if TYPE_CHECKING:
        found_decision: FoundDecision

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "person"], name="one_proposal_per_person"),
            models.UniqueConstraint(
                fields=["request", "other_request", "against"], name="one_proposal_per_other_request"
            ),
        ]

    @property
    def number(self) -> int:
        """The request's number."""
        return self.request.number

    @property
    def band_words(self) -> str:
        """How likely, in words."""
        return str(BAND_LABELS[Band(self.band)])
