"""Compares the names of two persons: word by word within given names and surnames, and across them if need
be."""

from itertools import pairwise
from typing import NamedTuple

from kinmatch.compare.grades import GRADES, INITIAL, RARITY_SHARE, SAME, SOUNDS, TokenGrades
from kinmatch.frequencies import GIVEN, MOST_ROLE_BITS, SURNAME, Frequencies
from kinmatch.names import PersonName
from kinmatch.weights import Weights

# Words in the other name field count against a pair; less so when this module told the fields apart itself.
CROSSED_BY_GUESS = 0.25

Term = tuple[str, float]
Match = tuple[int, int, int]


class RoleResult(NamedTuple):
    """What the words of one role (given names or surnames) gave. `bits` is the summed rarity of what they
    share."""

    level: str
    terms: list[Term]
    matched: int = 0
    conflict: bool = False
    bits: float = 0.0


BLANK = RoleResult("blank", [])
_KEYS = {role: [f"{role}.{grade}" for grade in GRADES] for role in (GIVEN, SURNAME)}


class NameComparer:
    """Compares names by the grades of their words and their rarity."""

    def __init__(self, grades: TokenGrades, frequencies: Frequencies, weights: Weights) -> None:
        self._grades = grades
        self._frequencies = frequencies
        self._weights = weights

    def align(self, left: tuple[str, ...], right: tuple[str, ...]) -> list[Match]:
        """Pairs the words, best grade first; the same pairs whichever side is called left."""
        edges: list[tuple[int, str, str, int, int]] = []
        for i, mine in enumerate(left):
            row = self._grades.row(mine)
            for j, other in enumerate(right):
                grade = row.get(other)
                if grade is None:
                    grade = self._grades.grade(mine, other)
                if grade:
                    edges.append((-grade, min(mine, other), max(mine, other), i, j))
        if len(edges) == 1:
            return [(edges[0][3], edges[0][4], -edges[0][0])]
        edges.sort()
        matches: list[Match] = []
        used_left: set[int] = set()
        used_right: set[int] = set()
        for negative, _, _, i, j in edges:
            if i not in used_left and j not in used_right:
                used_left.add(i)
                used_right.add(j)
                matches.append((i, j, -negative))
        return matches

    def role(self, left: PersonName, right: PersonName, role: str) -> RoleResult:
        """Given names against given names, or surnames against surnames."""
        mine, other, firm_mine, firm_other = _sides(left, right, role)
        if not mine or not other:
            return BLANK
        matches = self.align(mine, other) if mine != other else [(i, i, SAME) for i in range(len(mine))]
        free_mine = firm_mine - sum(i < firm_mine for i, _, _ in matches)
        free_other = firm_other - sum(j < firm_other for _, j, _ in matches)
        conflict = free_mine > 0 and free_other > 0
        if conflict and self._joined(mine, other):
            return self._joined_result(mine, other, role)
        if not matches:
            return RoleResult("different", [(f"{role}.different", 1.0)], conflict=True) if conflict else BLANK
        return self._result(matches, mine, other, role, conflict=conflict)

    def _result(
        self,
        matches: list[Match],
        mine: tuple[str, ...],
        other: tuple[str, ...],
        role: str,
        *,
        conflict: bool,
    ) -> RoleResult:
        terms: list[Term] = []
        shared = 0.0
        for i, j, grade in matches:
            bits = self._bits(mine[i], other[j], role) * RARITY_SHARE[grade]
            shared += bits
            terms.append((_KEYS[role][grade], 1.0))
        shared = min(shared, MOST_ROLE_BITS[role])
        terms.append((f"{role}.rarity", shared))
        level = GRADES[min(grade for _, _, grade in matches)]
        if _out_of_order(matches, role):
            terms.append((f"{role}.swapped", 1.0))
            level = "swapped" if level == "same" else level
        elif level == "same" and len(mine) != len(other):
            level = "fewer"
        if conflict:
            terms += _partial(role, shared)
            level = "partial"
        return RoleResult(level, terms, len(matches), conflict, shared)

    def _bits(self, mine: str, other: str, role: str) -> float:
        """The rarity of what two words share: that of the commoner one, for a misspelling is always rare."""
        if mine == other:
            return self._frequencies.bits(role, mine)
        return min(self._frequencies.bits(role, mine), self._frequencies.bits(role, other))

    def _joined(self, mine: tuple[str, ...], other: tuple[str, ...]) -> bool:
        """'Ana María' written 'Anamaría'."""
        if len(mine) == len(other):
            return False
        sounds = self._frequencies.sounds
        return "".join([sounds[token] for token in mine]) == "".join([sounds[token] for token in other])

    def _joined_result(self, mine: tuple[str, ...], other: tuple[str, ...], role: str) -> RoleResult:
        longer = mine if len(mine) > len(other) else other
        bits = max(self._frequencies.bits(role, token) for token in longer)
        return RoleResult("sounds", [(f"{role}.sounds", 1.0), (f"{role}.rarity", bits)], 1, conflict=False, bits=bits)

    def both(self, left: PersonName, right: PersonName, *, may_cross: bool) -> tuple[RoleResult, RoleResult]:
        """Given names and surnames; words that stand in the other field are found when `may_cross`."""
        given, surnames = self.role(left, right, GIVEN), self.role(left, right, SURNAME)
        straight_is_clean = given.matched and surnames.matched and not given.conflict and not surnames.conflict
        if not may_cross or straight_is_clean:
            return given, surnames
        crossed = self._crossed(left, right)
        if crossed is None:
            return given, surnames
        value = self._weights.value
        better = value(crossed[0].terms) + value(crossed[1].terms) > value(given.terms) + value(surnames.terms)
        return crossed if better else (given, surnames)

    def _crossed(self, left: PersonName, right: PersonName) -> tuple[RoleResult, RoleResult] | None:
        matches = self.align(left.tokens, right.tokens)
        cuts = (len(left.given), len(right.given))
        if not any(grade >= SOUNDS and (i < cuts[0]) != (j < cuts[1]) for i, j, grade in matches):
            return None
        groups: dict[str, list[Term]] = {GIVEN: [], SURNAME: []}
        shared = {GIVEN: 0.0, SURNAME: 0.0}
        counts = {GIVEN: 0, SURNAME: 0}
        for i, j, grade in matches:
            if grade == INITIAL and (i < cuts[0]) != (j < cuts[1]):
                continue
            role = GIVEN if i < cuts[0] and j < cuts[1] else SURNAME
            bits = self._pool_bits(left.tokens[i], right.tokens[j]) * RARITY_SHARE[grade]
            groups[role].append((_KEYS[role][grade], 1.0))
            shared[role] += bits
            counts[role] += 1
        for role in (GIVEN, SURNAME):
            shared[role] = min(shared[role], MOST_ROLE_BITS[role])
            groups[role] += [(f"{role}.rarity", shared[role])] * bool(counts[role])
        guessed = left.guessed or right.guessed
        groups[SURNAME].append(("surname.crossed", CROSSED_BY_GUESS if guessed else 1.0))
        given_clash, surname_clash = _clashes(left, right, matches)
        return (
            _crossed_result(GIVEN, groups[GIVEN], counts[GIVEN], shared[GIVEN], clash=given_clash),
            _crossed_result(SURNAME, groups[SURNAME], counts[SURNAME], shared[SURNAME], clash=surname_clash),
        )

    def _pool_bits(self, mine: str, other: str) -> float:
        return min(self._bits(mine, other, GIVEN), self._bits(mine, other, SURNAME))


