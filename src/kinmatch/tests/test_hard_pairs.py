"""Pairs that are hard to judge: strangers, relatives and namesakes who must stay low, one person who must stay high."""

import msgspec
import pytest

from kinmatch import Index, Query, Record, explain
from kinmatch.synthetic import make_world

Said = dict[str, str]


def said(given: str, surnames: str, born: str = "", sex: str = "f", **more: str) -> Said:
    return {"given_names": given, "surnames": surnames, "birth_date": born, "sex": sex} | more


def chance(left: Said, right: Said, size: int = 2000) -> float:
    records = [msgspec.convert({"record_id": name} | one, Record) for name, one in (("a", left), ("b", right))]
    return explain(records[0], records[1], register_size=size).probability


YULESI = said(
    "Yulesi Carolina",
    "Ramires Peña",
    "1987",
    "female",
    birth_place="San Juan de Colón",
    mother="Carmen Peña",
)
YULEISI = said("Yuleisi", "Torres Contreras", "1987", "female", birth_place="San Antonio")
PARENTS = {"mother": "Rosa Urdaneta", "father": "Pedro Chacón", "birth_place": "Ureña"}
COMMON = said("José Luis", "Pérez González", "1990", "m", mother="Rosa González", father="Pedro Pérez")
OTHERS = said("José Luis", "Pérez González", "1990", "m", mother="Ana González", father="Juan Pérez")

# One line each: what it is, the two sides, the ceiling in a register of 2,000 and in one of 100,000.
NEGATIVES = [
    ("rare given name, other surnames", YULESI, YULEISI, 0.03, 0.01),
    (
        "unheard-of given name, other surnames",
        said("Xiolimar", "Ramírez Peña", "1987"),
        said("Xiolimar", "Torres Contreras", "1987"),
        0.03,
        0.01,
    ),
    (
        "two unheard-of given names, other surnames",
        said("Xiolimar Yuskeidy", "Ramírez Peña", "1987"),
        said("Xiolimar Yuskeidy", "Torres Contreras", "1987"),
        0.15,
        0.03,
    ),
    (
        "rare given name, one other surname each",
        said("Yulesi", "Ramírez", "1987"),
        said("Yuleisi", "Torres", "1987"),
        0.15,
        0.05,
    ),
    (
        "rare given name, other surnames, other town and year",
        said("Eglee", "Uzcátegui Mora", "1987", place="Cúcuta"),
        said("Eglee", "Fuenmayor Pirela", "1988", place="Maracaibo"),
        0.01,
        0.01,
    ),
    (
        "the same surnames and town, other given names",
        said("Daniela", "Chacón Urdaneta", "1987", **PARENTS),
        said("Gabriela", "Chacón Urdaneta", "1989", **PARENTS),
        0.01,
        0.01,
    ),
    (
        "sisters who share a second given name",
        said("Daniela Coromoto", "Chacón Urdaneta", "1987", **PARENTS),
        said("Gabriela Coromoto", "Chacón Urdaneta", "1989", **PARENTS),
        0.05,
        0.01,
    ),
    (
        "father and son, a rare name, 25 years",
        said("Eudomar Alfredo", "Chacón Urdaneta", "1960", "m"),
        said("Eudomar Alfredo", "Chacón Rojas", "1985", "m"),
        0.02,
        0.01,
    ),
    (
        "father and son, a common name, the same town, 25 years",
        said("José Luis", "Chacón Urdaneta", "1960-04-03", "m", birth_place="Ureña"),
        said("José Luis", "Chacón Rojas", "1985-11-20", "m", birth_place="Ureña"),
        0.02,
        0.01,
    ),
    (
        "father and son, one surname written, 25 years",
        said("Eudomar", "Chacón", "1960", "m"),
        said("Eudomar", "Chacón", "1985", "m"),
        0.02,
        0.01,
    ),
    (
        "cousins named after one grandfather",
        said("Luis Alberto", "Chacón Mora", "1990", "m", mother="Rosa Mora", birth_place="Ureña"),
        said("Luis Alberto", "Chacón Rojas", "1991", "m", mother="Ana Rojas", birth_place="Ureña"),
        0.15,
        0.05,
    ),
    (
        "cousins with a rare name",
        said("Eudomar", "Chacón Mora", "1990", "m", mother="Rosa Mora", birth_place="Ureña"),
        said("Eudomar", "Chacón Rojas", "1991", "m", mother="Ana Rojas", birth_place="Ureña"),
        0.10,
        0.03,
    ),
    (
        "common name and year, other place and parents",
        COMMON | {"birth_place": "Ureña"},
        OTHERS | {"birth_place": "Maracaibo"},
        0.30,
        0.10,
    ),
    (
        "common short name and year, other place and mother",
        said("María", "González", "1990", mother="Rosa", birth_place="Ureña"),
        said("María", "González", "1990", mother="Ana", birth_place="Maracaibo"),
        0.10,
        0.03,
    ),
    (
        "twins",
        said("Luis Carlos", "Chacón Urdaneta", "2001-05-09", "m", **PARENTS),
        said("Pedro Antonio", "Chacón Urdaneta", "2001-05-09", "m", **PARENTS),
        0.15,
        0.05,
    ),
    (
        "twins, boy and girl",
        said("Luis Carlos", "Chacón Urdaneta", "2001-05-09", "m", **PARENTS),
        said("Luisana", "Chacón Urdaneta", "2001-05-09", "f", **PARENTS),
        0.15,
        0.05,
    ),
    (
        "a brother and a sister whose names are nearly the same",
        said("Daniel", "Chacón Urdaneta", "2001", "m", **PARENTS),
        said("Daniela", "Chacón Urdaneta", "2002", "f", **PARENTS),
        0.05,
        0.01,
    ),
]

