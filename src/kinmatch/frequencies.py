"""How rare a name is: the shipped table of names, joined with the counts of the register at hand."""

import csv
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from kinmatch.sounds import Sounds, sound

DATA = Path(__file__).parent / "data"
GIVEN, SURNAME, PLACE = "given", "surname", "place"
# What a name that no table holds is taken for. Invented given names come in many spellings and in fashions, and the
# local table is no finer than 1 in 9,000: a spelling that nobody has listed is no proof of one rarer than 1 in 4,000.
UNKNOWN_SHARE = {GIVEN: 2.4e-4, SURNAME: 4e-6, PLACE: 5e-3}
# The shipped table weighs as much as this many persons of the register.
TABLE_WEIGHT = {GIVEN: 2000.0, SURNAME: 2000.0, PLACE: 100.0}
# The bounds of one word's rarity, and of what all words of a role can give together (above LEAST_BITS each).
LEAST_BITS, MOST_BITS = 3.0, 14.0
MOST_ROLE_BITS = {GIVEN: 16.0, SURNAME: 22.0}


@cache
def shares() -> dict[str, dict[str, float]]:
    """Share of bearers per name, for men's and women's given names and surnames (not personal: public
    tables)."""
    tables: dict[str, dict[str, float]] = {"men": {}, "women": {}, SURNAME: {}}
    with (DATA / "names.csv").open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            for kind, table in tables.items():
                if row[kind] != "0":
                    table[row["name"]] = float(row[kind]) / 1e6
    for kind, share, name in _local_names():
        table = tables[SURNAME if kind == "surnames" else kind]
        table[name] = max(table.get(name, 0.0), share)
    everybody = tables["men"].keys() | tables["women"].keys()
    tables[GIVEN] = {n: (tables["men"].get(n, 0.0) + tables["women"].get(n, 0.0)) / 2 for n in everybody}
    return tables


def _local_names() -> Iterator[tuple[str, float, str]]:
    lines = (DATA / "names-venezuela-colombia.csv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            kind, share, names = line.split(",")
            for name in names.translate(str.maketrans("ñé-", "ne ")).split():
                if name != "del":
                    yield kind, float(share) / 1e6, name


@cache
def sound_shares(role: str) -> dict[str, float]:
    """Share of bearers per sound: that of all the spellings which the shipped table has of it, together."""
    found: dict[str, float] = {}
    for name, share in shares()[role].items():
        key = sound(name)
        found[key] = found.get(key, 0.0) + share
    return found


class Frequencies:
    """Rarity of names in bits. Counting a record in or out changes it; without any it is the shipped
    table's."""

    def __init__(self, written: Mapping[str, Mapping[str, int]] | None = None) -> None:
        self.sounds = Sounds()
        self._base = shares()
        self._base_sounds = {role: sound_shares(role) for role in (GIVEN, SURNAME)}
        held = written or {}
        self._counts = {role: Counter(held.get(role, {})) for role in (GIVEN, SURNAME, PLACE)}
        self._sound_counts = {role: Counter(held.get(f"{role} sounds", {})) for role in (GIVEN, SURNAME)}
        self._totals = {role: held.get("totals", {}).get(role, 0) for role in (GIVEN, SURNAME, PLACE)}
        self._bits: dict[str, dict[str, float]] = {GIVEN: {}, SURNAME: {}, PLACE: {}}
        self._changes = 0

    def written(self) -> dict[str, dict[str, int]]:
        """The counts of the register at hand, as `Frequencies` reads them."""
        found = {role: dict(sorted(counter.items())) for role, counter in self._counts.items()}
        found |= {f"{role} sounds": dict(sorted(counter.items())) for role, counter in self._sound_counts.items()}
        return found | {"totals": dict(self._totals)}

    def count(self, role: str, names: Iterable[str], by: int) -> None:
        """Counts one person's names of a role in (`by` = 1) or out (`by` = -1)."""
        counter = self._counts[role]
        counted = False
        for name in names:
            counter[name] += by
            counted = True
            if counter[name] <= 0:
                del counter[name]
            self._count_sound(role, name, by)
        if counted:
            self._totals[role] += by
            self._age()

    def _count_sound(self, role: str, name: str, by: int) -> None:
        counter = self._sound_counts.get(role)
        if counter is not None:
            key = self.sounds[name]
            counter[key] += by
            if counter[key] <= 0:
                del counter[key]

    def bits(self, role: str, name: str) -> float:
        """-log2 of the share of persons who bear the name, held between 3 and 14 bits, less 3."""
        known = self._bits[role]
        found = known.get(name)
        if found is None:
            share = self._share(role, name)
            found = known[name] = min(max(-math.log2(share), LEAST_BITS), MOST_BITS) - LEAST_BITS
        return found

    def is_known(self, name: str) -> bool:
        """Whether the shipped tables hold the name: then a one-letter difference is another name, not a
        slip."""
        return name in self._base[GIVEN] or name in self._base[SURNAME]

    def lean(self, name: str) -> float:
        """Positive: rather a given name; negative: rather a surname (log2 of the shipped shares)."""
        given = self._base[GIVEN].get(name, 0.0)
        surname = self._base[SURNAME].get(name, 0.0)
        return math.log2((given + 2e-6) / (surname + 2e-6))

    def _share(self, role: str, name: str) -> float:
        """A listed name's own share; a name in no list is as frequent as all the names that sound like it."""
        weight, total = TABLE_WEIGHT[role], self._totals[role]
        base = self._base.get(role, {}).get(name, 0.0)
        if base or role == PLACE:
            return (self._counts[role][name] + weight * (base or UNKNOWN_SHARE[role])) / (total + weight)
        key = self.sounds[name]
        base = max(self._base_sounds[role].get(key, 0.0), UNKNOWN_SHARE[role])
        return (self._sound_counts[role][key] + weight * base) / (total + weight)

    def _age(self) -> None:
        """Remembered rarities are let go each time the register has changed by a tenth."""
        self._changes += 1
        if self._changes * 10 > self._totals[GIVEN] + self._totals[SURNAME]:
            self._changes = 0
            for known in self._bits.values():
                known.clear()
