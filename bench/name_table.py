"""Makes src/kinmatch/data/names.csv: a short table of Spanish name frequencies.

Source: Instituto Nacional de Estadistica (Spain), by way of marcboquet/spanish-names (hombres.csv,
mujeres.csv,
apellidos.csv). Compound names count for each of their words. Run: python bench/name_table.py
FOLDER_WITH_THE_CSV
"""

import csv
import sys
from collections import Counter
from pathlib import Path

from kinmatch.sounds import fold

KEPT = {"men": 650, "women": 650, "surname": 2600}


def tokens(text: str) -> list[str]:
    return [t for t in fold(text).split() if len(t) > 1 and t not in {"de", "del", "la", "las", "los", "el", "y"}]


def counts(path: Path, name_column: str, count_columns: list[str]) -> dict[str, float]:
    found: Counter[str] = Counter()
    with path.open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            for token in set(tokens(row[name_column])):
                found[token] += sum(int(row[c] or 0) for c in count_columns)
    return dict(found)


def main(folder: Path) -> None:
    men = counts(folder / "hombres.csv", "nombre", ["frec"])
    women = counts(folder / "mujeres.csv", "nombre", ["frec"])
    surnames = counts(folder / "apellidos.csv", "apellido", ["frec_pri"])
    tables = {"men": men, "women": women, "surname": surnames}
    # INE's totals: about 23 million men, 24 million women, 47 million first surnames.
    people = {"men": 23e6, "women": 24e6, "surname": 47e6}
    short = {
        kind: dict(sorted(table.items(), key=lambda item: (-item[1], item[0]))[: KEPT[kind]])
        for kind, table in tables.items()
    }
    target = Path(__file__).parents[1] / "src" / "kinmatch" / "data" / "names.csv"
    with target.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["name", "men", "women", "surname"])
        for token in sorted(set().union(*short.values())):
            shares = [round(short[kind].get(token, 0) / people[kind] * 1e6) for kind in KEPT]
            writer.writerow([token, *shares])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
