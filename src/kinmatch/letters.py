"""Names in other letters as they are read in Latin ones: Cyrillic, Greek, Arabic, Chinese, and what anyascii knows
besides.

One word has one reading. The other ways to write it are joined to it as spellings (data/readings.txt), so that each is
a word of the dictionary and meets it. Chinese signs are a word each, surnames of two signs one word together.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

from anyascii import anyascii

from kinmatch.sounds import fold

LONGEST_TEXT = 2000
MOST_REMEMBERED = 4096
READINGS = Path(__file__).parent / "data" / "readings.txt"
_ARABIC = re.compile(r"[\u0620-\u06ff]")
_GREEK = re.compile(r"[\u0370-\u03ff]")
_SIGN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_RUN = re.compile(f"{_SIGN.pattern}+")
# The article before a name: al-Masri, El-Masry, ash-Shami (the l becomes what follows).
_ARTICLE = re.compile(r"\b(?:[ae]l[-'’](?=\w{3})|a(dh|sh|th|[dnrstz])[-'’](?=\1))", re.IGNORECASE)
_SERVANT = re.compile(r"^abd(?:[aeou]l|u[drstzn])(?!l?ah)(\w{3,})$")
_GREEK_PAIRS = (("ου", "ou"), ("αυ", "av"), ("ευ", "ev"), ("μπ", "b"), ("ντ", "nt"), ("γκ", "gk"), ("γγ", "ng"),
                ("η", "i"), ("υ", "y"), ("χ", "ch"), ("φ", "f"), ("ξ", "x"), ("β", "v"))  # fmt: skip
_CONSONANTS = {
    "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "d", "ر": "r", "ز": "z", "س": "s",
    "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ک": "k",
    "ل": "l", "م": "m", "ن": "n", "ه": "h", "پ": "p", "چ": "ch", "ژ": "j", "گ": "g",
}  # fmt: skip
_VOWELS = {"ا": "a", "ى": "a", "ة": "a", "و": "ou", "ي": "i", "ی": "i", "ء": ""}
_HALF_VOWELS = {"و": "w", "ي": "y", "ی": "y"}


@cache
def _entries() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in READINGS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            word, *spellings = line.split()
            found[fold(word).replace(" ", "")] = tuple(fold(text) for text in spellings)
    return found


def spellings() -> list[tuple[str, ...]]:
    """The ways to write each listed name in Latin letters, the reading first."""
    return [found for found in dict.fromkeys(_entries().values()) if len(found) > 1]


def latin_words(text: str) -> list[str]:
    """The folded words of a text, every one in Latin letters; what is between blanks does not look at its neighbours.

    'Иван' -> ivan; 'محمد' -> mohamed; '余嘉平' -> yu, jia, ping; 'Ash-Shami' -> shami; 'Abdelrahman' -> abdul, rahman.
    """
    text = text[:LONGEST_TEXT]
    if "-" in text or "’" in text or "'" in text:
        text = _ARTICLE.sub("", text)
    folded = fold(text if text.isascii() else _pairs().sub(_pair_read, text))
    if not folded.isascii():
        return [part for word in folded.split() for part in readings(word)]
    return [part for word in folded.split() for part in _servant(word)] if "abd" in folded else folded.split()


def name_words(text: str) -> list[str]:
    """As `latin_words`, and a Chinese name of three signs or more in one piece is told into given name and surname.

    '余嘉平' -> jiaping, yu; '欧阳华' -> hua, ouyang. Two signs may be either, and stay as they stand.
    """
    return latin_words(text if text.isascii() else _RUN.sub(_given_first, text[:LONGEST_TEXT]))


def _given_first(found: re.Match[str]) -> str:
    signs = found.group()
    surname = 2 if signs[:2] in _entries() else 1
    given = signs[surname:]
    if len(signs) < 3 or len(given) > 2:
        return signs
    read = "".join(word for sign in given for word in readings(sign))
    return f" {read} {' '.join(readings(signs[:surname]))} "


def _servant(word: str) -> list[str]:
    """Abdelrahman and Abdurrahman as abdul and rahman; other words as they are, Abdullah too."""
    found = _SERVANT.match(word)
    return ["abdul", found.group(1)] if found and word not in _known_spellings() else [word]


@cache
def _known_spellings() -> frozenset[str]:
    return frozenset(text for found in _entries().values() for text in found)


@cache
def _pairs() -> re.Pattern[str]:
    """The Chinese surnames of two signs."""
    return re.compile("|".join(word for word in _entries() if len(word) > 1 and _SIGN.match(word)))


def _pair_read(found: re.Match[str]) -> str:
    return f" {_entries()[found.group()][0]} "


@lru_cache(maxsize=MOST_REMEMBERED)
def readings(word: str) -> tuple[str, ...]:
    """A folded word in Latin letters, in one word or more; itself where it is in Latin letters already."""
    if word.isascii():
        return (word,)
    known = _entries().get(word)
    if known:
        return known[:1]
    if _ARABIC.search(word):
        return _arabic(word)
    if _GREEK.search(word):
        for pair, latin in _GREEK_PAIRS:
            word = word.replace(pair, latin)
    return tuple(fold(anyascii(word).replace("'", "")).split()) or (word,)


def _arabic(word: str) -> tuple[str, ...]:
    """The consonants with the long vowels that are written; where none is, an a, which is the likeliest."""
    if word.startswith("عبد") and len(word) > 5:
        return ("abdul", *_arabic(word.removeprefix("عبد")))
    if word.startswith("ال") and len(word) > 4:
        word = word.removeprefix("ال")
    known = _entries().get(word)
    return known[:1] if known else (_voiced(word),)


def _voiced(word: str) -> str:
    """Syllables of one consonant and a vowel; a consonant before one that has its own vowel closes a syllable."""
    found, since = "", 2  # 0 after a vowel, 1 after a consonant that may close its syllable, 2 after one that may not
    for at, letter in enumerate(word):
        following = word[at + 1 : at + 2]
        consonant = _consonant(letter, following, first=at == 0)
        if consonant:
            is_closing = since == 1 and following in _VOWELS and following != "ء"
            found += consonant if not found or since == 0 or is_closing else "a" + consonant
            since = 2 if found == consonant or is_closing else 1
        else:
            vowel = _VOWELS.get(letter) or ("a" if letter in _VOWELS or letter == "ع" else anyascii(letter).strip("'`"))
            found += "" if found.endswith(vowel) else vowel
            since = 0
    return found or anyascii(word)


def _consonant(letter: str, following: str, *, first: bool) -> str:
    """The letter as a consonant; w and y are so at the beginning and before an a."""
    if letter in _HALF_VOWELS and (first or following in {"ا", "ى", "ة"}):
        return _HALF_VOWELS[letter]
    return _CONSONANTS.get(letter, "")
