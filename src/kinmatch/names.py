"""From a name as written to its words: particles dropped, given names told from surnames, a married name
set apart."""

from typing import NamedTuple

from kinmatch.frequencies import Frequencies
from kinmatch.letters import name_words

PARTICLES = frozenset(
    {"de", "del", "la", "las", "los", "el", "y", "e", "da", "das", "do", "dos", "di", "van", "von", "al", "ibn", "bint"}
)
TITLES = frozenset({"sr", "sra", "srta", "don", "dona", "dr", "dra", "ing", "lic", "hno", "hna", "vda", "viuda"})
MOST_TOKENS = 6
LONGEST_TOKEN = 40


class PersonName(NamedTuple):
    """A name's words, folded. `married` are surnames after 'de': their absence elsewhere is never a
    contradiction.

    `guessed` says that given names and surnames were told apart by this module, not by whoever wrote them.
    """

    given: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    married: tuple[str, ...] = ()
    guessed: bool = False

    @property
    def tokens(self) -> tuple[str, ...]:
        return self.given + self.surnames + self.married


def words(text: str) -> tuple[str, ...]:
    """The meaning-bearing words of a name: no particles, no titles; all of them if nothing else is there."""
    folded = [token[:LONGEST_TOKEN] for token in name_words(text)]
    kept = [token for token in folded if token not in PARTICLES and token not in TITLES]
    return tuple((kept or folded)[:MOST_TOKENS])


def surname_words(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A surname field's words, and apart from them the married name: what follows 'de' after another
    surname."""
    own: list[str] = []
    married: list[str] = []
    after_of = False
    for token in name_words(text):
        if token in PARTICLES or token in TITLES:
            after_of = after_of or (token == "de" and bool(own))  # noqa: S105 - a particle, no secret
            continue
        (married if after_of else own).append(token[:LONGEST_TOKEN])
    if not own and not married:
        own = list(words(text))
    return tuple(own[:MOST_TOKENS]), tuple(married[:2])


def split(text: str, frequencies: Frequencies) -> PersonName:
    """Tells given names from surnames in a full name; 'Surnames, Given' is understood."""
    before, comma, after = text.partition(",")
    if comma and words(before) and words(after):
        own, married = surname_words(before)
        return PersonName(words(after), own, married, guessed=True)
    tokens = words(text)
    if _is_reversed(tokens, frequencies):
        given, own = _cut(tokens[::-1], frequencies)
        return PersonName(given[::-1], own[::-1], guessed=True)
    given, own = _cut(tokens, frequencies)
    _, married = surname_words(text)
    if len(own) > 1 and own[-1] in married:
        return PersonName(given, own[:-1], own[-1:], guessed=True)
    return PersonName(given, own, guessed=True)


def _cut(tokens: tuple[str, ...], frequencies: Frequencies) -> tuple[tuple[str, ...], tuple[str, ...]]:
    count = len(tokens)
    if count <= 1:
        is_surname = count == 1 and frequencies.lean(tokens[0]) < -2
        return ((), tokens) if is_surname else (tokens, ())
    if count == 3:
        middle_is_given = frequencies.lean(tokens[1]) > 0
        return (tokens[:2], tokens[2:]) if middle_is_given else (tokens[:1], tokens[1:])
    if count == 2:
        return (tokens, ()) if frequencies.lean(tokens[1]) > 4 else (tokens[:1], tokens[1:])
    return tokens[:-2], tokens[-2:]


def _is_reversed(tokens: tuple[str, ...], frequencies: Frequencies) -> bool:
    return len(tokens) > 1 and frequencies.lean(tokens[0]) < -2 and frequencies.lean(tokens[-1]) > 2
