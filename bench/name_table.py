"""Makes src/kinmatch/data/names.csv: a short table of Spanish name frequencies; and data/worlds/spanish.csv, a longer
one that only the generator of invented people reads, so that it has names which the engine's table does not hold.

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

DATA = Path(__file__).parents[1] / "src" / "kinmatch" / "data"
COUNTED = 2018
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


def long_table(folder: Path) -> None:
    """kind, name, bearers, mean year of birth (0 for surnames), the most frequent first."""
    target = DATA / "worlds" / "spanish.csv"
    sources = {"men": ("hombres", 2500), "women": ("mujeres", 2500), "surnames": ("apellidos", 10_000)}
    with target.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["kind", "name", "bearers", "year"])
        for kind, (source, kept) in sources.items():
            with (folder / f"{source}.csv").open(encoding="utf-8") as read:
                rows = [_long_row(kind, row) for row in csv.DictReader(read)]
            found = sorted((row for row in rows if row[0]), key=lambda row: (-row[1], row[0]))[:kept]
            writer.writerows((kind, *row) for row in found)


def _long_row(kind: str, row: dict[str, str]) -> tuple[str, int, int]:
    if kind == "surnames":
        return row["apellido"].lower(), int(row["frec_pri"] or 0) + int(row["frec_seg"] or 0), 0
    single = row["nombre"].lower() if " " not in row["nombre"] and len(row["nombre"]) > 2 else ""
    return single, int(row["frec"] or 0), round(COUNTED - float(row["edad_media"] or 40))


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
    target = DATA / "names.csv"
    with target.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["name", "men", "women", "surname"])
        for token in sorted(set().union(*short.values())):
            shares = [round(short[kind].get(token, 0) / people[kind] * 1e6) for kind in KEPT]
            writer.writerow([token, *shares])
    long_table(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
