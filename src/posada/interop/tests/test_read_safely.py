"""Bad input: each file gets a clear sentence, within bounds of time and memory, and nothing is half done."""

import gzip
import io
import os
import resource
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from django.utils import translation

from posada.interop.items import FileFacts, FileProblem, Finished, ImportedPerson, Progress
from posada.interop.limits import DEFAULT_LIMITS, MEGABYTE, Limits
from posada.interop.messages import sentence
from posada.interop.safe_reading import Source, read_safely
from posada.interop.tests.samples import person, pfif, request, workbook, zip_of

_LAUGHS = b"<!DOCTYPE l [<!ENTITY a0 'ha'>" + b"".join(
    b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)
)
_TRUE_LIST = workbook([["nombre", "edad"], ["Ana", 3]])


def _sheet_with(cells: bytes) -> bytes:
    """A workbook whose only sheet holds this XML in place of its own."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_TRUE_LIST)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                begin, end = content.index(b"<sheetData>") + 11, content.index(b"</sheetData>")
                content = content[:begin] + cells + content[end:]
            copy.writestr(name, content)
    return out.getvalue()


def _cell(place: str) -> bytes:
    return b'<c r="%s" t="inlineStr"><is><t>x</t></is></c>' % place.encode()


def _lying_archive() -> bytes:
    """A member that says it is small and is not."""
    honest = zip_of({"xl/workbook.xml": b"x" * 5_000_000})
    return honest.replace((5_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))


def _bomb() -> bytes:
    return zip_of({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b"0" * 60_000_000})


def _flat(count: int) -> bytes:
    """An OpenDocument sheet with one cell said to be repeated."""
    body = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="a"><table:table-row table:number-rows-repeated="{count}">'
        f'<table:table-cell table:number-columns-repeated="{count}" office:value-type="string">'
        "<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zip_of({"mimetype": kind, "content.xml": body.encode(), "META-INF/manifest.xml": manifest.encode()})


_BAD: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "empty": (lambda: b"", {"file_empty"}),
    "white space": (lambda: b" \r\n\t\n", {"file_empty"}),
    "only a mark": (lambda: b"\xef\xbb\xbf", {"file_empty"}),
    "pdf": (lambda: b"%PDF-1.7\n%\xe2\xe3", {"file_pdf"}),
    "png": (lambda: b"\x89PNG\r\n\x1a\n\x00\x00", {"file_image"}),
    "jpeg": (lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF", {"file_image"}),
    "film": (lambda: b"\x00\x00\x00\x18ftypmp42\x00\x00", {"file_sound"}),
    "web page named xls": (lambda: b"<html><body><table><tr><td>Ana", {"file_web_page"}),
    "web page as xml": (lambda: b"<?xml version='1.0'?><html xmlns='x'/>", {"file_web_page"}),
    "json": (lambda: b'[{"nombre": "Ana"}]', {"file_json"}),
    "program": (lambda: b"\x7fELF\x02\x01\x01" + bytes(64), {"file_program"}),
    "database": (lambda: b"SQLite format 3\x00" + bytes(100), {"file_database"}),
    "gzip": (lambda: gzip.compress(b"nombre\nAna\n"), {"file_archive"}),
    "text document": (lambda: b"{\\rtf1 nombre}", {"file_document"}),
    "noise": (lambda: bytes(range(256)) * 40, {"file_binary"}),
    "nul": (lambda: b"nombre,edad\nA\x00na,3\n", {"text_has_nul"}),
    "utf-16 cut in a letter": (lambda: "nombre\nAna\n".encode("utf-16")[:-1], {"text_encoding_broken"}),
    "entities": (lambda: _LAUGHS + b"]><pfif>&a9;</pfif>", {"xml_has_entities"}),
    "external entity": (
        lambda: b'<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p>',
        {"xml_has_entities"},
    ),
    "xml cut off": (lambda: pfif(person(person_record_id="a.org/1", full_name="Ana"))[:-20], {"xml_cut_off"}),
    "xml in latin-1 that says utf-8": (
        lambda: pfif(person(person_record_id="a.org/1", full_name="Begoña")).replace("ñ".encode(), b"\xf1"),
        {"xml_wrong_encoding"},
    ),
    "deep xml": (lambda: pfif("<a>" * 200_000), {"xml_too_deep"}),
    "a great attribute": (lambda: pfif(f'<person a="{"x" * 9_000_000}"/>'), {"finished"}),
    "no records": (lambda: pfif(""), {"pfif_without_records"}),
    "unknown columns": (lambda: b"a,b\n1,2\n", {"no_column_known"}),
    "header alone": (lambda: b"nombre,edad\n", {"finished"}),
    "a million columns": (
        lambda: b"nombre" + b",x" * 1_000_000 + b"\n",
        {"line_too_long", "too_many_columns"},
    ),
    "five thousand columns": (lambda: b"nombre" + b",x" * 5_000 + b"\nAna\n", {"too_many_columns"}),
    "one endless line": (lambda: b"x" * 30_000_000, {"line_too_long"}),
    "open quotation mark": (lambda: b'nombre,edad\n"Ana,3\n' + b"Eva,4\n" * 100_000, {"csv_quote_open"}),
    "a cell of a million": (lambda: b"nombre\n" + b"x" * 900_000 + b"\n", {"finished"}),
    "cut workbook": (lambda: _TRUE_LIST[:-400], {"workbook_damaged"}),
    "zip of something": (lambda: zip_of({"leeme.txt": b"hola"}), {"file_archive"}),
    "zip bomb": (_bomb, {"archive_bomb"}),
    "lying zip": (_lying_archive, {"workbook_damaged"}),
    "stray cell far right": (
        lambda: _sheet_with(b'<row r="1">' + _cell("A1") + _cell("XFD1") + b"</row>"),
        {"too_many_columns"},
    ),
    "stray cell far below": (
        lambda: _sheet_with(b'<row r="1">' + _cell("A1") + b'</row><row r="1048576">' + _cell("IV1048576") + b"</row>"),
        {"too_many_rows"},
    ),
    "stray cell hidden from our look": (
        lambda: _sheet_with(
            b"<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"
        ),
        {"too_many_columns", "reader_memory"},
    ),
    "repeated cells": (lambda: _flat(20_000), {"workbook_damaged", "reader_memory", "too_many_columns"}),
    "cells repeated beyond reason": (lambda: _flat(100_000), {"workbook_damaged", "reader_memory"}),
    "a table of four hundred columns": (lambda: _flat(400), {"too_many_columns"}),
    "workbook without rows": (lambda: workbook([]), {"sheet_empty"}),
}


def _last_word(source: Source, limits: Limits = DEFAULT_LIMITS) -> FileProblem | Finished:
    last = list(read_safely(source, request(), limits=limits))[-1]
    assert isinstance(last, FileProblem | Finished)
    return last


@pytest.mark.parametrize("name", _BAD)
def test_a_bad_file_gets_a_clear_sentence_in_time_and_within_memory(name: str) -> None:
    make, allowed = _BAD[name]
    content = make()
    # A child is born with what its parent holds at that moment, and Linux counts that as the child's (see exec_mmap).
    born_with = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.monotonic()
    last = _last_word(content)
    assert time.monotonic() - begin < 30
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < max(512 * 1024, born_with + 1)
    code = "finished" if isinstance(last, Finished) else last.code
    assert code in allowed
    if isinstance(last, FileProblem):
        for language in ("en", "es"):
            with translation.override(language):
                text = sentence(last)
            assert "%(" not in text
            assert "Traceback" not in text
            assert text.endswith(".")


def test_a_file_of_two_hundred_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "grande.csv"
    with path.open("wb") as stream:
        stream.truncate(200 * MEGABYTE)
    assert _last_word(path) == FileProblem(code="file_too_large", params={"megabytes": 200, "most": 128})


def test_a_file_with_a_wrong_name_is_read_by_its_contents(tmp_path: Path) -> None:
    path = tmp_path / "lista.pdf"
    path.write_bytes(_TRUE_LIST)
    last = _last_word(path)
    assert isinstance(last, Finished)
    assert last.persons == 1


@pytest.mark.parametrize("make", ["missing", "folder", "pipe"])
def test_what_is_no_file_is_named(make: str, tmp_path: Path) -> None:
    path = tmp_path / "x"
    if make == "folder":
        path.mkdir()
    elif make == "pipe":
        os.mkfifo(path)
    assert _last_word(path) == FileProblem(code="file_unreadable")


def test_a_slow_reading_is_stopped() -> None:
    limits = msgspec.structs.replace(
        DEFAULT_LIMITS, base_seconds=0.05, seconds_per_megabyte=0.0, seconds_per_thousand_rows=0.0
    )
    content = b"nombre,edad\n" + b"".join(b"Ana%d,3\n" % n for n in range(200_000))
    begin = time.monotonic()
    last = _last_word(content, limits)
    assert isinstance(last, FileProblem)
    assert last.code == "reader_timeout"
    assert time.monotonic() - begin < 5


def test_a_reader_without_memory_says_so() -> None:
    limits = msgspec.structs.replace(DEFAULT_LIMITS, memory_bytes=60 * MEGABYTE)
    last = _last_word(b"nombre\n" + b"x\n" * 20_000_000, limits)
    assert isinstance(last, FileProblem)
    assert last.code == "reader_memory"


def test_the_caller_may_leave_in_the_middle() -> None:
    content = b"nombre,edad\n" + b"".join(b"Ana%d,3\n" % n for n in range(50_000))
    items = read_safely(content, request())
    assert isinstance(next(items), FileFacts)
    items.close()  # type: ignore[attr-defined]  # an iterator of a generator function


def test_progress_rises_to_the_end() -> None:
    content = b"nombre,edad\n" + b"".join(b"Ana%d,3\n" % n for n in range(20_000))
    seen: list[Progress] = []
    persons = sum(isinstance(item, ImportedPerson) for item in read_safely(content, request(), on_progress=seen.append))
    assert persons == 20_000
    assert [each.rows for each in seen] == sorted(each.rows for each in seen)
    assert seen[-1] == Progress(rows=20_000, bytes_read=len(content), bytes_total=len(content))
    assert 0 < seen[len(seen) // 2].bytes_read < len(content)


def test_a_stream_is_read_from_its_beginning_and_left_open() -> None:
    stream = io.BytesIO(_TRUE_LIST)
    stream.read(10)
    assert isinstance(_last_word(stream), Finished)
    assert not stream.closed


def test_reading_leaves_no_file_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    _last_word(_TRUE_LIST)
    _last_word(_bomb())
    assert list(tmp_path.iterdir()) == []
