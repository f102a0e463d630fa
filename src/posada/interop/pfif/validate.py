"""Check a PFIF file against its specification: a table of checks, each giving a list of faults.

It judges more strictly than the reader, which takes what it can. Formats are those of the specification
(http://zesty.ca/pfif); dates are checked in form only, as registers write impossible ones on purpose.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import BinaryIO, Final

import msgspec

from posada.interop.dates import BadValueError, parse_moment
from posada.interop.limits import DEFAULT_LIMITS, Limits
from posada.interop.pfif.raw import RawReader, RawRecord
from posada.interop.pfif.versions import PLACEHOLDER_FIELDS, SEXES, STATUSES, Shape

_GRACE = timedelta(days=1)  # the specification gives a register one day to wipe an expired record


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One deviation: what, where."""

    code: str
    line: int = 0
    field: str = ""


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A whole file, small enough to hold."""

    shape: Shape
    children: Sequence[RawRecord]

    def persons(self) -> Iterator[RawRecord]:
        """The persons of the file."""
        return (child for child in self.children if child.kind == "person")

    def top_notes(self) -> Iterator[RawRecord]:
        """Notes at the top; none in a version that has no such thing."""
        return (child for child in self.children if child.kind == "note" and self.shape.top_level_notes)

    def notes(self) -> Iterator[RawRecord]:
        """All notes, in file order."""
        for child in self.children:
            if child.kind == "person":
                yield from child.notes()
            elif child.kind == "note" and self.shape.top_level_notes:
                yield child


def read_document(stream: BinaryIO, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Take a file apart for checking. Raises Refusal when it is not readable PFIF."""
    reader = RawReader(stream, limits)
    children = tuple(reader.records())
    return Document(shape=reader.shape, children=children)


def root_has_child(document: Document, _now: datetime | None) -> list[Fault]:
    """A file without any record says nothing."""
    return [] if document.children else [Fault(code="root_empty")]


def root_has_mandatory_children(document: Document, _now: datetime | None) -> list[Fault]:
    """At least one person; from 1.2 on a note will do."""
    for _record in (*document.persons(), *document.top_notes()):
        return []
    return [Fault(code="root_without_records")]


def person_has_mandatory_children(document: Document, _now: datetime | None) -> list[Fault]:
    """Mandatory fields must be there, even if empty."""
    wanted = document.shape.person_mandatory
    return [fault for person in document.persons() for fault in _missing(person, wanted)]


def note_has_mandatory_children(document: Document, _now: datetime | None) -> list[Fault]:
    """As for persons; a note at the top must also say whom it is about."""
    wanted = document.shape.note_mandatory
    nested = [fault for person in document.persons() for note in person.notes() for fault in _missing(note, wanted)]
    top = [fault for note in document.top_notes() for fault in _missing(note, (*wanted, "person_record_id"))]
    return nested + top


def _missing(record: RawRecord, wanted: Iterable[str]) -> list[Fault]:
    present = {field.name for field in record.fields()}
    return [Fault(code="field_missing", line=record.line, field=name) for name in wanted if name not in present]


def fields_have_correct_format(document: Document, _now: datetime | None) -> list[Fault]:
    """Every value that is not empty must have its field's form."""
    version = document.shape.version
    records = (*document.persons(), *document.notes())
    return [
        Fault(code="field_format", line=record.line, field=field.name)
        for record in records
        for field in record.fields()
        if field.text.strip() and not _format_of(field.name, version)(field.text.strip())
    ]


_Format = Callable[[str], object]


def _pattern(expression: str) -> _Format:
    return re.compile(expression).fullmatch


