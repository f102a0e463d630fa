"""The countries of the world with their names in both languages, and the time zones of each.

Source: the tables of `phonenumbers` (Google's libphonenumber and the Unicode CLDR, kept with its releases), and the
likely ones of `countries.toml`.
"""

import tomllib
from functools import cache
from pathlib import Path

import phonenumbers
import phonenumbers.timezone
from django.utils.translation import get_language
from phonenumbers.geodata.locale import LOCALE_DATA
from phonenumbers.tzdata import TIMEZONE_DATA

from posada.family.rules.safe_hours import zone_of

LIKELY: tuple[str, ...] = tuple(
    tomllib.loads((Path(__file__).parent / "countries.toml").read_text(encoding="utf-8"))["likely"]
)
_FIRST_LANGUAGE = "es"


def name_of_country(code: str) -> str:
    """What a country (ISO 3166, two letters) is called in the language of the page; empty for one that is none."""
    names = LOCALE_DATA.get(code, {})
    found = names.get((get_language() or _FIRST_LANGUAGE)[:2]) or names.get("en", "")
    return str(names[found[1:]]) if found.startswith("*") else str(found)


def is_country(code: str) -> bool:
    """Whether these two letters are a country of the table."""
    return code in phonenumbers.SUPPORTED_REGIONS and bool(LOCALE_DATA.get(code))


def countries() -> tuple[tuple[str, str], ...]:
    """Every country but the likely ones with its name, by name."""
    rest = (code for code in phonenumbers.SUPPORTED_REGIONS if code not in LIKELY and is_country(code))
    return tuple(sorted(((code, name_of_country(code)) for code in rest), key=lambda one: one[1]))


@cache
def zones_of(code: str) -> tuple[str, ...]:
    """The time zones of a country, IANA names. Countries that share a calling code show those of the code."""
    if not is_country(code):
        return ()
    example = phonenumbers.example_number(code)
    own = TIMEZONE_DATA.get(str(phonenumbers.country_code_for_region(code)), ())
    if len(own) > 1 and example is not None and _shares_its_code(code):
        likely = phonenumbers.timezone.time_zones_for_number(example)
        own = (*likely, *(zone for zone in own if zone not in likely))
    return tuple(zone for zone in own if zone_of(zone) is not None)


def _shares_its_code(code: str) -> bool:
    return len(phonenumbers.COUNTRY_CODE_TO_REGION_CODE[phonenumbers.country_code_for_region(code)]) > 1


@cache
def all_zones() -> tuple[str, ...]:
    """Every time zone that some country has."""
    return tuple(sorted({zone for code in phonenumbers.SUPPORTED_REGIONS for zone in zones_of(code)}))
