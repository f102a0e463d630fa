"""Compares names over numbers, exactly as `compare.naming.NameComparer` does over words."""

from typing import NamedTuple

from kinmatch.columns.compiled import Array, Number, borrowing, inlined
from kinmatch.columns.grading import GradeTables, grade, unlike_at_a_glance
from kinmatch.columns.levels import (
    BLANK,
    CROSSED,
    CROSSED_AT,
    DIFFERENT,
    DIFFERENT_AT,
    FEWER,
    HELD_AT,
    PARTIAL,
    PARTIAL_AT,
    RARITY_AT,
    ROLE_WIDTH,
    SAME_LEVEL,
    SOUNDS_LEVEL,
    SWAPPED,
    SWAPPED_AT,
)
from kinmatch.compare.grades import INITIAL, NONE, RARITY_SHARE, SAME, SOUNDS
from kinmatch.compare.naming import CROSSED_BY_GUESS
from kinmatch.frequencies import GIVEN, MOST_ROLE_BITS, SURNAME

GIVEN_ROLE, SURNAME_ROLE = 0, 1
# Whether words of both sides are left over.
CALM, CLASH = 0, 1
MOST_WORDS = 14
# Sums in another order than the plain comparer's differ by less.
SMALL = 1e-5
_MOST_GIVEN, _MOST_SURNAME = MOST_ROLE_BITS[GIVEN], MOST_ROLE_BITS[SURNAME]


class Side(NamedTuple):
    """The words of one name in room for 14 (given, surnames, married): how many are given names, and how many given
    names and surnames without the married one, and how many in all."""

    words: Array
    given: int
    firm: int
    all: int


class Role(NamedTuple):
    """`naming.RoleResult` with the summed weight of its terms."""

    level: int
    value: float
    matched: int
    conflict: int
    bits: float


class Lexicon(NamedTuple):
    """The words' grades, order of texts and rarity (`bits` float32[2, T] as given name and surname), the weights,
    room for matches (int32[14, 3]) and for who fits whom (int32[196, 5]), and the words at a glance."""

    tables: GradeTables
    order: Array
    bits: Array
    flat: Array
    matches: Array
    edges: Array
    glance: Array


@borrowing
def read_side(given: Array, surnames: Array, married: Array, row: int, words: Array) -> Side:
    """Reads one name into `words`."""
    count = 0
    for k in range(given.shape[1]):
        if given[row, k] >= 0:
            words[count] = given[row, k]
            count += 1
    cut = count
    for k in range(surnames.shape[1]):
        if surnames[row, k] >= 0:
            words[count] = surnames[row, k]
            count += 1
    firm = count
    for k in range(married.shape[1]):
        if married[row, k] >= 0:
            words[count] = married[row, k]
            count += 1
    return Side(words, cut, firm, count)


@borrowing
def _put_edge(edges: Array, count: int, level: int, i: int, j: int, low: int, high: int) -> None:
    """Puts an edge in its place: the best grade first, then the lesser text; equal ones as they come."""
    at = count
    while at > 0 and (
        edges[at - 1, 0] < level
        or (edges[at - 1, 0] == level and edges[at - 1, 3] > low)
        or (edges[at - 1, 0] == level and edges[at - 1, 3] == low and edges[at - 1, 4] > high)
    ):
        for k in range(5):
            edges[at, k] = edges[at - 1, k]
        at -= 1
    edges[at, 0], edges[at, 1], edges[at, 2], edges[at, 3], edges[at, 4] = level, i, j, low, high


@inlined
def _grade(lexicon: Lexicon, a: int, b: int) -> int:
    if a == b:
        return SAME
    return NONE if unlike_at_a_glance(lexicon.glance, a, b) else grade(lexicon.tables, a, b)


@inlined
def _edges(lexicon: Lexicon, mine: Side, lo: int, hi: int, other: Side, low: int, high: int) -> int:
    """Writes who fits whom (grade, i, j, texts), best first and then by the texts; how many."""
    count, order = 0, lexicon.order
    for i in range(lo, hi):
        for j in range(low, high):
            a, b = mine.words[i], other.words[j]
            level = _grade(lexicon, a, b)
            if level:
                first, last = min(order[a], order[b]), max(order[a], order[b])
                _put_edge(lexicon.edges, count, level, i - lo, j - low, first, last)
                count += 1
    return count


