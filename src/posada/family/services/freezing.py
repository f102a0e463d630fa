"""Freeze everything towards a family, or towards all of them, by one press; lift it again. It never needs two."""

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.family.models import Freeze
from posada.ground import clock
from posada.people.models import Person
from posada.records import notices
from posada.records import services as records


def freeze(*, by: Actor, person: Person) -> Freeze:
    """From now on nothing goes towards this resident's family: no call, message, page or release."""
    with transaction.atomic():
        records.note(by, Act.FREEZE, person.subject)
        notices.watch_freezing(by)
        held = Freeze.objects.filter(site_id=by.site, resident=person, ended_on=None).first()
        return held or _begin(by, person)


def freeze_house(*, by: Actor) -> Freeze:
    """The same towards every family of the house."""
    with transaction.atomic():
        records.note(by, Act.FREEZE, None, reason="house")
        notices.watch_freezing(by, house=True)
        held = Freeze.objects.filter(site_id=by.site, resident=None, ended_on=None).first()
        return held or _begin(by, None)


def _begin(by: Actor, person: Person | None) -> Freeze:
    return Freeze.objects.create(site_id=by.site, resident=person, since=clock.today(), by_id=by.user)


def lift(*, by: Actor, person: Person) -> None:
    """The resident asked for it: their family may be reached again, unless the whole house is frozen."""
    with transaction.atomic():
        records.note(by, Act.UPDATE_KIN, person.subject, reason="lift")
        _end(by, person)


def lift_house(*, by: Actor) -> None:
    """The house reaches out again; families frozen by themselves stay so."""
    with transaction.atomic():
        records.note(by, Act.LIFT_FREEZE, None, reason="lift")
        _end(by, None)


def _end(by: Actor, person: Person | None) -> None:
    held = Freeze.objects.filter(site_id=by.site, resident=person, ended_on=None)
    held.update(ended_on=clock.today(), ended_by_id=by.user)
