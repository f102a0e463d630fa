"""Unusual days of reading, with whose they are."""

from dataclasses import dataclass
from datetime import date

from posada.oversight.queries.days import days_of_use
from posada.oversight.queries.trail import who_did
from posada.oversight.rules.unusual import worth_a_question


@dataclass(frozen=True, slots=True)
class UnusualDay:
    """One user's day that is worth a question."""

    user: int | None
    name: str
    day: date
    why: tuple[str, ...]


def unusual_days(site: int, *, since: date) -> list[UnusualDay]:
    """The newest day first, in it the weightiest."""
    rows = worth_a_question(days_of_use(site), since=since)
    return [UnusualDay(row.actor, who_did(row.actor, ""), row.day, row.why) for row in rows]
