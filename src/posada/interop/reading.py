"""Read one file of any kind we know, from its bytes to a stream of items. Runs inside the child process."""

import hashlib
import io
from collections.abc import Iterator
from datetime import datetime
from itertools import chain, islice

import msgspec

from posada.interop.dates import BadValueError, parse_moment
from posada.interop.items import (
    FileFacts,
    FileNote,
    Finished,
    ImportedNote,
    ImportedPerson,
    Item,
    Params,
    Progress,
    ReadRequest,
    Refusal,
    RowProblem,
)
from posada.interop.limits import MEGABYTE, Limits
from posada.interop.pfif.convert import import_note, import_person
from posada.interop.pfif.read import PfifItem, PfifOptions, PfifReader
from posada.interop.pfif.records import PfifNote
from posada.interop.sheets.convert import ConvertOptions, convert_row
from posada.interop.sheets.csv_rows import CsvTable
from posada.interop.sheets.mapping import Mapping, guess_mapping, with_headers_of
from posada.interop.sheets.ragged import trusted_width
from posada.interop.sheets.rows import Row
from posada.interop.sheets.workbook_rows import Workbook
from posada.interop.sniff import Kind, sniff
from posada.interop.text import clean_line

_EVERY = 500
_SAMPLES = 12
_FIRST_ROWS = 200
_SAMPLE_CHARS = 200


def read_items(content: bytes, request: ReadRequest, limits: Limits) -> Iterator[Item]:
    """Everything a file holds, in its order: facts, then persons, notes and problems mixed with progress.

    The last item is Finished, or FileProblem when the file is refused; persons that came before a refusal
    must not be used. Never raises on what the file holds.
    """
    counts = _Counts(len(content))
    try:
        if len(content) > limits.file_bytes:
            raise _too_large(len(content), limits)
        kind = sniff(content)
        source = _pfif_items if kind == "pfif" else _sheet_items
        for item in source(content, kind, request, limits, counts):
            counts.add(item)
            yield item
            if counts.due():
                yield counts.progress()
    except Refusal as refusal:
        yield refusal.problem
        return
    yield counts.progress()
    yield counts.finished()


