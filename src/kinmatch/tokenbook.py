"""The dictionary of a register's distinct words: which of them are near a given word, found without looking
at all."""

from collections import Counter
from collections.abc import Iterator

from kinmatch.compare.grades import ALIKE, NONE, TokenGrades, nicknames, variants
from kinmatch.frequencies import Frequencies
from kinmatch.packed import EMPTY, Packed

PREFIX = 4
MOST_NEAR = 48
LONGEST_FOR_SLIPS = 24


class TokenBook:
    """Words with how often they occur, findable by sound, by one slip, by call-name, by spelling and by
    beginning."""

    def __init__(self, frequencies: Frequencies, grades: TokenGrades, packed: Packed = EMPTY) -> None:
        # How many bear a word, less those of the packed index: below none where some of those were taken out.
        self.counts: Counter[str] = Counter()
        self._packed = packed
        self._frequencies = frequencies
        self._grades = grades
        self._shelves: dict[str, set[str]] = {}
        self._nicknames = nicknames()
        self._variants = variants()

    def bearers(self, token: str) -> int:
        """How many bear the word."""
        return self.counts[token] + len(self._packed.bearers(token))

    def add(self, token: str) -> None:
        """Counts one more bearer of the word."""
        self.counts[token] += 1
        if self.counts[token] == 1 and token not in self._packed:
            for shelf in self.shelves_of(token):
                self._shelves.setdefault(shelf, set()).add(token)

    def remove(self, token: str) -> None:
        """Counts one bearer less; the last one takes the word out."""
        self.counts[token] -= 1
        if self.counts[token] == 0:
            del self.counts[token]
            if token in self._packed:
                return
            for shelf in self.shelves_of(token):
                words = self._shelves[shelf]
                words.discard(token)
                if not words:
                    del self._shelves[shelf]

    def near(self, token: str) -> list[tuple[str, int]]:
        """The register's words that are the same as or near this one, with the grade, best and commonest
        first."""
        found: set[str] = set()
        for shelf in self.shelves_of(token):
            found |= self._shelves.get(shelf, set())
            found.update(self._packed.shelf(shelf))
        grade, bearers = self._grades.grade, self.bearers
        graded = [
            (word, value, held)
            for word in found
            if ((value := grade(token, word)) > ALIKE or word == token) and (held := bearers(word)) > 0
        ]
        graded.sort(key=lambda item: (-item[1], -item[2], item[0]))
        return [(word, value) for word, value, _ in graded[:MOST_NEAR]]

    def grade(self, left: str, right: str) -> int:
        """The grade of two words; NONE when they have nothing to do with one another."""
        return self._grades.grade(left, right) if left and right else NONE

    def shelves_of(self, token: str) -> Iterator[str]:
        """Names of the shelves a word stands on: its sound, its sound less one letter, its groups, its
        beginning."""
        sound = self._frequencies.sounds[token]
        yield "=" + sound
        if len(token) == 1:
            return
        for formal in self._nicknames.get(token, ()):
            yield "n" + formal
        yield "n" + token
        for group in self._variants.get(token, ()):
            yield f"v{group}"
        if len(sound) >= PREFIX:
            yield from self._slips(sound)
        if len(token) >= PREFIX + 2 or len(token) == PREFIX:
            yield "b" + token[:PREFIX]

    @staticmethod
    def _slips(sound: str) -> Iterator[str]:
        yield "-" + sound
        if len(sound) <= LONGEST_FOR_SLIPS:
            for at in range(len(sound)):
                yield f"-{sound[:at]}{sound[at + 1 :]}"
