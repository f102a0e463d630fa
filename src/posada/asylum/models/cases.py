"""The rows of a case and of an account. They name nobody, and say nothing of what is asked or told."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date

from django.db import models

from posada.accounts.models import Assignment, Site
from posada.accounts.permissions import Actor, Subject
from posada.people.models import Person
from posada.records.models import Hidden, SealedRecord


class CaseState(models.TextChoices):
    """How far a case is. What was decided is sealed."""

    OPEN = "open"
    DECIDED = "decided"
    CLOSED = "closed"


class CaseQuerySet(models.QuerySet["Case"]):
    def of_site(self, actor: Actor) -> CaseQuerySet:
        """Those of the actor's own site that are not hidden: to be listed by number and day alone."""
        hidden = Hidden.all()
        return self.filter(site_id=actor.site).exclude(pk__in=hidden).exclude(person_id__in=hidden)

    def visible_to(self, actor: Actor) -> CaseQuerySet:
        """Those that are entrusted to this lawyer: a case is nobody else's, whoever may read the person's file."""
        found = self.of_site(actor)
        if actor.user is None:
            return found
        held = Assignment.objects.filter(user_id=actor.user).values("subject")
        return found.filter(pk__in=held)


class Case(models.Model):
    """One case. Its id is the `subject` of its file, and of nothing else: it follows from no household.

    `person` is whose claim it is. `country` is that of the guide by which it is counted. `next_on` is the day by which
    something must be done, so that lists need open nothing. `counted_on` is the day on which it was counted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    record = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")
    country = models.CharField(max_length=2)
    state = models.CharField(max_length=7, choices=CaseState.choices, default=CaseState.OPEN)
    opened_on = models.DateField()
    next_on = models.DateField(null=True)
    counted_on = models.DateField(null=True)

    objects = CaseQuerySet.as_manager()

    @property
    def is_all_late(self) -> bool:
        """Whether it was counted after its day had passed: nothing of it lies ahead, and what is late is late."""
        return self.next_on is not None and self.counted_on is not None and self.counted_on > self.next_on

    def is_to_count(self, today: date) -> bool:
        """Whether its day has passed since it was counted: another may lie ahead."""
        return self.next_on is not None and self.next_on < today and not self.is_all_late

    @property
    def place(self) -> tuple[int, date, int]:
        """Where it stands in a list: what has a day, the first on top; what is all late; what has no day."""
        rank = 2 if self.next_on is None else int(self.is_all_late)
        return rank, self.next_on or date.max, self.number

    @property
    def subject(self) -> Subject:
        """The case as permissions ask."""
        return Subject(self.pk, self.site_id)


class InCaseQuerySet(models.QuerySet["InCase"]):
    def told_of(self, files: Iterable[uuid.UUID]) -> InCaseQuerySet:
        """Cases of which this person (all their files) lets whoever accompanies them see the state and the next day."""
        hidden = Hidden.all()
        found = self.filter(person__in=files, tells=True).exclude(case_id__in=hidden)
        return found.exclude(case__person_id__in=hidden).select_related("case").order_by("case__number")


class InCase(models.Model):
    """That somebody stands in a case; in which part is sealed.

    `tells`: the person wants whoever accompanies them to see its state and next day. It is not so until they say it.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="rows")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    tells = models.BooleanField(default=False)

    objects = InCaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="once_in_a_case")]


class StatementQuerySet(models.QuerySet["Statement"]):
    def of_site(self, actor: Actor) -> StatementQuerySet:
        """Those of the actor's own site, of nobody who is hidden: to be counted and handed over, never read."""
        hidden = Hidden.all()
        return self.filter(site_id=actor.site).exclude(pk__in=hidden).exclude(person_id__in=hidden)

    def visible_to(self, actor: Actor) -> StatementQuerySet:
        """Those that are entrusted to this lawyer, of nobody who is hidden."""
        found = self.of_site(actor)
        if actor.user is None:
            return found
        return found.filter(pk__in=Assignment.objects.filter(user_id=actor.user).values("subject"))


class Statement(models.Model):
    """An account that somebody gave. Its id is the `subject` of its words: one sentence of it can be erased without a
    trace in the case, and the account outlives the case of somebody else in which it was given (`case` none)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="statements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    record = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="one_account_in_a_case")]

    @property
    def subject(self) -> Subject:
        """The account as permissions ask."""
        return Subject(self.pk, self.site_id)
