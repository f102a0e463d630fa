"""The fixed sentences of a safe-and-well message, as data: a file for each language, none invented."""

from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec

_FOLDER: Final = Path(__file__).resolve().parent.parent / "sentences"
_FILES: Final = ("es", "en", "pt", "fr", "it", "guc", "wba", "yup")
FEWEST, MOST = 1, 4
FALLBACK: Final = "es"


class Language(msgspec.Struct, frozen=True):
    """One language: its own name, and (where somebody wrote them) its sentences, the one about money, and how to reply.

    `code` is ISO 639: two letters, three where there are no two.
    """

    code: str
    name: str
    written: bool
    money: str = ""
    reply: str = ""
    sentences: dict[str, str] = {}


@lru_cache(maxsize=1)
def languages() -> tuple[Language, ...]:
    """Every language, those with written sentences first."""
    return tuple(msgspec.toml.decode((_FOLDER / f"{code}.toml").read_bytes(), type=Language) for code in _FILES)


def language(code: str) -> Language:
    """One language by its code; `KeyError` if there is none."""
    found = next((one for one in languages() if one.code == code), None)
    if found is None:
        raise KeyError(code)
    return found


def written_in() -> tuple[Language, ...]:
    """The languages in which there are written sentences."""
    return tuple(one for one in languages() if one.written)


def money_in(code: str) -> str:
    """ "We never ask for money", in this language; in Spanish, for the interpreter, where nobody wrote it."""
    return language(code).money or language(FALLBACK).money


def said(code: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    """The chosen sentences in the order of the file. `KeyError` for one that this language does not have."""
    held = language(code).sentences
    if unknown := set(keys) - set(held):
        raise KeyError(*unknown)
    return tuple(words for key, words in held.items() if key in keys)
