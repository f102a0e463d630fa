"""The register in memory: one index a site, and a coarse row a person for figures, kept current by the change log."""

import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import kinmatch
from posada.people.matching.describing import as_indexed, to_kinmatch_record
from posada.people.models import Identity, Person, Source
from posada.people.rules import Mask, mask
from posada.people.rules.coarse import Coarse, coarse_of
from posada.records import changes
from posada.records.changes import Reader
from posada.records.models import Change
from posada.records.scanning import Purpose, scan
from posada.vault import saved

NAME = "people"
REPORT_EVERY = 500


@dataclass(frozen=True, slots=True)
class Known:
    """What is held of a person for showing before opening."""

    person: uuid.UUID
    number: int
    site: int
    source: Source
    mask: Mask


@dataclass(slots=True)
class Register:
    """What is held of one site: the index, and each person's coarse row as a place in `kinds`."""

    index: kinmatch.Index = field(default_factory=kinmatch.Index)
    kinds: dict[Coarse, int] = field(default_factory=dict)
    coarse: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Held:
    """All that this process holds. `edits` counts what changed in it; `removals` what was taken out."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    sites: dict[int, Register] = field(default_factory=dict)
    edits: int = 0
    removals: int = 0


held = Held()


def read_everybody(report: Callable[[int, int], None]) -> None:
    """Read everybody's identity, with progress: the slow way, when nothing was saved."""
    start = changes.head()
    rows = {person.pk: person for person in Person.objects.only("id", "site_id", "source", "registered_on")}
    with held.lock:
        held.sites.clear()
        done = 0
        for done, opened in enumerate(scan(Identity, Purpose.INDEX), start=1):
            person = rows.get(opened.subject)
            if person is not None:
                _put(person, opened.content)
            if done % REPORT_EVERY == 0:
                report(done, len(rows))
        report(done, max(done, len(rows)))
    changes.start_at(NAME, start)


def _put(person: Person, identity: Identity) -> None:
    """Hold a person's identity in the place of what was held before. The lock is held."""
    register = held.sites.setdefault(person.site_id, Register())
    key = person.pk.hex
    register.index.replace(to_kinmatch_record(identity, record_id=key))
    if person.source == Source.HOUSE:
        coarse = coarse_of(identity, person.registered_on)
        register.coarse[key] = register.kinds.setdefault(coarse, len(register.kinds))
    held.edits += 1


def remove(person_id: uuid.UUID) -> None:
    """Take somebody out; nothing of them stays in memory. Nothing happens for somebody who is not held."""
    key = person_id.hex
    with held.lock:
        for register in held.sites.values():
            if key in register.index:
                register.index.remove(key)
                register.coarse.pop(key, None)
                held.edits += 1
                held.removals += 1
                saved.drop(NAME)


def _react(rows: Sequence[Change]) -> None:
    written: dict[uuid.UUID, uuid.UUID] = {}
    for row in rows:
        if row.kind != Identity.KIND:
            continue
        if row.what == Change.What.REMOVED:
            written.pop(row.subject, None)
            remove(row.subject)
        else:
            written[row.subject] = row.record
    if not written:
        return
    persons = Person.objects.in_bulk(list(written))
    wanted = [record for subject, record in written.items() if subject in persons]
    for opened in scan(Identity, Purpose.INDEX, records=wanted):
        with held.lock:
            _put(persons[opened.subject], opened.content)


READER = Reader(name=NAME, react=_react, lasting=False)


def known_among(persons: Iterable[Person]) -> dict[uuid.UUID, Known]:
    """What may be shown of these persons before opening them; those whom the index does not hold are left out."""
    found = {}
    with held.lock:
        for person in persons:
            register = held.sites.get(person.site_id)
            if register is not None and person.pk.hex in register.index:
                shown = mask(as_indexed(register.index.record(person.pk.hex)))
                found[person.pk] = Known(person.pk, person.number, person.site_id, Source(person.source), shown)
    return found


def records_of(site: int, persons: Iterable[uuid.UUID]) -> dict[uuid.UUID, kinmatch.Record]:
    """What the index holds of these persons of a site, for the house's own comparing; hidden ones are not in it."""
    changes.catch_up(NAME)
    with held.lock:
        register = held.sites.get(site)
        if register is None:
            return {}
        return {one: register.index.record(one.hex) for one in persons if one.hex in register.index}


def search_index(
    site: int, query: kinmatch.Record | kinmatch.Query, limit: int, minimum: float
) -> list[tuple[Known, kinmatch.Candidate]]:
    """The candidates of a site, with what may be shown of each."""
    changes.catch_up(NAME)
    register = held.sites.get(site)
    if register is None:
        return []
    found = register.index.search(query, limit=limit, minimum=minimum)
    ids = [uuid.UUID(hex=one.record_id) for one in found]
    leads = leading(site, ids)
    known = known_among(leads.values())
    rows: dict[uuid.UUID, tuple[Known, kinmatch.Candidate]] = {}
    for person, one in zip(ids, found, strict=True):
        lead = leads.get(person)
        if lead is not None and lead.pk in known:
            rows.setdefault(lead.pk, (known[lead.pk], one))
    return list(rows.values())


def leading(site: int, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Person]:
    """Each of these persons with the file that leads: one who was put together is found by both files' names."""
    rows = Person.objects.filter(pk__in=list(ids), site_id=site).select_related("merged_into__merged_into")
    found = {}
    for row in rows:
        lead = row
        while lead.merged_into is not None:
            lead = lead.merged_into
        found[row.pk] = lead
    return found


def coarse_table(site: int) -> Counter[Coarse]:
    """How many persons registered in a site are of each sex, age band, nationality and week."""
    changes.catch_up(NAME)
    second = Person.objects.filter(site_id=site).exclude(merged_into=None)
    twice = {pk.hex for pk in second.values_list("pk", flat=True)}
    with held.lock:
        register = held.sites.get(site)
        if register is None:
            return Counter()
        kinds = list(register.kinds)
        return Counter(kinds[kind] for key, kind in register.coarse.items() if key not in twice)
