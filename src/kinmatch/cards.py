"""Trained weights as a file with its card: on what they were learnt, what moved, and what to think of."""

from kinmatch.training import Trained
from kinmatch.weights import Weights

MOVED_SHOWN = 0.005


def weights_with_card(found: Trained, start: Weights) -> str:
    """The weights as TOML that `Weights.read` reads, under a card in comments. It names no record."""
    return "\n".join([*_card(found, start), "", *_tables(found.weights), ""])


def _card(found: Trained, start: Weights) -> list[str]:
    how = (
        f"decisions of people: {found.decisions}"
        if found.decisions
        else "no decisions: expectation-maximisation, each field by what the other fields say"
    )
    moved = [
        f"#   {name}: {start.table[name]:+.3f} -> {found.weights.table[name]:+.3f}"
        for name, by in sorted(found.moved.items(), key=lambda item: -abs(item[1]))
        if abs(by) >= MOVED_SHOWN
    ]
    return [
        "# Match weights of kinmatch, adapted to one register; in bits (log2 of the odds).",
        "#",
        f"# Started from: {start.version}",
        f"# Learnt from: {how}",
        f"# Records: {found.records}; pairs looked at: {found.pairs}, of which about {found.expected:g} one person",
        "#",
        "# They fit registers kept like this one. Measure them with `kinmatch evaluate` before they decide an order of",
        "# work; with few decisions they stay near those they started from. They hold no record and no name.",
        "#",
        "# Moved:" if moved else "# No weight moved.",
        *moved,
    ]


def _tables(weights: Weights) -> list[str]:
    lines = [
        "[model]",
        f'version = "{weights.version}"',
        f"expected = {weights.expected:g}",
        f"growth = {weights.growth:g}",
    ]
    sections = dict.fromkeys(name.split(".")[0] for name in weights.table)
    for section in sections:
        lines += ["", f"[{section}]"]
        inside = {name.split(".")[1]: value for name, value in weights.table.items() if name.split(".")[0] == section}
        lines += [f"{level} = {value!r}" for level, value in inside.items()]
    return lines
