"""From a row and a mapping to a person, a note, or the reasons why not."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

import msgspec

from posada.interop.dates import BadValueError, parse_age, parse_loose_moment
from posada.interop.items import ImportedNote, ImportedPerson, Params, RowProblem
from posada.interop.limits import DEFAULT_LIMITS, Limits
from posada.interop.pfif.values import parse_boolean
from posada.interop.pfif.versions import STATUSES
from posada.interop.sheets.fields import NAME_FIELDS, NOTE_FIELDS, Field
from posada.interop.sheets.mapping import Mapping
from posada.interop.sheets.rows import Row
from posada.interop.sheets.values import Sex, join_birth_parts, parse_birth, parse_sex, part_full_name
from posada.interop.text import clean_block, clean_line, has_letter, says_nothing, split_list

Value = TypeVar("Value")

LINE_CHARS = 1_000  # the longest text of one line; a name of 500 letters passes

_BLOCKS = frozenset({Field.DESCRIPTION, Field.NOTE_TEXT})
_OF_NOTES_SHEETS = (
    NOTE_FIELDS
    | {Field.EXTERNAL_ID, Field.FULL_NAME, Field.SOURCE_DATE, Field.SOURCE_NAME}
    | {
        Field.AUTHOR_NAME,
        Field.AUTHOR_EMAIL,
        Field.AUTHOR_PHONE,
    }
)


class ConvertOptions(msgspec.Struct, frozen=True, kw_only=True):
    """As in ReadRequest; `now` is aware and in UTC."""

    now: datetime
    own_domain: str = ""
    blank_bad_values: bool = False
    deaths_accepted: bool = False
    limits: Limits = DEFAULT_LIMITS

    @property
    def today(self) -> date:
        """The day of `now`."""
        return self.now.date()


class Converted(msgspec.Struct, frozen=True, kw_only=True):
    """What one row gave. A rejected row has no person and at least one problem of severity "rejected"."""

    person: ImportedPerson | None = None
    note: ImportedNote | None = None
    problems: tuple[RowProblem, ...] = ()


def convert_row(row: Row, mapping: Mapping, options: ConvertOptions) -> Converted:
    """Make a person, and a note if the row holds one. Never raises on what the cells hold."""
    reading = _RowReading(row, mapping, options)
    if is_notes_sheet(mapping):
        return reading.result(None, reading.note(needs_person=True))
    person = reading.person()
    return reading.result(person, reading.note(needs_person=False) if person else None)


def is_notes_sheet(mapping: Mapping) -> bool:
    """Whether the rows speak about persons of another file.

    Person Finder's sheets for notes are like that.
    """
    fields = mapping.fields()
    speaks = bool(fields & {Field.NOTE_TEXT, Field.NOTE_STATUS}) and Field.EXTERNAL_ID in fields
    return speaks and Field.NOTE_ID not in fields and fields <= _OF_NOTES_SHEETS


class _RowReading:
    """Reads the cells of one row, collecting problems on the way."""

    def __init__(self, row: Row, mapping: Mapping, options: ConvertOptions) -> None:
        self.row = row
        self.mapping = mapping
        self.options = options
        self.problems: list[RowProblem] = []
        self.cells = self._cells()

    def result(self, person: ImportedPerson | None, note: ImportedNote | None) -> Converted:
        rejected = any(
            problem.severity == "rejected" and problem.code != "death_not_accepted" for problem in self.problems
        )
        if rejected:
            return Converted(problems=tuple(self.problems))
        return Converted(person=person, note=note, problems=tuple(self.problems))

    def person(self) -> ImportedPerson | None:
        given, surnames, full = self._names()
        others = split_list(self._text(Field.OTHER_NAMES))
        call_name, description = self._text(Field.CALL_NAME), self._text(Field.DESCRIPTION)
        expiry = self._moment(Field.EXPIRY_DATE)
        external_id = self._external_id()
        if expiry and expiry <= self.options.now.strftime("%Y-%m-%dT%H:%M:%SZ")[: len(expiry)]:
            return self._placeholder(external_id, expiry)
        if not any(has_letter(word) for word in (full, given, surnames, call_name, description, *others)):
            self._add("no_name_or_description", None)
            return None
        age = self._parsed(Field.AGE, parse_age)
        source_date = self._moment(Field.SOURCE_DATE)
        person = ImportedPerson(
            line=self.row.line,
            external_id=external_id,
            full_name=full,
            given_names=given,
            surnames=surnames,
            other_names=others,
            call_name=call_name,
            sex=self._sex(),
            birth=self._birth(),
            age_low=None if age is None else age.low,
            age_high=None if age is None else age.high,
            age_on="" if age is None else self._age_on(source_date),
            origin=self._origin(),
            mother=self._text(Field.MOTHER),
            father=self._text(Field.FATHER),
            nationalities=split_list(self._text(Field.NATIONALITY)),
            languages=split_list(self._text(Field.LANGUAGES)),
            document=self._text(Field.DOCUMENT),
            phone=self._text(Field.PHONE),
            description=description,
            source_date=source_date,
            expiry_date=expiry,
        )
        return self._with_source(person)

    def _names(self) -> tuple[str, str, str]:
        """Given names, surnames, and the full name; a full name alone is parted."""
        given, surnames = (
            self._joined(Field.GIVEN_NAMES, Field.SECOND_GIVEN_NAME),
            self._joined(Field.SURNAMES, Field.SECOND_SURNAME),
        )
        full = self._text(Field.FULL_NAME)
        if full and not given and not surnames:
            given, surnames = part_full_name(full)
            full = f"{given} {surnames}" if given else full
        return given, surnames, full

    def _with_source(self, person: ImportedPerson) -> ImportedPerson:
        """Who gave the record, and where it stood before."""
        return msgspec.structs.replace(
            person,
            author_name=self._text(Field.AUTHOR_NAME),
            author_email=self._text(Field.AUTHOR_EMAIL),
            author_phone=self._text(Field.AUTHOR_PHONE),
            source_name=self._text(Field.SOURCE_NAME),
        )

    def note(self, *, needs_person: bool) -> ImportedNote | None:
        status = self._text(Field.NOTE_STATUS).lower()
        if status not in STATUSES:
            status = ""
        if not (status or self._text(Field.NOTE_ID) or self._text(Field.NOTE_TEXT)):
            if needs_person:
                self._add("note_empty", None)
            return None
        if status == "believed_dead" and not self.options.deaths_accepted:
            self._add("death_not_accepted", Field.NOTE_STATUS)
            return None
        person_id = self._external_id()
        if needs_person and not person_id:
            self._add("note_without_person", Field.EXTERNAL_ID)
            return None
        contact = self._text(Field.NOTE_MADE_CONTACT)
        return ImportedNote(
            line=self.row.line,
            external_id=self._with_domain(self._text(Field.NOTE_ID)),
            person_external_id=person_id,
            linked_person_external_id=self._text(Field.NOTE_LINKED_ID),
            source_date=self._moment(Field.SOURCE_DATE),
            author_name=self._text(Field.AUTHOR_NAME),
            author_email=self._text(Field.AUTHOR_EMAIL),
            author_phone=self._text(Field.AUTHOR_PHONE),
            author_made_contact=parse_boolean(contact) if contact else None,
            status=status,
            email_of_found_person=self._text(Field.NOTE_EMAIL_FOUND),
            phone_of_found_person=self._text(Field.NOTE_PHONE_FOUND),
            last_known_location=self._text(Field.NOTE_LAST_PLACE),
            text=self._text(Field.NOTE_TEXT),
        )

    def _placeholder(self, external_id: str, expiry: str) -> ImportedPerson | None:
        if not external_id:
            self._add("expired_without_id", Field.EXPIRY_DATE)
            return None
        source_date = self._moment(Field.SOURCE_DATE)
        line = self.row.line
        return ImportedPerson(
            line=line, external_id=external_id, source_date=source_date, expiry_date=expiry, placeholder=True
        )

    def _cells(self) -> dict[Field, str]:
        found: dict[Field, str] = {}
        for use in self.mapping.columns:
            if use.field is None or use.column >= len(self.row.cells):
                continue
            text = self._cleaned(use.field, self.row.cells[use.column])
            if text:
                joint = "\n" if use.field in _BLOCKS else ", "
                found[use.field] = joint.join(part for part in (found.get(use.field, ""), text) if part)
        return found

    def _cleaned(self, field: Field, cell: str) -> str:
        most = self.options.limits.cell_chars if field in _BLOCKS else LINE_CHARS
        if len(cell) > most:
            self._add("text_too_long", field, {"most": most})
            return ""
        text = clean_block(cell) if field in _BLOCKS or field is Field.OTHER_NAMES else clean_line(cell)
        if field in NAME_FIELDS:  # "Na" and "Nd" are names
            return "" if not has_letter(text) or (len(text) > 2 and says_nothing(text)) else text
        return "" if says_nothing(text) else text

    def _text(self, field: Field) -> str:
        return self.cells.get(field, "")

    def _joined(self, *fields: Field) -> str:
        return " ".join(text for field in fields if (text := self._text(field)))

    def _external_id(self) -> str:
        external_id = self._with_domain(self._text(Field.EXTERNAL_ID))
        domain = self.options.own_domain
        if external_id and domain and not external_id.startswith(domain + "/"):
            self._add("foreign_domain", Field.EXTERNAL_ID, {"domain": domain})
        return external_id

    def _with_domain(self, record_id: str) -> str:
        domain = self.options.own_domain
        return f"{domain}/{record_id}" if record_id and domain and "/" not in record_id else record_id

    def _origin(self) -> str:
        places = (Field.ORIGIN, Field.ORIGIN_MUNICIPALITY, Field.ORIGIN_STATE, Field.ORIGIN_COUNTRY)
        texts = [self._text(place) for place in places]
        return ", ".join(dict.fromkeys(text for text in texts if text))

    def _sex(self) -> Sex:
        text = self._text(Field.SEX)
        if not text:
            return ""
        try:
            return parse_sex(text, m_is_female=self.mapping.m_is_female)
        except BadValueError as bad:
            self._add(bad.code, Field.SEX, warning=True)
            return ""

    def _birth(self) -> str:
        field = Field.BIRTH if self._text(Field.BIRTH) else Field.BIRTH_YEAR
        parts = (Field.BIRTH_DAY, Field.BIRTH_MONTH, Field.BIRTH_YEAR)
        text = self._text(Field.BIRTH) or join_birth_parts(*(self._text(part) for part in parts))
        if not text:
            return ""
        try:
            birth = parse_birth(text, day_first=self.mapping.day_first, today=self.options.today)
        except BadValueError as bad:
            self._add(bad.code, field, bad.params)
            return ""
        if birth.century_guessed:
            self._add("century_guessed", field, {"year": birth.text[:4]}, warning=True)
        return birth.text

    def _moment(self, field: Field) -> str:
        found = self._parsed(
            field,
            lambda text: parse_loose_moment(
                text,
                day_first=self.mapping.day_first,
                utc_offset_hours=self.mapping.utc_offset_hours,
                today=self.options.today,
            ),
        )
        return found or ""

    def _age_on(self, source_date: str) -> str:
        return self._moment(Field.AGE_ON)[:10] or source_date[:10] or self.options.today.isoformat()

    def _parsed(self, field: Field, parse: Callable[[str], Value]) -> Value | None:
        text = self._text(field)
        if not text:
            return None
        try:
            return parse(text)
        except BadValueError as bad:
            self._add(bad.code, field, bad.params)
            return None

    def _add(self, code: str, field: Field | None, params: Params | None = None, *, warning: bool = False) -> None:
        """Note a problem. Values that are only unreadable may be left out, if the caller said so."""
        about_value = code not in {
            "no_name_or_description",
            "foreign_domain",
            "death_not_accepted",
            "note_empty",
        }
        spared = self.options.blank_bad_values and about_value and field is not Field.EXPIRY_DATE
        column = "" if field is None else self.mapping.header_of(field)
        problem = RowProblem(
            code=code,
            line=self.row.line,
            column=column,
            params=params or {},
            severity="warning" if warning or spared else "rejected",
        )
        if problem not in self.problems:
            self.problems.append(problem)
