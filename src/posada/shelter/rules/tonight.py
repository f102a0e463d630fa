"""Pure decisions about who is out: missing since when, when a bed may be freed, and what follows a notice."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

OUT_NIGHTS = 3  # our proposal: nights away before somebody may free the bed
FEWEST_NIGHTS = 2  # so that it always stands on Today a day before
MOST_NIGHTS = 30
KEEP_DAYS = 60  # our proposal: how long belongings are kept
MOST_KEEP_DAYS = 365
NOTICE_SHOWN_DAYS = 14  # before the date of a notice
EARLIEST_NOTICE_DAYS = 365  # a notice given longer ago than that is a slip of the finger


class Presence(StrEnum):
    """Where somebody is, as far as the house knows."""

    IN = "in"
    OUT = "out"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Gone:
    """That somebody is out: since which day, whether they said so, and when they meant to be back."""

    since: date
    told: bool
    back_on: date | None = None


def missing_since(gone: Gone) -> date:
    """The day from which nights are counted: of who said when they come back, that day."""
    return max(gone.since, gone.back_on) if gone.back_on else gone.since


def presence(gone: Gone | None, today: date) -> Presence:
    """Who said they are out is out until the day they meant to be back is over; who said nothing is missing."""
    if gone is None:
        return Presence.IN
    if gone.told and today <= missing_since(gone):
        return Presence.OUT
    return Presence.MISSING


def nights_away(gone: Gone, today: date) -> int:
    """Nights since they should have been here; a clock set back counts none."""
    return max(0, (today - missing_since(gone)).days)


def may_free(gone: Gone, today: date, nights: int) -> bool:
    """Whether somebody may free the bed now. Nothing frees it by itself."""
    return nights_away(gone, today) >= nights


def frees_on(gone: Gone, nights: int) -> date:
    """The first day on which the bed may be freed."""
    return missing_since(gone) + timedelta(days=nights)


def is_told_before(gone: Gone, today: date, nights: int) -> bool:
    """Whether it stands on Today: from the day before the bed may be freed."""
    return today >= frees_on(gone, nights) - timedelta(days=1)