@borrowing
def align(lexicon: Lexicon, mine: Side, lo: int, hi: int, other: Side, low: int, high: int) -> int:
    """Pairs words lo to hi of one name with low to high of another, best grade first: (i, j, grade) in `matches`."""
    matches, edges = lexicon.matches, lexicon.edges
    count, taken, taken_there = 0, 0, 0
    for k in range(_edges(lexicon, mine, lo, hi, other, low, high)):
        level, i, j = edges[k, 0], edges[k, 1], edges[k, 2]
        if not (taken >> i) & 1 and not (taken_there >> j) & 1:
            taken |= 1 << i
            taken_there |= 1 << j
            matches[count, 0], matches[count, 1], matches[count, 2] = i, j, level
            count += 1
    return count


@inlined
def _is_equal(mine: Side, lo: int, hi: int, other: Side, low: int, high: int) -> bool:
    if hi - lo != high - low:
        return False
    k = 0
    while k < hi - lo and mine.words[lo + k] == other.words[low + k]:
        k += 1
    return k == hi - lo


@inlined
def _match(lexicon: Lexicon, mine: Side, lo: int, hi: int, other: Side, low: int, high: int) -> int:
    if not _is_equal(mine, lo, hi, other, low, high):
        return align(lexicon, mine, lo, hi, other, low, high)
    for k in range(hi - lo):
        lexicon.matches[k, 0], lexicon.matches[k, 1], lexicon.matches[k, 2] = k, k, SAME
    return hi - lo


@borrowing
def _sound_length(tables: GradeTables, side: Side, lo: int, hi: int) -> int:
    length = 0
    for k in range(lo, hi):
        sound = tables.sound[side.words[k]]
        length += tables.sound_start[sound + 1] - tables.sound_start[sound]
    return length


@borrowing
def _is_joined(tables: GradeTables, mine: Side, lo: int, hi: int, other: Side, low: int, high: int) -> bool:
    """Whether the words sound the same when written together: 'Ana Maria' and 'Anamaria'."""
    length = _sound_length(tables, mine, lo, hi)
    if hi - lo == high - low or length != _sound_length(tables, other, low, high):
        return False
    start, letters = tables.sound_start, tables.sound_letters
    a, b = start[tables.sound[mine.words[lo]]], start[tables.sound[other.words[low]]]
    i, j = lo, low
    for _ in range(length):
        while a == start[tables.sound[mine.words[i]] + 1]:
            i += 1
            a = start[tables.sound[mine.words[i]]]
        while b == start[tables.sound[other.words[j]] + 1]:
            j += 1
            b = start[tables.sound[other.words[j]]]
        if letters[a] != letters[b]:
            return False
        a += 1
        b += 1
    return True


@borrowing
def _most_bits(lexicon: Lexicon, side: Side, lo: int, hi: int, role: int) -> Number:
    most = 0.0
    for k in range(lo, hi):
        most = max(most, lexicon.bits[role, side.words[k]])
    return most


@borrowing
def _is_swapped(matches: Array, count: int, role: int) -> bool:
    if count == 1:
        return role == SURNAME_ROLE and matches[0, 0] != matches[0, 1]
    for a in range(count):
        for b in range(count):
            if matches[a, 0] < matches[b, 0] and matches[a, 1] > matches[b, 1]:
                return True
    return False


@borrowing
def _left_over(matches: Array, count: int, side: int, lo: int, hi: int) -> int:
    """How many of the words lo to hi of a side no match has taken."""
    free = hi - lo
    for k in range(count):
        free -= lo <= matches[k, side] < hi
    return free


