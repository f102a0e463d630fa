"""Writes: a household's beds at once, mats of a full house, blocked beds, what became of who waited, the figures."""

import uuid

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, Refused, require
from posada.ground import clock
from posada.people import matching
from posada.people.matching import Age
from posada.people.models import Person
from posada.records.erasing import Gone
from posada.records.once import claim
from posada.records.services import note
from posada.shelter.models import Bed, HouseFigures, Room, Stay, WaitEnded
from posada.shelter.rules.house import Became, Blocked, RoomRule
from posada.shelter.services.beds import AlreadyLodged, BedTaken, add_beds, assign_bed

MOST_MATS = 20  # at once; more is a slip of the finger


def assign_together(*, by: Actor, places: dict[Person, Bed], once: uuid.UUID | None = None) -> list[Stay]:
    """Give each of a party its bed, all or none: what `assign_bed` raises for one is raised for all.

    The adults first: a child is never, not even for a moment, among others without its own.
    """
    with transaction.atomic():
        claim(once)
        ages = matching.ages(by.site, [person.pk for person in places], clock.today())
        in_order = sorted(places.items(), key=lambda pair: ages[pair[0].pk] is not Age.ADULT)
        return [assign_bed(by=by, person=person, bed=bed) for person, bed in in_order]


def lay_mats(*, by: Actor, room: Room, count: int, once: uuid.UUID | None = None) -> list[Bed]:
    """So many mats in a room of a full house, those first that were put away. They show as mats, never as beds."""
    if not 1 <= count <= MOST_MATS:
        raise ValueError("From one mat to the most that somebody lays at once.")
    with transaction.atomic():
        claim(once)
        _house(by, Act.ASSIGN_BED, room.site_id, "mats")
        away = Bed.objects.filter(room=room, is_mat=True, blocked=Blocked.AWAY).order_by("number")[:count]
        laid = list(away)
        Bed.objects.filter(pk__in=[one.pk for one in laid]).update(blocked="")
        return [*laid, *(add_beds(room, count - len(laid), are_mats=True) if len(laid) < count else [])]


def block(*, by: Actor, bed: Bed, why: Blocked, once: uuid.UUID | None = None) -> None:
    """A bed is not given from now on, or a mat is put away. `BedTaken` while somebody sleeps in it."""
    with transaction.atomic():
        claim(once)
        _house(by, Act.ASSIGN_BED, bed.site_id, "blocked")
        held = Bed.objects.select_for_update().get(pk=bed.pk)
        if Stay.objects.open().filter(bed=held).exists():
            raise BedTaken
        if why is Blocked.AWAY and not held.is_mat:
            raise ValueError("Only a mat is put away.")
        held.blocked = why
        held.save(update_fields=["blocked"])


def unblock(*, by: Actor, bed: Bed, once: uuid.UUID | None = None) -> None:
    """A bed may be given again."""
    with transaction.atomic():
        claim(once)
        _house(by, Act.ASSIGN_BED, bed.site_id, "unblocked")
        Bed.objects.filter(pk=bed.pk).update(blocked="")


def end_wait(*, by: Actor, person: Person, became: Became, once: uuid.UUID | None = None) -> WaitEnded:
    """Somebody said what became of who waited for a bed. `AlreadyLodged` for who has one."""
    with transaction.atomic():
        claim(once, person.pk)
        note(by, Act.ASSIGN_BED, person.subject, reason="wait_ended")
        if Stay.objects.open().filter(person=person).exists():
            raise AlreadyLodged
        row, _made = WaitEnded.objects.update_or_create(person=person, defaults={"became": became, "on": clock.today()})
        return row


def wait_again(*, by: Actor, person: Person, once: uuid.UUID | None = None) -> None:
    """They wait for a bed after all."""
    with transaction.atomic():
        claim(once, person.pk)
        note(by, Act.ASSIGN_BED, person.subject, reason="wait_again")
        WaitEnded.objects.filter(person=person).delete()


def change_room(*, by: Actor, room: Room, rule: RoomRule, tenths_m2: int | None, once: uuid.UUID | None = None) -> None:
    """What a room is good for, and its floor."""
    with transaction.atomic():
        claim(once)
        _house(by, Act.MAKE_ROOM, room.site_id, "changed")
        Room.objects.filter(pk=room.pk).update(rule=rule, tenths_m2=tenths_m2)


def set_figures(*, by: Actor, toilets: int | None, litres_a_day: int | None, once: uuid.UUID | None = None) -> None:
    """Toilets that work and litres of water a day; None is not known."""
    with transaction.atomic():
        claim(once)
        _house(by, Act.MAKE_ROOM, by.site, "figures")
        values = {"toilets": toilets, "litres_a_day": litres_a_day}
        HouseFigures.objects.update_or_create(site_id=by.site, defaults=values)


def _house(by: Actor, act: Act, site: int, reason: str) -> None:
    """Check and write down what is done to the house, and hold its row: one numbering at a time."""
    require(by, act)
    if site != by.site:
        raise Refused(act)
    note(by, act, None, reason=reason)
    Site.objects.select_for_update().get(pk=site)


def forget(gone: Gone) -> None:
    """What goes with somebody who is erased."""
    WaitEnded.objects.filter(person__in=gone.subjects).delete()
