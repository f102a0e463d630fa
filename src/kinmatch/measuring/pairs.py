"""Pairs of a register, file in to clusters out, by kinmatch and by the others: quality, time and memory."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import polars

from kinmatch.evaluation import Evaluation, Measure, judge, measure
from kinmatch.measuring.contenders import SEARCH_PATH, Contender, command
from kinmatch.measuring.material import Material
from kinmatch.measuring.processes import Ran, run

SURE = 0.95
LEAST = "0.02"  # as the scripts of the others
KINMATCH = (sys.executable, "-c", "from kinmatch.commands import main; main()")


class Paired(msgspec.Struct, frozen=True):
    """What one contender did with a register; `quality` is None when it failed."""

    name: str
    ran: Ran
    quality: Evaluation | None

    @property
    def best(self) -> Measure:
        """The measure with the highest F1, along the whole curve. Raises ValueError when it failed."""
        if self.quality is None:
            raise ValueError(f"{self.name} did not end well: {self.ran.said}")
        return max((*self.quality.measures, *self.quality.curve), key=lambda one: one.f1)


def kinmatch(people: Path, truth: Path, weights: Path | None, folder: Path) -> Paired:
    """The command `kinmatch dedupe` as a user gives it, timed; then once more for its unlikely pairs, untimed."""
    pairs = folder / "kinmatch-pairs.parquet"
    words = (*KINMATCH, "dedupe", str(people), "-o", str(pairs), *chosen(weights))
    ran = run((*words, "--clusters", str(folder / "kinmatch-clusters.parquet")), folder / "log")
    if ran.code == 0:
        run((*words, "--threshold", LEAST), folder / "log")
    return Paired("kinmatch", ran, quality(pairs, truth) if ran.code == 0 else None)


def chosen(weights: Path | None) -> Sequence[str]:
    """The words that name a weights file."""
    return ("--weights", str(weights)) if weights else ()


def other(one: Contender, material: Material, python: Path, folder: Path) -> Paired:
    """One of the others, in its own environment."""
    pairs = folder / "pairs.parquet"
    pairs.unlink(missing_ok=True)
    words: list[Path | str] = [material.people, pairs]
    if one.family == "splink":
        words.append(folder / "clusters.parquet")
    if one.labels:
        words += ["--labels", material.truth]
    ran = run(command(one, python, *words), folder / "log", SEARCH_PATH)
    return Paired(one.name, ran, quality(pairs, material.truth) if ran.code == 0 else None)


def quality(pairs: Path, truth: Path) -> Evaluation:
    """The pairs of a file against the true ones."""
    found = polars.read_parquet(pairs, columns=["id_a", "id_b", "probability"])
    return measure(judge(found, polars.read_parquet(truth, columns=["id_a", "id_b"])))


def rows(all_of_them: Sequence[Paired], left_out: Mapping[str, str]) -> list[tuple[str, ...]]:
    """A table: quality, seconds and memory of each, and how many times kinmatch's time and memory it took."""
    mine = all_of_them[0].ran
    heading = ("", "best F1", "at", "P at .95", "R at .95", "wall s", "CPU s", "memory MB", "x wall", "x memory")
    table: list[tuple[str, ...]] = [heading]
    for one in all_of_them:
        if one.quality is None:
            table.append((one.name, "failed", *[""] * 8))
            continue
        best, sure = one.best, one.quality.at(SURE)
        shares = (f"{best.f1:.3f}", f"{best.threshold:.3f}", f"{sure.precision:.3f}", f"{sure.recall:.3f}")
        ran = one.ran
        used = (f"{ran.wall:.1f}", f"{ran.processor:.1f}", f"{ran.peak / 1e6:.0f}")
        ratios = (f"{ran.wall / mine.wall:.1f}", f"{ran.peak / max(mine.peak, 1):.1f}")
        table.append((one.name, *shares, *used, *ratios))
    table += [(name, f"not run: {why}", *[""] * 8) for name, why in left_out.items()]
    return table
