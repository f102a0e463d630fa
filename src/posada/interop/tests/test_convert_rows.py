from typing import Any

import pytest

from posada.interop.dates import BadValueError, parse_age, parse_date
from posada.interop.items import ImportedPerson
from posada.interop.sheets.convert import Converted, ConvertOptions, convert_row
from posada.interop.sheets.mapping import guess_mapping
from posada.interop.sheets.rows import Row
from posada.interop.tests.samples import NOW

_TODAY = NOW.date()


def _converted(cells: dict[str, str], **options: Any) -> Converted:
    mapping = guess_mapping([list(cells), list(cells.values())])
    return convert_row(Row(2, list(cells.values())), mapping, ConvertOptions(now=NOW, **options))


def _person(cells: dict[str, str], **options: Any) -> ImportedPerson:
    person = _converted(cells, **options).person
    assert person is not None
    return person


def _codes(cells: dict[str, str], **options: Any) -> list[tuple[str, str, str]]:
    return [(each.code, each.column, each.severity) for each in _converted(cells, **options).problems]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("14/3/1987", "1987-03-14"),
        ("14-03-1987", "1987-03-14"),
        ("14.3.1987", "1987-03-14"),
        ("14 / 3 / 1987", "1987-03-14"),
        ("1987-03-14", "1987-03-14"),
        ("1987/3/14", "1987-03-14"),
        ("1987-03-14T00:00:00", "1987-03-14"),
        ("1987-03-14 00:00:00", "1987-03-14"),
        ("19870314", "1987-03-14"),
        ("31850", "1987-03-14"),
        ("31850.0", "1987-03-14"),
        ("14 de marzo de 1987", "1987-03-14"),
        ("14 DE MARZO DEL 1987", "1987-03-14"),
        ("14-mar-1987", "1987-03-14"),
        ("March 14th, 1987", "1987-03-14"),
        ("3/24/1987", "1987-03-24"),
        ("03/1987", "1987-03"),
        ("1987-03", "1987-03"),
        ("marzo 1987", "1987-03"),
        ("1987", "1987"),
        ("1987.0", "1987"),
        ("14/3/87", "1987-03-14"),
        ("14/3/18", "2018-03-14"),
        ("29/2/2000", "2000-02-29"),
    ],
)
def test_dates_are_read_in_many_forms_with_their_precision(text: str, read: str) -> None:
    assert parse_date(text, day_first=True, today=_TODAY).text == read


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("30/2/1987", "date_impossible"),
        ("29/2/2001", "date_impossible"),
        ("19870230", "date_impossible"),
        ("1987-13-01", "date_impossible"),
        ("0/0/0", "date_form"),
        ("ayer", "date_form"),
        ("12", "date_form"),
        ("99999", "date_form"),
        ("14 de marzo", "date_form"),
        ("١٤/٣/١٩٨٧x", "date_form"),
        ("9" * 400, "date_form"),
    ],
)
def test_dates_that_are_none_are_refused_with_a_reason(text: str, code: str) -> None:
    with pytest.raises(BadValueError) as bad:
        parse_date(text, day_first=True, today=_TODAY)
    assert bad.value.code == code


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("34", 34, 34),
        ("34.0", 34, 34),
        ("34 años", 34, 34),
        ("35-45", 35, 45),
        ("35 a 45 años", 35, 45),
        ("8 meses", 0, 0),
        ("18 months", 1, 1),
        ("aprox. 40", 40, 40),
        ("0", 0, 0),
        ("3 yrs", 3, 3),
    ],
)
def test_ages_are_read_as_ranges(text: str, low: int, high: int) -> None:
    assert parse_age(text) == (low, high)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("300", "age_out_of_range"),
        ("45-35", "age_form"),
        ("mayor", "age_form"),
        ("-", "age_form"),
        ("1e9", "age_form"),
    ],
)
def test_ages_that_are_none_are_refused(text: str, code: str) -> None:
    with pytest.raises(BadValueError) as bad:
        parse_age(text)
    assert bad.value.code == code


def test_the_parts_of_a_name_are_put_together() -> None:
    person = _person(
        {
            "primer nombre": "Ana",
            "segundo nombre": "Luz",
            "primer apellido": "Prueba",
            "segundo apellido": "Ruiz",
        }
    )
    assert (person.given_names, person.surnames, person.displayed_name()) == (
        "Ana Luz",
        "Prueba Ruiz",
        "Ana Luz Prueba Ruiz",
    )


def test_a_comma_parts_surnames_from_given_names() -> None:
    person = _person({"nombre completo": "PRUEBA RUIZ, Ana"})
    assert (person.given_names, person.surnames, person.full_name) == (
        "Ana",
        "PRUEBA RUIZ",
        "Ana PRUEBA RUIZ",
    )


@pytest.mark.parametrize("name", ["Ó", "x" * 500, "Оксана", "فاطمة", "李小龙", "Ana 🌻", "O'Hearn-Núñez", "Na"])
def test_names_of_every_kind_are_taken(name: str) -> None:
    assert _person({"nombres": name}).given_names == name


def test_a_name_longer_than_any_is_rejected() -> None:
    assert _codes({"nombres": "x" * 1001}) == [
        ("text_too_long", "nombres", "rejected"),
        ("no_name_or_description", "", "rejected"),
    ]


