"""How rare a name is: the shipped table of names, joined with the counts of the register at hand."""

import csv
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from kinmatch.sounds import Sounds

DATA = Path(__file__).parent / "data"
GIVEN, SURNAME, PLACE = "given", "surname", "place"
UNKNOWN_SHARE = {GIVEN: 4e-6, SURNAME: 4e-6, PLACE: 5e-3}
# The shipped table weighs as much as this many persons of the register.
TABLE_WEIGHT = {GIVEN: 2000.0, SURNAME: 2000.0, PLACE: 100.0}
LEAST_BITS, MOST_BITS = 3.0, 14.0


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


class Frequencies:
    """Rarity of names in bits. Counting a record in or out changes it; without any it is the shipped
    table's."""

    def __init__(self) -> None:
        self.sounds = Sounds()
        self._base = shares()
        self._counts: dict[str, Counter[str]] = {GIVEN: Counter(), SURNAME: Counter(), PLACE: Counter()}
        self._totals = {GIVEN: 0, SURNAME: 0, PLACE: 0}
        self._bits: dict[str, dict[str, float]] = {GIVEN: {}, SURNAME: {}, PLACE: {}}
        self._changes = 0

    def count(self, role: str, names: Iterable[str], by: int) -> None:
        """Counts one person's names of a role in (`by` = 1) or out (`by` = -1)."""
        counter = self._counts[role]
        counted = False
        for name in names:
            counter[name] += by
            counted = True
            if counter[name] <= 0:
                del counter[name]
        if counted:
            self._totals[role] += by
            self._age()

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
        base = self._base.get(role, {}).get(name, 0.0) or UNKNOWN_SHARE[role]
        weight = TABLE_WEIGHT[role]
        return (self._counts[role][name] + weight * base) / (self._totals[role] + weight)

    def _age(self) -> None:
        """Remembered rarities are let go each time the register has changed by a tenth."""
        self._changes += 1
        if self._changes * 10 > self._totals[GIVEN] + self._totals[SURNAME]:
            self._changes = 0
            for known in self._bits.values():
                known.clear()
