"""How one people names its children: the words it has, how often and when each was given, and who hands what down."""

import tomllib
from functools import cache
from typing import Literal, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from kinmatch.frequencies import DATA
from kinmatch.worlds.endings import feminine, patronymics
from kinmatch.worlds.romanising import SCHEMES, in_latin
from kinmatch.worlds.wordlists import WORLDS, Row, Words, own_rows, table_rows, weighted, with_invented, words_of

COHORTS = np.arange(1885, 2020, 15)
_SPREAD, _FLOOR = 17.0, 0.02

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
    `sets`: tables of facts to draw from as well; `own_share` is the share of the naming's own lines beside them.
    `surname_dropped`: share of descriptions that leave out one of two surnames.
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
    surname_dropped: float = 0.2
    held_out: bool = False
    letters: Literal["latin", "cyrillic", "greek", "arabic", "chinese"] = "latin"
    clans: list[str] = []
    own_share: float = 0.15
    invents: bool = False
    own_letters: bool = False
    sets: tuple[str, ...] = ()
    compound: tuple[str, ...] = ()
    ear: list[tuple[str, str]] = []
    nicknames: dict[str, list[str]] = {}
    towns: list[str] = []


class Naming(NamedTuple):
    """The customs with their words: `fashion` are the summed shares of `given` by cohort and sex (float64[cohorts, 2,
    m]), `surname_sums` and `clan_sums` those of `surnames`. `feminine` has the ending of each surname for women,
    `patronymics` the name of a son and of a daughter after each given name (both empty where there are none)."""

    name: str
    customs: Customs
    given: Words
    surnames: Words
    fashion: Floats
    surname_sums: Floats
    clan_sums: Floats
    initial_order: Ints
    feminine: Words
    patronymics: tuple[Words, Words]


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
            rows[kind] = with_invented(rows[kind], kind, invented)
    given = _romanised(words_of([*rows["men"], *rows["women"]]), customs.letters)
    shares = np.zeros((2, len(given.texts)))
    for sex, kind in enumerate(("men", "women")):
        _add_shares(shares[sex], given, rows[kind])
    clans = own_rows(customs.clans)
    surnames = _romanised(words_of([*weighted(clans, 1e-9), *rows["surnames"]]), customs.letters)
    clan_shares = np.zeros(len(surnames.texts))
    _add_shares(clan_shares, surnames, clans)
    order = np.argsort(np.array(given.texts, dtype=object), kind="stable").astype(np.int32)
    derived = _derived(customs, given, surnames)
    sums = (_fashion(shares, given.year), np.cumsum(surnames.share), np.cumsum(clan_shares))
    return Naming(name, customs, given, surnames, *sums, order, *derived)


def _add_shares(shares: Floats, words: Words, rows: list[Row]) -> None:
    position = {text: n for n, text in enumerate(words.texts)}
    for spellings, share, _ in rows:
        shares[position[spellings[0]]] += share


def _rows(customs: Customs, kind: str) -> list[Row]:
    own = own_rows(getattr(customs, kind))
    tables = [row for source in customs.sets for row in table_rows(source, kind)]
    if own and tables:
        return weighted(own, customs.own_share) + weighted(tables, 1 - customs.own_share)
    return own or weighted(tables, 1.0)


def _romanised(words: Words, letters: str) -> Words:
    """The words with their ways into Latin letters, where letters are turned one by one."""
    if letters not in SCHEMES:
        return words
    return words._replace(spellings=[in_latin(text, letters) for text in words.texts])


def _derived(customs: Customs, given: Words, surnames: Words) -> tuple[Words, tuple[Words, Words]]:
    none = words_of([])
    if customs.surnames_from != "slavic":
        return none, (none, none)
    sons, daughters = zip(*(patronymics(text) for text in given.texts), strict=True)
    turned = [
        _romanised(one._replace(texts=list(texts)), customs.letters)
        for one, texts in ((surnames, map(feminine, surnames.texts)), (given, sons), (given, daughters))
    ]
    return turned[0], (turned[1], turned[2])


def _fashion(shares: Floats, year: Floats) -> Floats:
    """Summed shares by cohort and sex: a name is given most about its middle year, and never quite dies out."""
    apart = (COHORTS[:, None] + 7.5 - np.clip(year, 1925, 2005)[None, :]) / _SPREAD
    fitting = np.exp(-0.5 * apart * apart) + _FLOOR
    fitting /= fitting.sum(axis=0, keepdims=True)
    sums = np.cumsum(fitting[:, None, :] * shares[None, :, :], axis=2)
    total = sums[:, :, -1:]
    return np.asarray(np.divide(sums, total, out=np.ones_like(sums), where=total > 0))
