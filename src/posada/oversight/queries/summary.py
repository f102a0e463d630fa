"""Counts by act and day: how much was done, not by whom and to whom."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.text import capfirst

from posada.ground import clock
from posada.oversight.queries.days import days_of_use
from posada.oversight.rules.sentences import act_name

DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Row:
    """One act: how often on each day, and over all of them."""

    name: str
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Table:
    """The last week, oldest day first; `refused` counts what was refused, of every act together."""

    days: tuple[date, ...]
    rows: tuple[Row, ...]
    refused: Row | None


def table(site: int) -> Table:
    """What was done in the house in the last seven days."""
    days = tuple(clock.today() - timedelta(days=back) for back in range(DAYS - 1, -1, -1))
    counted: Counter[tuple[str, date]] = Counter()
    refused: Counter[date] = Counter()
    for use in days_of_use(site):
        if use.day in days:
            for act, times in use.acts:
                counted[act, use.day] += times
            refused[use.day] += use.refused + use.quota
    acts = sorted({act for act, _day in counted}, key=lambda act: act_name(act))
    rows = tuple(_row(capfirst(act_name(act)), [counted[act, day] for day in days]) for act in acts)
    return Table(days, rows, _row("", [refused[day] for day in days]) if refused.total() else None)


def _row(name: str, counts: list[int]) -> Row:
    return Row(name, tuple(counts), sum(counts))
