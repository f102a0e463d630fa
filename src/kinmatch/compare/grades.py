"""How two words of a name relate: the same, alike to the ear, a call-name, shortened, a slip of the pen, or
nothing."""

import tomllib
from functools import cache

from rapidfuzz.distance import OSA

from kinmatch.frequencies import DATA, Frequencies
from kinmatch.letters import spellings
from kinmatch.sounds import fold

# In order of strength. `alike`: one slip apart, but both are well-known names, as Mario and Maria.
GRADES = ("none", "initial", "alike", "near", "short", "nickname", "variant", "sounds", "same")
NONE, INITIAL, ALIKE, NEAR, SHORT, NICKNAME, VARIANT, SOUNDS, SAME = range(9)
# How much of a name's rarity counts at each grade.
RARITY_SHARE = (0.0, 0.0, 0.2, 0.7, 0.6, 0.8, 0.9, 1.0, 1.0)
MOST_REMEMBERED = 2_000_000


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """For each call-name the given names it stands for (folded)."""
    table = tomllib.loads((DATA / "nicknames.toml").read_text(encoding="utf-8"))["names"]
    found: dict[str, set[str]] = {}
    for formal, shorts in table.items():
        for short in shorts:
            found.setdefault(fold(short), set()).add(fold(formal))
    return {short: frozenset(formals) for short, formals in found.items()}


@cache
def variants() -> dict[str, frozenset[int]]:
    """For each spelling the groups of spellings it belongs to."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate((DATA / "variants.txt").read_text(encoding="utf-8").splitlines()):
        if not line.startswith("#"):
            for spelling in line.split():
                found.setdefault(fold(spelling), set()).add(number)
    for number, group in enumerate(spellings(), 1_000_000):
        for spelling in group:
            found.setdefault(spelling, set()).add(number)
    return {spelling: frozenset(groups) for spelling, groups in found.items()}


class TokenGrades:
    """The grade of two folded words, remembered; symmetric."""

    def __init__(self, frequencies: Frequencies) -> None:
        self._frequencies = frequencies
        self._known: dict[str, dict[str, int]] = {}
        self._remembered = 0
        self._nicknames = nicknames()
        self._variants = variants()
        self._nothing: frozenset[int] = frozenset()
        self._nobody: frozenset[str] = frozenset()

    def grade(self, left: str, right: str) -> int:
        """The grade of two words, from NONE to SAME."""
        row = self.row(left)
        found = row.get(right)
        if found is None:
            self._remembered += 1
            if self._remembered > MOST_REMEMBERED:
                self._remembered = 0
                self._known.clear()
            found = row[right] = SAME if left == right else self._work_out(min(left, right), max(left, right))
        return found

    def row(self, word: str) -> dict[str, int]:
        """The grades of a word that are known so far, for asking many times."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = {}
        return found

    def _work_out(self, left: str, right: str) -> int:
        if len(left) == 1 or len(right) == 1:
            return INITIAL if left[0] == right[0] and left.isalpha() and ord(left[0]) < 0x3000 else NONE
        sounds = self._frequencies.sounds
        left_sound, right_sound = sounds[left], sounds[right]
        if left_sound == right_sound:
            return SOUNDS
        if self._variants.get(left, self._nothing) & self._variants.get(right, self._nothing):
            return VARIANT
        if self._is_nickname(left, right):
            return NICKNAME
        return self._slip(left, right, left_sound, right_sound)

    def _is_nickname(self, left: str, right: str) -> bool:
        return right in self._nicknames.get(left, self._nobody) or left in self._nicknames.get(right, self._nobody)

    def _slip(self, left: str, right: str, left_sound: str, right_sound: str) -> int:
        both_known = self._frequencies.is_known(left) and self._frequencies.is_known(right)
        shorter, longer = sorted((len(left), len(right)))
        if shorter >= 3 and longer - shorter >= 2 and (left.startswith(right) or right.startswith(left)):
            return ALIKE if both_known else SHORT
        allowed = 2 if shorter >= 8 else 1
        if shorter >= 4 and OSA.distance(left, right, score_cutoff=allowed) <= allowed:
            return ALIKE if both_known else NEAR
        if min(len(left_sound), len(right_sound)) >= 4 and OSA.distance(left_sound, right_sound, score_cutoff=1) <= 1:
            return ALIKE if both_known else NEAR
        return NONE
