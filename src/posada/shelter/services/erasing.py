"""What is left of an erased person's stays: how many nights the house gave in a month, and nothing of whose."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Max

from posada.ground import clock
from posada.people.models import Person, Source
from posada.records.erasing import Gone, Left, Past, Room
from posada.records.models import What
from posada.shelter.models import NeedReferral, NightsKept, Stay
from posada.shelter.services import checkpoints, door, house, leaving, nights


def _nights(stay: Stay) -> Iterator[date]:
    """The first of the month of each night, from the day of the bed to the day before it was free."""
    end = stay.until_on or clock.today()
    return ((stay.from_on + timedelta(days=day)).replace(day=1) for day in range((end - stay.from_on).days))


def _remove(gone: Gone) -> Left:
    stays = Stay.objects.filter(person__in=gone.subjects)
    months = Counter(month for stay in stays for month in _nights(stay))
    for month, count in months.items():
        held, _made = NightsKept.objects.select_for_update().get_or_create(site_id=gone.site, month=month)
        held.nights += count
        held.save(update_fields=["nights"])
    NeedReferral.objects.filter(person__in=gone.subjects).delete()
    leaving.forget(gone)
    house.forget(gone)
    door.forget(gone)
    stays.delete()
    nights.forget(gone)
    checkpoints.forget(gone)
    return Left()


def _past(kind: str, site: int, day: date) -> Iterable[Past]:
    """Who lived here and left, or never had a bed: their file, from the day on which they left or were registered."""
    if kind != "stay":
        return
    rows = Person.objects.filter(site_id=site, source=Source.HOUSE, registered_on__lte=day, merged_into=None)
    left = dict(Stay.objects.values_list("person").annotate(Max("until_on")))
    for pk, number, registered in rows.exclude(pk__in=Stay.objects.open().values("person")).values_list(
        "pk", "number", "registered_on"
    ):
        anchor = left.get(pk) or registered
        if anchor <= day:
            yield Past(pk, What.PERSON, number, anchor)


ROOM = Room(remove=_remove, past=_past)
