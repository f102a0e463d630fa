"""The advice cards, as they stand in advice/cards.toml: in a language of their own, whatever that of the screen is."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parents[1] / "advice" / "cards.toml"
LANGUAGES = {"es": "Español", "en": "English"}
OURS = "ours"


@dataclass(frozen=True, slots=True)
class AdviceCard:
    """One card: a mark, a title, two lines; where it comes from, when that was read and how far it holds."""

    mark: str
    title: str
    lines: tuple[str, ...]
    note: str
    source: str
    read_on: date
    confidence: str

    @property
    def is_ours(self) -> bool:
        """Whether nobody published it: our advice."""
        return self.confidence == OURS


@cache
def advice_cards(language: str) -> tuple[AdviceCard, ...]:
    """All cards in Spanish or English. Raises KeyError for another language."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["card"]
    return tuple(
        AdviceCard(
            mark=row["mark"],
            title=row[language]["title"],
            lines=tuple(row[language]["lines"]),
            note=row.get(f"note_{language}", ""),
            source=row["source"],
            read_on=row["read_on"],
            confidence=row["confidence"],
        )
        for row in rows
    )
