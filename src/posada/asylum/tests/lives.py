"""The written lives of tests/data/lives.toml, read."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from posada.asylum.rules.facts import Fact, Facts, answer_read

FILE = Path(__file__).parent / "data" / "lives.toml"


@dataclass(frozen=True)
class WorkedDay:
    """A deadline counted on a paper calendar."""

    rule: str
    from_: str
    act_on: date
    state: str
    how: str


@dataclass(frozen=True)
class Life:
    """One life and its right answers."""

    name: str
    country: str
    on: date
    facts: Facts
    outcomes: dict[str, str]
    traps: dict[str, list[str]]
    questions: dict[str, list[str]]
    deadlines: tuple[WorkedDay, ...]


def _life(row: dict[str, Any]) -> Life:
    return Life(
        name=row["name"],
        country=row["country"],
        on=row["on"],
        facts={Fact(name): answer_read(Fact(name), written) for name, written in row["facts"].items()},
        outcomes=row["outcomes"],
        traps=row.get("traps", {}),
        questions=row.get("questions", {}),
        deadlines=tuple(
            WorkedDay(one["rule"], one["from"], one["act_on"], one["state"], one["how"])
            for one in row.get("deadlines", [])
        ),
    )


LIVES = tuple(_life(row) for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["life"])
