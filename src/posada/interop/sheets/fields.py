"""What a column may mean, and the headers under which it is met. Data, extended by adding a line."""

import tomllib
from enum import StrEnum
from importlib import resources
from typing import Final

from posada.interop.text import fold


class Field(StrEnum):
    """The meaning of a column. The value is what saved mappings hold."""

    EXTERNAL_ID = "external_id"
    FULL_NAME = "full_name"
    GIVEN_NAMES = "given_names"
    SECOND_GIVEN_NAME = "second_given_name"
    SURNAMES = "surnames"
    SECOND_SURNAME = "second_surname"
    OTHER_NAMES = "other_names"
    CALL_NAME = "call_name"
    SEX = "sex"
    BIRTH = "birth"
    BIRTH_DAY = "birth_day"
    BIRTH_MONTH = "birth_month"
    BIRTH_YEAR = "birth_year"
    AGE = "age"
    AGE_ON = "age_on"
    ORIGIN = "origin"
    ORIGIN_MUNICIPALITY = "origin_municipality"
    ORIGIN_STATE = "origin_state"
    ORIGIN_COUNTRY = "origin_country"
    MOTHER = "mother"
    FATHER = "father"
    NATIONALITY = "nationality"
    LANGUAGES = "languages"
    DOCUMENT = "document"
    PHONE = "phone"
    DESCRIPTION = "description"
    AUTHOR_NAME = "author_name"
    AUTHOR_EMAIL = "author_email"
    AUTHOR_PHONE = "author_phone"
    SOURCE_NAME = "source_name"
    SOURCE_DATE = "source_date"
    EXPIRY_DATE = "expiry_date"
    NOTE_ID = "note_id"
    NOTE_TEXT = "note_text"
    NOTE_STATUS = "note_status"
    NOTE_MADE_CONTACT = "note_made_contact"
    NOTE_LAST_PLACE = "note_last_place"
    NOTE_EMAIL_FOUND = "note_email_found"
    NOTE_PHONE_FOUND = "note_phone_found"
    NOTE_LINKED_ID = "note_linked_id"


NOTE_FIELDS: Final = frozenset(field for field in Field if field.value.startswith("note_"))
NAME_FIELDS: Final = frozenset(
    {Field.FULL_NAME, Field.GIVEN_NAMES, Field.SECOND_GIVEN_NAME, Field.SURNAMES, Field.SECOND_SURNAME}
    | {Field.OTHER_NAMES, Field.CALL_NAME}
)


def _read_headers() -> dict[str, Field]:
    text = resources.files(__package__).joinpath("headers.toml").read_text(encoding="utf-8")
    return {fold(header): Field(name) for name, headers in tomllib.loads(text).items() for header in headers}


HEADERS: Final[dict[str, Field]] = _read_headers()

# Words that give a longer header away, in the order in which they are tried; all words of one must be there.
CLUES: Final[tuple[tuple[str, Field], ...]] = (
    ("fecha nacimiento", Field.BIRTH),
    ("date birth", Field.BIRTH),
    ("lugar nacimiento", Field.ORIGIN),
    ("place birth", Field.ORIGIN),
    ("ano nacimiento", Field.BIRTH_YEAR),
    ("nacionalidad", Field.NATIONALITY),
    ("nationality", Field.NATIONALITY),
    ("documento", Field.DOCUMENT),
    ("cedula", Field.DOCUMENT),
    ("pasaporte", Field.DOCUMENT),
    ("telefono", Field.PHONE),
    ("celular", Field.PHONE),
    ("phone", Field.PHONE),
    ("madre", Field.MOTHER),
    ("mother", Field.MOTHER),
    ("padre", Field.FATHER),
    ("father", Field.FATHER),
    ("segundo nombre", Field.SECOND_GIVEN_NAME),
    ("segundo apellido", Field.SECOND_SURNAME),
    ("nombre apellido", Field.FULL_NAME),
    ("nombres apellidos", Field.FULL_NAME),
    ("nombre completo", Field.FULL_NAME),
    ("full name", Field.FULL_NAME),
    ("apellidos", Field.SURNAMES),
    ("apellido", Field.SURNAMES),
    ("surname", Field.SURNAMES),
    ("nombres", Field.GIVEN_NAMES),
    ("primer nombre", Field.GIVEN_NAMES),
    ("first name", Field.GIVEN_NAMES),
    ("edad", Field.AGE),
    ("age", Field.AGE),
    ("sexo", Field.SEX),
    ("genero", Field.SEX),
    ("gender", Field.SEX),
    ("municipio", Field.ORIGIN_MUNICIPALITY),
    ("origen", Field.ORIGIN),
    ("procedencia", Field.ORIGIN),
    ("pais", Field.ORIGIN_COUNTRY),
)
# Columns that speak of somebody else than the person of the row.
OTHERS: Final = frozenset(
    [
        "contacto",
        "emergencia",
        "conyuge",
        "esposo",
        "esposa",
        "hijo",
        "hija",
        "hijos",
        "encuestador",
        "entrevistador",
        "emergency",
        "spouse",
        "child",
        "children",
        "interviewer",
        "user",
        "username",
        "usuario",
        "tutor",
        "representante",
        "acompanante",
        "tipo",
        "type",
    ]
)
