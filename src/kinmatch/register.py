"""A table of records, with the rows that could not be read."""

from collections.abc import Collection, Iterable, Iterator, Mapping

import msgspec

from kinmatch.dates import OLDEST, parse_date
from kinmatch.records import Record

FIELDS = tuple(field for field in Record.__struct_fields__)


class Problem(msgspec.Struct, frozen=True):
    """A row that was left out, or (`is_kept`) read without a part of it: its line in the file (1 is the heading) and
    why."""

    line: int
    reason: str
    is_kept: bool = False

    @property
    def said(self) -> str:
        """The reason and what became of the row."""
        return self.reason if self.is_kept else f"{self.reason}; left out"

    def __str__(self) -> str:
        return f"line {self.line}: {self.said}"


class Register:
    """Records in their order and, apart, the problems of rows left out."""

    def __init__(self, records: Iterable[Record] = (), problems: Iterable[Problem] = ()) -> None:
        self.records = list(records)
        self.problems = list(problems)

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str | None]], first_line: int = 2) -> "Register":
        """Records from rows of text by field name. A bad row becomes a `Problem`, never an exception."""
        register = cls()
        seen: set[str] = set()
        for line, row in enumerate(rows, first_line):
            try:
                record = read_row(row, seen)
            except ValueError as problem:
                register.problems.append(Problem(line, str(problem)))
            else:
                seen.add(record.record_id)
                register.records.append(record)
        return register

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)

    def __getitem__(self, position: int) -> Record:
        return self.records[position]


def read_row(row: Mapping[str, str | None], seen: Collection[str] = ()) -> Record:
    """One record from text by field name. Raises ValueError with the reason when a value cannot be."""
    values = {name: (row.get(name) or "").replace("\0", "").strip() for name in FIELDS}
    if not values["record_id"]:
        raise ValueError("record_id is empty")
    if values["record_id"] in seen:
        raise ValueError("this record_id occurred before")
    for name in ("birth_date", "age_on"):
        if values[name]:
            _check_date(name, values[name])
    age = read_age(values.pop("age"))
    relatives = tuple(part.strip() for part in values.pop("relatives").split(";") if part.strip())
    return Record(**values, age=age, relatives=relatives)


def _check_date(name: str, text: str) -> None:
    try:
        parse_date(text)
    except ValueError as problem:
        raise ValueError(f"{name}: {problem}") from problem


def read_age(text: str) -> int | None:
    """Whole years from text like '17' or '17.0', or None when it is empty. Raises ValueError for anything else."""
    if not text:
        return None
    try:
        age = int(float(text))
    except (ValueError, OverflowError) as problem:
        raise ValueError("age: not a number") from problem
    if not 0 <= age <= OLDEST:
        raise ValueError(f"age: must lie between 0 and {OLDEST}")
    return age