@inlined
def _matched(lexicon: Lexicon, mine: Side, lo: int, other: Side, low: int, count: int, role: int) -> Role:
    """The role's result but for its order and what is left over: the level is the worst grade."""
    matches, flat = lexicon.matches, lexicon.flat[role * ROLE_WIDTH : (role + 1) * ROLE_WIDTH]
    bits, value, level = 0.0, 0.0, SAME_LEVEL
    for k in range(count):
        a, b = mine.words[lo + matches[k, 0]], other.words[low + matches[k, 1]]
        bits += min(lexicon.bits[role, a], lexicon.bits[role, b]) * RARITY_SHARE[matches[k, 2]]
        value += flat[matches[k, 2]]
        level = matches[k, 2] if matches[k, 2] < level else level
    bits = min(bits, _MOST_GIVEN if role == GIVEN_ROLE else _MOST_SURNAME)
    return Role(level, value + flat[RARITY_AT] * bits, count, CALM, bits)


@borrowing
def _partial(flat: Array, role: int, bits: float) -> Number:
    """Names that agree in part and differ in part."""
    at = role * ROLE_WIDTH
    return flat[at + PARTIAL_AT] + (flat[at + HELD_AT] * bits if role == GIVEN_ROLE else 0.0)


@borrowing
def _finished(lexicon: Lexicon, found: Role, role: int, is_longer: bool, conflict: bool) -> Role:  # noqa: FBT001
    """The result with what the order of the words and those left over add."""
    level, value = found.level, found.value
    if _is_swapped(lexicon.matches, found.matched, role):
        value += lexicon.flat[role * ROLE_WIDTH + SWAPPED_AT]
        level = SWAPPED if level == SAME_LEVEL else level
    elif level == SAME_LEVEL and is_longer:
        level = FEWER
    if conflict:
        return Role(PARTIAL, value + _partial(lexicon.flat, role, found.bits), found.matched, CLASH, found.bits)
    return Role(level, value, found.matched, CALM, found.bits)


@borrowing
def _nothing() -> Role:
    return Role(BLANK, 0.0, 0, CALM, 0.0)


@borrowing
def compare_role(lexicon: Lexicon, mine: Side, other: Side, role: int) -> Role:
    """Given names against given names, or surnames against surnames."""
    lo, hi, firm = (0, mine.given, mine.given) if role == GIVEN_ROLE else (mine.given, mine.all, mine.firm)
    low, high, other_firm = (
        (0, other.given, other.given) if role == GIVEN_ROLE else (other.given, other.all, other.firm)
    )
    if lo == hi or low == high:
        return _nothing()
    count = _match(lexicon, mine, lo, hi, other, low, high)
    free = _left_over(lexicon.matches, count, 0, 0, firm - lo)
    conflict = free > 0 and _left_over(lexicon.matches, count, 1, 0, other_firm - low) > 0
    flat, at = lexicon.flat, role * ROLE_WIDTH
    if conflict and _is_joined(lexicon.tables, mine, lo, hi, other, low, high):
        is_mine = hi - lo > high - low
        bits = _most_bits(lexicon, mine, lo, hi, role) if is_mine else _most_bits(lexicon, other, low, high, role)
        return Role(SOUNDS_LEVEL, flat[at + SOUNDS] + flat[at + RARITY_AT] * bits, 1, CALM, bits)
    if count == 0:
        return Role(DIFFERENT, flat[at + DIFFERENT_AT], 0, CLASH, 0.0) if conflict else _nothing()
    found = _matched(lexicon, mine, lo, other, low, count, role)
    return _finished(lexicon, found, role, hi - lo != high - low, conflict)


@borrowing
def _may_cross(lexicon: Lexicon, mine: Side, other: Side) -> bool:
    """Whether a given name of one sounds like a surname of the other."""
    sound = lexicon.tables.sound
    for i in range(mine.all):
        for j in range(other.all):
            if (i < mine.given) != (j < other.given) and sound[mine.words[i]] == sound[other.words[j]]:
                return True
    return False


@borrowing
def _crosses(lexicon: Lexicon, mine: Side, other: Side, k: int) -> Number:
    return (lexicon.matches[k, 0] < mine.given) != (lexicon.matches[k, 1] < other.given)


