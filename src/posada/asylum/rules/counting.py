"""How time is counted to its last day, one function a unit: nothing is ever turned into another unit.

The day of the event does not count; the first day that counts is the next one. Working days leave out Saturdays,
Sundays and the public holidays of the country. A month or a year ends on the day of the same number; where that month
has no such day (31 January and one month, 29 February and one year), on its last day, never in the month after it.

Where a time of days, months or years ends on a day when offices are closed, several laws carry it on to the next
working day. That is given beside the end, as possible; the earlier day is the one to act on. Hours run as a clock that
is never changed would count them; where clocks are changed in between, the hour on the wall may say another moment,
and the earlier of the two is the one to act on.

From where this is known (`RULES`): the laws of each country on counting, none of which was read from its authority. So
each is shown as "to be confirmed", with its letter, and never as a fact. Colombia: Ley 4 de 1913, arts. 59 to 62,
general knowledge (the words of art. 62, days without holidays, months by the calendar and on to the first working day,
were seen only as others quote them). Spain, Ley 39/2015 art. 30; Ecuador, COA arts. 158 to 160; Chile, Ley 19.880 art.
25: as others quote them. United States: the day of arrival is not counted (Minasyan v. Mukasey, 9th Cir. 2009, as
others report it; before it the authority counted one day less). Mexico, Peru, Brazil: general knowledge. What no law
here covers, an order that closes one office on one day, can only make the time longer.
"""

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from posada.asylum.rules.terms import Confidence, Unit
from posada.ground import public_holidays, working_days
from posada.ground.public_holidays import Holiday

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CountingRule:
    """The law by which a country counts, with an id of its own, how sure we are, and the page on which it is quoted;
    always to be confirmed."""

    fact: str
    law: str
    confidence: Confidence
    quoted_at: str = ""


RULES = {
    "CO": CountingRule(
        "CO-COUNT", "Ley 4 de 1913 arts. 59-62", Confidence.D,
        "https://hasagotlex.com/2025/12/21/habil-o-calendario-guia-para-contar-terminos",
    ),
    "EC": CountingRule(
        "EC-COUNT", "Código Orgánico Administrativo arts. 158-160", Confidence.C,
        "https://abgermansanchezgarcia.blogspot.com/p/de-los-terminos-y-plazos.html",
    ),
    "MX": CountingRule("MX-COUNT", "Ley Federal de Procedimiento Administrativo arts. 28-32", Confidence.D),
    "BR": CountingRule("BR-COUNT", "Lei 9.784/1999 art. 66", Confidence.D),
    "CL": CountingRule(
        "CL-COUNT", "Ley 19.880 art. 25", Confidence.C,
        "https://ayuda.mercadopublico.cl/preguntasfrecuentes/article/KA-01924/es-es",
    ),
    "PE": CountingRule("PE-COUNT", "Ley 27444 (TUO) arts. 144-145", Confidence.D),
    "ES": CountingRule(
        "ES-COUNT", "Ley 39/2015 art. 30", Confidence.C,
        "https://laboralpensiones.com/como-se-computan-los-plazos-administrativos/",
    ),
    "US": CountingRule(
        "US-COUNT", "8 CFR 208.4(a)(2)(ii)", Confidence.D,
        "https://asylumlegal.ai/articles/what-is-the-one-year-filing-deadline-when-applying-for-asylum/",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """A last day, and on the way to it: the holidays that were left out, and whether holidays are known at all."""

    last: date
    skipped: tuple[Holiday, ...] = ()
    holidays_known: bool = True


def working_days_after(day: date, count: int, country: str) -> Counted:
    """So many working days after a day. Where the holidays of a year are not known, weekends alone are left out."""
    skipped: list[Holiday] = []
    known = True
    found = day
    while count > 0:
        found += ONE_DAY
        if working_days.is_working_day(found, country):
            count -= 1
        named = public_holidays.of_year(country, found.year)
        known = known and named is not None
        if named and found in named and found.weekday() < working_days.SATURDAY:
            skipped.append(named[found])
    return Counted(found, tuple(skipped), known)


def months_after(day: date, count: int) -> date:
    """The day of the same number so many months later, or the last day of that month."""
    years, month = divmod(day.month - 1 + count, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def days_counted(day: date, count: int, unit: Unit, country: str) -> Counted:
    """The last day of a time that is not counted in hours. Raises ValueError for hours."""
    if unit is Unit.WORKING_DAY:
        return working_days_after(day, count, country)
    if unit is Unit.CALENDAR_DAY:
        return Counted(day + timedelta(days=count))
    if unit is Unit.CALENDAR_MONTH:
        return Counted(months_after(day, count))
    if unit is Unit.YEAR:
        return Counted(months_after(day, 12 * count))
    raise ValueError("hours are counted from a moment, not from a day")


@dataclass(frozen=True, slots=True)
class CountedHours:
    """The end by a clock that is never changed, and by the clock on the wall there; the same but for a change."""

    elapsed: datetime
    wall: datetime

    @property
    def earlier(self) -> datetime:
        return min(self.elapsed, self.wall)

    @property
    def later(self) -> datetime:
        return max(self.elapsed, self.wall)


def moment_of(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """An hour on the clock there as a moment, in UTC. An hour that came twice, or never, when clocks were changed, is
    read as the earlier moment."""
    there = datetime.combine(day, hour.replace(tzinfo=None), zone)
    return min(there.replace(fold=fold).astimezone(UTC) for fold in (0, 1))


def hours_after(moment: datetime, count: int, zone: ZoneInfo) -> CountedHours:
    """So many hours after a moment, in UTC, counted both ways."""
    there = moment.astimezone(zone)
    wall = there.replace(tzinfo=None) + timedelta(hours=count)
    return CountedHours(moment.astimezone(UTC) + timedelta(hours=count), moment_of(wall.date(), wall.time(), zone))


def next_open_day(day: date, country: str) -> Counted:
    """The day itself if people work on it, otherwise the next on which they do."""
    return working_days_after(day - ONE_DAY, 1, country)


def last_open_day(day: date, country: str) -> date:
    """The day itself if people work on it, otherwise the last before it on which they do."""
    while not working_days.is_working_day(day, country):
        day -= ONE_DAY
    return day
