"""Read PFIF 1.1 to 1.4 into records of the shape of 1.4."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

import msgspec

from posada.interop.dates import BadValueError, parse_moment
from posada.interop.items import RowProblem
from posada.interop.limits import DEFAULT_LIMITS, Limits
from posada.interop.pfif.raw import RawReader, RawRecord
from posada.interop.pfif.records import PfifNote, PfifPerson
from posada.interop.pfif.values import parse_boolean, split_other
from posada.interop.pfif.versions import RENAMED, SEXES, STATUSES, Shape
from posada.interop.text import clean_block, clean_line, clean_lines, has_letter

PfifItem = PfifPerson | PfifNote | RowProblem

_MOMENTS = ("entry_date", "expiry_date", "source_date")
_BLOCKS = frozenset({"description", "text", "other"})
_LISTS = frozenset({"full_name", "alternate_names", "profile_urls"})
_OTHER_FIELDS = ("description", "alternate_names", "profile_urls")
_IGNORED_SHOWN = 20


class PfifOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How to read. `now` (aware, UTC) decides what has expired.

    `own_domain`: accept only records whose id begins with this domain; empty accepts all.
    `blank_bad_values`: a bad entry or source date is left out with a warning; otherwise it rejects the
    record. A bad expiry date always does: the record would be kept for ever.
    `deaths_accepted`: take notes that say "believed_dead"; otherwise they are rejected, because such news
    needs a source, a second person and a human voice.
    """

    now: datetime
    own_domain: str = ""
    blank_bad_values: bool = False
    deaths_accepted: bool = False
    limits: Limits = DEFAULT_LIMITS


class PfifReader:
    """One pass over one PFIF file.

    Iterate `items()`; then `version`, `ignored` (names of fields that were not read) and `notes_dropped`
    (notes about expired persons) are complete. Raises Refusal when the file cannot be read at all.
    """

    def __init__(self, stream: BinaryIO, options: PfifOptions) -> None:
        self._raw = RawReader(stream, options.limits)
        self._options = options
        self._person_lines: dict[str, int] = {}
        self._note_lines: dict[str, int] = {}
        self._expired: set[str] = set()
        self.ignored: dict[str, int] = {}
        self.notes_dropped = 0
        self.records_seen = 0

    @property
    def version(self) -> str:
        """The version of the file, known once the first item has come."""
        return self._raw.shape.version

    @property
    def bytes_read(self) -> int:
        """How much of the file has been read."""
        return self._raw.bytes_read

    def items(self) -> Iterator[PfifItem]:
        """Persons, notes and problems, in the order of the file; a person before the notes inside it."""
        for record in self._raw.records():
            self.records_seen += 1
            shape = self._raw.shape
            if record.kind == "person":
                yield from self._person_with_notes(record, shape)
            elif record.kind == "note" and shape.top_level_notes:
                yield from self._note(record, shape, "")
            elif record.kind == "note":
                yield _problem("note_outside_person", record)
            else:
                self._ignore(record.name)

    def _person_with_notes(self, record: RawRecord, shape: Shape) -> Iterator[PfifItem]:
        person, problems = self._person(record, shape)
        yield from problems
        if person is None:
            yield from _left_behind(record)
            return
        first_line = self._person_lines.setdefault(person.person_record_id, record.line)
        if first_line != record.line:
            yield _problem("id_twice", record, "person_record_id", first_line=first_line)
            yield from _left_behind(record)
            return
        if shape.expires and person.has_expired(self._options.now):
            self._expired.add(person.person_record_id)
            self.notes_dropped += sum(1 for _ in record.notes())
            yield person.placeholder()
            return
        if not _says_something(person):
            yield _problem("no_name_or_description", record)
            yield from _left_behind(record)
            return
        yield person
        for note in record.notes():
            yield from self._note(note, shape, person.person_record_id)

    def _person(self, record: RawRecord, shape: Shape) -> tuple[PfifPerson | None, list[RowProblem]]:
        values = self._values(record, shape.person_fields)
        record_id = clean_line(values.get("person_record_id", ""))
        problem = self._id_problem(record_id, record, "person_record_id") or self._length_problem(values, record)
        if problem is not None:
            return None, [problem]
        moments, problems = self._moments(values, record)
        if any(each.severity == "rejected" for each in problems):
            return None, problems
        _open_other(values)
        sex = clean_line(values.get("sex", "")).lower()
        person = PfifPerson(
            person_record_id=record_id,
            line=record.line,
            **moments,
            **_texts(values, PfifPerson),
            full_names=clean_lines(values.get("full_name", "")),
            alternate_names=clean_lines(values.get("alternate_names", "")),
            profile_urls=clean_lines(values.get("profile_urls", "")),
            description=clean_block(values.get("description", "")),
            sex=sex if sex in SEXES else "",
        )
        return person, problems

    def _note(self, record: RawRecord, shape: Shape, parent: str) -> Iterator[PfifItem]:
        note, problems = self._read_note(record, shape, parent)
        yield from problems
        if note is None:
            return
        if note.person_record_id in self._expired:
            self.notes_dropped += 1
            return
        first_line = self._note_lines.setdefault(note.note_record_id, record.line)
        if first_line != record.line:
            yield _problem("id_twice", record, "note_record_id", first_line=first_line)
        elif note.status == "believed_dead" and not self._options.deaths_accepted:
            yield _problem("death_not_accepted", record, "status")
        else:
            yield note

    def _read_note(self, record: RawRecord, shape: Shape, parent: str) -> tuple[PfifNote | None, list[RowProblem]]:
        values = self._values(record, ("person_record_id", *shape.note_fields))
        record_id = clean_line(values.get("note_record_id", ""))
        person_id = clean_line(values.get("person_record_id", "")) or parent
        problem = self._note_problem(record, record_id, person_id, parent) or self._length_problem(values, record)
        if problem is not None:
            return None, [problem]
        moments, problems = self._moments(values, record)
        if any(each.severity == "rejected" for each in problems):
            return None, problems
        contact = values.get("author_made_contact", "").strip()
        status = clean_line(values.get("status", "")).lower()
        moments.pop("expiry_date", None)
        note = PfifNote(
            note_record_id=record_id,
            person_record_id=person_id,
            line=record.line,
            **moments,
            **_texts(values, PfifNote),
            text=clean_block(values.get("text", "")),
            author_made_contact=parse_boolean(contact) if contact else None,
            status=status if status in STATUSES else "",
        )
        return note, problems

    def _note_problem(self, record: RawRecord, record_id: str, person_id: str, parent: str) -> RowProblem | None:
        if not person_id:
            return _problem("note_without_person", record, "person_record_id")
        if parent and person_id != parent:
            return _problem("note_of_another_person", record, "person_record_id")
        return self._id_problem(record_id, record, "note_record_id")

    def _id_problem(self, record_id: str, record: RawRecord, column: str) -> RowProblem | None:
        if not record_id:
            return _problem("id_missing", record, column)
        domain = self._options.own_domain
        if domain and not record_id.startswith(domain + "/"):
            return _problem("foreign_domain", record, column, domain=domain)
        return None

    def _length_problem(self, values: dict[str, str], record: RawRecord) -> RowProblem | None:
        most = self._options.limits.cell_chars
        name = next((name for name, text in values.items() if len(text) > most), "")
        return _problem("text_too_long", record, name, most=most) if name else None

    def _moments(self, values: dict[str, str], record: RawRecord) -> tuple[dict[str, Any], list[RowProblem]]:
        found: dict[str, Any] = {}
        problems: list[RowProblem] = []
        for name in _MOMENTS:
            try:
                found[name] = parse_moment(values.get(name, "").strip())
            except BadValueError as bad:
                problem = _problem(bad.code, record, name)
                spared = self._options.blank_bad_values and name != "expiry_date"
                problems.append(msgspec.structs.replace(problem, severity="warning") if spared else problem)
        return found, problems

    def _values(self, record: RawRecord, known: tuple[str, ...]) -> dict[str, str]:
        """Fields under their names of 1.4; of a field given twice the first counts."""
        values: dict[str, str] = {}
        for field in record.fields():
            if field.name in known:
                values.setdefault(RENAMED.get(field.name, field.name), field.text)
            else:
                self._ignore(field.name)
        return values

    def _ignore(self, name: str) -> None:
        if name in self.ignored or len(self.ignored) < _IGNORED_SHOWN:
            self.ignored[name] = self.ignored.get(name, 0) + 1


