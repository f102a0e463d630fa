"""Which column means what.

Guessed from the headers, changed by a person, kept for the next file of the same form.
"""

import difflib
import hashlib
import itertools
import re
from collections.abc import Sequence

import msgspec

from posada.interop.sheets.fields import CLUES, HEADERS, OTHERS, Field
from posada.interop.text import clean_line, fold

SURE, LIKELY, POSSIBLE = 1.0, 0.8, 0.6
_NEAR = 0.88
_HEADER_ROWS_TRIED = 25
_SEVERAL = frozenset({Field.DESCRIPTION, Field.OTHER_NAMES, Field.PHONE, Field.NATIONALITY, Field.LANGUAGES})


class ColumnUse(msgspec.Struct, frozen=True):
    """One column.

    Its place (from 0), its header, its meaning (empty when not used), how sure the guess is (0-1).
    """

    column: int
    header: str
    field: Field | None = None
    confidence: float = 0.0


class Mapping(msgspec.Struct, frozen=True, kw_only=True):
    """How to read the rows of one form of table.

    `header_row` counts rows from 1 (0: the table has none); `day_first` reads 3/4/1987 as the third of April;
    `m_is_female` reads the sex "M" as mujer; `utc_offset_hours` is where the clocks of the source stood.
    """

    columns: tuple[ColumnUse, ...]
    header_row: int = 1
    sheet: str = ""
    day_first: bool = True
    m_is_female: bool = False
    utc_offset_hours: float = 0.0
    fingerprint: str = ""

    def fields(self) -> frozenset[Field]:
        """All meanings in use."""
        return frozenset(use.field for use in self.columns if use.field is not None)

    def header_of(self, field: Field) -> str:
        """The header under which a meaning is found, or the letter of its column."""
        for use in self.columns:
            if use.field is field:
                return use.header or column_letters(use.column)
        return ""

    def with_column(self, column: int, field: Field | None) -> "Mapping":
        """The mapping after a person has said what a column means (None: do not use it)."""
        columns = tuple(
            msgspec.structs.replace(use, field=field, confidence=SURE) if use.column == column else use
            for use in self.columns
        )
        return msgspec.structs.replace(self, columns=columns)


def headers_fingerprint(headers: Sequence[str]) -> str:
    """The same for tables with the same headers in the same order, whatever their case, accents, signs."""
    folded = "\x1f".join(fold(header) for header in headers)
    return hashlib.sha256(folded.encode()).hexdigest()[:32]


