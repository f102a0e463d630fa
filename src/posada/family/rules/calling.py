"""May somebody call, write to or meet this relative now? One answer, with its reason, for every page and service."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from posada.family.rules.moments import day_in_words
from posada.family.rules.safe_hours import SafeHours, zone_of
from posada.family.rules.silence import Watch

AFTER_ONE = timedelta(hours=4)  # between two calls that nobody answers
AFTER_MANY = timedelta(hours=24)  # once as many went unanswered as are harmless
HARMLESS_TRIES = 3  # a telephone that rings often can itself be dangerous


class Why(StrEnum):
    """Why a relative may be reached now, or may not."""

    YES = "yes"
    STOPPED = "stopped"
    FROZEN = "frozen"
    WITHHELD = "withheld"
    ALARM = "alarm"
    UNKNOWN_ZONE = "unknown_zone"
    NEVER = "never"
    TRIED = "tried"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether a relative may be reached, why not, and from when they may."""

    why: Why
    not_before: datetime | None = None

    @property
    def may(self) -> bool:
        """Whether it may be done now."""
        return self.why is Why.YES


def may_reach(
    *,
    state: Watch,
    hours: SafeHours | None,
    frozen: bool,
    now: datetime,
    again_from: datetime | None = None,
    alarmed: bool = False,
    withheld: bool = False,
) -> Reach:
    """Whether somebody may turn to this relative now. The gravest reason against it is named.

    `frozen`: `queries.freezing.is_frozen` of the resident. `again_from`: after calls without an answer, not before
    then. `alarmed`: the words of alarm were said and it was not talked over. `withheld`: never contacted by us first,
    as after an arrest.
    """
    if state is Watch.STOPPED:
        return Reach(Why.STOPPED)
    if frozen:
        return Reach(Why.FROZEN)
    if withheld:
        return Reach(Why.WITHHELD)
    if alarmed:
        return Reach(Why.ALARM)
    earliest = max(now, again_from) if again_from else now
    if hours and hours.spans:
        return _within(hours, earliest, now)
    return Reach(Why.YES) if earliest <= now else Reach(Why.TRIED, earliest)


def _within(hours: SafeHours, earliest: datetime, now: datetime) -> Reach:
    if zone_of(hours.zone) is None:
        return Reach(Why.UNKNOWN_ZONE)
    start = hours.next_from(earliest)
    if start is None:
        return Reach(Why.NEVER)
    if start <= now:
        return Reach(Why.YES)
    return Reach(Why.TRIED if hours.allows(now) else Why.HOURS, start)


def again_from(tried_at: datetime | None, tries: int) -> datetime | None:
    """From when somebody may be tried again: `tries` are the calls without an answer since the last news."""
    if tried_at is None or not tries:
        return None
    return tried_at + (AFTER_MANY if tries >= HARMLESS_TRIES else AFTER_ONE)


def words(reach: Reach, *, now: datetime, zone: tzinfo) -> str:
    """The reason in one sentence, its hour in this zone (the house's); empty if nothing speaks against it."""
    at = {"at": from_when(reach, now=now, zone=zone)}
    sentences = {
        Why.YES: "",
        Why.STOPPED: _("Contact was stopped: nobody calls or writes until the resident asks for it again."),
        Why.FROZEN: _("All contact with this family is frozen: nobody calls or writes until it is lifted."),
        Why.WITHHELD: _("We never contact this relative first. Wait until they turn to the resident."),
        Why.ALARM: _("The words of alarm were said: nobody calls back until it was talked over."),
        Why.UNKNOWN_ZONE: _("The time zone of the safe hours is not known here: choose the country again."),
        Why.NEVER: _("The safe hours name no day that ever comes: write them again."),
        Why.TRIED: _("They were called a short while ago. Not again before %(at)s.") % at,
        Why.HOURS: _("Outside the safe hours. Not before %(at)s.") % at,
    }
    return sentences[reach.why]


def from_when(reach: Reach, *, now: datetime, zone: tzinfo) -> str:
    """ "19:00" for a later hour of today, "tomorrow, 19:00" for another day; empty without an hour."""
    if reach.not_before is None:
        return ""
    there, here = reach.not_before.astimezone(zone), now.astimezone(zone)
    hour = date_format(there, "H:i")
    if there.date() == here.date():
        return hour
    return _("%(day)s, %(hour)s") % {"day": day_in_words(there, here), "hour": hour}
