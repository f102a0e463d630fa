"""recordlinkage: pairs of a register by blocking, comparison and its expectation-maximisation (ECM).

recordlinkage_dedupe.py people.parquet pairs.parquet
"""

import argparse
import warnings
from pathlib import Path

import pandas
import recordlinkage
from preparing import read

BLOCKS = (
    ("given1_sound", "surname1_sound"), ("surname1_sound", "surname2_sound", "year"), ("surname1_sound", "born"),
    ("given1_sound", "born"), ("surname2_sound", "born"), ("given1_sound", "surname2_sound", "year"),
    ("given2_sound", "surname1_sound", "year"),
)  # fmt: skip
LEAST = 0.02


def main() -> None:
    """Read, block, compare, learn without labels, write."""
    asked = argparse.ArgumentParser()
    for name in ("people", "pairs"):
        asked.add_argument(name, type=Path)
    told = asked.parse_args()
    warnings.filterwarnings("ignore")
    people = pandas.DataFrame(read(told.people).to_dict(as_series=False)).set_index("record_id")
    indexer = recordlinkage.Index()
    for columns in BLOCKS:
        indexer.block(list(columns))
    pairs = indexer.index(people)
    features = compared().compute(pairs, people)
    learner = recordlinkage.ECMClassifier(binarize=None)
    learner.fit(features.astype(int))
    chance = learner.prob(features.astype(int))
    found = chance[chance >= LEAST].rename("probability").reset_index()
    found.columns = ["id_a", "id_b", "probability"]
    found.to_parquet(told.pairs)


def compared() -> recordlinkage.Compare:
    """Names by Jaro-Winkler, birth by day and year, sex, place, parents: each 0 or 1."""
    comparing = recordlinkage.Compare()
    for name in ("given1", "given2", "surname1", "surname2", "place", "mother", "father"):
        comparing.string(name, name, method="jarowinkler", threshold=0.9, missing_value=0, label=name)
    for name in ("born", "year", "sex"):
        comparing.exact(name, name, missing_value=0, label=name)
    return comparing


if __name__ == "__main__":
    main()
