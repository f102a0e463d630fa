"""The fixed words of writing out, known before any site is open."""

from enum import StrEnum


class Danger(StrEnum):
    """What could lead a persecutor to somebody, and goes out only when it is named; the values are PFIF's fields."""

    BIRTH = "date_of_birth"
    AGE = "age"
    ORIGIN = "home_city"
    DESCRIPTION = "description"


class ReasonToExport(StrEnum):
    """Why people are written out: a fixed word for the audit."""

    TRACING = "tracing"
    HANDOVER = "handover"
