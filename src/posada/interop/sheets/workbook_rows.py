"""Rows of a workbook (XLSX, XLSM, XLS, ODS).

The values a formula last gave are read; nothing is ever computed.
"""

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from posada.interop.items import Refusal
from posada.interop.limits import MEGABYTE, Limits
from posada.interop.sheets.mapping import guess_field
from posada.interop.sheets.rows import Row

# A cell with content and where it stands; empty ones that only carry a format close at once.
_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
_ARCHIVE_DAMAGE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,  # zipfile: a compression or encryption that it does not know
)
_OVERLAP = 256
_STEP = 1 << 20


class Workbook:
    """One workbook, opened. Raises Refusal when it cannot be read or asks for more than is allowed."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        self._limits = limits
        if content.startswith(b"PK"):
            check_archive(content, limits)
        try:
            self._book = CalamineWorkbook.from_filelike(io.BytesIO(content))
            self.sheets = tuple(self._book.sheet_names)
        except PasswordError:
            raise Refusal("workbook_locked") from None
        except (CalamineError, zipfile.BadZipFile, ValueError, OSError):
            raise Refusal("workbook_damaged") from None

    def choose_sheet(self, wanted: str) -> str:
        """The sheet asked for, else the one whose first rows look most like a table of persons."""
        if wanted:
            if wanted not in self.sheets:
                raise Refusal("sheet_missing", sheets=len(self.sheets))
            return wanted
        scores = {name: self._score(name) for name in self.sheets[:20]}
        if not scores:
            raise Refusal("workbook_empty")
        return max(scores, key=lambda name: scores[name])

    def rows(self, sheet: str) -> Iterator[Row]:
        """All rows of a sheet that hold anything, as texts."""
        table = self._sheet(sheet)
        if table.start is None:
            return
        first_column = table.start[1]
        width = table.width + first_column
        if width > self._limits.columns:
            raise Refusal("too_many_columns", columns=width, most=self._limits.columns)
        if table.height > self._limits.rows or table.height * table.width > self._limits.cells:
            raise Refusal("too_many_rows", most=self._limits.rows)
        for index, cells in enumerate(table.iter_rows()):
            texts = [""] * first_column + [_as_text(cell) for cell in cells]
            if any(texts):
                yield Row(index + 1, texts)

    def _sheet(self, name: str) -> CalamineSheet:
        try:
            return self._book.get_sheet_by_name(name)
        except (CalamineError, ValueError, OSError):
            raise Refusal("workbook_damaged") from None

    def _score(self, name: str) -> float:
        table = self._sheet(name)
        if table.start is None:
            return -1.0
        heads = table.to_python(skip_empty_area=True, nrows=25)
        return max((sum(guess_field(_as_text(cell))[1] for cell in row[:300]) for row in heads), default=0.0)


def check_archive(content: bytes, limits: Limits) -> None:
    """Refuse bombs before anything is unpacked for good: sizes as declared, then as they really come out."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            total = sum(member.file_size for member in members)
            if len(members) > limits.archive_members or total > limits.archive_bytes:
                raise Refusal("archive_bomb", megabytes=total // MEGABYTE, most=limits.archive_bytes // MEGABYTE)
            if total > limits.archive_ratio_from_bytes and total > limits.archive_ratio * len(content):
                raise Refusal("archive_bomb", megabytes=total // MEGABYTE, most=limits.archive_bytes // MEGABYTE)
            for member in members:
                _check_member(archive, member, limits)
    except _ARCHIVE_DAMAGE:
        raise Refusal("workbook_damaged") from None
    except RuntimeError:  # how zipfile says that a member is encrypted
        raise Refusal("workbook_locked") from None


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits) -> None:
    is_sheet = re.fullmatch(r"xl/worksheets/[^/]+\.xml", member.filename) is not None
    with archive.open(member) as stream:
        tail = b""
        while part := stream.read(_STEP):
            if is_sheet:
                _check_extent(tail + part, limits)
                tail = part[-_OVERLAP:]


def _check_extent(part: bytes, limits: Limits) -> None:
    """A stray cell far away makes a reader allocate everything in between."""
    for match in _CELL.finditer(part):
        column = 0
        for letter in match.group(1):
            column = column * 26 + letter - 64
        if column > limits.columns:
            raise Refusal("too_many_columns", columns=column, most=limits.columns)
        if int(match.group(2)) > limits.rows:
            raise Refusal("too_many_rows", most=limits.rows)


def _as_text(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, int | timedelta) else ""
