import csv
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinmatch.columns.scanning import OPEN_QUOTE, RAGGED, TOO_LONG, Form, Scanned, scan_rows

pytestmark = pytest.mark.xdist_group("numba")

CELLS = st.text(st.sampled_from('ab,"\n é;\t'), max_size=6)
WIDTH = 3


def scan(data: bytes, longest: int = 1000) -> Scanned:
    form = Form(ord(","), WIDTH, np.ones(WIDTH, dtype=np.bool_), longest, np.zeros(0, dtype=np.bool_))
    return scan_rows(np.frombuffer(data, dtype=np.uint8), 0, 1, form)


def rows(found: Scanned) -> list[list[str]]:
    text = found.data.tobytes().decode()
    return [row.split("\x1f")[:-1] for row in text.split("\x1e")[:-1]]


@settings(deadline=None)  # the first call compiles
@given(st.lists(st.lists(CELLS, min_size=WIDTH, max_size=WIDTH), max_size=6))
def test_what_a_writer_writes_is_read_as_it_was(table: list[list[str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows(table)
    found = scan(written.getvalue().encode())
    assert rows(found) == table
    assert len(found.bad_lines) == 0


@settings(deadline=None)  # the first call compiles
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_named(data: bytes) -> None:
    found = scan(data)
    lines = [number for number, line in enumerate(data.split(b"\n"), 1) if line.strip(b"\r")]
    told = {*found.lines.tolist(), *found.bad_lines.tolist()}
    assert told <= set(lines)
    assert len(rows(scan(data.replace(b'"', b"")))) <= len(lines)
    if b'"' not in data:
        assert told == set(lines)


def test_a_bad_row_costs_no_other_row() -> None:
    found = scan(b'1,a,b\n2,"a,b\n3,a,b\n4,a\n5,' + b"x" * 2000 + b",b\n6,a,b\n")
    assert [row[0] for row in rows(found)] == ["1", "3", "6"]
    assert found.bad_lines.tolist() == [2, 4, 5]
    assert found.bad_kinds.tolist() == [TOO_LONG, RAGGED, TOO_LONG]
    assert scan(b'1,a,"b\n2,a,b\n').bad_kinds.tolist() == [OPEN_QUOTE]
