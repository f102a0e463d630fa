"""That an account was begun on a page and not kept yet: by whom, in which hour. What was typed is sealed."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from posada.accounts.models import Assignment, Site, User
from posada.accounts.permissions import Actor
from posada.asylum.models.cases import Case, Statement
from posada.people.models import Person
from posada.records.models import Hidden, SealedRecord


class AccountDraftQuerySet(models.QuerySet["AccountDraft"]):
    def visible_to(self, actor: Actor) -> AccountDraftQuerySet:
        """Those that the actor began and whose case is still theirs, of nobody who is hidden."""
        if actor.user is None:
            return self.none()
        hidden, held = Hidden.all(), Assignment.objects.filter(user_id=actor.user).values("subject")
        found = self.filter(site_id=actor.site, user_id=actor.user, record__subject__in=held)
        return found.exclude(record__subject__in=hidden).exclude(person_id__in=hidden)

    def begun_before(self, moment: datetime) -> AccountDraftQuerySet:
        """Those last kept in an hour before that of `moment` (in the house's time)."""
        day, hour = moment.date(), moment.hour
        return self.filter(Q(saved_on__lt=day) | Q(saved_on=day, saved_hour__lt=hour))


class AccountDraft(models.Model):
    """What was typed of somebody's account in a case (`statement` none: it is begun), or of one that is gone on with.

    `form` is the page's own key: the account that is kept takes its draft along.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    statement = models.ForeignKey(Statement, null=True, on_delete=models.PROTECT, related_name="+")
    form = models.UUIDField(unique=True)
    record = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")
    saved_on = models.DateField()
    saved_hour = models.PositiveSmallIntegerField()

    objects = AccountDraftQuerySet.as_manager()
