"""Registers from CSV, Parquet and Arrow files; pairs and clusters to files and back.

What is wrong with a file as a whole is a `TableError` with one sentence; a bad row is left out and named.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import polars

from kinmatch.compare.comparer import FIELDS as LEVEL_FIELDS
from kinmatch.kin.relations import IN_SPANISH, SEEKS, WORDS
from kinmatch.pair import Pair
from kinmatch.reading.checks import check_rows
from kinmatch.reading.csvs import open_sheet, read_sheet
from kinmatch.reading.frames import ARROW, PARQUET, is_frame_file, open_frame, read_frame_columns
from kinmatch.reading.raw import Raw, TableError, columns_said
from kinmatch.register import FIELDS, Problem, Register, read_row

# Kinds for --map, besides the names of the fields themselves.
KINDS = {
    "id": "record_id",
    "given": "given_names",
    "surname": "surnames",
    "name": "full_name",
    "date": "birth_date",
    "born": "birth_date",
    "code": "document",
    "person": "relatives",
    "text": "place",
}
# Parts of a birth date in columns of their own, in the order in which they are joined.
PARTS = ("year", "month", "day")
# A second column of one of these would make another value, not more words.
SINGLE = frozenset({"sex", "birth_date", "age", "age_on", "phone", "document", *PARTS})

PAIR = ("id_a", "id_b")
DECISION = (*PAIR, "decision")
RELATION = ("record_id", "relation", "other_id")
WORDS_OF_DECISION = dict.fromkeys(("same", "yes", "true", "1", "misma", "sí", "si"), True)
WORDS_OF_DECISION |= dict.fromkeys(("different", "no", "false", "0", "distinta", "otra"), False)


def read_mapping(texts: Iterable[str]) -> dict[str, str]:
    """Field by column, from texts like 'soundex=code'. Raises TableError for an unknown kind."""
    found: dict[str, str] = {}
    for text in texts:
        column, equals, kind = text.rpartition("=")
        field = KINDS.get(kind, kind)
        if not equals or not column or field not in {*FIELDS, *PARTS}:
            kinds = ", ".join((*FIELDS, *KINDS, *PARTS))
            raise TableError(f"--map {text}: write COLUMN=KIND, where KIND is one of {kinds}.")
        found[column] = field
    return found


def read_frame(
    path: Path, mapping: Mapping[str, str] | None = None, encoding: str = "utf-8"
) -> tuple[polars.DataFrame, list[Problem]]:
    """The register in a CSV file (comma, semicolon, tab or bar), a Parquet or an Arrow file (by the name's ending).

    The frame's columns are those of FIELDS that the file has, all String, stripped and without nulls; every row has a
    record_id of its own and dates and ages that can be read. The others are the problems, by line. `mapping` gives the
    field for columns that are not called like one; several columns of one field are joined.
    Raises TableError when there is no such file, it is not a table, or it has no column for record_id.
    """
    raw, fields = _read(path, dict(mapping or {}), encoding)
    joined = {field: _joined(raw.frame, places, field) for field, places in fields.items() if field not in PARTS}
    frame = raw.frame.select(**joined, **_birth_of_parts(fields))
    good, problems = check_rows(frame, raw.lines)
    return good, sorted(raw.problems + problems, key=lambda problem: problem.line)


def read_register(path: Path, mapping: Mapping[str, str] | None = None, encoding: str = "utf-8") -> Register:
    """The same register as records. Raises TableError as `read_frame` does."""
    frame, problems = read_frame(path, mapping, encoding)
    return Register((read_row(row) for row in frame.iter_rows(named=True)), problems)


def _read(
    path: Path, chosen: dict[str, str], encoding: str, also: int | None = None
) -> tuple[Raw, dict[str, list[int]]]:
    """The columns that are fields (and one at another place), and the places of each field's columns."""
    more = [] if also is None else [also]
    if is_frame_file(path):
        table = open_frame(path)
        fields = _fields(table.columns, chosen, path.name)
        return read_frame_columns(table, _places(fields) + more, path.name), fields
    sheet = open_sheet(path, encoding)
    fields = _fields(sheet.heading, chosen, path.name)
    return read_sheet(sheet, _places(fields) + more), fields


def _places(fields: dict[str, list[int]]) -> list[int]:
    return [place for places in fields.values() for place in places]


def _fields(heading: list[str], chosen: dict[str, str], name: str) -> dict[str, list[int]]:
    for column in chosen:
        if column not in heading:
            raise TableError(f"{name} has no column {column!r}. Its columns: {columns_said(heading)}.")
    fields: dict[str, list[int]] = {}
    for place, column in enumerate(heading):
        plain = column.strip().lower().replace(" ", "_")
        if field := chosen.get(column, plain if plain in FIELDS else ""):
            fields.setdefault(field, []).append(place)
    if "record_id" not in fields:
        raise TableError(
            f"{name} has no column record_id. Say which one it is: --map COLUMN=record_id. "
            f"Its columns: {columns_said(heading)}."
        )
    _refuse_doubled(fields, heading, name)
    return fields


def _refuse_doubled(fields: dict[str, list[int]], heading: list[str], name: str) -> None:
    for field, places in fields.items():
        if field in SINGLE and len(places) > 1:
            columns = " and ".join(repr(heading[place]) for place in places)
            raise TableError(f"{name}: the columns {columns} would both be {field}. Map one of them.")
    if "birth_date" in fields and "year" in fields:
        raise TableError(f"{name}: birth_date and year cannot both be mapped. Map one of them.")
    if not fields.keys().isdisjoint({"month", "day"}) and "year" not in fields:
        raise TableError(f"{name}: a month or day needs a column for the year, too: --map COLUMN=year.")


def _clean(place: int) -> polars.Expr:
    return polars.col(str(place)).str.strip_chars()


def _joined(frame: polars.DataFrame, places: list[int], field: str) -> polars.Expr:
    if len(places) == 1:
        return _clean(places[0])
    between = "; " if field == "relatives" else " "
    filled = [polars.when(_clean(place) != "").then(_clean(place)) for place in places]
    return polars.concat_str(filled, separator=between, ignore_nulls=True)


def _birth_of_parts(fields: dict[str, list[int]]) -> dict[str, polars.Expr]:
    """A birth date from columns for year, month and day; as far as they go without a gap."""
    if "year" not in fields:
        return {}
    date = year = _clean(fields["year"][0])
    known = year != ""
    for part in PARTS[1:]:
        if part in fields:
            value = _clean(fields[part][0])
            known = known & (value != "")
            date = polars.when(known).then(polars.concat_str([date, polars.lit("-"), value])).otherwise(date)
    return {"birth_date": date}


def read_column(path: Path, column: str, mapping: Mapping[str, str], encoding: str = "utf-8") -> polars.DataFrame:
    """One more column of a register as a frame of record_id and that column. Raises TableError when it has none."""
    heading = open_frame(path).columns if is_frame_file(path) else open_sheet(path, encoding).heading
    if column not in heading:
        raise TableError(f"{path.name} has no column {column!r}. Its columns: {columns_said(heading)}.")
    raw, fields = _read(path, dict(mapping), encoding, also=heading.index(column))
    names = _joined(raw.frame, fields["record_id"], "record_id")
    return raw.frame.select(names.alias("record_id"), _clean(heading.index(column)).alias(column)).unique("record_id")


def write_text(text: str, path: Path) -> None:
    """Writes a text as UTF-8. Raises TableError when it cannot."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise TableError(f"{path} cannot be written: {problem.strerror or problem}.") from problem


def write_pairs(pairs: polars.DataFrame, path: Path) -> None:
    """Writes a frame of pairs (id_a, id_b, probability, weight, one column of levels per field) as CSV, Parquet or
    Arrow by the name. Raises TableError when it cannot."""
    _write(pairs.with_columns(polars.col("probability").round(6), polars.col("weight").round(4)), path)


def write_clusters(found: polars.DataFrame, path: Path) -> None:
    """Writes record_id, cluster_id and the cluster's contradictions, one row per record."""
    _write(found.select("record_id", "cluster_id", "contradictions"), path)


def _write(frame: polars.DataFrame, path: Path) -> None:
    try:
        if path.suffix.lower() in PARQUET:
            frame.write_parquet(path)
        elif path.suffix.lower() in ARROW:
            frame.write_ipc(path)
        else:
            frame.write_csv(path)
    except OSError as problem:
        raise TableError(f"{path} cannot be written: {problem.strerror or problem}.") from problem


def read_pairs(path: Path) -> list[Pair]:
    """Pairs from a file of `write_pairs`, or any table with id_a and id_b; without a probability it is 1."""
    rows = read_pair_frame(path).select("id_a", "id_b", "probability", "weight").iter_rows()
    return [Pair(id_a, id_b, chance, weight, {}) for id_a, id_b, chance, weight in rows]


def read_pair_frame(path: Path) -> polars.DataFrame:
    """Columns id_a and id_b (String), probability and weight (Float64; 1 and 0 where there are none), then the levels.

    Raises TableError when a column is missing, a row is bad or a number is none.
    """
    raw, heading = _read_pair_rows(path, PAIR)
    frame = raw.frame.rename({place: heading[int(place)] for place in raw.frame.columns})
    return frame.select(
        polars.col("id_a", "id_b").str.strip_chars(),
        _number(frame, "probability", 1.0, path.name),
        _number(frame, "weight", 0.0, path.name),
        *(name for name in LEVEL_FIELDS if name in frame.columns),
    )


def read_relations(path: Path) -> tuple[polars.DataFrame, list[Problem]]:
    """Relations between records: columns record_id, relation and other_id (`kin.relations`), and the rows that say
    nothing, which are left out. Raises TableError when a column is missing or a row is bad."""
    raw, heading = _read_pair_rows(path, RELATION)
    frame = polars.DataFrame({name: raw.frame[str(heading.index(name))].str.strip_chars() for name in RELATION})
    words = frame["relation"].str.to_lowercase()
    frame = frame.with_columns(relation=words.replace(IN_SPANISH))
    known = frame["relation"].is_in([*WORDS, SEEKS])
    itself = frame["record_id"] == frame["other_id"]
    problems = [
        Problem(line, f"the relation {word!r} is none of {', '.join([*WORDS, SEEKS])}")
        for line, word, is_known in zip(raw.lines.tolist(), words, known, strict=True)
        if not is_known
    ]
    problems += [Problem(int(line), "a record is no relative of itself") for line in raw.lines[itself.to_numpy()]]
    return frame.filter(known & ~itself), sorted(problems, key=lambda one: one.line)


def read_decisions(path: Path) -> dict[tuple[str, str], bool]:
    """What people decided, from columns id_a, id_b and decision: same (yes, true, 1) or different (no, false, 0).

    Raises TableError for another word, and when one pair has both.
    """
    raw, heading = _read_pair_rows(path, DECISION)
    found: dict[tuple[str, str], bool] = {}
    columns = [raw.frame[str(heading.index(name))].str.strip_chars().to_list() for name in DECISION]
    for line, one, other, word in zip(raw.lines.tolist(), *columns, strict=True):
        if word.lower() not in WORDS_OF_DECISION:
            raise TableError(f"{path.name} line {line}: the decision {word!r} is neither same nor different.")
        same = WORDS_OF_DECISION[word.lower()]
        if found.setdefault((min(one, other), max(one, other)), same) != same:
            raise TableError(f"{path.name} line {line}: this pair was decided both ways. Leave one of the two.")
    if not found:
        raise TableError(f"{path.name} has no decision.")
    return found


def _read_pair_rows(path: Path, needed: tuple[str, ...]) -> tuple[Raw, list[str]]:
    """The rows of a table of pairs; none may be bad."""
    if is_frame_file(path):
        table = open_frame(path)
        return read_frame_columns(table, _pair_places(table.columns, needed, path.name), path.name), table.columns
    sheet = open_sheet(path, "utf-8")
    raw = read_sheet(sheet, _pair_places(sheet.heading, needed, path.name))
    for problem in raw.problems:
        raise TableError(f"{path.name} line {problem.line}: {problem.reason}.")
    return raw, sheet.heading


def _pair_places(heading: list[str], needed: tuple[str, ...], name: str) -> list[int]:
    for column in needed:
        if column not in heading:
            raise TableError(f"{name} has no column {column}. Its columns: {columns_said(heading)}.")
    wanted = (*needed, "probability", "weight", *LEVEL_FIELDS)
    return [heading.index(column) for column in wanted if column in heading]


def _number(frame: polars.DataFrame, column: str, otherwise: float, name: str) -> polars.Series:
    if column not in frame.columns:
        return polars.Series(column, [otherwise]).new_from_index(0, frame.height)
    texts = frame[column].str.strip_chars()
    numbers = texts.cast(polars.Float64, strict=False)
    if bool((numbers.is_null() & (texts != "")).any() or numbers.is_nan().any()):
        raise TableError(f"{name}: a probability or weight is not a number.")
    return numbers.fill_null(otherwise)
