"""Signs that somebody fishes: one person sought again and again with small changes, one voice under two names."""

import re
import uuid
from dataclasses import dataclass
from typing import Final

from posada.family.models import Enquirer, Separation, Sought
from posada.family.rules.dangers import folded

_LAST_DIGITS: Final = 8  # with or without a country's code in front
_FEWEST_DIGITS: Final = 7
_SHORTEST_STORY: Final = 30  # signs; "en el puente" is said by many


@dataclass(frozen=True, slots=True)
class Asking:
    """One time that somebody was sought: by a tracing request or by an enquiry from outside, with its number."""

    id: uuid.UUID
    number: int
    sought: Sought
    enquirer: Enquirer
    separation: Separation | None = None
    is_request: bool = False


def _digits(text: str) -> str:
    found = re.sub(r"\D", "", text)
    return found[-_LAST_DIGITS:] if len(found) >= _FEWEST_DIGITS else ""


def is_same_way(one: str, other: str) -> bool:
    """Whether two ways to reach somebody are one: the same number, or else the same words."""
    first, second = _digits(one), _digits(other)
    if first or second:
        return first == second
    return bool(folded(one)) and folded(one) == folded(other)


def is_same_story(one: Separation | None, other: Separation | None) -> bool:
    """Whether two told the parting in the very same words."""
    first, second = (folded(story.circumstances) if story else "" for story in (one, other))
    return len(first) >= _SHORTEST_STORY and first == second


def is_same_voice(one: Asking, other: Asking) -> bool:
    """Whether two who asked share a way to be reached, or the words of their story, under two names."""
    if folded(one.enquirer.name) == folded(other.enquirer.name):
        return False
    same_way = is_same_way(one.enquirer.safe_channel, other.enquirer.safe_channel)
    return same_way or is_same_story(one.separation, other.separation)