@borrowing
def _does_cross(lexicon: Lexicon, mine: Side, other: Side, count: int) -> bool:
    k = 0
    while k < count and not (lexicon.matches[k, 2] >= SOUNDS and _crosses(lexicon, mine, other, k)):
        k += 1
    return k < count


@borrowing
def _crossed_role(lexicon: Lexicon, mine: Side, other: Side, count: int, role: int) -> Role:
    """What the matches of one role give after a match across the fields, without what is left over."""
    matches, flat = lexicon.matches, lexicon.flat[role * ROLE_WIDTH : (role + 1) * ROLE_WIDTH]
    bits, value, held = 0.0, 0.0, 0
    for k in range(count):
        i, j, level = matches[k, 0], matches[k, 1], matches[k, 2]
        is_given = i < mine.given and j < other.given
        if is_given != (role == GIVEN_ROLE) or (level == INITIAL and _crosses(lexicon, mine, other, k)):
            continue
        a, b = mine.words[i], other.words[j]
        pool = min(min(lexicon.bits[0, a], lexicon.bits[0, b]), min(lexicon.bits[1, a], lexicon.bits[1, b]))
        bits += pool * RARITY_SHARE[level]
        value += flat[level]
        held += 1
    bits = min(bits, _MOST_GIVEN if role == GIVEN_ROLE else _MOST_SURNAME)
    if held:
        value += flat[RARITY_AT] * bits
    return Role(CROSSED if held else BLANK, value, held, CALM, bits)


@borrowing
def _with_clash(lexicon: Lexicon, found: Role, role: int, clash: bool) -> Role:  # noqa: FBT001 - compiled
    if clash and not found.matched:
        value = found.value + lexicon.flat[role * ROLE_WIDTH + DIFFERENT_AT]
        return Role(DIFFERENT, value, 0, CLASH, 0.0)
    if clash:
        value = found.value + _partial(lexicon.flat, role, found.bits)
        return Role(PARTIAL, value, found.matched, CLASH, found.bits)
    return found


@borrowing
def _clash(lexicon: Lexicon, mine: Side, other: Side, count: int, role: int) -> Number:
    """Whether words of a role are left over on both sides."""
    matches = lexicon.matches
    if role == GIVEN_ROLE:
        free = _left_over(matches, count, 0, 0, mine.given)
        return free > 0 and _left_over(matches, count, 1, 0, other.given) > 0
    free = _left_over(matches, count, 0, mine.given, mine.firm)
    return free > 0 and _left_over(matches, count, 1, other.given, other.firm) > 0


@borrowing
def compare_names(lexicon: Lexicon, mine: Side, other: Side, guessed: bool) -> tuple[Role, Role]:  # noqa: FBT001
    """Given names and surnames; words that stand in the other field are found where that weighs more."""
    given = compare_role(lexicon, mine, other, GIVEN_ROLE)
    surnames = compare_role(lexicon, mine, other, SURNAME_ROLE)
    is_clean = given.matched and surnames.matched and not given.conflict and not surnames.conflict
    if is_clean or not _may_cross(lexicon, mine, other):
        return given, surnames
    count = align(lexicon, mine, 0, mine.all, other, 0, other.all)
    if not _does_cross(lexicon, mine, other, count):
        return given, surnames
    crossed = _crossed_role(lexicon, mine, other, count, GIVEN_ROLE)
    crossed = _with_clash(lexicon, crossed, GIVEN_ROLE, _clash(lexicon, mine, other, count, GIVEN_ROLE))
    other_role = _crossed_role(lexicon, mine, other, count, SURNAME_ROLE)
    cost = lexicon.flat[ROLE_WIDTH + CROSSED_AT] * (CROSSED_BY_GUESS if guessed else 1.0)
    other_role = Role(CROSSED, other_role.value + cost, other_role.matched, CALM, other_role.bits)
    other_role = _with_clash(lexicon, other_role, SURNAME_ROLE, _clash(lexicon, mine, other, count, SURNAME_ROLE))
    if crossed.value + other_role.value > given.value + surnames.value + SMALL:
        return crossed, other_role
    return given, surnames
