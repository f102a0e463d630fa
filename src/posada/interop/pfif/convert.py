"""From PFIF records to the shape that imports share with sheets."""

from datetime import date

import msgspec

from posada.interop.dates import BadValueError, check_birth, parse_age, parse_date, write_moment
from posada.interop.items import ImportedNote, ImportedPerson, RowProblem
from posada.interop.pfif.records import PfifNote, PfifPerson

_SAME_IN_NOTES = (
    "line",
    "author_name",
    "author_email",
    "author_phone",
    "author_made_contact",
    "status",
    "email_of_found_person",
    "phone_of_found_person",
    "last_known_location",
    "photo_url",
    "text",
)


def import_person(
    person: PfifPerson, *, today: date, blank_bad_values: bool = False
) -> tuple[ImportedPerson | None, list[RowProblem]]:
    """The person for import, with warnings; or None with the reasons for rejecting it.

    Streets, postal codes and links to pictures are not taken over: what is held can be taken.
    """
    if person.is_placeholder:
        return _placeholder(person), []
    birth, (age_low, age_high), problems = _birth_and_age(person, today)
    if problems and not blank_bad_values:
        return None, problems
    warnings = [msgspec.structs.replace(problem, severity="warning") for problem in problems]
    source_date = "" if person.source_date is None else write_moment(person.source_date)
    places = (person.home_neighborhood, person.home_city, person.home_state, person.home_country)
    imported = ImportedPerson(
        line=person.line,
        external_id=person.person_record_id,
        full_name=person.full_name,
        given_names=person.given_name,
        surnames=person.family_name,
        other_names=person.full_names[1:] + person.alternate_names,
        sex=person.sex,  # type: ignore[arg-type]  # the reader lets through only the three words
        birth=birth,
        age_low=age_low,
        age_high=age_high,
        age_on="" if age_low is None else source_date[:10] or today.isoformat(),
        origin=", ".join(place for place in places if place),
        description=person.description,
        author_name=person.author_name,
        author_email=person.author_email,
        author_phone=person.author_phone,
        source_name=person.source_name,
        source_date=source_date,
        expiry_date="" if person.expiry_date is None else write_moment(person.expiry_date),
    )
    return imported, warnings


def _birth_and_age(person: PfifPerson, today: date) -> tuple[str, tuple[int | None, int | None], list[RowProblem]]:
    """What can be understood of both, and what cannot."""
    problems: list[RowProblem] = []
    birth, age_low, age_high = "", None, None
    try:
        birth = _birth(person.date_of_birth, today)
    except BadValueError as bad:
        problems.append(_problem(bad, person, "date_of_birth"))
    try:
        age_low, age_high = parse_age(person.age) if person.age else (None, None)
    except BadValueError as bad:
        problems.append(_problem(bad, person, "age"))
    return birth, (age_low, age_high), problems


def import_note(note: PfifNote) -> ImportedNote:
    """The note for import."""
    return ImportedNote(
        external_id=note.note_record_id,
        person_external_id=note.person_record_id,
        linked_person_external_id=note.linked_person_record_id,
        source_date="" if note.source_date is None else write_moment(note.source_date),
        **{name: getattr(note, name) for name in _SAME_IN_NOTES},
    )


def _placeholder(person: PfifPerson) -> ImportedPerson:
    return ImportedPerson(
        line=person.line,
        external_id=person.person_record_id,
        source_date="" if person.source_date is None else write_moment(person.source_date),
        expiry_date="" if person.expiry_date is None else write_moment(person.expiry_date),
        placeholder=True,
    )


def _birth(text: str, today: date) -> str:
    if not text:
        return ""
    birth = parse_date(text, day_first=True, today=today).text
    check_birth(birth, today=today)
    return birth


def _problem(bad: BadValueError, person: PfifPerson, column: str) -> RowProblem:
    return RowProblem(code=bad.code, line=person.line, column=column, params=bad.params)
