"""One person looked for in a register, by kinmatch and by the others: whether found, and how fast."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from kinmatch.measuring.contenders import SEARCH_PATH, Contender, command
from kinmatch.measuring.material import Material
from kinmatch.measuring.processes import Ran, run
from kinmatch.measuring.searches import Answer

RANKS = (1, 5, 10)


class Found(msgspec.Struct, frozen=True):
    """What one contender found; `answer` is None when it failed. `shares`: of the queries, how many had the person in
    the first 1, 5 and 10."""

    name: str
    ran: Ran
    answer: Answer | None
    shares: tuple[float, ...] = ()

    @property
    def p50(self) -> float:
        """The middle time of a search, in milliseconds."""
        return within(self.answer.seconds, 0.5) if self.answer else 0.0

    @property
    def p95(self) -> float:
        """The time within which 95 of 100 searches were done, in milliseconds."""
        return within(self.answer.seconds, 0.95) if self.answer else 0.0


def within(seconds: Sequence[float], share: float) -> float:
    """The milliseconds within which so large a share was done."""
    return sorted(seconds)[min(int(len(seconds) * share), len(seconds) - 1)] * 1e3 if seconds else 0.0


def kinmatch(material: Material, weights: Path | None, folder: Path) -> Found:
    """kinmatch's Index, in a process of its own."""
    path = folder / "answer.json"
    words = [str(word) for word in (material.register, material.queries, path, *([weights] if weights else []))]
    ran = run((sys.executable, "-m", "kinmatch.measuring.searches", *words), folder / "log")
    return _found("kinmatch", ran, path, material)


def other(one: Contender, material: Material, python: Path, folder: Path) -> Found:
    """One of the others, in its own environment."""
    path = folder / "answer.json"
    words = (material.register, material.queries, path, "--most", str(one.queries))
    return _found(one.name, run(command(one, python, *words), folder / "log", SEARCH_PATH), path, material)


def _found(name: str, ran: Ran, path: Path, material: Material) -> Found:
    if ran.code:
        return Found(name, ran, None)
    answer = msgspec.json.decode(path.read_bytes(), type=Answer)
    told = list(zip(answer.found, material.wanted, strict=False))
    shares = tuple(sum(not wanted.isdisjoint(hits[:rank]) for hits, wanted in told) / len(told) for rank in RANKS)
    return Found(name, ran, answer, shares)


def rows(all_of_them: Sequence[Found], left_out: Mapping[str, str]) -> list[tuple[str, ...]]:
    """A table: found in the first 1, 5, 10, times, memory, and how many times kinmatch's p95 it took."""
    mine = all_of_them[0].p95
    heading = ("", "in first 1", "first 5", "first 10", "queries", "p50 ms", "p95 ms", "ready s", "memory MB", "x p95")
    table: list[tuple[str, ...]] = [heading]
    for one in all_of_them:
        if one.answer is None:
            table.append((one.name, "failed", *[""] * 8))
            continue
        shares = (f"{share:.3f}" for share in one.shares)
        times = (f"{one.p50:.1f}", f"{one.p95:.1f}", f"{one.answer.ready:.1f}", f"{one.ran.peak / 1e6:.0f}")
        ratio = f"{one.p95 / mine:.1f}" if mine else ""
        table.append((one.name, *shares, str(len(one.answer.seconds)), *times, ratio))
    table += [(name, f"not run: {why}", *[""] * 8) for name, why in left_out.items()]
    return table


def told(one: Found, records: int) -> list[str]:
    """What kinmatch's index costs: building, saving, loading, changing."""
    if one.answer is None:
        return [f"index: failed. {one.ran.said}"]
    answer = one.answer
    changed = f"added p95 {within(answer.added, 0.95):.1f} ms, removed p95 {within(answer.removed, 0.95):.1f} ms"
    at_once = f"{answer.found_at_once} of {len(answer.added)} found at once when added and gone when removed"
    shares = ", ".join(f"in the first {rank}: {share:.3f}" for rank, share in zip(RANKS, one.shares, strict=True))
    return [
        f"kinmatch finds {shares}; p50 {one.p50:.1f} ms, p95 {one.p95:.1f} ms",
        f"index: {answer.ready:.1f} s; peak memory {one.ran.peak / 1e6:.0f} MB",
        f"saved: {answer.saved:.1f} s, {answer.bytes / records:.0f} bytes a record; loaded: {answer.loaded:.1f} s",
        f"one record {changed}; {at_once}",
    ]
