import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posada.interop.items import (
    FileFacts,
    FileNote,
    FileProblem,
    Finished,
    ImportedNote,
    ImportedPerson,
    RowProblem,
)
from posada.interop.limits import DEFAULT_LIMITS
from posada.interop.sheets.csv_rows import CsvTable
from posada.interop.sheets.write import harmless, write_csv
from posada.interop.tests.samples import items_of, request, workbook, zip_of
from posada.interop.tests.shared import PFIF, needs_shared
from posada.interop.text import without_controls

_LIST = "Nombres;Apellidos;Fecha de nacimiento\nBegoña;Peña Ruiz;14/3/1987\nJosé;Núñez;3/1990\n"


def _persons(content: bytes, **options: Any) -> list[ImportedPerson]:
    return [item for item in items_of(content, request(**options)) if isinstance(item, ImportedPerson)]


def _problems(content: bytes) -> list[RowProblem]:
    return [item for item in items_of(content) if isinstance(item, RowProblem)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
def test_it_reads_names_in_every_usual_encoding(encoding: str) -> None:
    persons = _persons(_LIST.encode(encoding))
    assert [(one.given_names, one.surnames, one.birth) for one in persons] == [
        ("Begoña", "Peña Ruiz", "1987-03-14"),
        ("José", "Núñez", "1990-03"),
    ]


def test_it_says_that_an_encoding_was_guessed() -> None:
    remarks = [item for item in items_of(_LIST.encode("cp1252")) if isinstance(item, FileNote)]
    assert [(remark.code, remark.params) for remark in remarks] == [("encoding_guessed", {"encoding": "cp1252"})]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_it_finds_the_separator(separator: str) -> None:
    assert len(_persons(_LIST.replace(";", separator).encode())) == 2


def test_it_obeys_the_separator_line_of_excel() -> None:
    table = CsvTable(b"sep=;\na,b;c\n1;2\n", DEFAULT_LIMITS)
    assert table.separator == ";"
    assert [(row.line, row.cells) for row in table.rows()] == [(2, ["a,b", "c"]), (3, ["1", "2"])]


def test_line_numbers_are_those_of_the_file_even_with_line_ends_in_cells() -> None:
    text = 'nombre,descripción\nAna,"alta\ncon lentes"\n\nEva,"x"\n'
    persons = _persons(text.encode())
    assert [(one.line, one.given_names, one.description) for one in persons] == [
        (2, "Ana", "alta\ncon lentes"),
        (5, "Eva", "x"),
    ]


def test_a_nul_refuses_the_whole_file_and_names_its_line() -> None:
    items = items_of(b"nombre,edad\nAna,3\nE\x00va,4\n")
    assert items == [FileProblem(code="text_has_nul", line=3)]


def test_a_quotation_mark_left_open_is_named_with_its_line() -> None:
    last = items_of(b'nombre,edad\nAna,3\n"Eva,4\nLuz,5\n')[-1]
    assert last == FileProblem(code="csv_quote_open", line=3)


def test_rows_that_are_too_long_are_rejected_and_short_ones_named() -> None:
    problems = _problems(b"nombres,apellidos,edad\nPrueba, Ana,Luz,31\nEva,Prueba\n")
    assert [(each.code, each.line, each.severity) for each in problems] == [
        ("row_has_more_cells", 2, "rejected"),
        ("row_has_fewer_cells", 3, "warning"),
    ]


@needs_shared
def test_the_shared_csv_gives_its_person_although_its_row_has_a_cell_too_many() -> None:
    content = (PFIF / "sample-import.csv").read_bytes()
    (one,) = _persons(content, own_domain="test.google.com")
    assert (one.external_id, one.full_name, one.sex) == ("test.google.com/1", "Test Person", "male")
    assert [(each.code, each.column) for each in _problems(content)] == [("row_cut", "sex")]


@needs_shared
@pytest.mark.parametrize("name", ["persons.xlsx", "notes-template.xlsx"])
def test_the_shared_workbooks_give_their_notes_in_universal_time(name: str) -> None:
    notes = [item for item in items_of((PFIF / name).read_bytes()) if isinstance(item, ImportedNote)]
    assert [note.status for note in notes] == ["believed_alive", "is_note_author", "believed_missing"]
    assert [note.author_made_contact for note in notes] == [True, True, False]
    assert notes[0].source_date == "2013-11-12T07:26:00Z"  # 15:26 where clocks stand eight hours ahead


def test_one_row_may_hold_a_person_and_a_note() -> None:
    text = "person_record_id,full_name,sex,note_record_id,status,text\n7,Ana,F,9,believed_missing,La buscan\n"
    items = items_of(text.encode(), request(own_domain="a.org"))
    assert [type(item) for item in items[1:3]] == [ImportedPerson, ImportedNote]
    note = items[2]
    assert isinstance(note, ImportedNote)
    assert (note.external_id, note.person_external_id, note.text) == ("a.org/9", "a.org/7", "La buscan")


def test_person_finder_s_rules_for_twenty_rows_hold() -> None:
    domains = ["otra.org" if n % 8 == 0 else "a.org" for n in range(20)]
    dates = ["ayer" if n % 9 == 0 else "2010-01-01T00:00:00Z" for n in range(20)]
    rows = [f"{domains[n]}/{n},P{n},{dates[n]}" for n in range(20)]
    content = ("person_record_id,full_name,source_date\n" + "\n".join(rows)).encode()
    last = items_of(content, request(own_domain="a.org"))[-1]
    assert isinstance(last, Finished)
    assert (last.rows, last.persons) == (20, 15)


def test_febrl_files_are_read_as_they_are() -> None:
    text = (
        "rec_id, given_name, surname, street_number, address_1, address_2, suburb, postcode, state, "
        "date_of_birth, soc_sec_id\n"
        "rec-1-org, michaela, neumann, 8, stanley street, , winston hills, 4223, nsw, 19151111, 53\n"
        "rec-2-org, courtney, painter, 12, pinkerton, , richlands, 4560, vic, 19161299, 4066625\n"
    )
    (one,) = _persons(text.encode())
    assert (one.external_id, one.given_names, one.surnames, one.birth) == (
        "rec-1-org",
        "michaela",
        "neumann",
        "1915-11-11",
    )
    assert one.origin == "winston hills, nsw"
    assert [(each.code, each.line, each.column) for each in _problems(text.encode())] == [
        ("date_impossible", 3, "date_of_birth")
    ]


def test_a_workbook_gives_values_and_runs_nothing() -> None:
    content = workbook(
        [
            ["Registro de la casa"],
            [],
            ["Nombres", "Apellidos", "Edad", "Teléfono", "Observaciones"],
            ["=cmd|' /C calc'!A0", "Prueba", 31, "+57 300", "@SUM(1)"],
            ["Eva", '=HYPERLINK("x")', 7.0, 3001234567, "-"],
        ]
    )
    persons = _persons(content)
    assert [(one.line, one.given_names, one.surnames, one.age_low, one.phone) for one in persons] == [
        (4, "", "Prueba", 31, "+57 300"),  # a formula that was never computed has no value
        (5, "Eva", "", 7, "3001234567"),
    ]


def test_dates_of_a_workbook_keep_their_day() -> None:
    from_cells = workbook([["nombre", "fecha de nacimiento"], ["Ana", 31850], ["Eva", "14 de marzo de 1987"]])
    assert [one.birth for one in _persons(from_cells)] == ["1987-03-14", "1987-03-14"]


def test_the_sheet_that_looks_like_a_list_is_chosen_and_another_can_be() -> None:
    content = workbook([["nombre", "edad"], ["Ana", 3]], title="Gente")
    facts = items_of(content)[0]
    assert isinstance(facts, FileFacts)
    assert (facts.kind, facts.sheet, facts.sheets) == ("xlsx", "Gente", ("Gente",))


def test_the_preview_shows_headers_and_samples_and_no_persons() -> None:
    facts, *rest = items_of(_LIST.encode(), request(preview=True))
    assert isinstance(facts, FileFacts)
    assert facts.headers == ("Nombres", "Apellidos", "Fecha de nacimiento")
    assert facts.samples[0] == ("Begoña", "Peña Ruiz", "14/3/1987")
    assert not [item for item in rest if isinstance(item, ImportedPerson)]


def test_a_row_that_comes_twice_is_taken_once() -> None:
    content = b"nombre,edad\nAna,3\nEva,4\nAna,3\nnombre,edad\n"
    assert [one.given_names for one in _persons(content)] == ["Ana", "Eva"]
    assert [(each.code, each.line, each.params) for each in _problems(content)] == [("row_twice", 4, {"first_line": 2})]


def test_the_same_row_has_the_same_key_in_a_later_file() -> None:
    one, other = _persons(b"nombre,edad\nAna,3\n")[0], _persons(b"edad;nombre\n3;ANA\n")[0]
    assert one.stable_key() == other.stable_key()
    assert "ana" not in one.stable_key()


@pytest.mark.parametrize("text", ["=1+1", "+57", "-3", "@x", "\tx", "'=1", "''=1", "'hola", "", "ña"])
def test_formulas_are_written_harmless_and_read_back(text: str) -> None:
    written = harmless(text)
    assert written[:1] not in {"=", "+", "-", "@", "\t", "\r"}
    out = io.BytesIO()
    write_csv(["a", "b"], [[text, "x"]], out)
    rows = list(CsvTable(out.getvalue(), DEFAULT_LIMITS).rows())
    assert rows[1].cells == [text, "x"]


_CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20).map(without_controls)


