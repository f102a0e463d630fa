"""Agreed hours as people say them: 'Monday to Friday, 19:00 to 21:00, in their time (Caracas)'."""

from datetime import datetime, time

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from posada.family.rules.safe_hours import EVERY_DAY, SafeHours, Span, zone_of

WORKING_DAYS = (0, 1, 2, 3, 4)


def hours_in_words(hours: SafeHours, *, house: str, now: datetime) -> str:
    """The spans in the relative's own time; the zone is named where its clock differs from the house's now."""
    spans = "; ".join(_span(one) for one in hours.spans)
    if not spans or _same_clock(hours.zone, house, now):
        return spans
    return _("%(hours)s, in their time (%(place)s)") % {"hours": spans, "place": place_of(hours.zone)}


def place_of(zone: str) -> str:
    """ "Caracas" of "America/Caracas"."""
    return zone.rpartition("/")[2].replace("_", " ")


def days_in_words(days: tuple[int, ...]) -> str:
    """ "every day", "Monday to Friday", "Monday, Thursday"."""
    chosen = tuple(sorted(set(days)))
    if chosen == EVERY_DAY:
        return _("every day")
    if chosen == WORKING_DAYS:
        return _("Monday to Friday")
    return ", ".join(str(WEEKDAYS[day]) for day in chosen)


def _span(span: Span) -> str:
    return _("%(days)s %(begins)s to %(until)s") % {
        "days": days_in_words(span.days),
        "begins": _hour(span.begins),
        "until": _hour(span.until),
    }


def _hour(hour: time) -> str:
    return f"{hour:%H:%M}"


def _same_clock(zone: str, house: str, now: datetime) -> bool:
    there, here = zone_of(zone), zone_of(house)
    if there is None or here is None:
        return False
    return now.astimezone(there).utcoffset() == now.astimezone(here).utcoffset()
