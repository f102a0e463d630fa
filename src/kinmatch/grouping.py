"""Groups of people by which quality is measured apart: alphabet, sex, age, and how many words the name has."""

import polars

from kinmatch.dates import read_birth
from kinmatch.names import PARTICLES
from kinmatch.prepare import read_sex
from kinmatch.register import read_age

SCRIPTS = ("Latin", "Cyrillic", "Arabic", "Greek", "Han", "Hebrew", "Hangul", "Hiragana", "Katakana", "Devanagari")
SEVERAL = "several"
AGES = {"0-4": 5, "5-17": 18, "18-39": 40, "40-59": 60, "60 and more": 1000}
_SEXES = {"m": "men", "f": "women", "": ""}
_NAMES = ("given_names", "surnames", "full_name")
_BIRTH = ("birth_date", "age", "age_on")
_WORD = r"[\p{L}\p{M}'’-]+"
_PARTICLE = rf"(?i)\b({'|'.join(sorted(PARTICLES))})\b"


def groups_of(frame: polars.DataFrame) -> polars.DataFrame:
    """A frame of `tables.read_frame` as record_id and the columns script, sex, age and name; '' is unknown.

    `age` is what somebody would be in the latest year that the register names; `name` counts the words.
    """
    missing = [name for name in (*_NAMES, "sex", *_BIRTH) if name not in frame.columns]
    filled = frame.with_columns(polars.lit("").alias(name) for name in missing)
    names = polars.concat_str(_NAMES, separator=" ")
    sexes = {text: _SEXES[read_sex(text)] for text in filled["sex"].unique().to_list()}
    return filled.select(
        "record_id",
        script=_script(names),
        sex=polars.col("sex").replace_strict(sexes, return_dtype=polars.String),
        age=_ages(filled),
        name=_shape(),
    )


def _script(names: polars.Expr) -> polars.Expr:
    found = polars.lit("")
    for script in SCRIPTS:
        has = names.str.contains(rf"\p{{{script}}}")
        first = polars.when(found == "").then(polars.lit(script)).otherwise(polars.lit(SEVERAL))
        found = polars.when(has).then(first).otherwise(found)
    return found


def _ages(frame: polars.DataFrame) -> polars.Series:
    distinct = frame.select(_BIRTH).unique()
    years = [_year(*row) for row in distinct.iter_rows()]
    latest = max(years, default=0)
    bands = [_band(latest - year) if year else "" for year in years]
    return frame.select(_BIRTH).join(
        distinct.with_columns(band=polars.Series(bands, dtype=polars.String)),
        on=_BIRTH,
        how="left",
        maintain_order="left",
    )["band"]


def _year(birth_date: str, age: str, age_on: str) -> int:
    birth = read_birth(birth_date, read_age(age), age_on)
    return birth.year if birth else 0


def _band(age: int) -> str:
    return next(band for band, below in AGES.items() if age < below)


def _count(column: str) -> polars.Expr:
    text = polars.col(column)
    return text.str.count_matches(_WORD).cast(polars.Int64) - text.str.count_matches(_PARTICLE).cast(polars.Int64)


def _shape() -> polars.Expr:
    given, surnames = _count("given_names"), _count("surnames")
    words = given + surnames + polars.when(given + surnames == 0).then(_count("full_name")).otherwise(0)
    return (
        polars.when(words <= 0)
        .then(polars.lit(""))
        .when(words == 1)
        .then(polars.lit("one word"))
        .when(given + surnames == 0)
        .then(polars.lit("a whole name"))
        .when(surnames <= 0)
        .then(polars.lit("no surname"))
        .when(surnames == 1)
        .then(polars.lit("one surname"))
        .otherwise(polars.lit("two surnames or more"))
    )
