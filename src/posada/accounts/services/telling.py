"""Raise an alarm: once for each user, kind and hour, in the transaction of what raises it. Read by records.notices."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import F

from posada.accounts.models import Notice
from posada.audit import services as audit
from posada.ground import clock

RAISED: Final = "alarms.raised"
# One a day or a week, not one an hour: what they measure lasts.
_DAILY: Final = frozenset({Notice.Kind.WEEK, Notice.Kind.MONTH})
_WEEKLY: Final = frozenset({Notice.Kind.MONTH})


def tell(kind: Notice.Kind, *, user: int, site: int, count: int | None = None) -> None:
    """Raise an alarm, in the transaction at hand: the first of its hour is also written into the audit.

    `count` is what was measured; without it each call adds one.
    """
    now = clock.now()
    hour = clock.to_the_hour(now)
    if kind in _DAILY:
        hour = hour.replace(hour=0)
    if kind in _WEEKLY:
        hour -= timedelta(days=hour.weekday())
    with transaction.atomic():
        row, fresh = Notice.objects.get_or_create(
            user_id=user, kind=kind, hour=hour, defaults={"site_id": site, "count": count or 1, "raised_at": now}
        )
        if fresh:
            audit.write(audit.Event(act=RAISED, actor=user, role="system", site=site, reason=str(kind)))
        else:
            Notice.objects.filter(pk=row.pk).update(count=F("count") + 1 if count is None else max(count, row.count))
