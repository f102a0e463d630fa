"""That a form was begun, by whom and in which hour; what stands in it is sealed (`rules.drafts`)."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor
from posada.records.models import SealedRecord


class RegisterDraftQuerySet(models.QuerySet["RegisterDraft"]):
    def visible_to(self, actor: Actor) -> RegisterDraftQuerySet:
        """Those that the actor began: nobody else's."""
        return self.none() if actor.user is None else self.filter(site_id=actor.site, user_id=actor.user)

    def begun_before(self, moment: datetime) -> RegisterDraftQuerySet:
        """Those last kept in an hour before that of `moment` (in the house's time)."""
        day, hour = moment.date(), moment.hour
        return self.filter(Q(saved_on__lt=day) | Q(saved_on=day, saved_hour__lt=hour))


class RegisterDraft(models.Model):
    """A register form that was begun. `form` is its own key: the form that is saved takes its draft along.

    The hour says until when it is kept; nothing finer stands here.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    form = models.UUIDField(unique=True)
    record = models.OneToOneField(SealedRecord, on_delete=models.PROTECT, related_name="+")
    is_household = models.BooleanField(default=False)
    saved_on = models.DateField()
    saved_hour = models.PositiveSmallIntegerField()

    objects = RegisterDraftQuerySet.as_manager()
