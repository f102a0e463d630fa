"""Names of others as marks: [A], [B]. Which name a mark stood for is kept nowhere.

A name is found whatever its capitals and accents, as whole words only: who is called Ana stands also where somebody
wrote "ANA", never inside "Mariana".
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import product
from string import ascii_uppercase
from typing import Final

import msgspec

from posada.asylum.rules.account import Account
from posada.asylum.rules.telling import BESIDE

SHORTEST: Final = 2
_MARK: Final = re.compile(r"\[([A-Z]{1,2})\]")
_NAME: Final = re.compile(r"(?<=[^\s.!?…;:«\"“¿¡(\[-] )[^\W\d_]{2,}")


def _folded(text: str) -> tuple[str, list[int]]:
    """A text without capitals and accents, and for each of its letters the place in the text that it came from."""
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for letter in unicodedata.normalize("NFD", sign.casefold()):
            if not unicodedata.combining(letter):
                letters.append(letter)
                places.append(place)
    return "".join(letters), places


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """All ways of writing one name, the longest first: who is "Ana María" is not left as "[A] María"."""
    folded = {_folded(" ".join(name.split()))[0] for name in names}
    ways = sorted((one for one in folded if len(one) >= SHORTEST), key=len, reverse=True)
    if not ways:
        return None
    any_way = "|".join(r"\s+".join(re.escape(part) for part in way.split()) for way in ways)
    return re.compile(rf"(?<!\w)(?:{any_way})(?!\w)")


def marked_text(text: str, names: Iterable[str], mark: str) -> str:
    """The text with a mark in the place of every way in which the name is written."""
    pattern = _pattern(names)
    if pattern is None:
        return text
    folded, places = _folded(text)
    out: list[str] = []
    done = 0
    for hit in pattern.finditer(folded):
        begin, end = places[hit.start()], places[hit.end() - 1] + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1  # an accent that stands as a sign of its own goes with its letter
        out += [text[done:begin], mark]
        done = end
    return "".join([*out, text[done:]])


def texts_of(account: Account) -> Iterator[str]:
    """All words of an account: its sentences, and what is said beside it."""
    yield from (one.text for one in account.sentences)
    yield from (getattr(account, name) for name in BESIDE)


def marked(account: Account, names: Iterable[str], mark: str) -> Account:
    """The account with a mark in the place of a name: in every sentence, and in what is said beside it."""
    ways = tuple(names)
    sentences = tuple(msgspec.structs.replace(one, text=marked_text(one.text, ways, mark)) for one in account.sentences)
    beside = {name: marked_text(getattr(account, name), ways, mark) for name in BESIDE}
    return msgspec.structs.replace(account, sentences=sentences, **beside)


def marks_in(accounts: Iterable[Account]) -> list[str]:
    """The marks that stand in these versions, in the order of the alphabet."""
    found = {hit for account in accounts for text in texts_of(account) for hit in _MARK.findall(text)}
    return [f"[{one}]" for one in sorted(found, key=lambda one: (len(one), one))]


def next_mark(accounts: Iterable[Account]) -> str:
    """The first mark that stands in none of these versions."""
    used = set(marks_in(accounts))
    ways = [*ascii_uppercase, *("".join(pair) for pair in product(ascii_uppercase, repeat=2))]
    return next(mark for mark in (f"[{one}]" for one in ways) if mark not in used)


def perhaps_names(account: Account) -> list[str]:
    """Words with a capital letter inside a sentence: names that may still stand there, each once. Advice only."""
    found: dict[str, None] = {}
    for one in account.sentences:
        found.update(dict.fromkeys(word for word in _NAME.findall(one.text) if word[0].isupper()))
    return list(found)
