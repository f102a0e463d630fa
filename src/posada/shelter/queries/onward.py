"""Reads: notices whose date comes near, and what is asked of other sites. No name and no site's name is read here."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q

from posada.accounts.permissions import Actor
from posada.ground import clock
from posada.people.models import Person
from posada.shelter.models import Bed, Departure, LeaveNotice, OnwardMove, Stay
from posada.shelter.rules.tonight import NOTICE_SHOWN_DAYS


def notices_near(actor: Actor) -> list[LeaveNotice]:
    """From two weeks before their date until somebody ends them; only of those who still have a bed here."""
    until = clock.today() + timedelta(days=NOTICE_SHOWN_DAYS)
    rows = LeaveNotice.objects.visible_to(actor).filter(leave_by__lte=until, person__stays__until_on__isnull=True)
    return list(rows.filter(person__stays__isnull=False).select_related("person").order_by("leave_by").distinct())


def moves_waiting(actor: Actor) -> tuple[int, int]:
    """How many wait for the other site's answer, and how many were accepted and are still here."""
    answers = list(OnwardMove.objects.visible_to(actor).values_list("answer", flat=True))
    return answers.count(""), answers.count(OnwardMove.Answer.ACCEPTED.value)


@dataclass(frozen=True, slots=True)
class Lodging:
    """Where somebody sleeps tonight, if anywhere; or that it was noted today that they left."""

    bed: Bed | None
    left_today: bool


def lodging_of(person: Person) -> Lodging:
    """Both in one question, for a person's page. Whoever shows the bed has checked Act.ASSIGN_BED."""
    rows = Stay.objects.filter(Q(until_on=None) | Q(departure__noted_on=clock.today()), person=person)
    stay = rows.select_related("bed__room").order_by(F("until_on").desc(nulls_first=True)).first()
    is_open = stay is not None and stay.until_on is None
    return Lodging(stay.bed if stay is not None and is_open else None, stay is not None and not is_open)


def left_today(person: Person) -> Departure | None:
    """That a person left, if it was noted today and may be taken back."""
    rows = Departure.objects.filter(person=person, noted_on=clock.today())
    return rows.select_related("stay__bed__room").last()
