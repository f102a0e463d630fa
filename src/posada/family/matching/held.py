"""The open requests in memory: an index of the sought persons, and one of those who ask. Built at unlock.

Relatives of *my people* are never here: the compartment `kin` is not read by this module, nor by others here.
"""

import threading
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

import kinmatch
from posada.family.matching.describing import enquirer_record, sought_record
from posada.family.models import Enquirer, Separation, Sought, TracingRequest
from posada.family.rules.kinship import Relation
from posada.family.rules.urgency import Pressing, SoughtAge
from posada.ground import clock
from posada.people import matching as people
from posada.people.models import Identity
from posada.people.rules import Minor, is_minor
from posada.records import changes
from posada.records.scanning import Purpose, scan

NAME = "family"
REPORT_EVERY = 100
_AGES = {Minor.YES: SoughtAge.CHILD, Minor.NO: SoughtAge.GROWN, Minor.UNKNOWN: SoughtAge.UNKNOWN}


@dataclass(slots=True)
class _Held:
    lock: threading.RLock = field(default_factory=threading.RLock)
    sought: kinmatch.Index = field(default_factory=kinmatch.Index)
    asking: kinmatch.Index = field(default_factory=kinmatch.Index)
    sought_records: dict[uuid.UUID, kinmatch.Record] = field(default_factory=dict)
    asking_records: dict[uuid.UUID, kinmatch.Record] = field(default_factory=dict)
    requests: dict[uuid.UUID, uuid.UUID] = field(default_factory=dict)  # by the subject of who is sought, or asks
    relations: dict[uuid.UUID, Relation] = field(default_factory=dict)  # what who asks is to the sought person
    pressing: dict[uuid.UUID, Pressing] = field(default_factory=dict)


_held = _Held()


def build(report: Callable[[int, int], None]) -> None:
    """Boot step: read the requests in force, with progress."""
    start = changes.head()
    with _held.lock:
        _held.sought, _held.asking = kinmatch.Index(), kinmatch.Index()
        _held.sought_records.clear()
        _held.asking_records.clear()
        _held.requests.clear()
        _held.relations.clear()
        _held.pressing.clear()
        read(TracingRequest.objects.in_force(clock.today()), report)
    changes.start_at(NAME, start)


def read(
    requests: Iterable[TracingRequest], report: Callable[[int, int], None] | None = None
) -> dict[uuid.UUID, Sought]:
    """Put requests into memory in the place of what was held of them; the sought persons by request."""
    by_sought = {request.sought_id: request for request in requests}
    if not by_sought:
        return {}
    found: dict[uuid.UUID, Sought] = {}
    for done, opened in enumerate(scan(Sought, Purpose.INDEX, records=by_sought), start=1):
        request = by_sought[opened.record]
        found[request.pk] = opened.content
        _held.requests[opened.subject] = request.pk
        _put(_held.sought, _held.sought_records, sought_record(opened.content, request.pk.hex))
        _held.pressing[request.pk] = Pressing(_age_of(opened.content))
        if report and done % REPORT_EVERY == 0:
            report(done, len(by_sought))
    _read_enquirers({request.enquirer_id: request for request in by_sought.values()})
    _read_separations({request.separation_id: request for request in by_sought.values() if request.separation_id})
    if report:
        report(len(by_sought), len(by_sought))
    return found


def _read_enquirers(by_enquirer: Mapping[uuid.UUID, TracingRequest]) -> None:
    """Those who ask: residents as the register knows them, others by their name."""
    residents = {
        request.resident.identity_id: request for request in by_enquirer.values() if request.resident is not None
    }
    if residents:
        for person in scan(Identity, Purpose.INDEX, records=residents):
            request = residents[person.record]
            record = people.to_kinmatch_record(person.content, record_id=request.pk.hex)
            _put(_held.asking, _held.asking_records, record)
    for asking in scan(Enquirer, Purpose.INDEX, records=by_enquirer):
        request = by_enquirer[asking.record]
        _held.requests[asking.subject] = request.pk
        _held.relations[request.pk] = asking.content.relationship
        pressing = _held.pressing.get(request.pk, Pressing())
        _held.pressing[request.pk] = replace(pressing, in_danger=bool(asking.content.flags))
        if request.resident is None and asking.content.name:
            _put(_held.asking, _held.asking_records, enquirer_record(asking.content, request.pk.hex))


def _read_separations(by_separation: Mapping[uuid.UUID, TracingRequest]) -> None:
    """When they were parted, to the year or the month as it was told, for what is looked at first."""
    for parted in scan(Separation, Purpose.INDEX, records=by_separation) if by_separation else ():
        request = by_separation[parted.record].pk
        _held.pressing[request] = replace(_held.pressing[request], parted_on=parted.content.on)


def _age_of(sought: Sought) -> SoughtAge:
    return _AGES[is_minor(sought.as_identity, clock.today())]


def _put(index: kinmatch.Index, records: dict[uuid.UUID, kinmatch.Record], record: kinmatch.Record) -> None:
    with _held.lock:
        index.replace(record)
        records[uuid.UUID(hex=record.record_id)] = record


def let_go(request: TracingRequest) -> None:
    """Look no longer for this request's sought person; nothing of it stays in memory."""
    _drop(request.pk)


def forget(subject: uuid.UUID) -> None:
    """The same by who is sought or asks, for a request that is hidden or erased."""
    with _held.lock:
        request = _held.requests.pop(subject, None)
        if request is not None:
            _drop(request)


def _drop(request: uuid.UUID) -> None:
    with _held.lock:
        _held.relations.pop(request, None)
        _held.pressing.pop(request, None)
        if _held.sought_records.pop(request, None) is not None:
            _held.sought.remove(request.hex)
        if _held.asking_records.pop(request, None) is not None:
            _held.asking.remove(request.hex)


def sought_like(record: kinmatch.Record, *, limit: int, minimum: float) -> list[uuid.UUID]:
    """Requests whose sought person may be this one, the likeliest first."""
    with _held.lock:
        return [uuid.UUID(hex=one.record_id) for one in _held.sought.search(record, limit, minimum)]


def asking_like(record: kinmatch.Record, *, limit: int, minimum: float) -> list[uuid.UUID]:
    """Requests whose enquirer may be this one, the likeliest first."""
    with _held.lock:
        return [uuid.UUID(hex=one.record_id) for one in _held.asking.search(record, limit, minimum)]


def sought_of(request: uuid.UUID) -> kinmatch.Record | None:
    """The sought person of a request, as the engine reads it."""
    return _held.sought_records.get(request)


def asking_of(request: uuid.UUID) -> kinmatch.Record | None:
    """Who asks in a request, as the engine reads it."""
    return _held.asking_records.get(request)


def relation_of(request: uuid.UUID) -> Relation:
    """What who asks is to the sought person."""
    return _held.relations.get(request, Relation.OTHER)


def pressing_of(request: uuid.UUID) -> Pressing:
    """What is held of a request for what is looked at first: nothing that names anybody."""
    return _held.pressing.get(request, Pressing())
