"""The code of a page and the spoken word: said aloud or written on paper, and typed on a small telephone."""

import secrets
import unicodedata
from typing import Final

# No 0 and O, no 1, I and L: 31 signs, so that twelve of them are 59 bits.
ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH: Final = 12
GROUP: Final = 4
SHORTEST_WORD: Final = 4
LONGEST_TYPED: Final = 100


def new_code() -> str:
    """A random code without its strokes."""
    return "".join(secrets.choice(ALPHABET) for _sign in range(LENGTH))


def in_groups(code: str) -> str:
    """As it is said and written: "7KQM-2XPA-HR9D"."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def code_of(typed: str) -> str:
    """A code as it was typed: capitals, without spaces and strokes."""
    return "".join(sign for sign in typed[:LONGEST_TYPED].upper() if sign.isalnum())


def word_of(typed: str) -> str:
    """The spoken word as it was typed: small letters without accents, spaces and strokes."""
    apart = unicodedata.normalize("NFKD", typed[:LONGEST_TYPED].casefold())
    return "".join(sign for sign in apart if sign.isalnum())
