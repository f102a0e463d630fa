"""Whose file nobody holds, as numbers."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Exists, F, Max, OuterRef, Subquery

from posada.accounts.models import Assignment
from posada.accounts.permissions import Actor
from posada.people.models import Person, Source
from posada.people.models.persons import PersonQuerySet

MOST: Final = 50


@dataclass(frozen=True, slots=True)
class LoneFile:
    """A file that nobody holds: its number, and until when somebody did."""

    number: int
    registered_on: date
    held_until: date | None


@dataclass(frozen=True, slots=True)
class LoneFiles:
    """The first of them, those held before first, and how many there are."""

    rows: tuple[LoneFile, ...]
    total: int


def _held() -> Exists:
    return Exists(Assignment.objects.filter(subject=OuterRef("pk"), user__is_active=True))


def _here(actor: Actor) -> PersonQuerySet:
    return Person.objects.visible_to(actor).filter(source=Source.HOUSE)


def without_caseworker(actor: Actor) -> LoneFiles:
    """The residents of this site whose file nobody holds."""
    before = Assignment.everything.filter(subject=OuterRef("pk")).values("subject").annotate(last=Max("until"))
    lone = _here(actor).exclude(_held())
    rows = lone.annotate(last=Subquery(before.values("last"))).order_by(
        F("last").desc(nulls_last=True), "-registered_on", "number"
    )
    found = rows.values_list("number", "registered_on", "last")[:MOST]
    return LoneFiles(tuple(LoneFile(*row) for row in found), lone.count())


def left_alone(actor: Actor) -> int:
    """How many files somebody held before and nobody holds now."""
    before = Assignment.everything.filter(site_id=actor.site, until__isnull=False).values("subject")
    return _here(actor).filter(pk__in=before).exclude(_held()).count()
