"""Going on: a notice to leave, a move to another site, having left. Where to is sealed; days and ticks are not."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.people.models import Person
from posada.records.contents import Content
from posada.records.models import Hidden, SealedRecord
from posada.shelter.models.beds import Stay
from posada.vault.keyring import Compartment


class Destination(StrEnum):
    """Where somebody goes, as coarsely as it can be of use."""

    SHELTER = "shelter"
    RELATIVES = "relatives"
    ONWARD = "onward"
    COUNTRY = "country"
    NOT_SAID = "not_said"


class DepartureWords(Content, frozen=True, kw_only=True):
    """Where somebody said they go."""

    KIND: ClassVar[str] = "shelter.departure"
    COMPARTMENT: ClassVar[Compartment] = Compartment.CONTACT
    READ: ClassVar[Act | None] = Act.MOVE_ON

    destination: Destination = Destination.NOT_SAID


class MoveWords(Content, frozen=True, kw_only=True):
    """Which site is asked."""

    KIND: ClassVar[str] = "shelter.move"
    COMPARTMENT: ClassVar[Compartment] = Compartment.CONTACT
    READ: ClassVar[Act | None] = Act.MOVE_ON

    to: str


class DepartureQuerySet(models.QuerySet["Departure"]):
    def visible_to(self, actor: Actor) -> DepartureQuerySet:
        """Those of the actor's own site, whose person is not hidden."""
        return self.filter(person__site_id=actor.site).exclude(person_id__in=Hidden.all())


class Departure(models.Model):
    """Somebody left on a day; `noted_on` is the only day on which it may be undone."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="departures")
    stay = models.OneToOneField(Stay, on_delete=models.PROTECT, related_name="departure")
    left_on = models.DateField()
    noted_on = models.DateField()
    untold = models.BooleanField(default=False)
    record = models.OneToOneField(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")

    objects = DepartureQuerySet.as_manager()


class NoticeQuerySet(models.QuerySet["LeaveNotice"]):
    def visible_to(self, actor: Actor) -> NoticeQuerySet:
        """Those of the actor's own site, whose person is not hidden."""
        return self.filter(person__site_id=actor.site).exclude(person_id__in=Hidden.all())


class LeaveNotice(models.Model):
    """A date by which somebody is told to leave, and what was done about it. Nothing happens by itself on it."""

    class Giver(models.TextChoices):
        HOUSE = "house", _("This house")
        OWNER = "owner", _("Who owns or pays for the building")
        AUTHORITY = "public", _("A public authority")
        OTHER = "other", _("Somebody else")

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="leave_notice")
    given_by = models.CharField(max_length=8, choices=Giver.choices)
    given_on = models.DateField()
    leave_by = models.DateField()
    aid_told = models.BooleanField(default=False)
    bed_asked = models.BooleanField(default=False)
    heard = models.BooleanField(default=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(leave_by__gte=models.F("given_on")), name="no_notice_before_it_was_given"
            )
        ]


class MoveQuerySet(models.QuerySet["OnwardMove"]):
    def visible_to(self, actor: Actor) -> MoveQuerySet:
        """Those of the actor's own site, whose person is not hidden."""
        return self.filter(person__site_id=actor.site).exclude(person_id__in=Hidden.all())


class OnwardMove(models.Model):
    """A bed asked of another site, with what goes along; `answer` is empty until that site said something."""

    class Answer(models.TextChoices):
        ACCEPTED = "yes", _("Accepted")
        FULL = "full", _("Refused: no free bed")
        NOT_ALL = "not_all", _("Refused: not for all of them together")
        CANNOT = "cannot", _("Refused: they cannot give what is needed")
        OTHER = "other", _("Refused, without a reason")

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="onward_move")
    record = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    summary = models.BooleanField(default=False)
    belongings = models.BooleanField(default=False)
    medicines = models.BooleanField(default=False)
    documents = models.BooleanField(default=False)
    household = models.BooleanField(default=False)
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    answered_on = models.DateField(null=True)

    objects = MoveQuerySet.as_manager()

    @property
    def is_accepted(self) -> bool:
        """Whether the other site said yes: only then somebody leaves with it."""
        return self.answer == self.Answer.ACCEPTED
