"""Days and hours as people say them: today, yesterday, Saturday, 23 February."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from posada.family.rules.silence import days_between

WEEK = 7


def day_in_words(moment: datetime, now: datetime) -> str:
    """The day of a moment, seen from another; both in the house's time."""
    days = days_between(moment, now)
    if days == 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days == -1:
        return _("tomorrow")
    if 1 < days < WEEK:
        return date_format(moment, "l")
    return _("on %(day)s") % {"day": date_format(moment, "MONTH_DAY_FORMAT")}


def moment_in_words(moment: datetime, now: datetime) -> str:
    """Day and hour: 'tomorrow, 19:00'."""
    return _("%(day)s, %(hour)s") % {"day": day_in_words(moment, now), "hour": date_format(moment, "H:i")}
