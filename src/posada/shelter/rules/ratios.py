"""How many people the house is planned for, by ratios that are read from data with their editions."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "ratios.toml"


@dataclass(frozen=True, slots=True)
class Ratio:
    """One planning ratio. `confidence` is A (read in the source), C (read in an old comparison) or D (not read)."""

    key: str
    kind: str
    value: float
    edition: str
    confidence: str

    @property
    def is_counted(self) -> bool:
        """What nobody read is shown and binds nothing."""
        return self.confidence != "D"


@dataclass(frozen=True, slots=True)
class Measured:
    """What a house has; None is not known. Floor in tenths of a square metre, of the rooms that were measured."""

    beds: int
    tenths_m2: int | None
    toilets: int | None
    litres: int | None


@dataclass(frozen=True, slots=True)
class Planned:
    """For how many people one ratio plans this house; None while what it needs is not known."""

    ratio: Ratio
    people: int | None
    is_binding: bool = False


@cache
def ratios() -> tuple[Ratio, ...]:
    """Those of `ratios.toml`, in its order."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(
        Ratio(key, row["kind"], float(row["value"]), row["edition"], row["confidence"]) for key, row in rows.items()
    )


def planned(house: Measured) -> tuple[Planned, ...]:
    """Each ratio with the people it plans for; the least of those that count is the binding one."""
    rows = [Planned(ratio, _people(ratio, house)) for ratio in ratios()]
    known = [row.people for row in rows if row.people is not None and row.ratio.is_counted]
    least = min(known, default=None)
    return tuple(
        Planned(row.ratio, row.people, row.ratio.is_counted and row.people is not None and row.people == least)
        for row in rows
    )


def _people(ratio: Ratio, house: Measured) -> int | None:
    if ratio.kind == "m2_a_person":
        # whole numbers: 70 tenths hold 2 at 3.5, never 1.999
        return None if house.tenths_m2 is None else house.tenths_m2 // round(ratio.value * 10)
    if ratio.kind == "litres_a_person":
        return None if house.litres is None else int(house.litres // ratio.value)
    return None if house.toilets is None else int(house.toilets * ratio.value)
