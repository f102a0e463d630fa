"""One more row behind a register's: a person who is looked for, written over the last one who was.

Words, sounds, places and names of parents that the register does not hold get numbers behind its own, so that the
same kernels compare the person with everybody.
"""

from bisect import bisect_left
from collections import defaultdict
from functools import cache
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from kinmatch.columns.bearers import by_code, codes_of, rows_with
from kinmatch.columns.codes import LONGEST_DOCUMENT
from kinmatch.columns.comparing import make_lexicon, make_table
from kinmatch.columns.dictionary import FIRST_IDEOGRAM
from kinmatch.columns.kernels import Table
from kinmatch.columns.name_kernel import Lexicon
from kinmatch.columns.people import SEXES, People
from kinmatch.compare.grades import nicknames, variants
from kinmatch.dates import Birth
from kinmatch.frequencies import GIVEN, PLACE, SURNAME, Frequencies
from kinmatch.names import PersonName
from kinmatch.places import GENERIC
from kinmatch.prepare import MOST_RELATIVES, Prepared
from kinmatch.sounds import sound
from kinmatch.weights import Weights

WORDS, LETTERS, PLACES, PLACE_WORDS, PLACE_LETTERS, LINKS = 256, 16_384, 2, 64, 1024, 4096
MOST_LINKS = LINKS // WORDS
NAMES = MOST_RELATIVES + 2
LONGEST_PLACE = 512
_GENERIC_SOUNDS = frozenset(sound(word) for word in GENERIC)
_Columns = TypeVar("_Columns")


