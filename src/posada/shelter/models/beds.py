"""Rooms, beds and stays: numbers and days in clear, no word about anybody."""

from __future__ import annotations

from django.db import models

from posada.accounts.models import Site
from posada.accounts.permissions import Actor
from posada.people.models import Person
from posada.records.models import Hidden
from posada.shelter.rules.house import Became, Blocked, RoomRule


class RoomQuerySet(models.QuerySet["Room"]):
    def visible_to(self, actor: Actor) -> RoomQuerySet:
        """The rooms of the actor's own site."""
        return self.filter(site_id=actor.site)


class Room(models.Model):
    """A room. Its name is neutral ("Cuarto 4"): it says nothing of who sleeps there, nor does its rule."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    name = models.CharField(max_length=24)
    position = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=8, choices=RoomRule.choices, default=RoomRule.ANY)
    tenths_m2 = models.PositiveIntegerField(null=True)

    objects = RoomQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="one_room_per_name")]

    @property
    def m2(self) -> float | None:
        """The floor in square metres, if somebody measured it."""
        return None if self.tenths_m2 is None else self.tenths_m2 / 10


class BedQuerySet(models.QuerySet["Bed"]):
    def visible_to(self, actor: Actor) -> BedQuerySet:
        """The beds of the actor's own site."""
        return self.filter(site_id=actor.site)

    def with_taken(self) -> BedQuerySet:
        """Each bed with `is_taken`: whether somebody has it tonight."""
        return self.annotate(is_taken=models.Exists(_open_stay()))

    def with_board_marks(self) -> BedQuerySet:
        """Each bed with `sleepers` (how many), `is_out` (its person is away) and `is_family` (of a household)."""
        others = Stay.objects.open().filter(person__household=models.OuterRef("person__household"))
        family = _open_stay().filter(models.Exists(others.exclude(pk=models.OuterRef("pk"))))
        counted = models.Q(stays__isnull=False, stays__until_on__isnull=True)
        return self.annotate(
            sleepers=models.Count("stays", filter=counted),
            is_out=models.Exists(_open_stay().filter(is_beside=False, person__absence__isnull=False)),
            is_family=models.Exists(family),
        )

    def free(self) -> BedQuerySet:
        """Those that nobody has tonight and that may be given."""
        return self.filter(~models.Exists(_open_stay()), blocked="")

    def standing(self) -> BedQuerySet:
        """Without the mats that were put away."""
        return self.exclude(blocked=Blocked.AWAY)

    def in_order(self) -> BedQuerySet:
        """As somebody walks through the house."""
        return self.select_related("room").order_by("room__position", "number")


class Bed(models.Model):
    """A bed, or a mat of a full house, by its number, which is unique in the house. A blocked one is not given."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="beds")
    number = models.PositiveSmallIntegerField()
    is_mat = models.BooleanField(default=False)
    blocked = models.CharField(max_length=8, choices=Blocked.choices, blank=True)

    objects = BedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "number"], name="one_bed_per_number")]


class StayQuerySet(models.QuerySet["Stay"]):
    def visible_to(self, actor: Actor) -> StayQuerySet:
        """The stays in the actor's own site."""
        return self.filter(bed__site_id=actor.site)

    def open(self) -> StayQuerySet:
        """Those that have not ended: who is in the house tonight."""
        return self.filter(until_on__isnull=True)


class Stay(models.Model):
    """A person's nights in one bed, from a day until they moved or left; open while `until_on` is empty.

    `is_beside` is an infant in the bed of an adult of its household: one at most, and only by its own press.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stays")
    bed = models.ForeignKey(Bed, on_delete=models.PROTECT, related_name="stays")
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    is_beside = models.BooleanField(default=False)

    objects = StayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bed"],
                condition=models.Q(until_on__isnull=True, is_beside=False),
                name="one_open_stay_per_bed",
            ),
            models.UniqueConstraint(
                fields=["bed"],
                condition=models.Q(until_on__isnull=True, is_beside=True),
                name="one_infant_beside_per_bed",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until_on__isnull=True), name="one_open_stay_per_person"
            ),
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("from_on")),
                name="no_stay_ends_before_it_began",
            ),
        ]


def _open_stay() -> StayQuerySet:
    """The open stay in the bed of the query outside."""
    return Stay.objects.open().filter(bed=models.OuterRef("pk"))


class NightsKept(models.Model):
    """How many nights of a month were given to persons who were erased since: a count without anybody."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE)
    month = models.DateField()
    nights = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "month"], name="one_count_per_month")]


class HouseFigures(models.Model):
    """What the planning ratios need besides the rooms: toilets that work, and litres of water that come in a day."""

    site = models.OneToOneField(Site, on_delete=models.CASCADE)
    toilets = models.PositiveSmallIntegerField(null=True)
    litres_a_day = models.PositiveIntegerField(null=True)


class WaitQuerySet(models.QuerySet["WaitEnded"]):
    def visible_to(self, actor: Actor) -> WaitQuerySet:
        """Those of the actor's own site, whose person is not hidden."""
        return self.filter(person__site_id=actor.site).exclude(person_id__in=Hidden.all())


class WaitEnded(models.Model):
    """Somebody waited for a bed and waits no more: what somebody said became of them, and since which day."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="wait_ended")
    became = models.CharField(max_length=8, choices=Became.choices)
    on = models.DateField()

    objects = WaitQuerySet.as_manager()
