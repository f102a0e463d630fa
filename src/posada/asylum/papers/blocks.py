"""The pieces of which a paper is made, and the same words in both languages."""

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
from django.utils.translation import override

from posada.asylum.rules.dates_in_words import told_in_words
from posada.asylum.rules.deadline_words import day_in_words
from posada.asylum.rules.guide import Text

PAPER_LANGUAGE = "es"
_AID = "en"


def both(words: object, **values: "Text | str | int") -> Text:
    """The same in Spanish and English: words of the catalogue, or a function that says them in the language at hand."""
    return Text(es=_said(words, values, PAPER_LANGUAGE), en=_said(words, values, _AID))


def _said(words: object, values: dict[str, Any], language: str) -> str:
    with override(language):
        said = str(words() if callable(words) else words)
    if not values:
        return said
    told = {name: one.in_language(language) if isinstance(one, Text) else one for name, one in values.items()}
    return said % told


def same(words: str) -> Text:
    """What is not translated: a name, a number, words that were typed."""
    return Text(es=words, en=words)


def joined(*parts: Text | None, by: str = " · ") -> Text:
    """Several in one line."""
    held = [one for one in parts if one is not None]
    return Text(es=by.join(one.es for one in held if one.es), en=by.join(one.en for one in held if one.en))


def day(on: date) -> Text:
    """A day with its weekday."""
    return both(lambda: day_in_words(on))


def told(on: str, *, about: bool = False, hour: str = "") -> Text | None:
    """A date as it was told; none if it is not known."""
    say: Callable[[], str] = lambda: told_in_words(on, about=about, hour=hour)  # noqa: E731 - said once in each language
    return both(say) if on else None


class Heading(msgspec.Struct, frozen=True, tag="heading"):
    """A heading. `fact` is the id of the guide's line that asks for what stands below it."""

    text: Text
    fact: str = ""
    note: Text | None = None


class Words(msgspec.Struct, frozen=True, tag="words"):
    """A paragraph."""

    text: Text
    strong: bool = False


class Field(msgspec.Struct, frozen=True, tag="field"):
    """A name and what is known; a line to write on by hand where nothing is."""

    label: Text
    value: Text | None = None


class Space(msgspec.Struct, frozen=True, tag="space"):
    """Empty lines to write on by hand."""

    lines: int


class Ticks(msgspec.Struct, frozen=True, tag="ticks"):
    """Answers to tick by hand: nobody answers for somebody."""

    choices: tuple[Text, ...]


class Frame(msgspec.Struct, frozen=True, tag="frame"):
    """An empty frame for a photo, in millimetres."""

    width: int
    height: int
    label: Text


class Said(msgspec.Struct, frozen=True, tag="said"):
    """A statement of the guide: never without where it is written, how sure that is, and whether it is confirmed."""

    title: Text
    text: Text
    source: Text
    mark: Text | None = None
    more: tuple[Text, ...] = ()


class Sign(msgspec.Struct, frozen=True, tag="sign"):
    """Lines to sign on."""

    labels: tuple[Text, ...]


class NewPage(msgspec.Struct, frozen=True, tag="new_page"):
    """What follows stands on a page of its own, not to be handed in."""

    title: Text


Block = Heading | Words | Field | Space | Ticks | Frame | Said | Sign | NewPage


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A paper. `size` is that of the sheet; `letters` that of its letters, in points."""

    title: Text
    blocks: tuple[Block, ...]
    foot: Text
    size: str = "a4"
    letters: float = 11.5
