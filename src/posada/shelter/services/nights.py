"""The first night: a tick for each thing, the same for everybody. What was given, and in which size, is nobody's."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, Refused
from posada.ground import clock
from posada.people.models import Person
from posada.people.queries.files import files_of
from posada.records import once as sent_forms
from posada.records.erasing import Gone
from posada.records.services import note
from posada.shelter.models import FirstNight, Item, WentOut
from posada.shelter.rules.nights import is_size_of


class NoSuchSize(ValueError):
    """The thing does not come in this size."""


@dataclass(frozen=True, slots=True)
class Gift:
    """One thing seen to for somebody; `left_store` when something was given, in `size` if it has one."""

    person: Person
    item: Item
    size: str = ""
    left_store: bool = True


def see_to(*, by: Actor, gifts: Iterable[Gift], once: uuid.UUID | None = None) -> int:
    """Tick what was seen to for one person or a household, in one go; how many ticks are new.

    What was ticked before stays as it is, and nothing is counted twice. `NoSuchSize` if a size is none of the thing's.
    """
    wanted = list(gifts)
    if not all(is_size_of(gift.item, gift.size) for gift in wanted):
        raise NoSuchSize
    with transaction.atomic():
        sent_forms.claim(once)
        for person in {gift.person.pk: gift.person for gift in wanted}.values():
            _require(by, person)
        return sum(_tick(by, gift) for gift in wanted)


def take_back(*, by: Actor, gift: Gift, once: uuid.UUID | None = None) -> bool:
    """A slip: the tick goes, and what was counted as given is in the store again. Whether there was a tick."""
    if not is_size_of(gift.item, gift.size):
        raise NoSuchSize
    column = f"{gift.item}_on"
    with transaction.atomic():
        sent_forms.claim(once, gift.person.pk)
        _require(by, gift.person)
        was = _ticked(gift.person, column).update(**{column: None}) > 0
        if was and gift.left_store:
            month = clock.today().replace(day=1)
            rows = WentOut.objects.filter(site_id=by.site, item=gift.item, size=gift.size, month=month, count__gt=0)
            rows.update(count=F("count") - 1)
    return was


def _require(by: Actor, person: Person) -> None:
    """One entry for a person, whatever was given: the trail does not tell one thing from another."""
    if person.is_listed:
        raise Refused(Act.GIVE_FIRST_NIGHT, person.subject)
    note(by, Act.GIVE_FIRST_NIGHT, person.subject)


def _tick(by: Actor, gift: Gift) -> bool:
    column, today = f"{gift.item}_on", clock.today()
    if _ticked(gift.person, column).exists():
        return False
    FirstNight.objects.get_or_create(person=gift.person)
    fresh = FirstNight.objects.filter(person=gift.person, **{f"{column}__isnull": True}).update(**{column: today}) == 1
    if fresh and gift.left_store:
        key: dict[str, Any] = {"site_id": by.site, "item": gift.item, "size": gift.size, "month": today.replace(day=1)}
        WentOut.objects.get_or_create(**key)
        WentOut.objects.filter(**key).update(count=F("count") + 1)
    return fresh


def _ticked(person: Person, column: str) -> QuerySet[FirstNight]:
    """Where it was seen to, under any number of the person's."""
    return FirstNight.objects.filter(person__in=files_of(person.pk), **{f"{column}__isnull": False})


def forget(gone: Gone) -> None:
    """The ticks of an erased person go; what went out of the store was never anybody's."""
    FirstNight.objects.filter(person__in=gone.subjects).delete()
