"""How a lost person is written down a second time, one kind of error each; and records as the house's own contents."""

from collections.abc import Callable

import msgspec
import numpy as np

from kinmatch import Record
from kinmatch.misspelling import Chance, by_ear, corrupt, slip
from kinmatch.synthetic import Maker, Profile
from posada.family.models import Sought
from posada.people.models import Identity, Sex

_SEX = {"m": Sex.MALE, "f": Sex.FEMALE}
_PLAIN = str.maketrans("áéíóúüñÁÉÍÓÚÜÑ", "aeiouunAEIOUUN")
Error = Callable[[Record, Chance], dict[str, object]]


def _each(text: str, change: Callable[[str], str]) -> str:
    return " ".join(change(token) for token in text.split())


def _names(change: Callable[[str, Chance], str]) -> Error:
    """The same change on the given names and the surnames."""
    return lambda one, chance: {
        "given_names": change(one.given_names, chance),
        "surnames": change(one.surnames, chance),
    }


def _birth_turned(one: Record, _chance: Chance) -> dict[str, object]:
    year, month, day = one.birth_date.split("-")
    return {"birth_date": f"{year}-{day}-{month}" if int(day) <= 12 else f"{year}-{month}-{int(day) - 1:02}"}


def _age_only(one: Record, _chance: Chance) -> dict[str, object]:
    return {"birth_date": "", "age": 2019 - int(one.birth_date[:4]), "age_on": "2019-02-26"}


_KINDS: dict[str, Error] = {
    "none": lambda _one, _chance: {},
    "by ear": _names(lambda text, chance: _each(text, lambda token: by_ear(token.lower(), chance).capitalize())),
    "a slip of the keys": _names(lambda text, chance: _each(text, lambda token: slip(token, chance))),
    "accents lost": _names(lambda text, _chance: text.translate(_PLAIN)),
    "capitals": _names(lambda text, _chance: text.upper()),
    "one surname": lambda one, _chance: {"surnames": one.surnames.split()[0]},
    "surnames turned round": lambda one, _chance: {"surnames": " ".join(reversed(one.surnames.split()))},
    "one given name": lambda one, _chance: {"given_names": one.given_names.split()[0]},
    "an initial": lambda one, _chance: {
        "given_names": f"{one.given_names.split()[0]} {one.given_names.split()[-1][0]}."
    },
    "names in one field": lambda one, _chance: {
        "given_names": "",
        "surnames": "",
        "full_name": f"{one.given_names} {one.surnames}",
    },
    "fields exchanged": lambda one, _chance: {"given_names": one.surnames, "surnames": one.given_names},
    "day and month turned": _birth_turned,
    "the year only": lambda one, _chance: {"birth_date": one.birth_date[:4]},
    "an age only": _age_only,
    "no birth": lambda _one, _chance: {"birth_date": ""},
    "no parents": lambda _one, _chance: {"mother": "", "father": ""},
    "another place": lambda _one, _chance: {"birth_place": "", "place": ""},
    "several at once": lambda one, chance: msgspec.structs.asdict(corrupt(one, chance, 1.6, 1.2, first=False)),
}
ERRORS = tuple(_KINDS)


def spoilt(record: Record, error: str, chance: Chance) -> Record:
    """The record as it is written down a second time, with one kind of error. Raises KeyError on an unknown kind."""
    return msgspec.structs.replace(record, **_KINDS[error](record, chance))


class Separations(Maker):
    """Families as they are, from a seed: who was parted from whom is drawn by whoever asks for them."""

    def __init__(self, seed: int) -> None:
        super().__init__(Profile(copies=0.0), np.random.default_rng(seed))

    def family(self, at_least: int) -> list[Record]:
        """The members of one family, so many at least, in any order and as they would write themselves."""
        found: list[Record] = []
        while len(found) < at_least:
            found = self._family_records()
        return [found[place] for place in self.chance.order(len(found))]

    def told(self, record: Record, errors: float = 1.0) -> Record:
        """As somebody else writes this person down in a hurry."""
        return corrupt(record, self.chance, errors, 1.0, first=False)


def identity_of(record: Record) -> Identity:
    """A generated record as somebody is registered."""
    return Identity(
        given_names=record.given_names,
        surnames=record.surnames,
        full_name=record.full_name,
        sex=_SEX.get(record.sex, Sex.UNKNOWN),
        birth=record.birth_date,
        age=record.age,
        origin=record.birth_place,
        mother=record.mother,
        father=record.father,
    )


def sought_of(record: Record) -> Sought:
    """A generated record as somebody is sought."""
    return Sought(
        given_names=record.given_names,
        surnames=record.surnames,
        full_name=record.full_name,
        sex=_SEX.get(record.sex, Sex.UNKNOWN),
        birth=record.birth_date,
        age=record.age,
        origin=record.birth_place,
        mother=record.mother,
        father=record.father,
    )
