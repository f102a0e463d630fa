"""How one people names its children: the words it has, how often and when each was given, and who hands what down."""

import csv
import tomllib
from collections.abc import Iterable
from functools import cache
from typing import Literal, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from kinmatch.compare.grades import variants
from kinmatch.frequencies import DATA
from kinmatch.sounds import fold

WORLDS = DATA / "worlds"
COHORTS = np.arange(1885, 2020, 15)
_SPREAD, _FLOOR = 17.0, 0.02
_HEADS = "yu yo ma key dei yor na wil jo lei yus dai ro eu mi an"
_MIDDLES = ("li", "lei", "ri", "der", "mar", "ne", "sma", "ni", "vi", "ke", "xi", "la", "bel", "di", "")
_TAILS = {"women": "sy mar lis neth na ska lyn dis", "men": "son ber mir ner vis ko"}

Texts = npt.NDArray[np.object_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


class Customs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What data/worlds/NAME.toml says.

    `men`, `women`, `surnames`: lines "share name name ...", the share being that of each name of the line; a name may
    carry other spellings, "Алексей=Aleksei=Alexey", the first of them its own letters.
    `surnames_from`: `both` (father's first, mother's first), `mother_first` (mother's, father's last), `father`,
    `clan` (the mother's clan, then the father's), `patronymic` (father's given name, family name), `slavic` (one,
    with its ending by sex, and a patronymic among the given names), `none`.
    `second`: share of people with a second given name. `married`: wives written under the husband's surname.
    `surname_first`: share of descriptions that put the surname first in a full name. `full`: share of descriptions
    that give a name in one piece. `ear`: pairs of spellings that sound alike.
    """

    title: str
    men: list[str] = []
    women: list[str] = []
    surnames: list[str] = []
    surnames_from: Literal["both", "mother_first", "father", "clan", "patronymic", "slavic", "none"] = "both"
    second: float = 0.75
    married: float = 0.04
    surname_first: float = 0.05
    full: float = 0.06
    held_out: bool = False
    invents: bool = False
    own_letters: bool = False
    sets: tuple[str, ...] = ()
    compound: tuple[str, ...] = ()
    ear: list[tuple[str, str]] = []
    nicknames: dict[str, list[str]] = {}
    towns: list[str] = []


class Words(NamedTuple):
    """Names of one kind: m texts, their shares (summing to 1) and the middle year of their fashion; `spellings[i]`
    are the ways to write name i in Latin letters (at least one)."""

    texts: list[str]
    spellings: list[tuple[str, ...]]
    share: Floats
    year: Floats


class Naming(NamedTuple):
    """The customs with their words; `men` and `women` are shares over `given` (float64[m]), `fashion` the summed shares
    by cohort and sex (float64[cohorts, 2, m])."""

    name: str
    customs: Customs
    given: Words
    surnames: Words
    fashion: Floats
    surname_sums: Floats
    initial_order: Ints


def names() -> list[str]:
    """The namings that are shipped."""
    return sorted(path.stem for path in WORLDS.glob("*.toml"))


def held_out() -> list[str]:
    """Namings that no shipped weight has been learnt on."""
    return [name for name in names() if read_customs(name).held_out]


@cache
def read_customs(name: str) -> Customs:
    """The customs of that name. Raises ValueError where there are none."""
    path = WORLDS / f"{name}.toml"
    if not path.is_file():
        raise ValueError(f"There is no naming {name}. There are: {', '.join(names())}.")
    customs = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Customs)
    return customs if customs.towns else msgspec.structs.replace(customs, towns=_towns())


def _towns() -> list[str]:
    lines = (DATA / "towns.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@cache
def read_naming(name: str, invented: float = 0.05) -> Naming:
    """The naming of that name; `invented` is the share of made-up given names where parents make them up."""
    customs = read_customs(name)
    rows = {kind: _rows(customs, kind) for kind in ("men", "women", "surnames")}
    if customs.invents and invented > 0:
        for kind in ("men", "women"):
            rows[kind] = _with_invented(rows[kind], kind, invented)
    if customs.sets:
        rows = {kind: [(_with_variants(row[0]), *row[1:]) for row in found] for kind, found in rows.items()}
    given = _words([*rows["men"], *rows["women"]])
    position = {text: n for n, text in enumerate(given.texts)}
    shares = np.zeros((2, len(given.texts)))
    for sex, kind in enumerate(("men", "women")):
        for spellings, share, _ in rows[kind]:
            shares[sex, position[spellings[0]]] += share
    surnames = _words(rows["surnames"])
    order = np.argsort(np.array(given.texts, dtype=object), kind="stable").astype(np.int32)
    return Naming(name, customs, given, surnames, _fashion(shares, given.year), np.cumsum(surnames.share), order)


_Row = tuple[tuple[str, ...], float, float]


def _rows(customs: Customs, kind: str) -> list[_Row]:
    found = [row for line in getattr(customs, kind) for row in _line(line)]
    for source in customs.sets:
        found += _from_table(source, kind)
    total = sum(share for _, share, _ in found) or 1.0
    return [(spellings, share / total, year) for spellings, share, year in found]


def _line(line: str) -> Iterable[_Row]:
    share, *entries = line.split()
    for entry in entries:
        spellings = tuple(text.replace("_", " ") for text in entry.split("="))
        yield spellings, float(share), 0.0


@cache
def _accents() -> dict[str, str]:
    text = (WORLDS / "accents.txt").read_text(encoding="utf-8")
    plain = str.maketrans("áéíóúü", "aeiouu")
    return {word.translate(plain): word for line in text.splitlines() if line[:1] != "#" for word in line.split()}


def accented(name: str) -> str:
    """A Spanish name as it is properly written: 'gonzalez' -> 'González', 'de la cruz' -> 'De la Cruz'."""
    found = " ".join(_accents().get(word, word) for word in name.split())
    words = [word if word in {"de", "la", "las", "los", "del"} else word.capitalize() for word in found.split()]
    joined = " ".join(words)
    return joined[:1].upper() + joined[1:]


def _from_table(source: str, kind: str) -> list[_Row]:
    """Rows of a table of facts: Spain's by bearers, Venezuela's and Colombia's by their shares."""
    if source == "spain":
        with (WORLDS / "spanish.csv").open(encoding="utf-8") as handle:
            rows = [row for row in csv.DictReader(handle) if row["kind"] == kind]
        total = sum(int(row["bearers"]) for row in rows)
        return [((accented(row["name"]),), int(row["bearers"]) / total, float(row["year"])) for row in rows]
    lines = (DATA / "names-venezuela-colombia.csv").read_text(encoding="utf-8").splitlines()
    parts = [line.split(",") for line in lines if line.startswith(kind)]
    found = [(name.replace("-", " "), float(share)) for _, share, names in parts for name in names.split()]
    total = sum(share for _, share in found)
    return [((accented(name),), share / total, 1984.0 if share < 1000 else 1972.0) for name, share in found]


@cache
def _spellings() -> dict[int, tuple[str, ...]]:
    """By group of variants.txt, its spellings."""
    groups: dict[int, list[str]] = {}
    for spelling, numbers in variants().items():
        for number in numbers:
            groups.setdefault(number, []).append(spelling.capitalize())
    return {number: tuple(sorted(found)) for number, found in groups.items()}


def _with_variants(spellings: tuple[str, ...]) -> tuple[str, ...]:
    groups = variants().get(fold(spellings[0]), frozenset())
    return spellings + tuple(other for group in sorted(groups) for other in _spellings()[group])


def _with_invented(rows: list[_Row], kind: str, share: float) -> list[_Row]:
    made = {
        f"{head}{middle}{tail}".capitalize()
        for head in _HEADS.split()
        for middle in _MIDDLES
        for tail in _TAILS[kind].split()
    }
    usual: list[_Row] = [(spellings, part * (1 - share), year) for spellings, part, year in rows]
    return usual + [((text,), share / len(made), 1996.0) for text in sorted(made)]


def _words(rows: list[_Row]) -> Words:
    merged: dict[str, tuple[tuple[str, ...], float, float]] = {}
    for spellings, share, year in rows:
        _, before, then = merged.get(spellings[0], (spellings, 0.0, year))
        merged[spellings[0]] = (spellings, before + share, then or year)
    texts = list(merged)
    shares = np.array([merged[text][1] for text in texts])
    years = np.array([merged[text][2] or _some_year(text) for text in texts])
    return Words(texts, [merged[text][0][1:] or (text,) for text in texts], shares / max(shares.sum(), 1e-9), years)


def _some_year(text: str) -> float:
    """A middle year for a name of which no fact is known; the same each time."""
    return 1945.0 + sum(ord(letter) * (k + 3) for k, letter in enumerate(text)) % 60


def _fashion(shares: Floats, year: Floats) -> Floats:
    """Summed shares by cohort and sex: a name is given most about its middle year, and never quite dies out."""
    apart = (COHORTS[:, None] + 7.5 - np.clip(year, 1925, 2005)[None, :]) / _SPREAD
    fitting = np.exp(-0.5 * apart * apart) + _FLOOR
    fitting /= fitting.sum(axis=0, keepdims=True)
    sums = np.cumsum(fitting[:, None, :] * shares[None, :, :], axis=2)
    total = sums[:, :, -1:]
    return np.asarray(np.divide(sums, total, out=np.ones_like(sums), where=total > 0))