def read_pfif(stream: BinaryIO, options: PfifOptions) -> Iterator[PfifItem]:
    """Persons, notes and problems of a PFIF stream. Raises Refusal when it cannot be read at all."""
    return PfifReader(stream, options).items()


def _problem(code: str, record: RawRecord, column: str = "", **params: str | int) -> RowProblem:
    return RowProblem(code=code, line=record.line, column=column, params=params)


def _left_behind(record: RawRecord) -> Iterator[RowProblem]:
    return (_problem("note_of_rejected_person", note) for note in record.notes())


def _open_other(values: dict[str, str]) -> None:
    """Spread the `other` field over the fields of 1.4.

    What has no field there stays as words of the description.
    """
    parts = split_other(values.pop("other", ""))
    for name in _OTHER_FIELDS:
        if name in parts and not values.get(name):
            values[name] = parts.pop(name)
    rest = "\n".join(f"{name}: {value}" for name, value in parts.items())
    if rest:
        values["description"] = "\n".join(part for part in (values.get("description", ""), rest) if part)


def _texts(values: dict[str, str], shape: type[PfifPerson] | type[PfifNote]) -> dict[str, Any]:
    special = {
        "person_record_id",
        "note_record_id",
        "line",
        "sex",
        "status",
        "author_made_contact",
        *_MOMENTS,
    }
    plain = set(shape.__struct_fields__) - special - _BLOCKS - _LISTS
    return {name: clean_line(text) for name, text in values.items() if name in plain}


def _says_something(person: PfifPerson) -> bool:
    words = (
        *person.full_names,
        person.given_name,
        person.family_name,
        *person.alternate_names,
        person.description,
    )
    return any(has_letter(word) for word in words)
