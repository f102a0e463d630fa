"""What is told at once to the site manager and the auditor: alarms, urgent readings, and forms that were never saved.

No word about a person stands here: who did what kind of thing, how often, in which hour.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

from posada.accounts.models.staff import Site, User

if TYPE_CHECKING:
    from posada.accounts.permissions import Actor


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, actor: Actor) -> NoticeQuerySet:
        """The alarms of the actor's own site."""
        return self.filter(site_id=actor.site)


class Notice(models.Model):
    """An alarm: one for each user, kind and hour. `count` grows while the hour lasts."""

    class Kind(models.TextChoices):
        QUOTA = "quota"  # as many opened or searched as an hour or a day allows
        MANY = "many"  # nearly as many persons as an hour or a day allows
        WEEK = "week"  # many persons over seven days, never past a day's number
        MONTH = "month"  # many persons over four weeks, never past a week's number
        NIGHT = "night"  # many persons while the house sleeps
        SEARCHES = "searches"  # many searches, hardly anybody opened
        REFUSED = "refused"  # many attempts at what is not theirs
        FORMS = "forms"  # forms with advice looked up and never saved
        HIDDEN = "hidden"  # many files hidden to be erased, or sentences erased
        TAKEN = "taken"  # two members of staff or more taken away in an hour
        FROZEN = "frozen"  # contact with the whole house's families, or with many, stopped
        SLIP = "slip"  # a slip issued: with it one becomes a member of staff
        EXPORT = "export"
        BREAK_GLASS = "break_glass"
        EMERGENCY = "emergency"
        EVACUATION = "evacuation"

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)
    raised_at = models.DateTimeField()

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind", "hour"], name="one_notice_per_hour")]
        indexes = [models.Index(fields=["site", "-raised_at"], name="notice_site_newest")]


class NoticeSeen(models.Model):
    """Who saw an alarm, and what they said to it: one of a few fixed words. `count` is what the alarm counted then."""

    class Word(models.TextChoices):
        EXPECTED = "expected"
        ASKED = "asked"
        ACTED = "acted"

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="seen")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)
    word = models.CharField(max_length=8, choices=Word.choices, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "user"], name="one_look_per_notice")]


class UrgentQuerySet(models.QuerySet["UrgentReading"]):
    def visible_to(self, actor: Actor) -> UrgentQuerySet:
        """What was read urgently in the actor's own site."""
        return self.filter(site_id=actor.site)

    def to_review(self, actor: Actor) -> UrgentQuerySet:
        """What nobody has looked at afterwards; never one's own."""
        rows = self.visible_to(actor).filter(verdict="")
        return rows if actor.user is None else rows.exclude(user_id=actor.user)

    def open_at(self, moment: datetime) -> UrgentQuerySet:
        """The files that stand open by urgency at that moment."""
        return self.filter(kind=UrgentReading.Kind.BREAK_GLASS, began_at__lte=moment, ends_at__gt=moment)


class UrgentReading(models.Model):
    """A file opened by urgency for an hour, or an emergency sheet that was read: looked at by others afterwards.

    `words` is the sealed record of the sentence that was written, if one was asked for.
    """

    class Kind(models.TextChoices):
        BREAK_GLASS = "break_glass"
        EMERGENCY = "emergency"

    class Why(models.TextChoices):
        ILL = "ill"
        DANGER = "danger"
        CHILD = "child"
        FAMILY = "family"
        AUTHORITY = "authority"

    class Verdict(models.TextChoices):
        RIGHT = "right"
        TALK = "talk"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    subject = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    why = models.CharField(max_length=12, choices=Why.choices)
    words = models.UUIDField(null=True)
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    reviewed_by = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    reviewed_at = models.DateTimeField(null=True)

    objects = UrgentQuerySet.as_manager()


class UrgentReach(models.Model):
    """What hangs on the person whose file stands open by urgency: the person, the cards of their relatives."""

    reading = models.ForeignKey(UrgentReading, on_delete=models.CASCADE, related_name="reach")
    subject = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reading", "subject"], name="one_reach_per_subject")]


class OpenForm(models.Model):
    """A registration form on which advice was looked up; gone when it is saved, or written down as abandoned."""

    form = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    looked_at = models.DateTimeField()
    looks = models.PositiveIntegerField(default=1)
