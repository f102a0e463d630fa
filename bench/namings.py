"""How the shipped weights do on every naming of the generator, the held-out ones too, and on a worse mix of errors.

Run: python -m bench.namings [ROWS] > bench/results/kinmatch-namings.txt
"""

import sys

import polars

from kinmatch.columns.running import dedupe
from kinmatch.evaluation import Measure, judge, measure
from kinmatch.weights import Weights
from kinmatch.worlds.making import make_world
from kinmatch.worlds.naming import held_out, names
from kinmatch.worlds.rates import Rates

SEED, LEAST = 3_000, 0.05
MIXES = {"usual": Rates(), "worse": Rates(errors=1.7, missing=1.6)}


def _line(naming: str, mix: str, rows: int, rates: Rates) -> str:
    world = make_world(naming, rows, SEED, rates)
    people = world.people.with_columns(polars.col("age").cast(polars.String).fill_null(""))
    truth = world.truth()
    found = measure(judge(dedupe(people, LEAST), truth))
    best: Measure = found.best
    firm = found.at(0.95)
    kept = "held out" if naming in held_out() else ""
    return (
        f"{naming:<12}{mix:<7}{len(truth):>7}  {best.f1:.3f} at {best.threshold:<5g}"
        f"{firm.precision:.3f} / {firm.recall:.3f}   {kept}"
    ).rstrip()


def main(rows: int) -> None:
    print(f"{rows} rows of each naming, seed {SEED}, weights {Weights.shipped().version}; no phones, no documents")
    print("naming      mix      pairs  best F1       P / R at 0.95")
    for naming in names():
        for mix, rates in MIXES.items():
            if mix == "usual" or naming == "spanish":
                print(_line(naming, mix, rows, rates), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
