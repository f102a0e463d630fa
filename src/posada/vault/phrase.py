"""A keyholder's phrase: six words drawn from 7,776 (77.5 bits), shown once.

The words are the EFF's long list (J. Bonneau, 2016, CC BY 3.0), read from the package xkcdpass.
"""

import re
import secrets
import unicodedata
from functools import cache
from importlib import resources

WORDS_IN_A_PHRASE = 6
WORDS_IN_THE_LIST = 7_776

# White space, what is typed between words, every dash of Unicode.
_BETWEEN_WORDS = re.compile(r"[\s,;.:_\-\u2010-\u2015\u2212]+")
_WITHOUT_WIDTH = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
# The four words of the list that have two parts; no phrase can hold the parts as words of their own.
_TWO_PARTS = re.compile(r"\b(drop|felt|t|yo) (down|tip|shirt|yo)\b")


@cache
def word_list() -> tuple[str, ...]:
    """The 7,776 words."""
    text = resources.files("xkcdpass").joinpath("static/eff-long").read_text(encoding="utf-8")
    words = tuple(dict.fromkeys(text.split()))
    if len(words) != WORDS_IN_THE_LIST:
        msg = f"the word list holds {len(words)} words, not {WORDS_IN_THE_LIST}"
        raise RuntimeError(msg)
    return words


def new_phrase() -> str:
    """Six words drawn by the system's source of randomness."""
    words = word_list()
    return " ".join(secrets.choice(words) for _ in range(WORDS_IN_A_PHRASE))


def tidy(phrase: str) -> str:
    """What a person typed, without differences that do not matter: case, accents, spaces of any kind and number.

    Four words of the list have a hyphen (`t-shirt`): it stays inside such a word, and is a space anywhere else.
    """
    folded = unicodedata.normalize("NFKD", phrase.casefold())
    letters = "".join(mark for mark in folded if not unicodedata.combining(mark))
    words = _BETWEEN_WORDS.sub(" ", _WITHOUT_WIDTH.sub("", letters)).strip()
    return _TWO_PARTS.sub(r"\1-\2", words)


def unknown_words(phrase: str) -> list[int]:
    """The places (from 1) of words that no phrase can hold: a slip in typing; says nothing about the right ones."""
    known = frozenset(word_list())
    return [place for place, word in enumerate(tidy(phrase).split(), start=1) if word not in known]