def _partial(role: str, bits: float) -> list[Term]:
    """Names that agree in part and differ in part. Brothers and sisters often share one given name, even a rare one."""
    held = [("given.held", bits)] if role == GIVEN else []
    return [(f"{role}.partial", 1.0), *held]


def _sides(left: PersonName, right: PersonName, role: str) -> tuple[tuple[str, ...], tuple[str, ...], int, int]:
    if role == GIVEN:
        return left.given, right.given, len(left.given), len(right.given)
    mine, other = left.surnames + left.married, right.surnames + right.married
    return mine, other, len(left.surnames), len(right.surnames)


def _out_of_order(matches: list[Match], role: str) -> bool:
    if len(matches) == 1:
        i, j, _ = matches[0]
        return role == SURNAME and i != j
    ordered = sorted(matches)
    return any(first[1] > second[1] for first, second in pairwise(ordered))


def _clashes(left: PersonName, right: PersonName, matches: list[Match]) -> tuple[bool, bool]:
    """Whether given names, and surnames, are left over on both sides after a match across the fields."""
    free: list[tuple[int, int]] = []
    for side, name in ((0, left), (1, right)):
        taken = {match[side] for match in matches}
        cut = len(name.given)
        firm = cut + len(name.surnames)
        free.append((sum(k not in taken for k in range(cut)), sum(k not in taken for k in range(cut, firm))))
    (given_left, surnames_left), (given_right, surnames_right) = free
    return given_left > 0 and given_right > 0, surnames_left > 0 and surnames_right > 0


def _crossed_result(role: str, terms: list[Term], count: int, bits: float, *, clash: bool) -> RoleResult:
    if clash and not count:
        return RoleResult("different", [*terms, (f"{role}.different", 1.0)], conflict=True)
    if clash:
        return RoleResult("partial", [*terms, *_partial(role, bits)], count, conflict=True, bits=bits)
    return RoleResult("crossed" if terms else "blank", terms, count, conflict=False, bits=bits)
