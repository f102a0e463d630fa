"""The public registers FEBRL3 and FEBRL4, read through --map, with the shipped weights and with weights that `train`
learnt on the register itself without labels."""

from pathlib import Path

from kinmatch.measuring.contenders import SCRIPTS, SEARCH_PATH
from kinmatch.measuring.pairs import KINMATCH, LEAST, Paired, quality
from kinmatch.measuring.processes import run

_KINDS = ("rec_id=id", "given_name=given", "surname=surname", "suburb=place", "date_of_birth=date", "soc_sec_id=code")
MAPPING = tuple(word for kind in _KINDS for word in ("--map", kind))


def measured(python: Path, weights: Path | None, folder: Path) -> list[tuple[str, ...]]:
    """A table of FEBRL3 (pairs in one register) and FEBRL4 (pairs across two), or why there is none."""
    files = run((str(python), str(SCRIPTS / "febrl_files.py"), str(folder)), folder / "log", SEARCH_PATH)
    if files.code:
        return [("FEBRL: the files could not be written", files.said)]
    table: list[tuple[str, ...]] = [("", "best F1", "at", "P at .5", "R at .5", "wall s", "train s")]
    for name, act, registers in (
        ("FEBRL3", "dedupe", ("febrl3.csv",)),
        ("FEBRL4", "link", ("febrl4a.csv", "febrl4b.csv")),
    ):
        paths = tuple(str(folder / register) for register in registers)
        trained = folder / f"{name}.toml"
        start = ("--weights", str(weights)) if weights else ()
        learning = run((*KINMATCH, "train", *paths, "-o", str(trained), *MAPPING, *start), folder / "log")
        truth = folder / f"{name.lower()}-truth.parquet"
        for said, chosen in (("shipped weights", start), ("trained without labels", ("--weights", str(trained)))):
            took = f"{learning.wall:.1f}" if chosen != start else ""
            table.append((*_row(f"{name}, {said}", (act, *paths, *chosen), truth, folder), took))
    return table


def _row(name: str, words: tuple[str, ...], truth: Path, folder: Path) -> tuple[str, ...]:
    pairs = folder / "febrl-pairs.parquet"
    ran = run((*KINMATCH, *words, "-o", str(pairs), *MAPPING, "--threshold", LEAST), folder / "log")
    if ran.code:
        return (name, "failed", "", "", "", "")
    one = Paired(name, ran, quality(pairs, truth))
    best, half = one.best, quality(pairs, truth).at(0.5)
    shares = (f"{best.f1:.4f}", f"{best.threshold:.3f}", f"{half.precision:.4f}", f"{half.recall:.4f}")
    return (name, *shares, f"{ran.wall:.1f}")