_MOMENT = _pattern(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
_EMAIL = _pattern(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_PHONE = _pattern(r"[+(]?\d[\d().+/ #*-]*")
_RECORD_ID = _pattern(r"[\w-]+(\.[\w-]+)+/\S.*")
_URL = _pattern(r"(?i:https?)://([^\s/@]+@)?[\w.-]+(:\d+)?([/?#]\S*)?")
_CAPITALS = _pattern(r"[^a-z]*")
_ANYTHING = _pattern(r"(?s:.*)")

_FORMATS: Final[dict[str, _Format]] = {
    "person_record_id": _RECORD_ID,
    "note_record_id": _RECORD_ID,
    "linked_person_record_id": _RECORD_ID,
    "entry_date": _MOMENT,
    "expiry_date": _MOMENT,
    "source_date": _MOMENT,
    "author_email": _EMAIL,
    "email_of_found_person": _EMAIL,
    "author_phone": _PHONE,
    "phone_of_found_person": _PHONE,
    "source_url": _URL,
    "photo_url": _URL,
    "sex": frozenset(SEXES).__contains__,
    "status": frozenset(STATUSES).__contains__,
    "date_of_birth": _pattern(r"\d{4}(-\d{2}(-\d{2})?)?"),
    "age": _pattern(r"\d+(-\d+)?"),
    "home_country": _pattern(r"[A-Z]{2}"),
    "home_state": _pattern(r"[A-Z0-9]{1,3}"),
    "home_zip": _pattern(r"\d{5}(-\d{4})?"),
    "home_postal_code": _pattern(r"(?=.*\d)[\dA-Za-z][\dA-Za-z -]*"),
    "found": frozenset({"true", "false"}).__contains__,
    "author_made_contact": frozenset({"true", "false"}).__contains__,
}
# Version 1.1 knew capitals and states of two letters only.
_FORMATS_11: Final = {"home_state": _pattern(r"[A-Z]{2}")} | dict.fromkeys(
    ("first_name", "last_name", "home_city", "home_neighborhood", "home_street"), _CAPITALS
)


def _format_of(name: str, version: str) -> _Format:
    if version == "1.1" and name in _FORMATS_11:
        return _FORMATS_11[name]
    return _FORMATS.get(name, _ANYTHING)


def person_ids_are_unique(document: Document, _now: datetime | None) -> list[Fault]:
    """One record per person_record_id."""
    return _twice(document.persons(), "person_record_id")


def note_ids_are_unique(document: Document, _now: datetime | None) -> list[Fault]:
    """One record per note_record_id."""
    return _twice(document.notes(), "note_record_id")


def _twice(records: Iterable[RawRecord], field: str) -> list[Fault]:
    seen: set[str] = set()
    faults = []
    for record in records:
        value = record.first(field)
        if value and value in seen:
            faults.append(Fault(code="id_twice", line=record.line, field=field))
        seen.add(value)
    return faults


def notes_belong_to_persons(document: Document, _now: datetime | None) -> list[Fault]:
    """A note at the top names its person; one inside a person names that person or nobody."""
    faults = [
        Fault(code="note_without_person", line=note.line, field="person_record_id")
        for note in document.top_notes()
        if not note.first("person_record_id")
    ]
    for person in document.persons():
        own = {"", person.first("person_record_id")}
        faults += [
            Fault(code="note_of_another_person", line=note.line, field="person_record_id")
            for note in person.notes()
            if note.first("person_record_id") not in own
        ]
    return faults


def person_field_order(document: Document, _now: datetime | None) -> list[Fault]:
    """1.1 fixes all places; 1.2 wants the id first and notes last; later versions leave it free."""
    if document.shape.strict_order:
        ranks = {name: rank for rank, name in enumerate((*document.shape.person_fields, "note"))}
        return _disordered(document.persons(), lambda name: ranks.get(name))
    if document.shape.ids_first:
        ranks = {"person_record_id": 0, "note": 2}
        return _disordered(document.persons(), lambda name: ranks.get(name, 1))
    return []


def note_field_order(document: Document, _now: datetime | None) -> list[Fault]:
    """1.1 fixes all places; 1.2 wants the two ids first, the note's own before the person's."""
    if document.shape.strict_order:
        ranks = {name: rank for rank, name in enumerate(document.shape.note_fields)}
        return _disordered(document.notes(), lambda name: ranks.get(name))
    if document.shape.ids_first:
        ranks = {"note_record_id": 0, "person_record_id": 1}
        return _disordered(document.notes(), lambda name: ranks.get(name, 2))
    return []


def _disordered(records: Iterable[RawRecord], rank: Callable[[str], int | None]) -> list[Fault]:
    faults = []
    for record in records:
        ranks = [place for child in record.children if (place := rank(child.name)) is not None]
        if ranks != sorted(ranks):
            faults.append(Fault(code="field_order", line=record.line))
    return faults


def expired_records_removed(document: Document, now: datetime | None) -> list[Fault]:
    """A day after expiry only ids and dates may be left, and both dates say when the record was wiped."""
    if not document.shape.expires or now is None:
        return []
    expired: set[str] = set()
    faults: list[Fault] = []
    for person in document.persons():
        expiry = _moment(person, "expiry_date")
        if expiry is None or now <= expiry + _GRACE:
            continue
        expired.add(person.first("person_record_id"))
        faults += _leftovers(person, PLACEHOLDER_FIELDS)
        for note in person.notes():
            faults += _leftovers(note, frozenset({"person_record_id"}))
        faults += _wrong_dates(person, expiry)
    for note in document.top_notes():
        if note.first("person_record_id") in expired:
            faults += _leftovers(note, frozenset({"person_record_id"}))
    return faults


def _leftovers(record: RawRecord, allowed: frozenset[str]) -> list[Fault]:
    return [
        Fault(code="expired_data_left", line=record.line, field=field.name)
        for field in record.fields()
        if field.name not in allowed and field.text.strip()
    ]


def _wrong_dates(person: RawRecord, expiry: datetime) -> list[Fault]:
    source, entry = _moment(person, "source_date"), _moment(person, "entry_date")
    if source is not None and source == entry and source <= expiry + _GRACE:
        return []
    return [Fault(code="expired_dates_differ", line=person.line, field="source_date")]


def _moment(record: RawRecord, field: str) -> datetime | None:
    try:
        return parse_moment(record.first(field))
    except BadValueError:
        return None


def linked_records_matched(document: Document, _now: datetime | None) -> list[Fault]:
    """Two persons said to be the same must each point at the other."""
    links: dict[tuple[str, str], RawRecord] = {}
    for person in document.persons():
        for note in person.notes():
            _add_link(links, note, person.first("person_record_id"))
    for note in document.top_notes():
        _add_link(links, note, "")
    return [
        Fault(code="link_one_sided", line=note.line, field="linked_person_record_id")
        for (one, other), note in links.items()
        if (other, one) not in links
    ]


def _add_link(links: dict[tuple[str, str], RawRecord], note: RawRecord, parent: str) -> None:
    linked = note.first("linked_person_record_id")
    if linked:
        links[note.first("person_record_id") or parent, linked] = note


def extraneous_fields(document: Document, _now: datetime | None) -> list[Fault]:
    """Fields the version does not know, fields given twice, and records where they may not stand."""
    shape = document.shape
    allowed_at_top = {"person", "note"} if shape.top_level_notes else {"person"}
    faults = [
        Fault(code="field_unknown", line=child.line, field=child.name)
        for child in document.children
        if child.kind not in allowed_at_top
    ]
    for person in document.persons():
        faults += _extraneous(person, shape.person_fields)
    for note in document.notes():
        faults += _extraneous(note, (*shape.note_fields, "person_record_id"))
    return faults


def _extraneous(record: RawRecord, known: Iterable[str]) -> list[Fault]:
    allowed, seen, faults = set(known), set[str](), []
    for field in record.fields():
        if field.name not in allowed:
            faults.append(Fault(code="field_unknown", line=record.line, field=field.name))
        elif field.name in seen:
            faults.append(Fault(code="field_twice", line=record.line, field=field.name))
        seen.add(field.name)
    return faults


Check = Callable[[Document, datetime | None], list[Fault]]

CHECKS: Final[dict[str, Check]] = {
    check.__name__: check
    for check in (
        root_has_child,
        root_has_mandatory_children,
        person_has_mandatory_children,
        note_has_mandatory_children,
        fields_have_correct_format,
        person_ids_are_unique,
        note_ids_are_unique,
        notes_belong_to_persons,
        person_field_order,
        note_field_order,
        expired_records_removed,
        linked_records_matched,
        extraneous_fields,
    )
}


def validate(stream: BinaryIO, *, now: datetime | None = None, limits: Limits = DEFAULT_LIMITS) -> list[Fault]:
    """All faults of a file.

    Without `now` expiry is not judged. Raises Refusal when it is not readable PFIF.
    """
    document = read_document(stream, limits)
    return [fault for check in CHECKS.values() for fault in check(document, now)]