def column_letters(column: int) -> str:
    """The name of a column as spreadsheets write it: 0 -> A, 26 -> AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def guess_field(header: str) -> tuple[Field | None, float]:
    """The meaning of one header, and how sure that is."""
    folded = _plain_header(header)
    if not folded:
        return None, 0.0
    if folded in HEADERS:
        return HEADERS[folded], SURE
    words = set(folded.split())
    if words & OTHERS:
        return None, 0.0
    near = difflib.get_close_matches(folded, HEADERS, n=1, cutoff=_NEAR) if 5 <= len(folded) <= 40 else []
    if near:
        return HEADERS[near[0]], LIKELY
    for clue, field in CLUES:
        if set(clue.split()) <= words:
            return field, POSSIBLE
    return None, 0.0


def _plain_header(header: str) -> str:
    """Kobo writes group/question, XLSForm asks in sentences: keep the question, without signs."""
    last = re.sub(r"\(.*?\)|\[.*?\]", " ", header).rsplit("/", 1)[-1] if "/" in header.strip("/") else header
    return fold(re.sub(r"\(.*?\)|\*", " ", last if fold(header) not in HEADERS else header))


def guess_mapping(rows: Sequence[Sequence[str]], *, sheet: str = "") -> Mapping:
    """Guess the whole mapping from the first rows of a table.

    Where its header stands and what its columns mean.
    """
    header_index = _header_index(rows)
    headers = [clean_line(cell) for cell in rows[header_index]] if 0 <= header_index < len(rows) else []
    while headers and not headers[-1]:
        headers.pop()
    columns = _one_column_each([ColumnUse(i, header[:120], *guess_field(header)) for i, header in enumerate(headers)])
    if header_index < 0:
        width = max((len(row) for row in rows), default=0)
        columns = tuple(ColumnUse(i, "") for i in range(width))
    body = rows[header_index + 1 :]
    return Mapping(
        columns=columns,
        header_row=header_index + 1,
        sheet=sheet,
        day_first=_days_come_first(columns, body),
        m_is_female=_m_is_female(columns, body),
        utc_offset_hours=_utc_offset(rows[: max(header_index, 0)]),
        fingerprint=headers_fingerprint(headers if header_index >= 0 else rows[0] if rows else ()),
    )


def with_headers_of(mapping: Mapping, rows: Sequence[Sequence[str]]) -> Mapping:
    """The mapping with its headers, after a person has said which row holds them."""
    if not mapping.header_row or any(use.header for use in mapping.columns) or len(rows) < mapping.header_row:
        return mapping
    row = [clean_line(cell)[:120] for cell in rows[mapping.header_row - 1]]
    columns = tuple(
        msgspec.structs.replace(use, header=row[use.column] if use.column < len(row) else "") for use in mapping.columns
    )
    return msgspec.structs.replace(mapping, columns=columns, fingerprint=headers_fingerprint(row))


def _header_index(rows: Sequence[Sequence[str]]) -> int:
    """The row with most known headers among the first; -1 when no row has any."""
    best, best_score = -1, 0.0
    for index, row in enumerate(rows[:_HEADER_ROWS_TRIED]):
        score = sum(guess_field(cell)[1] for cell in row[:300] if len(cell) <= 80)
        if score > best_score + 0.5 or (best == -1 and score > 0):
            best, best_score = index, score
    return best


def _one_column_each(columns: Sequence[ColumnUse]) -> tuple[ColumnUse, ...]:
    """Of two columns with one meaning the surer keeps it, the first among equals."""
    taken: dict[Field, ColumnUse] = {}
    for use in sorted(columns, key=lambda each: (-each.confidence, each.column)):
        if use.field is not None and use.field not in _SEVERAL:
            taken.setdefault(use.field, use)
    return tuple(
        use
        if use.field is None or use.field in _SEVERAL or taken[use.field] is use
        else ColumnUse(use.column, use.header)
        for use in columns
    )


def _values(columns: Sequence[ColumnUse], rows: Sequence[Sequence[str]], field: Field) -> list[str]:
    places = [use.column for use in columns if use.field is field]
    return [row[place].strip() for row in rows for place in places if place < len(row) and row[place].strip()]


def _days_come_first(columns: Sequence[ColumnUse], rows: Sequence[Sequence[str]]) -> bool:
    """Spanish and most others; the American order only where a value proves it and none the contrary."""
    month_first = False
    for value in _values(columns, rows, Field.BIRTH) + _values(columns, rows, Field.SOURCE_DATE):
        match = re.match(r"(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}", value)
        if match and int(match.group(1)) > 12:
            return True
        month_first = month_first or bool(match and int(match.group(2)) > 12)
    return not month_first


def _m_is_female(columns: Sequence[ColumnUse], rows: Sequence[Sequence[str]]) -> bool:
    """Where H (hombre) is written and F is not, M stands for mujer."""
    values = {value.upper() for value in _values(columns, rows, Field.SEX)}
    return "H" in values and "F" not in values


def _utc_offset(preamble: Sequence[Sequence[str]]) -> float:
    """Person Finder's own sheets say "time_zone_offset" above the header, with the hours below it."""
    for above, below in itertools.pairwise(preamble):
        for place, cell in enumerate(above):
            if cell.strip() == "time_zone_offset" and place < len(below):
                match = re.fullmatch(r"[+-]?\d{1,2}(\.\d+)?", below[place].strip())
                return max(-14.0, min(14.0, float(match.group(0)))) if match else 0.0
    return 0.0