@pytest.mark.parametrize("name", ["", "-", "🌻", "...", "N/A", "sin dato", "\x00\x01"])
def test_a_row_without_name_or_description_is_rejected(name: str) -> None:
    assert _codes({"nombres": name, "edad": "31"}) == [("no_name_or_description", "", "rejected")]


def test_a_description_alone_is_enough() -> None:
    assert _person({"nombres": "", "descripción": "Señora alta con un bebé"}).description == "Señora alta con un bebé"


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"fecha de nacimiento": "27/2/2019"}, "birth_in_future", "fecha de nacimiento"),
        ({"fecha de nacimiento": "2031"}, "birth_in_future", "fecha de nacimiento"),
        ({"fecha de nacimiento": "1/1/1850"}, "birth_too_long_ago", "fecha de nacimiento"),
        ({"fecha de nacimiento": "31/4/1990"}, "date_impossible", "fecha de nacimiento"),
        ({"edad": "300"}, "age_out_of_range", "edad"),
    ],
)
def test_an_impossible_value_rejects_the_row_or_is_left_out_as_asked(
    cells: dict[str, str], code: str, column: str
) -> None:
    row = {"nombres": "Ana"} | cells
    assert _codes(row) == [(code, column, "rejected")]
    assert _converted(row).person is None
    assert _codes(row, blank_bad_values=True) == [(code, column, "warning")]
    assert _person(row, blank_bad_values=True).given_names == "Ana"


def test_born_today_is_possible() -> None:
    assert _person({"nombres": "Ana", "fecha de nacimiento": "26/2/2019"}).birth == "2019-02-26"


def test_a_birth_in_three_columns_keeps_its_precision() -> None:
    row = {
        "nombres": "Ana",
        "día de nacimiento": "",
        "mes de nacimiento": "marzo",
        "año de nacimiento": "1987",
    }
    assert _person(row).birth == "1987-03"
    assert _person(row | {"día de nacimiento": "14"}).birth == "1987-03-14"
    assert _person(row | {"mes de nacimiento": "", "día de nacimiento": "14"}).birth == "1987"


def test_a_guessed_century_is_named() -> None:
    assert _codes({"nombres": "Ana", "fecha de nacimiento": "14/3/87"}) == [
        ("century_guessed", "fecha de nacimiento", "warning")
    ]


def test_an_age_is_true_on_the_day_of_the_source_or_else_today() -> None:
    assert _person({"nombres": "Ana", "edad": "31", "fecha de registro": "3/1/2018"}).age_on == "2018-01-03"
    assert _person({"nombres": "Ana", "edad": "31"}).age_on == "2019-02-26"


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("F", "female"),
        ("mujer", "female"),
        ("Masculino", "male"),
        ("M", "male"),
        ("otro", "other"),
        ("No binario", "other"),
    ],
)
def test_sex_is_read_in_words_and_letters(text: str, sex: str) -> None:
    assert _person({"nombres": "Ana", "sexo": text}).sex == sex


def test_a_sex_that_is_not_understood_is_left_empty_and_named() -> None:
    assert _codes({"nombres": "Ana", "sexo": "sí"}) == [("sex_not_understood", "sexo", "warning")]


def test_places_lists_and_phones_are_taken_over() -> None:
    person = _person(
        {
            "nombres": "Ana",
            "lugar de origen": "San Antonio",
            "municipio": "Bolívar",
            "estado": "Táchira",
            "nacionalidad": "venezolana / colombiana",
            "idiomas": "español; wayuunaiki",
            "teléfono": "+58 414 000 0000",
            "celular": "n/a",
            "madre": "Luz Prueba",
            "otros nombres": "Anita, La Nena",
        }
    )
    assert person.origin == "San Antonio, Bolívar, Táchira"
    assert person.nationalities == ("venezolana", "colombiana")
    assert person.languages == ("español", "wayuunaiki")
    assert person.phone == "+58 414 000 0000"
    assert (person.mother, person.other_names) == ("Luz Prueba", ("Anita", "La Nena"))


def test_an_expired_row_keeps_its_id_and_dates_only() -> None:
    row = {
        "person_record_id": "a.org/1",
        "full_name": "Ana",
        "phone": "1",
        "expiry_date": "2019-02-26T11:00:00Z",
    }
    assert _person(row) == ImportedPerson(
        line=2, external_id="a.org/1", expiry_date="2019-02-26T11:00:00Z", placeholder=True
    )


def test_digits_become_an_id_of_the_accepted_domain_and_foreign_ids_are_rejected() -> None:
    row = {"person_record_id": "1", "full_name": "Ana"}
    assert _person(row, own_domain="a.org").external_id == "a.org/1"
    assert _codes(row | {"person_record_id": "b.org/1"}, own_domain="a.org") == [
        ("foreign_domain", "person_record_id", "rejected")
    ]


def test_news_of_a_death_leaves_the_person_and_rejects_the_note() -> None:
    row = {"person_record_id": "1", "full_name": "Ana", "sex": "f", "status": "believed_dead", "text": "x"}
    converted = _converted(row)
    assert converted.person is not None
    assert converted.note is None
    assert [each.code for each in converted.problems] == ["death_not_accepted"]
    assert _converted(row, deaths_accepted=True).note is not None


def test_problems_never_carry_what_stood_in_the_cells() -> None:
    converted = _converted({"nombres": "Secretísima", "fecha de nacimiento": "99/99/1987", "edad": "4444"})
    assert "Secret" not in repr(converted.problems)
    assert "99" not in repr(converted.problems)
    assert "4444" not in repr(converted.problems)