@cache
def _called() -> dict[str, tuple[str, ...]]:
    """For each formal name the call-names of it."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for short, formals in nicknames().items():
        for formal in formals:
            found[formal].append(short)
    return {formal: tuple(sorted(shorts)) for formal, shorts in found.items()}


def _longer(array: npt.NDArray[Any], by: int) -> npt.NDArray[Any]:
    return np.concatenate([array, np.zeros((by, *array.shape[1:]), dtype=array.dtype)])


def _stretched(columns: _Columns, by: dict[str, int]) -> _Columns:
    """A named tuple of arrays, each with room behind it."""
    longer = {name: _longer(getattr(columns, name), many) for name, many in by.items()}
    return type(columns)(**longer)


class _Ends:
    """How many of everything the register has; what is written behind begins there."""

    def __init__(self, people: People) -> None:
        tables, places = people.tokens.tables, people.places
        self.rows, self.names, self.words = len(people), len(people.names.guessed), len(people.tokens)
        self.sounds, self.letters = len(people.tokens.sound_texts), len(tables.letters)
        self.sound_letters, self.formals, self.groups = len(tables.sound_letters), len(tables.formal), len(tables.group)
        self.places, self.place_words = len(places.texts), len(places.word_texts)
        self.place_parts, self.place_letters = len(places.words), len(places.letters)
        self.relatives, self.documents = len(people.relatives), len(people.documents)


class Asked:
    """The columns of a register with room for one person more, whose row is `row`. Not for two threads at once."""

    def __init__(self, people: People, frequencies: Frequencies, weights: Weights) -> None:
        self._ends = _Ends(people)
        self.row = self._ends.rows
        self._frequencies = frequencies
        self.word_ids = dict(zip(people.tokens.texts, range(len(people.tokens)), strict=True))
        self._sound_ids = dict(zip(people.tokens.sound_texts, range(self._ends.sounds), strict=True))
        self._place_ids = dict(zip(people.places.texts, range(self._ends.places), strict=True))
        self._place_words = dict(zip(people.places.word_texts, range(self._ends.place_words), strict=True))
        self._by_code = by_code(people.documents)
        self._texts = sorted(self.word_ids)
        self.table = _with_room(make_table(people))
        self.lexicon = _lexicon_with_room(make_lexicon(people, weights))
        self._fresh: dict[str, int] = {}
        self._at = _At(self._ends)

    def write(self, person: Prepared) -> list[int]:
        """Writes the person into the row; the numbers of the words of the name and call-name."""
        self._fresh, self._at = {}, _At(self._ends)
        self._write_name(self.table.people, self.row, person.name)
        others, at = self.table.others, self.row
        others.nickname[at] = self._words(person.nickname, 3)
        others.sex[at] = SEXES[person.sex]
        self._write_birth(person.birth)
        others.birth_place[at], others.place[at] = self._place(person.birth_place), self._place(person.place)
        others.mother[at], others.father[at] = self._parent(person.mother), self._parent(person.father)
        start = self._ends.relatives
        for count, name in enumerate(person.relatives):
            others.relatives[start + count] = self._parent(name)
        others.relatives_start[at + 1] = start + len(person.relatives)
        others.phone[at] = int("1" + person.phone) if person.phone else -1
        others.document[at] = self._document(person.document)
        return [self.word(text) for text in person.tokens]

    def document(self, code: str) -> int:
        """The number of a document in the register, or -1."""
        written = _written(code)
        rows = rows_with(self._by_code, int(codes_of(written[None, :])[0]))
        return next((int(row) for row in rows if (self.table.others.documents[row] == written).all()), -1)

    def word(self, text: str) -> int:
        """The number of a word; a new one behind the register's where it does not hold it, -1 where there is no more
        room."""
        found = self.word_ids.get(text, self._fresh.get(text))
        if found is None:
            if len(self._fresh) == WORDS - 1:
                return -1
            found = self._fresh[text] = self._ends.words + len(self._fresh)
            self._write_word(found, text)
        return found

    def _words(self, texts: tuple[str, ...], most: int) -> list[int]:
        found = [self.word(text) for text in texts[:most]]
        return found + [-1] * (most - len(found))

    def _write_name(self, columns: Any, row: int, name: PersonName) -> None:
        columns.given[row] = self._words(name.given, columns.given.shape[1])
        columns.surnames[row] = self._words(name.surnames, columns.surnames.shape[1])
        columns.married[row] = self._words(name.married, columns.married.shape[1])
        columns.guessed[row] = name.guessed

    def _parent(self, name: PersonName | None) -> int:
        if name is None:
            return -1
        row = self._ends.names + self._at.names
        self._at.names += 1
        self._write_name(self.table.names, row, name)
        return row

    def _write_birth(self, birth: Birth | None) -> None:
        at, columns = self.row, self.table.births
        self.table.others.has_birth[at] = birth is not None
        for name, value in zip(Birth._fields, birth or Birth(), strict=True):
            getattr(columns, name)[at] = value

    def _write_word(self, word: int, text: str) -> None:
        tables, at = self.lexicon.tables, self._at
        letters = [ord(letter) for letter in text]
        at.letters = _put(tables.letters, at.letters, letters)
        tables.letters_start[word + 1] = at.letters
        tables.signature[word] = _signature(letters)
        tables.sound[word] = self._sound(self._frequencies.sounds[text])
        tables.is_known[word] = self._frequencies.is_known(text)
        tables.initial[word] = letters[0] if text[0].isalpha() and letters[0] < FIRST_IDEOGRAM else -1
        linked = {*nicknames().get(text, ()), *_called().get(text, ())}
        at.formals = _put(
            tables.formal, at.formals, sorted(self.word_ids[one] for one in linked & self.word_ids.keys())[:16]
        )
        tables.formal_start[word + 1] = at.formals
        at.groups = _put(tables.group, at.groups, sorted(variants().get(text, ()))[:MOST_LINKS])
        tables.group_start[word + 1] = at.groups
        self.lexicon.order[word] = 2 * bisect_left(self._texts, text)
        self.lexicon.bits[:, word] = [self._frequencies.bits(role, text) for role in (GIVEN, SURNAME)]

    def _sound(self, text: str) -> int:
        found = self._sound_ids.get(text)
        if found is None:
            tables, at = self.lexicon.tables, self._at
            found = self._ends.sounds + at.sounds
            letters = [ord(letter) for letter in text]
            at.sound_letters = _put(tables.sound_letters, at.sound_letters, letters)
            tables.sound_start[found + 1] = at.sound_letters
            tables.sound_signature[found] = _signature(letters)
            at.sounds += 1
        return found

    def _place(self, words: tuple[str, ...]) -> int:
        text = " ".join(words)
        if not words or len(words) > PLACE_WORDS // PLACES or len(text) > LONGEST_PLACE:
            return -1
        found = self._place_ids.get(text)
        if found is None:
            found = self._ends.places + self._at.places
            self._at.places += 1
            self._write_place(found, words, text)
        return found

    def _write_place(self, place: int, words: tuple[str, ...], text: str) -> None:
        columns, at = self.table.places, self._at
        numbers = []
        for word in words:
            number = self._place_words.get(word)
            if number is None:
                number = self._ends.place_words + at.place_words
                columns.generic[number] = word in _GENERIC_SOUNDS
                at.place_words += 1
            numbers.append(number)
        at.place_parts = _put(columns.words, at.place_parts, numbers)
        columns.words_start[place + 1] = at.place_parts
        letters = [ord(letter) for letter in text]
        at.place_letters = _put(columns.letters, at.place_letters, letters)
        columns.letters_start[place + 1] = at.place_letters
        kinds = columns.letter_counts.shape[1]
        columns.letter_counts[place] = np.bincount([letter % kinds for letter in letters], minlength=kinds)
        columns.bits[place] = self._frequencies.bits(PLACE, text)

    def _document(self, code: str) -> int:
        if not code:
            return -1
        found = self.document(code)
        if found < 0:
            found = self._ends.documents
            self.table.others.documents[found] = _written(code)
        return found


class _At:
    """Where the next of everything is written."""

    def __init__(self, ends: _Ends) -> None:
        self.names = self.sounds = self.places = self.place_words = 0
        self.letters, self.sound_letters = ends.letters, ends.sound_letters
        self.formals, self.groups = ends.formals, ends.groups
        self.place_parts, self.place_letters = ends.place_parts, ends.place_letters


def _written(code: str) -> npt.NDArray[np.uint8]:
    return np.frombuffer(code.encode()[:LONGEST_DOCUMENT].ljust(LONGEST_DOCUMENT, b"\0"), dtype=np.uint8)


def _put(array: npt.NDArray[Any], at: int, values: list[int]) -> int:
    array[at : at + len(values)] = values
    return at + len(values)


def _signature(letters: list[int]) -> np.uint64:
    found = 0
    for letter in letters:
        found |= 1 << (letter % 61)
    return np.uint64(found)


def _with_room(table: Table) -> Table:
    names = {"given": 1, "surnames": 1, "married": 1, "guessed": 1}
    places = {"generic": PLACE_WORDS, "words_start": PLACES, "words": PLACE_WORDS, "letters_start": PLACES}
    places |= {"letters": PLACE_LETTERS, "letter_counts": PLACES, "bits": PLACES}
    others = dict.fromkeys(table.others._fields, 1) | {"relatives": MOST_RELATIVES}
    return Table(
        _stretched(table.people, names),
        _stretched(table.names, dict.fromkeys(names, NAMES)),
        _stretched(table.births, dict.fromkeys(table.births._fields, 1)),
        _stretched(table.places, places),
        _stretched(table.others, others),
    )


def _lexicon_with_room(lexicon: Lexicon) -> Lexicon:
    tables = lexicon.tables
    by = dict.fromkeys(tables._fields, WORDS) | {"letters": LETTERS, "sound_letters": LETTERS}
    by |= {"formal": LINKS, "group": LINKS}
    order = _longer(lexicon.order * 2 + 1, WORDS).astype(np.int32)
    bits = np.concatenate([lexicon.bits, np.zeros((2, WORDS), dtype=np.float32)], axis=1)
    return lexicon._replace(tables=_stretched(tables, by), order=order, bits=bits)
