"""The readers of the change log: whoever is registered, read in, corrected or sought raises proposals.

Two of one name: each process keeps what it holds in memory current, and one of them all raises the proposals.
"""

import uuid
from collections.abc import Iterable, Sequence

import kinmatch
from posada.family.matching import held, proposing
from posada.family.matching.scoring import Side, compare
from posada.family.models import Against, Enquirer, Sought, TracingRequest
from posada.ground import clock
from posada.people import matching as people
from posada.people.models import Identity, Person
from posada.records.changes import Reader
from posada.records.models import Change
from posada.records.scanning import Purpose, scan

CANDIDATES, LEAST = 20, 0.01


def _hold(rows: Sequence[Change]) -> None:
    for row in rows:
        if row.what == Change.What.REMOVED and row.kind in {Sought.KIND, Enquirer.KIND}:
            held.forget(row.subject)
    held.read(_requests_of(rows))


def _raise(rows: Sequence[Change]) -> None:
    for request in _requests_of(rows):
        _match_request(request)
    persons = {row.record for row in rows if row.kind == Identity.KIND and row.what == Change.What.WRITTEN}
    if persons:
        _match_persons(persons)


HOLDER = Reader(name=held.NAME, react=_hold, lasting=False)
READER = Reader(name=held.NAME, react=_raise, lasting=True)


def _requests_of(rows: Sequence[Change]) -> list[TracingRequest]:
    """The requests in force whose sought person or enquirer was written."""
    written = [row for row in rows if row.what == Change.What.WRITTEN]
    sought = {row.record for row in written if row.kind == Sought.KIND}
    asking = {row.record for row in written if row.kind == Enquirer.KIND}
    if not sought and not asking:
        return []
    wanted = TracingRequest.objects.in_force(clock.today()).select_related("resident", "sought", "enquirer")
    return list(wanted.filter(sought__in=sought) | wanted.filter(enquirer__in=asking))


def _match_persons(records: Iterable[uuid.UUID]) -> None:
    """Persons who are new or were corrected, against all that is sought."""
    rows = Person.objects.select_related("identity").filter(identity__in=list(records))
    persons = {person.identity_id: person for person in rows}
    for opened in scan(Identity, Purpose.INDEX, records=persons):
        person = persons[opened.record]
        record = people.to_kinmatch_record(opened.content, record_id=person.pk.hex)
        found = held.sought_like(record, limit=CANDIDATES, minimum=LEAST)
        undecided = proposing.undecided_requests_of(person)
        for request in _in_force([*found, *undecided], site=person.site_id):
            _weigh_person(request, person, record)


def _in_force(wanted: Iterable[uuid.UUID], *, site: int) -> list[TracingRequest]:
    rows = TracingRequest.objects.in_force(clock.today()).select_related("resident", "sought", "enquirer")
    return list(rows.filter(pk__in=set(wanted), site_id=site))


def _weigh_person(request: TracingRequest, person: Person, record: kinmatch.Record) -> None:
    sought = held.sought_of(request.pk)
    if sought is None or request.resident_id == person.pk:
        return
    side = Side(record, tuple(person.requests_made.values_list("pk", flat=True)))
    likely = compare(sought, side, request=request).probability
    proposing.propose(request, likely, against=Against.PERSON, person=person)


def _match_request(request: TracingRequest) -> None:
    """One request, against everybody here and on lists, and against what others seek."""
    sought = held.sought_of(request.pk)
    if sought is None:
        return
    found = people.candidates_for(sought, site=request.site_id, limit=CANDIDATES, minimum=LEAST)
    wanted = {person for person, _chance, _evidence in found} | set(proposing.undecided_persons_of(request))
    persons = {row.identity_id: row for row in Person.objects.select_related("identity").filter(pk__in=wanted)}
    for opened in scan(Identity, Purpose.INDEX, records=persons) if persons else ():
        person = persons[opened.record]
        _weigh_person(request, person, people.to_kinmatch_record(opened.content, record_id=person.pk.hex))
    _match_others(request, sought)


def _match_others(request: TracingRequest, sought: kinmatch.Record) -> None:
    for other in _in_force(held.sought_like(sought, limit=CANDIDATES, minimum=LEAST), site=request.site_id):
        first, second = sorted((request, other), key=lambda one: (one.opened_on, one.number))
        _weigh_other(first, second, Against.SOUGHT)
    for other in _in_force(held.asking_like(sought, limit=CANDIDATES, minimum=LEAST), site=request.site_id):
        _weigh_other(request, other, Against.ENQUIRER)
    asking = held.asking_of(request.pk)
    if asking is not None and request.resident_id is None:
        for other in _in_force(held.sought_like(asking, limit=CANDIDATES, minimum=LEAST), site=request.site_id):
            _weigh_other(other, request, Against.ENQUIRER)


def _weigh_other(request: TracingRequest, other: TracingRequest, against: Against) -> None:
    """Two requests: both seek the same person, or one seeks whoever asks in the other."""
    same_resident = request.resident_id is not None and request.resident_id == other.resident_id
    is_resident = against is Against.ENQUIRER and other.resident_id is not None
    if request.pk == other.pk or same_resident or is_resident:
        return  # a resident who asks is met as a person of the register
    sought = held.sought_of(request.pk)
    record = held.asking_of(other.pk) if against is Against.ENQUIRER else held.sought_of(other.pk)
    if sought is None or record is None:
        return
    side = Side(record, (other.pk,) if against is Against.ENQUIRER else ())
    likely = compare(sought, side, request=request).probability
    proposing.propose(request, likely, against=against, other=other)
