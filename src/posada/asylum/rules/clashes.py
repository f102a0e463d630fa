"""Dates of one case that cannot all be right, wherever in it they stand: its events, decisions, appeals and permits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from posada.asylum.rules.casefile import Appeal, CaseFile, Decision
from posada.asylum.rules.known import Known
from posada.asylum.rules.order import disorders


@dataclass(frozen=True, slots=True)
class Stood:
    """A date of a case: the event, the day as it is written, and which decision, appeal or permit says it."""

    event: str
    on: str
    about: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """`later` cannot have been before `earlier`, and is said to have been."""

    earlier: Stood
    later: Stood


def clashes(file: CaseFile) -> frozenset[Clash]:
    """Every pair of dates of a case that contradict each other for certain."""
    events = {one.event: Stood(one.event, one.on, about=one.about) for one in file.dates}
    sets = [events, *(events | _of_decision(one) for one in file.decisions)]
    decisions = {one.id: one for one in file.decisions}
    sets += [
        events | _of_decision(decisions[one.against]) | _of_appeal(one)
        for one in file.appeals
        if one.against in decisions
    ]
    return frozenset([*(clash for held in sets for clash in _within(held)), *_of_permits(file)])


def _of_decision(decision: Decision) -> dict[str, Stood]:
    where = f"decision {decision.id}"
    return {
        "decision": Stood("decision", decision.on, where=where),
        "notification": Stood("notification", decision.notified_on, where=where),
    }


def _of_appeal(appeal: Appeal) -> dict[str, Stood]:
    return {"appeal": Stood("appeal", appeal.filed_on, where=f"appeal {appeal.id}")}


def _within(held: dict[str, Stood]) -> Iterator[Clash]:
    known = {event: Known.read(one.on, about=one.about) for event, one in held.items()}
    for found in disorders(known):
        yield Clash(held[found.earlier], held[found.later])


def _of_permits(file: CaseFile) -> Iterator[Clash]:
    """A permit does not end before it was issued, and does not renew one that was issued after it."""
    permits = {one.id: one for one in file.permits}
    for one in file.permits:
        issued = Stood("permit_issued", one.issued_on, where=f"permit {one.id}")
        if one.until is not None and _is_before(one.until, one.issued_on):
            yield Clash(issued, Stood("permit_until", one.until.isoformat(), where=f"permit {one.id}"))
        before = permits.get(one.renews) if one.renews else None
        if before is not None and _is_before(Known.read(one.issued_on).last, before.issued_on):
            yield Clash(Stood("permit_issued", before.issued_on, where=f"permit {before.id}"), issued)


def _is_before(day: date, on: str) -> bool:
    when = Known.read(on)
    return when.is_known and day < when.first
