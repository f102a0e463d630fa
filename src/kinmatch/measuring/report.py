"""Tables of plain text, columns parted by two blanks."""

import os
import platform
from collections.abc import Mapping, Sequence

from kinmatch.evaluation import Evaluation
from kinmatch.measuring.material import Material


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines: the first column to the left, the others to the right."""
    columns = max(len(row) for row in rows)
    filled = [(*row, *[""] * (columns - len(row))) for row in rows]
    widths = [max(len(row[place]) for row in filled if "not run" not in row[1]) for place in range(columns)]
    return [_line(row, widths) for row in filled]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    if "not run" in row[1]:
        return f"{row[0]:<{widths[0]}}  {row[1]}"
    cells = (f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True))
    return "  ".join((f"{row[0]:<{widths[0]}}", *cells)).rstrip()


def heading(made: str, material: Material, weights: str, found: Mapping[str, str]) -> list[str]:
    """What was measured, on what machine, against which versions."""
    others = ", ".join(f"{name} {version}" for name, version in found.items()) or "none installed: make bench-peers"
    return [
        f"{material.records} records, {material.truths} true pairs, {made}",
        f"weights {weights}; Python {platform.python_version()}, {os.cpu_count()} cores, {_load()}",
        f"others: {others}",
        "Wall time is the whole process, from its start to its last byte; memory the most it held at once.",
    ]


def _load() -> str:
    """What else the machine had to do: a quiet one has a load below a half."""
    return f"load of the machine before: {os.getloadavg()[0]:.1f}"


def detail(one: Evaluation) -> list[str]:
    """kinmatch's own quality by threshold, and what came true of what was promised."""
    rows: list[tuple[str, ...]] = [("threshold", "precision", "recall", "F1", "pairs", "right", "missed")]
    for each in one.measures:
        shares = (f"{each.precision:.3f}", f"{each.recall:.3f}", f"{each.f1:.3f}")
        rows.append((f"{each.threshold:g}", *shares, str(each.found), str(each.right), str(each.missed)))
    bands: list[tuple[str, ...]] = [("probability", "pairs", "promised", "came true")]
    for band in one.bands:
        if band.pairs:
            told = (str(band.pairs), f"{band.promised:.3f}", f"{band.true:.3f}")
            bands.append((f"{band.low:g} - {band.high:g}", *told))
    return [*table(rows), "", *table(bands)]
