import pytest

from posada.interop.sheets.fields import HEADERS, Field
from posada.interop.sheets.mapping import (
    column_letters,
    guess_field,
    guess_mapping,
    headers_fingerprint,
)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Nombres", Field.GIVEN_NAMES),
        ("PRIMER NOMBRE", Field.GIVEN_NAMES),
        ("Segundo nombre", Field.SECOND_GIVEN_NAME),
        ("Primer Apellido", Field.SURNAMES),
        ("2do apellido / segundo apellido", Field.SECOND_SURNAME),
        ("Apellidos y nombres", Field.FULL_NAME),
        ("Cédula", Field.DOCUMENT),
        ("Nº de cédula", Field.DOCUMENT),
        ("Sexo*", Field.SEX),
        ("Fecha de nacimiento (dd/mm/aaaa)", Field.BIRTH),
        ("fecha_nacimiento", Field.BIRTH),
        ("Fecha de nacimineto", Field.BIRTH),
        ("Edad", Field.AGE),
        ("Edad (años)", Field.AGE),
        ("Lugar de origen", Field.ORIGIN),
        ("Municipio", Field.ORIGIN_MUNICIPALITY),
        ("Nombre de la madre", Field.MOTHER),
        ("Padre", Field.FATHER),
        ("Teléfono", Field.PHONE),
        ("given_name", Field.GIVEN_NAMES),
        ("surname", Field.SURNAMES),
        ("date_of_birth", Field.BIRTH),
        ("rec_id", Field.EXTERNAL_ID),
        ("person_record_id", Field.EXTERNAL_ID),
        ("grupo_datos/primer_nombre", Field.GIVEN_NAMES),
        ("identidad/fecha_nacimiento", Field.BIRTH),
        ("_uuid", Field.EXTERNAL_ID),
        ("¿Cuál es su nombre?", Field.FULL_NAME),
        ("¿Cuál es su fecha de nacimiento?", Field.BIRTH),
        ("author_made_contact", Field.NOTE_MADE_CONTACT),
    ],
)
def test_it_knows_the_headers_of_registers(header: str, field: Field) -> None:
    assert guess_field(header)[0] is field


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Talla de zapato",
        "Teléfono de emergencia",
        "Nombre del cónyuge",
        "Edad del hijo",
        "username",
        "123",
    ],
)
def test_it_leaves_alone_what_it_does_not_know_or_what_speaks_of_others(header: str) -> None:
    assert guess_field(header) == (None, 0.0)


def test_it_is_surer_of_a_known_header_than_of_a_misspelt_or_long_one() -> None:
    known, misspelt, long = (
        guess_field(header)[1]
        for header in (
            "apellidos",
            "fecha de nacimineto",
            "escriba aquí los apellidos de la persona que llega",
        )
    )
    assert known > misspelt > long > 0


def test_every_meaning_has_headers() -> None:
    assert set(HEADERS.values()) == set(Field)


def test_the_header_is_found_below_titles_and_none_is_invented() -> None:
    mapping = guess_mapping([["Casa de paso"], ["", ""], ["Nombres", "Apellidos"], ["Ana", "Prueba"]])
    assert mapping.header_row == 3
    assert guess_mapping([["Ana", "Prueba"], ["Eva", "Prueba"]]).header_row == 0


def test_of_two_columns_with_one_meaning_the_surer_is_taken() -> None:
    mapping = guess_mapping([["los nombres que dice tener", "Nombres", "Edad"]])
    assert [use.field for use in mapping.columns] == [None, Field.GIVEN_NAMES, Field.AGE]


def test_months_come_first_only_where_a_date_proves_it() -> None:
    header = ["nombre", "fecha de nacimiento"]
    assert guess_mapping([header, ["Ana", "3/4/1987"]]).day_first
    assert not guess_mapping([header, ["Ana", "3/24/1987"]]).day_first
    assert guess_mapping([header, ["Ana", "3/24/1987"], ["Eva", "24/3/1987"]]).day_first


def test_m_stands_for_mujer_where_h_stands_for_hombre() -> None:
    assert guess_mapping([["nombre", "sexo"], ["Ana", "M"], ["Luis", "H"]]).m_is_female
    assert not guess_mapping([["nombre", "sexo"], ["Ana", "F"], ["Luis", "M"]]).m_is_female


def test_a_mapping_is_changed_and_found_again() -> None:
    mapping = guess_mapping([["Nombres", "Ñ"], ["Ana", "x"]])
    changed = mapping.with_column(1, Field.DESCRIPTION)
    assert changed.header_of(Field.DESCRIPTION) == "Ñ"
    assert changed.fingerprint == headers_fingerprint(["NOMBRES ", "ñ"])
    assert changed.fingerprint != headers_fingerprint(["Ñ", "Nombres"])


def test_columns_are_named_as_in_spreadsheets() -> None:
    assert [column_letters(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
