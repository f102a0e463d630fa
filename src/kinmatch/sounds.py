"""How a name is folded to plain letters, and how it sounds to a Spanish ear.

The sound key joins what is written differently by people who spell by ear: b/v, s/z/c/x, silent h, ll/y/i,
g/j,
qu/k/c, doubled letters. It is a key for finding, not a transcription.
"""

import re
import unicodedata
from collections.abc import Sequence

_SPECIAL = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"})
_CJK = re.compile(r"([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff])")
_NOT_WORD = re.compile(r"[\W_]+")
_JOINERS = re.compile(r"['’`´ʼ‘]")

# Applied in this order. Capital letters stand for sounds that must not be rewritten by a later rule.
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("ph", "f"),
        ("[ct]?sh|ch|tch", "C"),
        ("th", "t"),
        ("^jh", "j"),
        ("h", ""),
        ("ll", "y"),
        ("gu(?=[ei])", "G"),
        ("g(?=[eiy])", "j"),
        ("G", "g"),
        ("qu(?=[ei])|q", "k"),
        ("c(?=[eiy])", "s"),
        ("c", "k"),
        ("[kg]s|z|x", "s"),
        ("v", "b"),
        ("w|ou", "u"),
        ("y", "i"),
        ("n(?=[bp])", "m"),
        (r"(.)\1+", r"\1"),
        ("ei(?=[^aeiou])", "e"),
        ("(?<=[aeiou])i$", "i"),
    )
)


def fold(text: str) -> str:
    """Lower case, no accents, no punctuation, single spaces; other alphabets stay, each Chinese character
    its own word."""
    if text.isascii():
        return _NOT_WORD.sub(" ", _JOINERS.sub("", text[:2000].lower())).strip()
    plain = unicodedata.normalize("NFKD", text[:2000].lower().translate(_SPECIAL))
    kept = "".join(letter for letter in plain.lower() if not unicodedata.combining(letter))
    spaced = _CJK.sub(r" \1 ", unicodedata.normalize("NFC", _JOINERS.sub("", kept)))
    return _NOT_WORD.sub(" ", spaced).strip()


def sound(token: str) -> str:
    """The sound key of one folded token; a token in another alphabet is its own key."""
    if not token.isascii():
        return token
    for pattern, replacement in _RULES:
        token = pattern.sub(replacement, token)
    return token or "h"


# The same rules over a word a line: a letter that is "not one of" is no end of line either.
_LINE_RULES = tuple(
    (re.compile(pattern.pattern.replace("[^", r"[^\n"), re.MULTILINE), replacement) for pattern, replacement in _RULES
)


def sound_all(tokens: Sequence[str]) -> list[str]:
    """The sound keys of many folded tokens, the same as `sound` of each and five times as fast."""
    lines = "\n".join(token if token.isascii() else "" for token in tokens)
    for pattern, replacement in _LINE_RULES:
        lines = pattern.sub(replacement, lines)
    plain = lines.split("\n") if tokens else []
    return [key or "h" if token.isascii() else token for token, key in zip(tokens, plain, strict=True)]


class Sounds(dict[str, str]):
    """The sound keys worked out so far; it lives and dies with one register, so that no name outlives it."""

    def __missing__(self, token: str) -> str:
        found = self[token] = sound(token)
        return found