def _too_large(size: int, limits: Limits) -> Refusal:
    return Refusal("file_too_large", megabytes=size // MEGABYTE, most=limits.file_bytes // MEGABYTE)


class _Counts:
    """What has gone by."""

    def __init__(self, bytes_total: int) -> None:
        self.rows = 0
        self.bytes_read = 0
        self.bytes_total = bytes_total
        self.notes_dropped = 0
        self.ignored: tuple[str, ...] = ()
        self._tally: dict[str, int] = {}
        self._last_row = 0

    def add(self, item: Item) -> None:
        if isinstance(item, ImportedPerson):
            self._one("placeholders" if item.placeholder else "persons")
        elif isinstance(item, ImportedNote):
            self._one("notes")
        elif isinstance(item, RowProblem):
            self._one("rejected" if item.severity == "rejected" else "warnings")

    def _one(self, name: str) -> None:
        self._tally[name] = self._tally.get(name, 0) + 1

    def row(self, bytes_read: int, limits: Limits) -> None:
        self.rows += 1
        self.bytes_read = bytes_read
        if self.rows > limits.rows:
            raise Refusal("too_many_rows", most=limits.rows)

    def due(self) -> bool:
        if self.rows - self._last_row < _EVERY:
            return False
        self._last_row = self.rows
        return True

    def progress(self) -> Progress:
        return Progress(rows=self.rows, bytes_read=min(self.bytes_read, self.bytes_total), bytes_total=self.bytes_total)

    def finished(self) -> Finished:
        return Finished(rows=self.rows, notes_dropped=self.notes_dropped, fields_ignored=self.ignored, **self._tally)


def _pfif_items(content: bytes, kind: Kind, request: ReadRequest, limits: Limits, counts: _Counts) -> Iterator[Item]:
    now = _moment(request.now)
    reader = PfifReader(
        io.BytesIO(content),
        PfifOptions(
            now=now,
            own_domain=request.own_domain,
            blank_bad_values=request.blank_bad_values,
            deaths_accepted=request.deaths_accepted,
            limits=limits,
        ),
    )
    items = reader.items()
    first = list(islice(items, 1))
    if not first:
        reader.version  # noqa: B018 - refuses what is not PFIF
        raise Refusal("pfif_without_records")
    yield FileFacts(kind=kind, version=reader.version)
    if request.preview:
        return
    for item in chain(first, items):
        counts.rows, counts.bytes_read = reader.records_seen, reader.bytes_read
        if counts.rows > limits.rows:
            raise Refusal("too_many_rows", most=limits.rows)
        yield from _from_pfif(item, now, request)
    counts.notes_dropped = reader.notes_dropped
    counts.ignored = tuple(clean_line(name)[:40] for name in reader.ignored)
    counts.bytes_read = reader.bytes_read


def _from_pfif(item: PfifItem, now: datetime, request: ReadRequest) -> Iterator[Item]:
    if isinstance(item, RowProblem):
        yield item
    elif isinstance(item, PfifNote):
        yield import_note(item)
    else:
        person, problems = import_person(item, today=now.date(), blank_bad_values=request.blank_bad_values)
        yield from problems
        if person is not None:
            yield person


def _sheet_items(content: bytes, kind: Kind, request: ReadRequest, limits: Limits, counts: _Counts) -> Iterator[Item]:
    facts, rows, source = _open_sheet(content, kind, request, limits)
    first = list(islice(rows, _FIRST_ROWS))
    widest = max((len(row.cells) for row in first), default=0)
    if not first:
        raise Refusal("sheet_empty")
    if widest > limits.columns:
        raise Refusal("too_many_columns", columns=widest, most=limits.columns)
    cells = [row.cells for row in first]
    mapping = with_headers_of(request.mapping, cells) if request.mapping else guess_mapping(cells, sheet=facts.sheet)
    yield _with_samples(facts, first, mapping)
    if isinstance(source, CsvTable) and source.encoding_guessed:
        yield FileNote(code="encoding_guessed", params={"encoding": facts.encoding})
    if request.preview:
        return
    if not mapping.fields():
        raise Refusal("no_column_known", columns=len(mapping.columns))
    table = _Table(mapping, request, limits, ragged_is_odd=kind == "csv")
    for row in islice(chain(first, rows), mapping.header_row, None):
        counts.row(source.bytes_read if isinstance(source, CsvTable) else 0, limits)
        yield from table.items_of(row)
    counts.bytes_read = counts.bytes_total


def _open_sheet(
    content: bytes, kind: Kind, request: ReadRequest, limits: Limits
) -> tuple[FileFacts, Iterator[Row], CsvTable | Workbook]:
    if kind == "csv":
        table = CsvTable(content, limits)
        facts = FileFacts(kind=kind, encoding=table.encoding, separator=table.separator)
        return facts, table.rows(), table
    book = Workbook(content, limits)
    wanted = request.sheet or (request.mapping.sheet if request.mapping else "")
    sheet = book.choose_sheet(wanted)
    return FileFacts(kind=kind, sheet=sheet, sheets=book.sheets), book.rows(sheet), book


def _with_samples(facts: FileFacts, rows: list[Row], mapping: Mapping) -> FileFacts:
    """The facts with headers and some rows for the preview, cells cut short."""
    below = rows[mapping.header_row : mapping.header_row + _SAMPLES]
    return msgspec.structs.replace(
        facts,
        mapping=mapping,
        headers=tuple(use.header for use in mapping.columns),
        samples=tuple(tuple(clean_line(cell[:_SAMPLE_CHARS]) for cell in row.cells) for row in below),
    )


class _Table:
    """Turns the rows below the header into items, and notices rows that come twice."""

    def __init__(self, mapping: Mapping, request: ReadRequest, limits: Limits, *, ragged_is_odd: bool) -> None:
        self._mapping = mapping
        self._options = ConvertOptions(
            now=_moment(request.now),
            own_domain=request.own_domain,
            blank_bad_values=request.blank_bad_values,
            deaths_accepted=request.deaths_accepted,
            limits=limits,
        )
        self._headers = [use.header for use in mapping.columns]
        self._first_header = next(iter(self._headers), "")
        self._ragged_is_odd = ragged_is_odd
        self._seen: dict[bytes, int] = {}

    def items_of(self, row: Row) -> Iterator[Item]:
        width = len(self._headers)
        params: Params = {"cells": len(row.cells), "columns": width}
        if self._is_header(row):
            return
        if any(cell.strip() for cell in row.cells[width:]):
            trusted = trusted_width(row, self._mapping, self._options.today)
            if not trusted:
                yield RowProblem(code="row_has_more_cells", line=row.line, params=params)
                return
            column = self._headers[trusted - 1]
            yield RowProblem(code="row_cut", line=row.line, column=column, params=params, severity="warning")
            row = Row(row.line, row.cells[:trusted])
        elif self._ragged_is_odd and len(row.cells) < width:
            yield RowProblem(code="row_has_fewer_cells", line=row.line, params=params, severity="warning")
        converted = convert_row(row, self._mapping, self._options)
        yield from converted.problems
        if converted.person is not None:
            yield self._once(converted.person)
        if converted.note is not None:
            yield converted.note

    def _is_header(self, row: Row) -> bool:
        """Tables pasted under one another repeat their header."""
        if not self._first_header or clean_line(row.cells[0])[:120] != self._first_header:
            return False
        return [clean_line(cell)[:120] for cell in row.cells[: len(self._headers)]] == self._headers

    def _once(self, person: ImportedPerson) -> Item:
        digest = hashlib.blake2b(person.stable_key().encode(), digest_size=12).digest()
        first_line = self._seen.setdefault(digest, person.line)
        if first_line == person.line:
            return person
        code = "id_twice" if person.external_id else "row_twice"
        return RowProblem(code=code, line=person.line, params={"first_line": first_line})


def _moment(text: str) -> datetime:
    moment = parse_moment(text)
    if moment is None:
        raise BadValueError("moment_form")
    return moment
