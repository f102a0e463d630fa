"""A gentle look at a message before it leaves: what in it could endanger somebody. It warns and blocks nothing."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec
from django.utils.translation import gettext_lazy as _

_FILE: Final = Path(__file__).resolve().parent.parent / "sentences" / "dangers.toml"
_NUMBER: Final = re.compile(r"(?<!\w)\+?\d(?:[\s().\-]?\d){6,}(?!\w)")  # seven digits or more: somebody's telephone
_SUM: Final = re.compile(r"(?:[$€]|r\$)\s?\d|\d\s?(?:[$€])", re.IGNORECASE)
_SHORTEST_OWN: Final = 4  # a house called "Uno" would warn of every number one


class Danger(StrEnum):
    """What a message may give away."""

    HOUSE = "house"
    PLACE = "place"
    NUMBER = "number"
    RANK = "rank"
    MONEY = "money"


DANGER_WORDS = {
    Danger.HOUSE: _("It seems to name this house or one of its rooms. Whoever reads it learns where the resident is."),
    Danger.PLACE: _("It seems to name a place. Nobody needs to know where the resident is to know that all is well."),
    Danger.NUMBER: _("A telephone number seems to stand in it. If the telephone is searched, it leads to somebody."),
    Danger.RANK: _("A word of a force, a rank or a unit stands in it. It can cost the family dearly."),
    Danger.MONEY: _("It speaks of money. We never ask for money; those who deceive families always do."),
}


class _Lists(msgspec.Struct, frozen=True):
    rank: tuple[str, ...]
    place: tuple[str, ...]
    money: tuple[str, ...]


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    return msgspec.toml.decode(_FILE.read_bytes(), type=_Lists)


def folded(text: str) -> str:
    """Lower case, without accents, with single spaces: as words are compared here."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w$€+]+", " ", bare.casefold()).split())


def holds(text: str, words: Iterable[str]) -> bool:
    """Whether one of these words or phrases stands whole in a text, accents and case aside."""
    padded = f" {folded(text)} "
    return any(f" {found} " in padded for word in words if (found := folded(word)))


def dangers(text: str, *, own: Iterable[str] = ()) -> tuple[Danger, ...]:
    """What may endanger somebody in these words. `own` are names of this house: of the site, its rooms."""
    lists = _lists()
    found = {
        Danger.HOUSE: holds(text, (name for name in own if len(name) >= _SHORTEST_OWN)),
        Danger.PLACE: holds(text, lists.place),
        Danger.NUMBER: bool(_NUMBER.search(text)),
        Danger.RANK: holds(text, lists.rank),
        Danger.MONEY: holds(text, lists.money) or bool(_SUM.search(text)),
    }
    return tuple(one for one, stands in found.items() if stands)