# What it is, the two sides, the floor in a register of 2,000 and in one of 100,000.
POSITIVES = [
    (
        "a rare given name and surnames that sound alike",
        said("Yulesi Carolina", "Ramires Peña", "1987"),
        said("Yuleisi", "Ramírez Peña", "1987"),
        0.99,
        0.98,
    ),
    (
        "common names spelt by ear",
        said("José Luis", "Pérez González", "1990", "m"),
        said("Jose Luis", "Peres Gonsales", "1990", "m"),
        0.99,
        0.95,
    ),
    (
        "a short name against a long one",
        said("Jhon", "Gonsales", "1991", ""),
        said("John Alexander", "González Pérez", "1991-03-02", "m"),
        0.95,
        0.85,
    ),
    (
        "a call-name",
        said("Chucho", "Chacon", "1991", "m"),
        said("Jesús", "Chacón Zambrano", "1991-03-02", "m"),
        0.85,
        0.39,
    ),
    (
        "a married name after 'de'",
        said("Yulesi", "Ramírez Peña", "1987-03-04", mother="Carmen Peña"),
        said("Yuleisi", "Ramírez de Torres", "1987-03-04", mother="Carmen Peña"),
        0.99,
        0.99,
    ),
    (
        "the second surname dropped, the mother known",
        said("Ana Karina", "Rojas", "1994", mother="Luz Mora"),
        said("Ana Karina", "Rojas Mora", "1994-02-11", mother="Luz Marina Mora"),
        0.99,
        0.95,
    ),
    (
        "one surname unlike, the day and the mother the same",
        said("Milagros", "Pirela Soto", "1979-08-30", mother="Ramona Soto"),
        said("Milagros", "Pirela Bracho", "1979-08-30", mother="Ramona"),
        0.99,
        0.95,
    ),
    (
        "day and month exchanged",
        said("Keila", "Montiel Uriana", "2003-04-07"),
        said("Keyla", "Montiel", "2003-07-04"),
        0.99,
        0.95,
    ),
    (
        "names in the other field",
        said("Urdaneta Chacón", "Wilmer José", "1985", "m"),
        said("Wilmer José", "Urdaneta Chacón", "1985-01-20", "m"),
        0.99,
        0.95,
    ),
    (
        "a wrong document digit and an initial",
        said("Luis A.", "Duarte", "", "m", document="V-12345678"),
        said("Luis Alfonso", "Duarte Ríos", "1991", "m", document="V-12345679"),
        0.99,
        0.95,
    ),
    (
        "given names in another order, an age for a date",
        said("Luis José", "Bracho Leal", "1976", "m"),
        said("José Luis", "Bracho Leal", "1976-06-01", "m"),
        0.99,
        0.85,
    ),
    (
        "a year mistaken by one, place and parents the same",
        said("Daniela", "Chacón Urdaneta", "1988", **PARENTS),
        said("Daniela", "Chacon Urdaneta", "1987", **PARENTS),
        0.99,
        0.90,
    ),
]


@pytest.mark.parametrize(("left", "right", "small", "large"), [pytest.param(*n[1:], id=n[0]) for n in NEGATIVES])
def test_another_person_stays_below_the_ceiling(left: Said, right: Said, small: float, large: float) -> None:
    assert chance(left, right) <= small
    assert chance(left, right, 100_000) <= large


@pytest.mark.parametrize(("left", "right", "small", "large"), [pytest.param(*p[1:], id=p[0]) for p in POSITIVES])
def test_one_person_reaches_the_floor(left: Said, right: Said, small: float, large: float) -> None:
    assert chance(left, right) >= small
    assert chance(left, right, 100_000) >= large


def test_a_woman_who_changed_both_surnames_is_among_the_first_ten() -> None:
    stored = said("Yuleisi", "Torres Contreras", "1987-03-04", mother="Carmen Peña")
    index = Index.from_records(make_world(2000, 11).records)
    index.add(msgspec.convert({"record_id": "she"} | stored, Record))
    asked = said("Yulesi", "Ramírez Peña", "1987-03-04", mother="Carmen Peña")
    found = index.search(msgspec.convert(asked, Query), limit=10)
    assert "she" in [one.record_id for one in found]
    assert chance(asked, stored) > 0.25, "low enough to doubt, high enough to look at"


def test_namesakes_are_told_in_words_and_the_line_has_its_own_name() -> None:
    records = [msgspec.convert({"record_id": name} | one, Record) for name, one in (("a", YULESI), ("b", YULEISI))]
    line = next(one for one in explain(records[0], records[1]).evidence if one.level == "namesake")
    assert line.weight < 0
    assert (line.field, line.label("en"), line.label("es")) == ("family", "Namesakes", "Tocayos")
    assert "tocayo" in line.reason("es")
    assert "namesake" in line.reason("en")
    for word in ("Yul", "Torres", "Ramires"):
        assert word not in line.sentence("es")
