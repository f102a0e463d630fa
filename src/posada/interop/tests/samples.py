"""Small files made for the tests. No person in them exists."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import openpyxl

from posada.interop.items import FileProblem, Finished, Item, ReadRequest
from posada.interop.limits import DEFAULT_LIMITS
from posada.interop.reading import read_items
from posada.interop.sheets.mapping import Mapping

NOW = datetime(2019, 2, 26, 12, 0, tzinfo=UTC)
NOW_TEXT = "2019-02-26T12:00:00Z"


def pfif(body: str, version: str = "1.4") -> bytes:
    """A PFIF document around some records."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<pfif xmlns="http://zesty.ca/pfif/{version}">\n{body}\n</pfif>'
    ).encode()


def person(**fields: str) -> str:
    """A person record with the fields given."""
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
    return f"<person>{inside}</person>"


def workbook(rows: Iterable[Sequence[object]], title: str = "Lista") -> bytes:
    """An XLSX file with one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zip_of(members: dict[str, bytes]) -> bytes:
    """A compressed archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def request(
    *,
    mapping: Mapping | None = None,
    own_domain: str = "",
    blank_bad_values: bool = False,
    preview: bool = False,
) -> ReadRequest:
    """A request whose clock stands in the demonstration's February."""
    return ReadRequest(
        now=NOW_TEXT,
        mapping=mapping,
        own_domain=own_domain,
        blank_bad_values=blank_bad_values,
        preview=preview,
    )


def items_of(content: bytes, asked: ReadRequest | None = None) -> list[Item]:
    """Everything a file gives, read in this process; the last item is always a last word."""
    items = list(read_items(content, asked or request(), DEFAULT_LIMITS))
    assert isinstance(items[-1], Finished | FileProblem)
    return items
