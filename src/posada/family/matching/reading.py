"""The readers of the change log: whoever is registered, read in, corrected or sought raises proposals.

Two of one name: each process keeps what it holds in memory current, and one of them all raises the proposals.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

import kinmatch
from posada.family.matching import held, proposing
from posada.family.matching.scoring import Side, compare
from posada.family.models import Against, Enquirer, NotMissingWords, Separation, Sought, TracingRequest
from posada.ground import clock
from posada.people import matching as people
from posada.people.models import Identity, Person
from posada.records.changes import Reader
from posada.records.models import Change
from posada.records.scanning import Purpose, scan

CANDIDATES, LEAST = 20, 0.01
_PARTS = (Sought.KIND, Enquirer.KIND, Separation.KIND)
_OF_PERSONS = frozenset({Identity.KIND, NotMissingWords.KIND})


def _hold(rows: Sequence[Change]) -> None:
    for row in rows:
        if row.what == Change.What.REMOVED and row.kind in {Sought.KIND, Enquirer.KIND}:
            held.forget(row.subject)
    written = _requests_of(rows, what=Change.What.WRITTEN)
    in_force = _in_force(request.pk for request in written)
    for request in written:
        if request not in in_force:
            held.let_go(request)
    held.read(in_force)


def _raise(rows: Sequence[Change]) -> None:
    touched = _touched(rows)
    for request in _in_force(touched.requests):
        _match_request(request)
    if touched.persons:
        _match_persons(touched.persons)


@dataclass(frozen=True, slots=True)
class _Touched:
    """Whose proposals may be other ones now."""

    requests: frozenset[uuid.UUID]
    persons: frozenset[uuid.UUID]


def _touched(rows: Sequence[Change]) -> _Touched:
    """What was written or taken away, and the families around it: what they say changes with it."""
    written = _requests_of(rows)
    requests = {request.pk: request.resident_id for request in written}
    subjects = {row.subject for row in rows if row.kind in _OF_PERSONS}
    residents = {resident for resident in requests.values() if resident is not None}
    households = Person.objects.filter(pk__in=subjects | residents).exclude(household=None).values("household")
    beside = set(Person.objects.filter(household__in=households).values_list("pk", flat=True))
    told_with = Q(together__in=[request.together for request in written if request.together])
    theirs = TracingRequest.objects.filter(Q(resident__in=beside | subjects | residents) | told_with)
    return _Touched(
        requests=frozenset(requests) | frozenset(theirs.values_list("pk", flat=True)),
        persons=frozenset(beside | subjects | residents),
    )


HOLDER = Reader(name=held.NAME, react=_hold, lasting=False)
READER = Reader(name=held.NAME, react=_raise, lasting=True)


def _requests_of(rows: Sequence[Change], what: str = "") -> list[TracingRequest]:
    """The requests of which a part was written or taken away, whether they are still in force or not."""
    told = {
        kind: {row.record for row in rows if row.kind == kind and (not what or row.what == what)} for kind in _PARTS
    }
    if not any(told.values()):
        return []
    parts = Q(sought__in=told[Sought.KIND]) | Q(enquirer__in=told[Enquirer.KIND])
    return list(TracingRequest.objects.filter(parts | Q(separation__in=told[Separation.KIND])))


def _match_persons(wanted: Iterable[uuid.UUID]) -> None:
    """Persons who are new, were corrected, or stand in another family, against all that is sought."""
    rows = Person.objects.select_related("identity").filter(pk__in=list(wanted))
    persons = {person.identity_id: person for person in rows}
    for opened in scan(Identity, Purpose.INDEX, records=persons) if persons else ():
        person = persons[opened.record]
        record = people.to_kinmatch_record(opened.content, record_id=person.pk.hex)
        found = held.sought_like(record, limit=CANDIDATES, minimum=LEAST)
        undecided = proposing.undecided_requests_of(person)
        for request in _in_force([*found, *undecided], site=person.site_id):
            _weigh_person(request, person, record)


def _in_force(wanted: Iterable[uuid.UUID], *, site: int | None = None) -> list[TracingRequest]:
    rows = TracingRequest.objects.in_force(clock.today()).select_related("resident", "sought", "enquirer")
    rows = rows.filter(pk__in=set(wanted)).order_by("opened_on", "number")
    return list(rows if site is None else rows.filter(site_id=site))


def _weigh_person(request: TracingRequest, person: Person, record: kinmatch.Record) -> None:
    sought = held.sought_of(request.pk)
    if sought is None or request.resident_id == person.pk:
        return
    side = Side(record, tuple(person.requests_made.values_list("pk", flat=True)), person)
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
