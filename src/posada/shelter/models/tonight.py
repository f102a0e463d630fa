"""Who is out, the roll call while it goes on, and what was left behind: numbers and days in clear, no word."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from posada.accounts.models import Site
from posada.accounts.permissions import Actor
from posada.people.models import Person
from posada.records.models import Hidden
from posada.shelter.rules.tonight import KEEP_DAYS, OUT_NIGHTS, Gone


class NightRules(models.Model):
    """What a house decided: nights until a bed may be freed, days for which belongings are kept."""

    site = models.OneToOneField(Site, on_delete=models.CASCADE)
    out_nights = models.PositiveSmallIntegerField(default=OUT_NIGHTS)
    keep_days = models.PositiveSmallIntegerField(default=KEEP_DAYS)


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def visible_to(self, actor: Actor) -> AbsenceQuerySet:
        """Those of the actor's own site, whose person is not hidden."""
        apart = self.filter(person__site_id=actor.site, person__merged_into=None)
        return apart.exclude(person_id__in=Hidden.all())


class Absence(models.Model):
    """Somebody is out, since a day; no hour is kept. The row goes when they are back: no past absence is kept."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="absence")
    since_on = models.DateField()
    told = models.BooleanField()
    back_on = models.DateField(null=True)

    objects = AbsenceQuerySet.as_manager()

    @property
    def gone(self) -> Gone:
        """As the rules read it."""
        return Gone(self.since_on, self.told, self.back_on)


class RollCall(models.Model):
    """One roll call of a day. Finished, it keeps how many; who was here is deleted with it."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    on = models.DateField()
    is_finished = models.BooleanField(default=False)
    here = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site"], condition=models.Q(is_finished=False), name="one_roll_call_at_a_time"
            )
        ]


class RollMark(models.Model):
    """One press of a roll call that goes on: here, or not."""

    call = models.ForeignKey(RollCall, on_delete=models.CASCADE, related_name="marks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    here = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "person"], name="one_mark_per_roll_call")]


class Belongings(models.Model):
    """A bag of somebody who left without telling: its tag, where it lies, until when it is kept."""

    class Place(models.TextChoices):
        STORE = "store", _("The store")
        OFFICE = "office", _("The office")
        LOCKED = "locked", _("A locked cupboard")

    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="belongings")
    tag = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=8, choices=Place.choices)
    until_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "tag"], name="one_bag_per_tag")]
