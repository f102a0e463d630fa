"""Checkpoints: who by number had what, as days; and counts without anybody. No word about anybody."""

from __future__ import annotations

from django.db import models

from posada.accounts.models import Site
from posada.accounts.permissions import Actor
from posada.people.models import Person
from posada.shelter.rules.checkpoints import CheckKind, CheckRule, Meal


class CheckpointQuerySet(models.QuerySet["Checkpoint"]):
    def visible_to(self, actor: Actor) -> CheckpointQuerySet:
        """The checkpoints of the actor's own site."""
        return self.filter(site_id=actor.site)

    def open(self) -> CheckpointQuerySet:
        """Those that the manager has not closed."""
        return self.filter(closed_on__isnull=True)


class Checkpoint(models.Model):
    """A place where something is handed out, with a neutral name ("Comedor") and its rule."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    name = models.CharField(max_length=24)
    kind = models.CharField(max_length=8, choices=CheckKind.choices)
    rule = models.CharField(max_length=8, choices=CheckRule.choices)
    closed_on = models.DateField(null=True)

    objects = CheckpointQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="one_checkpoint_per_name")]


class CheckOff(models.Model):
    """Somebody had it on a day. `period_on` is the first day of the time for which the rule allows one.

    The constraint has the last word when two press at once. When the time is over, the row becomes a count.
    """

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="check_offs")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="check_offs")
    period_on = models.DateField()
    meal = models.PositiveSmallIntegerField(choices=Meal.choices, default=Meal.NONE)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["checkpoint", "person", "period_on", "meal"], name="once_in_its_time")
        ]


class CheckCount(models.Model):
    """How many were counted on a day without a number, were erased since, or whose time is over: of nobody."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.CASCADE, related_name="counts")
    on = models.DateField()
    meal = models.PositiveSmallIntegerField(choices=Meal.choices, default=Meal.NONE)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["checkpoint", "on", "meal"], name="one_count_per_day_and_meal")]


class PostWaiting(models.Model):
    """That something waits for somebody, and since which day; not what, and not from whom. It goes when handed out."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="post")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="post_waiting")
    since = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["checkpoint", "person"], name="one_word_of_post_per_person")]
