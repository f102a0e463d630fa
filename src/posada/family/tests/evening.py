"""Safe hours of somebody in Caracas, and moments inside and after them: of tomorrow, so that no fixture is younger."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

from posada.family.rules.safe_hours import SafeHours, Span
from posada.ground import clock

EVENING = SafeHours(zone="America/Caracas", spans=(Span(begins=time(19), until=time(20)),))
_TOMORROW = (clock.now() + timedelta(days=1)).astimezone(ZoneInfo("America/Caracas"))
IN_TIME = _TOMORROW.replace(hour=19, minute=30, second=0, microsecond=0)
TOO_LATE = IN_TIME.replace(hour=22, minute=0)
