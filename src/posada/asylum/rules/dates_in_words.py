"""A date of a case in words, as precisely as it was told."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def told_in_words(on: str, *, about: bool = False, hour: str = "") -> str:
    """ "14 March 2026", "March 2026", "2026", with "about" and the hour where they were told; empty for nothing."""
    if not on:
        return ""
    if len(on) == len("2026-03-14"):
        written = date_format(date.fromisoformat(on), "DATE_FORMAT")
    elif len(on) == len("2026-03"):
        written = date_format(date.fromisoformat(f"{on}-01"), "YEAR_MONTH_FORMAT")
    else:
        written = on
    if hour:
        written = f"{written}, {hour}"
    return _("about %(date)s") % {"date": written} if about else written
