"""A person as figures count them: sex, age band, nationality, week of registration. Nothing finer."""

from datetime import date
from typing import NamedTuple

from posada.people.rules.contents import Identity, Sex

# The bands in which UNHCR reports ages.
BANDS = ((0, 4), (5, 11), (12, 17), (18, 59), (60, 200))
UNKNOWN = ""


class Coarse(NamedTuple):
    """One cell: `band` is "0-4" to "60+", `nationality` as written (folded), `week` is "2019-W09"; "" is unknown."""

    sex: str
    band: str
    nationality: str
    week: str


def coarse_of(identity: Identity, registered_on: date) -> Coarse:
    """The cell in which a person is counted. The age is that of the day of registration."""
    year, week, _day = registered_on.isocalendar()
    first = identity.nationalities.split(",")[0].strip().casefold()[:40] if identity.nationalities else UNKNOWN
    sex = UNKNOWN if identity.sex is Sex.UNKNOWN else identity.sex.value
    return Coarse(sex, _band(identity, registered_on), first, f"{year}-W{week:02}")


def _band(identity: Identity, on: date) -> str:
    age = _age(identity, on)
    if age is None:
        return UNKNOWN
    for lowest, highest in BANDS:
        if lowest <= age <= highest:
            return f"{lowest}+" if highest > 120 else f"{lowest}-{highest}"
    return UNKNOWN


def _age(identity: Identity, on: date) -> int | None:
    if identity.age is not None:
        return identity.age + (on.year - identity.age_on.year if identity.age_on else 0)
    parts = [int(part) for part in identity.birth.split("-")] if identity.birth else []
    if not parts:
        return None
    later = tuple(parts[1:3]) > (on.month, on.day)[: len(parts) - 1]
    return max(on.year - parts[0] - int(later), 0)
