"""Public holidays of a country by name, and whether they are known at all. Pure: nothing here asks the clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

import holidays


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday with its name in both languages; where the package has no Spanish, the English one twice."""

    day: date
    spanish: str
    english: str


@lru_cache(maxsize=256)
def of_year(country: str, year: int) -> Mapping[date, Holiday] | None:
    """The public holidays of a country (two letters of ISO 3166) in a year, as the package `holidays` knows them;
    none where it does not know the country, or its calendar of that country does not reach the year.

    Holidays of the whole country only: those of a region, and days on which an office is closed by an order of its
    own, stand in no calendar.
    """
    try:
        calendar = holidays.country_holidays(country, years=year, language="en_US")
    except NotImplementedError:
        return None
    if not calendar.start_year <= year <= calendar.end_year:
        return None
    spanish = holidays.country_holidays(country, years=year, language="es")
    return MappingProxyType({day: Holiday(day, spanish.get(day, name), name) for day, name in calendar.items()})
