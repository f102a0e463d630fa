"""Reads of the checkpoints: exact counts of today, numbers for whom something waits, meal rights as counts."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.ground import clock
from posada.people import matching
from posada.people.matching import Eaters
from posada.people.models import Person
from posada.records.services import note
from posada.shelter.models import CheckCount, CheckOff, Checkpoint, Meal, PostWaiting, Stay
from posada.shelter.queries.beds import arrivals_without_bed


@dataclass(frozen=True, slots=True)
class Counted:
    """A checkpoint, and how many had it today."""

    checkpoint: Checkpoint
    today: int


def checkpoints(actor: Actor, *, only_open: bool = True) -> list[Counted]:
    """The checkpoints of the house by name, each with its exact count of today."""
    rows = Checkpoint.objects.visible_to(actor)
    held = list((rows.open() if only_open else rows).order_by("name"))
    by_number = CheckOff.objects.filter(checkpoint__in=held, on=clock.today()).values("checkpoint")
    found = {row["checkpoint"]: row["many"] for row in by_number.annotate(many=Count("pk"))}
    without = CheckCount.objects.filter(checkpoint__in=held, on=clock.today()).values("checkpoint")
    beside = {row["checkpoint"]: row["many"] for row in without.annotate(many=Sum("count"))}
    return [Counted(row, found.get(row.pk, 0) + beside.get(row.pk, 0)) for row in held]


def counts_today(checkpoint: Checkpoint) -> dict[Meal, int]:
    """How many had it today, by meal; with `Meal.NONE` where no meal is asked."""
    found: dict[Meal, int] = {}
    today = {"checkpoint": checkpoint, "on": clock.today()}
    rows = CheckOff.objects.filter(**today).values("meal").annotate(many=Count("pk"))
    without = CheckCount.objects.filter(**today).values("meal").annotate(many=Sum("count"))
    for row in (*rows, *without):
        meal = Meal(row["meal"])
        found[meal] = found.get(meal, 0) + row["many"]
    return {meal: found[meal] for meal in Meal if meal in found}


def waiting_post(actor: Actor, checkpoint: Checkpoint) -> list[PostWaiting]:
    """For whom something waits, the longest first: numbers and days. Who is hidden is left out."""
    shown = Person.objects.visible_to(actor)
    rows = PostWaiting.objects.filter(checkpoint=checkpoint, person__in=shown).select_related("person")
    return list(rows.order_by("since", "person__number"))


def meal_rights(actor: Actor) -> Eaters:
    """For how many is cooked tonight: whoever has a bed, and arrivals without one. Written down; `Refused`."""
    note(actor, Act.CHECK_OFF, None, reason="kitchen")
    beds = Stay.objects.visible_to(actor).open().values("person")
    here = list(Person.objects.visible_to(actor).filter(pk__in=beds))
    return matching.eaters([*here, *arrivals_without_bed(actor)], clock.today())
