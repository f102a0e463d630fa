"""The rows of a CSV file in one pass over its bytes: what is well formed is written out plainly, the rest is named.

A row that cannot be trusted never takes its neighbours with it: after a quotation mark that is out of place, reading
goes on at the next line.
"""

from typing import NamedTuple

import numpy as np

from kinmatch.columns.compiled import Array, compiled

QUOTE, LINE_FEED, RETURN, BLANK = 0x22, 0x0A, 0x0D, 0x20
CELL_END, ROW_END = 0x1F, 0x1E
# What is wrong with a row.
RAGGED, TOO_LONG, OPEN_QUOTE, ODD_QUOTE, BAD_BYTES = 1, 2, 3, 4, 5


class Form(NamedTuple):
    """How a file is written: its delimiter, the cells of its heading, which columns are wanted (bool[width]), the
    longest cell in bytes, and (bool[lines], or empty) the lines whose bytes are not text."""

    delimiter: int
    width: int
    wanted: Array
    longest: int
    unreadable: Array


class Scanned(NamedTuple):
    """The wanted cells of good rows as bytes, each ended by CELL_END and each row by ROW_END; the line of each row;
    and of each bad row its line, what is wrong, and how many cells it has."""

    data: Array
    lines: Array
    bad_lines: Array
    bad_kinds: Array
    bad_cells: Array


class _Bounds(NamedTuple):
    """What ends a cell: its delimiter, and how long it may be in bytes."""

    delimiter: int
    longest: int


class _Place(NamedTuple):
    """Where reading stands, where writing stands, and what was wrong."""

    at: int
    put: int
    wrong: int


@compiled
def _write(sign: int, out: Array, put: int) -> int:
    """Writes one byte; NUL is left out, and a sign that parts rows or cells becomes a blank."""
    if sign == 0:
        return put
    out[put] = BLANK if sign in (CELL_END, ROW_END, RETURN) else sign
    return put + 1


@compiled
def _plain(data: Array, at: int, delimiter: int, out: Array, put: int) -> _Place:
    size = len(data)
    while at < size:
        sign = data[at]
        if sign in (delimiter, LINE_FEED):
            break
        if sign >= BLANK:
            out[put] = sign
            put += 1
        else:
            put = _write(sign, out, put)
        at += 1
    return _Place(at, put, 0)


@compiled
def _ends_cell(data: Array, at: int, delimiter: int) -> bool:
    return at >= len(data) or data[at] == delimiter or data[at] == LINE_FEED


@compiled
def _quoted(data: Array, at: int, bounds: _Bounds, out: Array, put: int) -> _Place:
    """A cell whose opening mark stands before `at`."""
    first = at
    while at < len(data) and at - first <= bounds.longest:
        if data[at] != QUOTE:
            put = _write(data[at], out, put)
            at += 1
        elif at + 1 < len(data) and data[at + 1] == QUOTE:
            put = _write(QUOTE, out, put)
            at += 2
        else:
            at += 1
            while at < len(data) and (data[at] == BLANK or data[at] == RETURN):
                at += 1
            return _Place(at, put, 0 if _ends_cell(data, at, bounds.delimiter) else ODD_QUOTE)
    return _Place(at, put, OPEN_QUOTE if at >= len(data) else TOO_LONG)


@compiled
def _cell(data: Array, at: int, bounds: _Bounds, out: Array, put: int) -> _Place:
    first = put
    if at < len(data) and data[at] == QUOTE:
        found = _quoted(data, at + 1, bounds, out, put)
    else:
        found = _plain(data, at, bounds.delimiter, out, put)
    if found.wrong == 0 and found.put - first > bounds.longest:
        return _Place(found.at, found.put, TOO_LONG)
    return found


@compiled
def _row(data: Array, at: int, form: Form, out: Array, put: int) -> tuple[_Place, int]:
    """One row from `at` to its line feed, and how many cells it has."""
    bounds = _Bounds(form.delimiter, form.longest)
    cells = 0
    while True:
        found = _cell(data, at, bounds, out, put)
        if found.wrong:
            return found, cells
        at = found.at
        if cells < form.width and form.wanted[cells]:
            put = found.put
            out[put] = CELL_END
            put += 1
        cells += 1
        if at >= len(data) or data[at] == LINE_FEED:
            return _Place(at, put, 0 if cells == form.width else RAGGED), cells
        at += 1


@compiled
def _line_end(data: Array, at: int) -> int:
    while at < len(data) and data[at] != LINE_FEED:
        at += 1
    return at


@compiled
def _is_blank(data: Array, at: int) -> bool:
    while at < len(data) and data[at] == RETURN:
        at += 1
    return at >= len(data) or data[at] == LINE_FEED


@compiled
def _line_feeds(data: Array, at: int, end: int) -> int:
    count = 0
    for k in range(at, end):
        count += data[k] == LINE_FEED
    return count


@compiled
def _any(flags: Array, first: int, last: int) -> bool:
    found = False
    for k in range(first, min(last + 1, len(flags))):
        found = found or flags[k]
    return found


@compiled
def _end_of(data: Array, at: int, found: _Place) -> int:
    """Where a row ends: a row whose quotation marks are wrong at the end of its first line."""
    return _line_end(data, at) if found.wrong in (TOO_LONG, OPEN_QUOTE, ODD_QUOTE) else found.at


@compiled
def scan_rows(data: Array, at: int, line: int, form: Form) -> Scanned:
    """Reads uint8[n] from `at`, which stands on this line of the file (the first is 1). Blank lines are passed over."""
    most = _line_feeds(data, at, len(data)) + 1
    out = np.empty(len(data) - at + 2 * most + form.width, dtype=np.uint8)
    lines, bad_lines = np.empty(most, dtype=np.int64), np.empty(most, dtype=np.int64)
    bad_kinds, bad_cells = np.empty(most, dtype=np.int8), np.empty(most, dtype=np.int32)
    put = rows = bad = 0
    while at < len(data):
        if not _is_blank(data, at):
            found, cells = _row(data, at, form, out, put)
            end = _end_of(data, at, found)
            later = line + _line_feeds(data, at, end)
            wrong = BAD_BYTES if _any(form.unreadable, line, later) else found.wrong
            if wrong:
                bad_lines[bad], bad_kinds[bad], bad_cells[bad] = line, wrong, cells
                bad += 1
            else:
                out[found.put] = ROW_END
                lines[rows] = line
                put, rows = found.put + 1, rows + 1
            at, line = end, later
        else:
            at = _line_end(data, at)
        at += 1
        line += 1
    return Scanned(out[:put], lines[:rows], bad_lines[:bad], bad_kinds[:bad], bad_cells[:bad])
