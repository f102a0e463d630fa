"""Rows with more cells than the header.

Somewhere a separator stands too many, and all behind it has moved.
"""

from collections.abc import Callable
from datetime import date

from posada.interop.dates import BadValueError, parse_age, parse_date, parse_loose_moment
from posada.interop.sheets.fields import Field
from posada.interop.sheets.mapping import Mapping
from posada.interop.sheets.rows import Row
from posada.interop.sheets.values import parse_sex


def trusted_width(row: Row, mapping: Mapping, today: date) -> int:
    """How many cells from the left still stand under their own header.

    Dates, ages and sexes are recognised by their form: if all of them in the row fit up to some column,
    nothing has moved up to there. 0 when nothing can be trusted.
    """
    trusted = 0
    for use in sorted(mapping.columns, key=lambda each: each.column):
        form = _FORMS.get(use.field) if use.field is not None else None
        text = row.cells[use.column].strip() if use.column < len(row.cells) else ""
        if form is None or not text:
            continue
        try:
            form(text, mapping, today)
        except BadValueError:
            return 0
        trusted = use.column + 1
    return trusted


_Form = Callable[[str, Mapping, date], object]


def _moment(text: str, mapping: Mapping, today: date) -> object:
    return parse_loose_moment(text, day_first=mapping.day_first, utc_offset_hours=0.0, today=today)


_FORMS: dict[Field, _Form] = {
    Field.BIRTH: lambda text, mapping, today: parse_date(text, day_first=mapping.day_first, today=today),
    Field.SOURCE_DATE: _moment,
    Field.EXPIRY_DATE: _moment,
    Field.SEX: lambda text, mapping, _today: parse_sex(text, m_is_female=mapping.m_is_female),
    Field.AGE: lambda text, _mapping, _today: parse_age(text),
}
