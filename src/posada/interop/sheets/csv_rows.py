"""Rows of a CSV file: any encoding, any usual separator, quotation marks around line ends."""

import csv
import io
from collections.abc import Iterator

from posada.interop.items import Refusal
from posada.interop.limits import Limits
from posada.interop.sheets.encoding import detect_encoding
from posada.interop.sheets.rows import Row

_SEPARATORS = ",;\t|"
_SAMPLE_LINES = 40
_FORMULA_SIGNS = "=+-@\t\r"


class CsvTable:
    """One CSV file, opened. `encoding_guessed` asks for a look at accents; `bytes_read` is an estimate."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        self.encoding, self.encoding_guessed = detect_encoding(content)
        csv.field_size_limit(limits.line_chars)
        self._content = content
        self._limits = limits
        self._lines = _Lines(content, self.encoding, limits)
        self.separator = self._find_separator()

    @property
    def bytes_read(self) -> int:
        """How much of the file has been read."""
        return self._lines.position()

    def rows(self) -> Iterator[Row]:
        """All rows that hold anything. Raises Refusal when the file cannot be parted into rows."""
        self._lines = lines = _Lines(self._content, self.encoding, self._limits)
        reader = csv.reader(lines, delimiter=self.separator)
        if lines.skip_separator_line():
            reader = csv.reader(lines, delimiter=self.separator)
        while True:
            begin = lines.number + 1
            lines.begin_row()
            try:
                cells = next(reader, None)
            except csv.Error:
                raise Refusal("csv_damaged", line=begin) from None
            if cells is None:
                break
            if lines.in_quotes:
                raise Refusal("csv_quote_open", line=begin)
            if any(cells):
                yield Row(begin, [_unescaped(cell) for cell in cells])

    def _find_separator(self) -> str:
        declared = self._lines.skip_separator_line()
        if declared:
            return declared
        sample = [line for _ in range(_SAMPLE_LINES) if (line := next(self._lines, ""))]
        return max(_SEPARATORS, key=lambda separator: (_evenness(sample, separator), -_SEPARATORS.index(separator)))


class _Lines:
    """The lines of a text, decoded as they are asked for, never longer than allowed.

    Counts quotation marks.
    """

    def __init__(self, content: bytes, encoding: str, limits: Limits) -> None:
        self._bytes = io.BytesIO(content)
        self._text = io.TextIOWrapper(self._bytes, encoding=encoding, newline="")
        self._limits = limits
        self.number = 0
        self.in_quotes = False
        self._row_begin = 0
        self._held: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._held.pop() if self._held else self._text.readline(self._limits.line_chars + 1)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) > self._limits.line_chars:
            raise Refusal("line_too_long", line=self.number, most=self._limits.line_chars)
        if line.count('"') % 2:
            self.in_quotes = not self.in_quotes
        if self.number - self._row_begin > self._limits.lines_per_row:
            raise Refusal("csv_quote_open", line=self._row_begin + 1)
        return line

    def begin_row(self) -> None:
        self._row_begin = self.number
        self.in_quotes = False

    def position(self) -> int:
        return self._bytes.tell()

    def skip_separator_line(self) -> str:
        """Excel writes `sep=;` as a first line of its own; return that separator."""
        first = next(self, "")
        declared = first.strip().strip('"')
        if declared.lower().startswith("sep=") and len(declared) == 5:
            return declared[4]
        if first:
            self._held.append(first)
            self.number -= 1
        self.in_quotes = False
        return ""


def _evenness(lines: list[str], separator: str) -> float:
    """How well a separator parts the sample.

    Rows of the same width count, more columns count a little more.
    """
    widths = [len(cells) for cells in csv.reader(lines, delimiter=separator) if any(cells)]
    if not widths or max(widths) == 1:
        return 0.0
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    if usual == 1:
        return 0.01
    return widths.count(usual) / len(widths) + min(usual, 50) / 1000


def _unescaped(cell: str) -> str:
    """Take off the one apostrophe that keeps a spreadsheet from running a text as a formula."""
    if cell.startswith("'") and cell.lstrip("'")[:1] in _FORMULA_SIGNS and cell.lstrip("'"):
        return cell[1:]
    return cell
