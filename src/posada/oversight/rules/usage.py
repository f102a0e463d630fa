"""What somebody's day in the audit amounts to: how many persons they opened, searched for, at what hours."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from posada.accounts.acts import Act
from posada.audit.services import Result

OPENING = frozenset(
    {
        Act.READ_IDENTITY.value,
        Act.READ_CONTACT.value,
        Act.READ_KIN.value,
        Act.READ_REQUEST.value,
        Act.READ_EMERGENCY.value,
        Act.READ_PAPER.value,
        Act.BREAK_GLASS.value,
    }
)
READING = OPENING | {Act.SEARCH.value}
NIGHT_BEGINS, NIGHT_ENDS = 22, 6  # the hours of the house, our proposal


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the audit, as far as usage asks."""

    actor: int | None
    role: str
    at: datetime
    act: str
    subject: str
    reason: str
    result: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class UserDay:
    """One user's day (none: the house's own jobs, and whoever was not signed in)."""

    actor: int | None
    day: date
    roles: tuple[str, ...] = ()
    acts: tuple[tuple[str, int], ...] = ()
    refusals: tuple[tuple[str, int], ...] = ()
    persons: int = 0
    searches: int = 0
    nothing_found: int = 0
    at_night: int = 0
    quota: int = 0
    forms_left: int = 0
    exported: int = 0

    @property
    def refused(self) -> int:
        """How often something was refused, the quota apart."""
        return sum(count for _act, count in self.refusals)

    def count(self, act: str) -> int:
        """How often an act was done."""
        return dict(self.acts).get(act, 0)


@dataclass(slots=True)
class _Sum:
    roles: set[str] = field(default_factory=set)
    acts: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    opened: set[str] = field(default_factory=set)
    registered: set[str] = field(default_factory=set)
    searches: int = 0
    nothing_found: int = 0
    advised: int = 0
    at_night: int = 0
    quota: int = 0
    exported: int = 0
    abandoned: int = 0

    def add(self, entry: Entry, hour: int) -> None:
        if entry.role:
            self.roles.add(entry.role)
        if entry.result == Result.REFUSED:
            self._refused(entry)
        elif entry.act == Act.REGISTER and entry.result == Result.NOTHING:
            self.abandoned += entry.count
        else:
            self.acts[entry.act] += 1
            self.at_night += entry.act in READING and not NIGHT_ENDS <= hour < NIGHT_BEGINS
            self._read_or_written(entry)

    def _refused(self, entry: Entry) -> None:
        if entry.reason == "quota":
            self.quota += 1
        else:
            self.refusals[entry.act] += 1

    def _read_or_written(self, entry: Entry) -> None:
        if entry.act in OPENING and entry.subject:
            self.opened.add(entry.subject)
        elif entry.act == Act.SEARCH:
            self._searched(entry)
        elif entry.act == Act.REGISTER:
            self.registered.add(entry.subject)
        elif entry.act == Act.EXPORT and entry.reason != "form":
            self.exported += entry.count

    def _searched(self, entry: Entry) -> None:
        if entry.reason == "advice":
            self.advised += 1
        elif entry.reason in {"name", "number", ""}:
            self.searches += 1
            self.nothing_found += entry.result == Result.NOTHING


def by_user_and_day(entries: Iterable[Entry], zone: tzinfo) -> list[UserDay]:
    """Every user's days, in order of the day. A form left is advice given for a person who was then not registered."""
    sums: dict[tuple[date, int | None], _Sum] = {}
    for entry in entries:
        here = entry.at.astimezone(zone)
        sums.setdefault((here.date(), entry.actor), _Sum()).add(entry, here.hour)
    return [
        UserDay(
            actor=actor,
            day=day,
            roles=tuple(sorted(found.roles)),
            acts=tuple(sorted(found.acts.items())),
            refusals=tuple(sorted(found.refusals.items())),
            persons=len(found.opened),
            searches=found.searches,
            nothing_found=found.nothing_found,
            at_night=found.at_night,
            quota=found.quota,
            forms_left=max(found.abandoned, found.advised - len(found.registered)),
            exported=found.exported,
        )
        for (day, actor), found in sorted(sums.items(), key=lambda item: (item[0][0], item[0][1] or 0))
    ]
