"""How often strangers may knock at one of the two doors. Nobody's address is kept: the count is of the whole house."""

from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum

from posada.audit import services as audit
from posada.family.models import Door, DoorUse
from posada.ground import clock

FLOODED = "family.door_flooded"


def knocked(site: int, door: Door) -> bool:
    """Count one knock, in the transaction at hand; whether it is still looked at.

    The limits are those of `settings.KNOCKS`: in an hour, and in a day.
    """
    now = clock.now().astimezone(clock.house_zone())
    in_hour, in_day = settings.KNOCKS[door.value]
    with transaction.atomic():
        row, _fresh = DoorUse.objects.get_or_create(site_id=site, door=door, on=now.date(), hour=now.hour)
        today = DoorUse.objects.filter(site_id=site, door=door, on=now.date()).aggregate(
            count=Sum("count"), refused=Sum("refused")
        )
        is_free = row.count < in_hour and (today["count"] or 0) < in_day
        counted, refused = (1, 0) if is_free else (0, 1)
        DoorUse.objects.filter(pk=row.pk).update(count=F("count") + counted, refused=F("refused") + refused)
        if not is_free and not today["refused"]:
            audit.write(audit.Event(act=FLOODED, role="system", site=site, reason=door.value))
    return is_free
