"""Reads of the first night: what was seen to, and what is still missing, by number. No name is read here."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from posada.accounts.permissions import Actor
from posada.ground import clock
from posada.people.models import Person, PersonQuerySet, Source
from posada.people.queries.files import leads_of
from posada.shelter.models import CheckKind, CheckOff, FirstNight, Item, Stay, WentOut
from posada.shelter.rules.nights import SIZES, nights_since

MOST_MEMBERS = 60


@dataclass(frozen=True, slots=True)
class Tick:
    """One thing of the first night: on which day it was seen to (none: still missing), and its sizes."""

    item: Item
    on: date | None

    @property
    def sizes(self) -> tuple[str, ...]:
        """The sizes it comes in; nothing for what has none."""
        return SIZES.get(self.item, ())


@dataclass(frozen=True, slots=True)
class Night:
    """The first night of one person: whether a bed is theirs, and the ticks."""

    person: Person
    has_bed: bool
    ticks: tuple[Tick, ...]

    @property
    def missing(self) -> tuple[Item, ...]:
        """What nobody has seen to yet."""
        return tuple(tick.item for tick in self.ticks if tick.on is None)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return self.has_bed and not self.missing


def _with_signs(rows: PersonQuerySet) -> PersonQuerySet:
    """Each person with a bed or none, and whether they ate at a checkpoint for meals."""
    eaten = CheckOff.objects.filter(person=OuterRef("pk"), checkpoint__kind=CheckKind.MEALS)
    here = Stay.objects.open().filter(person=OuterRef("pk"))
    ate = eaten.order_by("-on").values("on")[:1]
    return rows.annotate(has_bed=Exists(here), ate_on=ate)


def _nights(rows: Iterable[Person]) -> list[Night]:
    """Each person with what was seen to under any of their numbers: a thing is not given twice."""
    persons = list(rows)
    leads = leads_of(person.pk for person in persons)
    held: dict[uuid.UUID, list[FirstNight]] = {person.pk: [] for person in persons}
    for row in FirstNight.objects.filter(person__in=leads):
        held[leads[row.person_id]].append(row)
    return [_night(person, held[person.pk]) for person in persons]


def _night(person: Person, held: list[FirstNight]) -> Night:
    seen_to = {item: [day for row in held if (day := getattr(row, f"{item}_on"))] for item in Item}
    days: dict[Item, date | None] = {item: min(found, default=None) for item, found in seen_to.items()}
    days[Item.MEAL] = days[Item.MEAL] or getattr(person, "ate_on", None)
    return Night(person, bool(getattr(person, "has_bed", False)), tuple(Tick(item, on) for item, on in days.items()))


def night_of(person: Person) -> Night:
    """What was seen to for one person. Whoever shows it has checked Act.GIVE_FIRST_NIGHT."""
    return _nights(_with_signs(Person.objects.filter(pk=person.pk)))[0]


def household_nights(person: Person) -> list[Night]:
    """The same for everybody of the person's household who is here, or for the person alone."""
    if person.household_id is None:
        return [night_of(person)]
    rows = Person.objects.filter(household=person.household_id, site=person.site_id, source=Source.HOUSE).shown()
    return _nights(_with_signs(rows).order_by("registered_on", "number")[:MOST_MEMBERS])


def missing_tonight(actor: Actor) -> list[Night]:
    """The arrivals of this night who lack something, the longest wait first. Who left again lacks nothing."""
    rows = Person.objects.visible_to(actor).filter(source=Source.HOUSE, registered_on__gte=nights_since(clock.today()))
    stays = Q(stays__isnull=True) | Q(stays__until_on__isnull=True)
    found = _with_signs(rows.filter(stays)).distinct().order_by("registered_on", "household_id", "number")
    return [night for night in _nights(found) if not night.is_complete]


def went_out(actor: Actor) -> list[tuple[Item, list[tuple[str, int]]]]:
    """What left the store this month, by thing and size: for whoever orders."""
    month = clock.today().replace(day=1)
    rows = WentOut.objects.filter(site_id=actor.site, month=month, count__gt=0)
    counted = {(Item(row.item), row.size): row.count for row in rows}
    found = [(item, _by_size(item, counted)) for item in Item]
    return [(item, sizes) for item, sizes in found if sizes]


def _by_size(item: Item, counted: dict[tuple[Item, str], int]) -> list[tuple[str, int]]:
    return [(size, counted[item, size]) for size in (*SIZES.get(item, ()), "") if (item, size) in counted]
