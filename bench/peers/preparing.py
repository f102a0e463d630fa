"""A register as the peers read it: names in capital letters without accents, parted into their words, and how each
sounds in Spanish. Their users write such a preparation by hand; its time is counted."""

from pathlib import Path

import polars

SOUNDS = (
    ("LL", "Y"), ("GUE", "GE"), ("GUI", "GI"), ("QU", "K"), ("CE", "SE"), ("CI", "SI"), ("CH", "X"), ("PH", "F"),
    ("GE", "JE"), ("GI", "JI"), ("C", "K"), ("Z", "S"), ("V", "B"), ("W", "B"), ("H", ""), ("Y", "I"), ("X", "CH"),
)  # fmt: skip
FIELDS = (
    "record_id", "given_names", "surnames", "full_name", "sex", "birth_date", "age", "age_on", "place", "mother",
    "father",
)  # fmt: skip


def read(path: Path) -> polars.DataFrame:
    """record_id, given1, given2, surname1, surname2, their sounds, sex, born, year, place, mother, father, name."""
    found = polars.read_parquet(path)
    blank = [polars.lit("").alias(field) for field in FIELDS if field not in found.columns]
    register = found.with_columns(*blank).select(
        polars.col(field).cast(polars.String).fill_null("") for field in FIELDS
    )
    return register.with_columns(
        plain(field) for field in ("given_names", "surnames", "full_name", "place", "mother", "father")
    ).pipe(_parted)


def plain(field: str) -> polars.Expr:
    """The text of a column in capital letters without accents and signs."""
    letters = polars.col(field).str.normalize("NFD").str.replace_all(r"\p{M}", "").str.to_uppercase()
    return letters.str.replace_all(r"[^\p{L}\p{N},]+", " ").str.strip_chars().alias(field)


def _parted(register: polars.DataFrame) -> polars.DataFrame:
    given, surnames = _words("given_names"), _words("surnames")
    whole = _words("full_name")
    half = (whole.list.len() + 1) // 2
    is_whole = (polars.col("given_names") == "") & (polars.col("surnames") == "")
    year = polars.col("birth_date").str.slice(0, 4).cast(polars.Int32, strict=False)
    aged = polars.col("age_on").str.slice(0, 4).cast(polars.Int32, strict=False)
    told = register.with_columns(
        given=polars.when(is_whole).then(whole.list.head(half)).otherwise(given),
        surname=polars.when(is_whole).then(whole.list.slice(half)).otherwise(surnames),
        year=year.fill_null(aged - polars.col("age").cast(polars.Int32, strict=False)),
        born=polars.when(polars.col("birth_date").str.len_chars() == 10).then("birth_date"),
        sex=polars.col("sex").str.to_uppercase().str.slice(0, 1),
        place=polars.col("place").str.split(",").list.first(),
    )
    parts = told.select(
        "record_id", "sex", "born", "year", "place", "mother", "father",
        given1=_nth("given", 0), given2=_nth("given", 1), surname1=_nth("surname", 0), surname2=_nth("surname", 1),
        name=polars.concat_list("given", "surname").list.sort().list.join(" "),
    )  # fmt: skip
    names = ("given1", "given2", "surname1", "surname2")
    blanks = [
        polars.when(polars.col(name) != "").then(name).alias(name) for name in parts.columns[1:] if name != "year"
    ]
    return parts.with_columns(blanks).with_columns(sound(name).alias(f"{name}_sound") for name in names)


def _words(field: str) -> polars.Expr:
    words = polars.col(field).str.replace_all(",", " ").str.split(" ")
    return words.list.filter(~polars.element().is_in(["", "DE", "DEL", "LA", "LAS", "LOS", "Y"]))


def _nth(words: str, place: int) -> polars.Expr:
    return polars.col(words).list.get(place, null_on_oob=True)


def sound(field: str) -> polars.Expr:
    """How a word sounds in Spanish, roughly; letters that come twice count once."""
    said = polars.col(field)
    for written, heard in SOUNDS:
        said = said.str.replace_all(written, heard, literal=True)
    for letter in "ABEFIKLMNOPRSTU":
        said = said.str.replace_all(letter * 2, letter, literal=True)
    return said
