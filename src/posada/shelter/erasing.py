"""What is left of an erased person's stays: how many nights the house gave in a month, and nothing of whose."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from posada.ground import clock
from posada.records.erasing import Gone, Left, Room
from posada.shelter.models import NightsKept, Stay


def _nights(stay: Stay) -> Iterator[date]:
    """The first of the month of each night, from the day of the bed to the day before it was free."""
    end = stay.until_on or clock.today()
    return ((stay.from_on + timedelta(days=day)).replace(day=1) for day in range((end - stay.from_on).days))


def _remove(gone: Gone) -> Left:
    stays = Stay.objects.filter(person__in=gone.subjects)
    months = Counter(month for stay in stays for month in _nights(stay))
    for month, nights in months.items():
        held, _made = NightsKept.objects.select_for_update().get_or_create(site_id=gone.site, month=month)
        held.nights += nights
        held.save(update_fields=["nights"])
    stays.delete()
    return Left()


ROOM = Room(remove=_remove)
