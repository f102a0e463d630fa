"""CSV files: comma, semicolon, tab or bar; bad rows are named and cost no other row."""

import codecs
import csv
import io
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars

from kinmatch.columns.scanning import (
    BAD_BYTES,
    CELL_END,
    ODD_QUOTE,
    OPEN_QUOTE,
    RAGGED,
    ROW_END,
    TOO_LONG,
    Form,
    Scanned,
    scan_rows,
)
from kinmatch.reading.raw import Raw, TableError
from kinmatch.register import Problem

LONGEST_CELL = 131_072
DELIMITERS = ",;\t|"
_CHUNK = 1 << 24
_UTF8 = frozenset({"utf-8", "utf8", "utf-8-sig", "utf_8"})
_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_WRONG = {
    TOO_LONG: f"a cell is longer than {LONGEST_CELL} bytes",
    OPEN_QUOTE: "a quotation mark is opened and never closed",
    ODD_QUOTE: "a quotation mark stands in the middle of a cell that another one opened",
    BAD_BYTES: "some of its bytes are not text in UTF-8",
}


class Sheet(NamedTuple):
    """A CSV file before its rows are read: its bytes as UTF-8, heading, delimiter, and where the rows begin."""

    name: str
    data: bytes
    heading: list[str]
    delimiter: str
    at: int
    line: int
    unreadable: npt.NDArray[np.bool_]


def open_sheet(path: Path, encoding: str) -> Sheet:
    """Reads the file and its heading. Raises TableError when there is none, it is empty, or it is not text."""
    data, unreadable = _as_utf8(path, _bytes(path), encoding)
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    at = line = 0
    while at < len(data):
        end = _heading_end(data, at)
        text = data[at:end].decode("utf-8", "replace")
        line += 1
        if text.strip("\r\n\0 "):
            return _sheet(path, data, unreadable, (at, end, line))
        at = end
    raise TableError(f"{path.name} is empty.")


def _heading_end(data: bytes, at: int) -> int:
    end = data.find(b"\n", at)
    return len(data) if end < 0 else end + 1


def _sheet(path: Path, data: bytes, unreadable: npt.NDArray[np.bool_], first: tuple[int, int, int]) -> Sheet:
    at, end, line = first
    while data.count(b'"', at, end) % 2 and end < len(data) and end - at < LONGEST_CELL:
        end = _heading_end(data, end)
    text = data[at:end].decode("utf-8", "replace").replace("\0", "")
    delimiter = max(DELIMITERS, key=text.count)
    csv.field_size_limit(LONGEST_CELL)  # one limit a process: another reader may have moved it
    try:
        heading = [cell.strip() for cell in next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))]
    except csv.Error as problem:
        raise TableError(f"{path.name}: its heading (line {line}) cannot be read: {problem}.") from problem
    after = line + data.count(b"\n", at, end)
    if unreadable[line:after].any():
        raise _not_utf8(path, line)
    return Sheet(path.name, data, heading, delimiter, end, after, unreadable)


def read_sheet(sheet: Sheet, wanted: list[int]) -> Raw:
    """The wanted columns of every good row, and the bad rows by their first line."""
    wanted = sorted(set(wanted))
    flags = np.zeros(len(sheet.heading), dtype=np.bool_)
    flags[wanted] = True
    form = Form(ord(sheet.delimiter), len(sheet.heading), flags, LONGEST_CELL, sheet.unreadable)
    found = scan_rows(np.frombuffer(sheet.data, dtype=np.uint8), sheet.at, sheet.line, form)
    return Raw(_frame(found, wanted), found.lines, _problems(found, len(sheet.heading)))


def _frame(found: Scanned, wanted: list[int]) -> polars.DataFrame:
    # Each row ends with a cell's end, so that a last column of nothing is added, and taken away again.
    schema = dict.fromkeys([*map(str, wanted), "end"], polars.String)
    if not len(found.lines):
        return polars.DataFrame(schema=schema).drop("end")
    return (
        polars.read_csv(
            found.data.tobytes(),
            has_header=False,
            schema=schema,
            separator=chr(CELL_END),
            eol_char=chr(ROW_END),
            quote_char=None,
            empty_string_is_null=False,
        )
        .drop("end")
        .fill_null("")
    )


def _problems(found: Scanned, width: int) -> list[Problem]:
    rows = zip(found.bad_lines.tolist(), found.bad_kinds.tolist(), found.bad_cells.tolist(), strict=True)
    return [
        Problem(line, f"{cells} cells where the heading has {width}" if kind == RAGGED else _WRONG[kind])
        for line, kind, cells in rows
    ]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as problem:
        raise TableError(f"There is no file {path}.") from problem
    except OSError as problem:
        raise TableError(f"{path} cannot be read: {problem.strerror}.") from problem


def _as_utf8(path: Path, data: bytes, encoding: str) -> tuple[bytes, npt.NDArray[np.bool_]]:
    """The file as UTF-8, and the lines of it (by their number) that are not."""
    nothing = np.zeros(0, dtype=np.bool_)
    if encoding.lower() in _UTF8:
        for mark, name in _MARKS.items():
            if data.startswith(mark):
                raise TableError(f"{path.name} is written in {name}. Add --encoding {name}, or save it as UTF-8.")
        data = data.removeprefix(codecs.BOM_UTF8)
        return data, nothing if _is_utf8(data) else _unreadable_lines(path, data)
    try:
        return data.decode(encoding).removeprefix("\ufeff").encode(), nothing
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise TableError(
            f"{path.name} is not written in {encoding} (line {line}). Name its encoding, or save it as UTF-8."
        ) from problem
    except (LookupError, UnicodeError) as problem:
        raise TableError(f"There is no encoding called {encoding}.") from problem


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(data), _CHUNK):
            decoder.decode(data[at : at + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _unreadable_lines(path: Path, data: bytes) -> npt.NDArray[np.bool_]:
    """Which lines are not UTF-8. Where most that have more than ASCII are not, the whole file is refused."""
    lines = data.split(b"\n")
    unreadable = np.zeros(len(lines) + 1, dtype=np.bool_)
    beyond = 0
    for number, line in enumerate(lines, 1):
        if not line.isascii():
            beyond += 1
            unreadable[number] = not _is_utf8(line)
    if unreadable.sum() * 2 > beyond:
        raise _not_utf8(path, int(unreadable.argmax()))
    return unreadable


def _not_utf8(path: Path, line: int) -> TableError:
    return TableError(f"{path.name} is not written in utf-8 (line {line}). Try --encoding cp1252, or save it as UTF-8.")
