"""Write a CSV file that a spreadsheet opens without running anything."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from posada.interop.text import without_controls

_FORMULA_SIGNS = "=+-@\t\r"


def harmless(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run. Our reader takes it off again."""
    bare = text.lstrip("'")
    return "'" + text if bare and bare[0] in _FORMULA_SIGNS else text


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]], out: BinaryIO, *, separator: str = ",") -> int:
    """Write UTF-8 with its mark (so that Excel reads the accents), and return the number of rows."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(header)
    count = 0
    for row in rows:
        writer.writerow([harmless(without_controls(cell)) for cell in row])
        count += 1
    text.detach()
    return count