@settings(max_examples=60)
@given(st.lists(st.tuples(_CELLS, _CELLS, _CELLS), max_size=6), st.sampled_from([",", ";", "\t"]))
def test_what_is_written_as_csv_is_read_back(rows: list[tuple[str, str, str]], separator: str) -> None:
    out = io.BytesIO()
    write_csv(["uno", "dos", "tres"], rows, out, separator=separator)
    table = CsvTable(out.getvalue(), DEFAULT_LIMITS)
    table.separator = separator
    assert [tuple(row.cells) for row in table.rows()][1:] == [row for row in rows if any(row)]


@settings(max_examples=80)
@given(st.binary(max_size=300))
def test_no_bytes_make_it_stumble(content: bytes) -> None:
    items_of(content)
    items_of(b"nombre,edad\n" + content)


@settings(max_examples=20)
@given(st.integers(0, 6000), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_never_makes_it_stumble(place: int, junk: bytes) -> None:
    whole = _WORKBOOK
    items_of(whole[:place] + junk + whole[place + len(junk) :])


_WORKBOOK = workbook([["nombre", "edad"], ["Ana", 3]])


def test_an_archive_that_is_no_sheet_is_named() -> None:
    assert items_of(zip_of({"a.txt": b"x"})) == [FileProblem(code="file_archive")]
    assert items_of(zip_of({"word/document.xml": b"x"})) == [FileProblem(code="file_document")]
