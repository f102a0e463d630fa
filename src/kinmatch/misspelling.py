"""How a record of an invented person gets spoilt: by ear, by haste, by what is not known at the door."""

from collections.abc import Callable, Sequence
from datetime import date

import msgspec
import numpy as np

from kinmatch.compare.grades import nicknames, variants
from kinmatch.records import Record

AS_OF = date(2019, 2, 26)
_BY_EAR = (
    ("v", "b"), ("b", "v"), ("z", "s"), ("s", "z"), ("ce", "se"), ("ci", "si"), ("ll", "y"), ("y", "ll"),
    ("h", ""), ("gi", "ji"), ("ge", "je"), ("je", "ge"), ("qu", "k"), ("c", "k"), ("i", "y"), ("y", "i"),
    ("rr", "r"), ("n", "nn"), ("x", "s"), ("ei", "e"), ("m", "n"),
)  # fmt: skip
_KEYS = "abcdefghijklmnopqrstuvwxyz"


class Chance:
    """Uniform numbers in [0, 1) drawn in blocks from a seeded generator."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._block: list[float] = []

    def __call__(self) -> float:
        if not self._block:
            self._block = self._rng.random(4096).tolist()
        return self._block.pop()

    def pick(self, choices: Sequence[str]) -> str:
        return choices[int(self() * len(choices))]

    def order(self, count: int) -> list[int]:
        found: list[int] = self._rng.permutation(count).tolist()
        return found


def by_ear(token: str, chance: Chance) -> str:
    """One respelling that sounds alike, if the word has any."""
    fitting = [pair for pair in _BY_EAR if pair[0] in token]
    if not fitting:
        return token
    old, new = fitting[int(chance() * len(fitting))]
    return token.replace(old, new, 1) or token


def slip(token: str, chance: Chance) -> str:
    """One letter wrong, missing, doubled or exchanged."""
    if len(token) < 4:
        return token
    at = 1 + int(chance() * (len(token) - 2))
    kind = chance()
    if kind < 0.3:
        return token[:at] + chance.pick(_KEYS) + token[at + 1 :]
    if kind < 0.6:
        return token[:at] + token[at + 1 :]
    if kind < 0.8:
        return token[:at] + token[at + 1] + token[at] + token[at + 2 :]
    return token[:at] + chance.pick(_KEYS) + token[at:]


def _spoil_word(token: str, chance: Chance, rate: float) -> str:
    draw = chance() / max(rate, 1e-9)
    if draw < 0.10:
        return by_ear(token, chance)
    if draw < 0.15:
        return slip(token, chance)
    if draw < 0.16 and len(token) > 6:
        return token[: 4 + int(chance() * 2)]
    if draw < 0.18:
        groups = variants().get(token, frozenset())
        same = sorted(other for other, found in variants().items() if found & groups)
        return chance.pick(same) if same else token
    return token


def _call_name(token: str, chance: Chance) -> str:
    fitting = sorted(short for short, formals in nicknames().items() if token in formals)
    return chance.pick(fitting) if fitting else token


def _given(text: str, chance: Chance, rate: float) -> str:
    tokens = text.split()
    if len(tokens) > 1 and chance() < 0.22:
        tokens = [tokens[0] if chance() < 0.9 else tokens[1]]
    elif len(tokens) > 1 and chance() < 0.03 * rate:
        tokens.reverse()
    elif len(tokens) > 1 and chance() < 0.05:
        tokens[1] = tokens[1][0] + "."
    if chance() < 0.04 * rate:
        tokens[0] = _call_name(tokens[0], chance)
    return " ".join(_spoil_word(token, chance, rate) for token in tokens)


def _surnames(text: str, sex: str, chance: Chance, rate: float, *, other: Callable[[], str]) -> str:
    tokens = text.split()
    if chance() < 0.25:
        tokens = tokens[:1]
    elif chance() < 0.015 * rate:
        tokens.reverse()
    tokens = [_spoil_word(token, chance, rate) for token in tokens]
    if sex == "f" and chance() < 0.04:
        tokens = [tokens[0], "de", other()]
    return " ".join(tokens)


def _birth(record: Record, chance: Chance, rate: float, missing: float) -> dict[str, object]:
    draw = chance()
    if draw < 0.12 * missing or not record.birth_date:
        return {"birth_date": ""}
    year, month, day = [*record.birth_date.split("-"), "01", "01"][:3]
    if draw < 0.26:
        return {"birth_date": year}
    if draw < 0.42:
        born = date(int(year), int(month), int(day))
        age = max((AS_OF - born).days // 365 + (int(chance() * 3) - 1 if chance() < 0.25 else 0), 0)
        return {"birth_date": "", "age": age, "age_on": AS_OF.isoformat()}
    wrong = chance() / max(rate, 1e-9)
    if wrong < 0.03 and int(day) <= 12:
        return {"birth_date": f"{year}-{day}-{month}"}
    if wrong < 0.05:
        return {"birth_date": f"{year}-{month}-{1 + int(chance() * 28):02}"}
    if wrong < 0.07:
        return {"birth_date": f"{int(year) + (1 if chance() < 0.5 else -1)}-{month}-{day}"}
    if wrong < 0.08:
        return {"birth_date": f"{max(int(year) + int(chance() * 20) - 10, 1900)}-{month}-{day}"}
    return {}


def _place(text: str, chance: Chance, missing: float) -> str:
    draw = chance()
    if draw < 0.2 * missing or not text:
        return ""
    town, _, state = text.partition(", ")
    if draw < 0.55:
        return text
    if draw < 0.85:
        return town
    return (state or town) if draw < 0.92 else _spoil_word(town, chance, 3.0)


def _parent(text: str, chance: Chance, rate: float, missing: float) -> str:
    tokens = text.split()
    if chance() < 0.4 * missing or not tokens:
        return ""
    draw = chance()
    if draw < 0.3:
        tokens = tokens[:1]
    elif draw < 0.7:
        tokens = [tokens[0], tokens[-2] if len(tokens) > 2 else tokens[-1]]
    return " ".join(_spoil_word(token, chance, rate) for token in tokens)


def _number(text: str, chance: Chance, present: float, rate: float) -> str:
    if chance() > present or not text:
        return ""
    if chance() < 0.06 * rate:
        at = 3 + int(chance() * (len(text) - 4))
        return text[:at] + str(int(chance() * 10)) + text[at + 1 :]
    return text


def _written(given: str, surnames: str, chance: Chance, rate: float) -> dict[str, str]:
    style = chance()
    if style < 0.06:
        return {"given_names": "", "surnames": "", "full_name": f"{given} {surnames}".title()}
    if style < 0.06 + 0.012 * rate:
        return {"given_names": surnames.title(), "surnames": given.title()}
    if style < 0.5:
        return {"given_names": given.upper(), "surnames": surnames.upper()}
    return {"given_names": given.title(), "surnames": surnames.title()}


def corrupt(record: Record, chance: Chance, errors: float, missing: float, *, first: bool) -> Record:
    """A spoilt description of the same person; a first record is spoilt half as much."""
    rate = errors * (0.5 if first else 1.0)
    given, surnames = record.given_names.lower(), record.surnames.lower()
    if not given and not surnames:
        given = " ".join(record.full_name.lower().split()[:-1])
        surnames = " ".join(record.full_name.lower().split()[-1:])
    changed: dict[str, object] = dict(_birth(record, chance, rate, missing))
    changed |= _written(
        _given(given, chance, rate) or given,
        _surnames(surnames, record.sex, chance, rate, other=lambda: chance.pick(("perez", "rojas", "mora", "diaz"))),
        chance,
        rate,
    )
    changed["sex"] = "" if chance() < 0.05 * missing else _sex(record.sex, chance, rate)
    changed["nickname"] = _call_name(given.split()[0], chance) if given and chance() < 0.06 else ""
    for field in ("birth_place", "place"):
        changed[field] = _place(getattr(record, field), chance, missing)
    if chance() < 0.12:
        changed["place"] = "Villa del Rosario" if chance() < 0.5 else "Cúcuta"
    for field in ("mother", "father"):
        changed[field] = _parent(getattr(record, field), chance, rate, missing)
    changed["phone"] = _number(record.phone, chance, 0.3, errors)
    changed["document"] = _number(record.document, chance, 0.25, errors)
    changed["relatives"] = tuple(name for name in record.relatives if chance() < 0.3) if chance() < 0.3 else ()
    return msgspec.structs.replace(record, full_name=str(changed.pop("full_name", "")), **changed)


def _sex(sex: str, chance: Chance, rate: float) -> str:
    if chance() < 0.006 * rate:
        return "m" if sex == "f" else "f"
    return sex
