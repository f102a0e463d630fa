"""Compares pairs of a register over numbers: the levels and the weight that `Comparer` gives, a million pairs a second.

What stands in this module follows `compare.comparer`, `compare.attributes` and `compare.corrections` line by line; the
plain modules are its twin in the tests.
"""

from typing import NamedTuple

import numpy as np

from kinmatch.columns.attribute_kernel import (
    LONGEST_PLACE,
    BirthColumns,
    PlaceColumns,
    compare_births,
    compare_documents,
    compare_phones,
    compare_places,
)
from kinmatch.columns.compiled import Array, Number, borrowing, compiled, inlined
from kinmatch.columns.correction_kernel import correct
from kinmatch.columns.grading import grade
from kinmatch.columns.levels import (
    BIRTH_DATE,
    BIRTH_PLACE,
    BLANK,
    CALL_DIFFERENT,
    CALL_FITS,
    CALL_NAME,
    CALL_NICKNAME,
    CALL_SAME,
    CALL_SOUNDS,
    CALL_SOUNDS_FIT,
    DOCUMENT,
    FATHER,
    FEWER,
    FIELD_RARITY,
    FIELD_WIDTH,
    FIELDS_AT,
    GIVEN_NAMES,
    MOTHER,
    PARENT_DIFFERENT,
    PARENT_NEAR,
    PARENT_PARTIAL,
    PARENT_SAME,
    PARENT_SURNAME,
    PHONE,
    PLACE,
    PLACE_CONTAINED,
    PLACE_SAME,
    PLAIN_DIFFERENT,
    PLAIN_SAME,
    RELATIVES,
    SEX,
    SOUNDS_LEVEL,
    SURNAMES,
    SWAPPED,
    VARIANT_LEVEL,
)
from kinmatch.columns.name_kernel import (
    GIVEN_ROLE,
    MOST_WORDS,
    SURNAME_ROLE,
    Lexicon,
    Side,
    compare_names,
    compare_role,
    read_side,
)
from kinmatch.compare.attributes import MOST_RELATIVES_COUNTED
from kinmatch.compare.comparer import FIELDS
from kinmatch.compare.grades import NEAR, NICKNAME, SAME, SHORT, SOUNDS


class NameColumns(NamedTuple):
    """Names by row, as in `People` and `Names`."""

    given: Array
    surnames: Array
    married: Array
    guessed: Array


class Others(NamedTuple):
    """The other columns of `People` that are compared."""

    nickname: Array
    sex: Array
    has_birth: Array
    birth_place: Array
    place: Array
    mother: Array
    father: Array
    relatives_start: Array
    relatives: Array
    phone: Array
    document: Array
    documents: Array


class Room(NamedTuple):
    """Room of one thread: words of both sides, digits, letters of a place, and the rarity that each field gave."""

    mine: Array
    other: Array
    digits: Array
    letters: Array
    rarity: Array


class Table(NamedTuple):
    """Everything that comparing reads."""

    people: NameColumns
    names: NameColumns
    births: BirthColumns
    places: PlaceColumns
    others: Others


@borrowing
def _side(columns: NameColumns, row: int, room: Array) -> Side:
    return read_side(columns.given, columns.surnames, columns.married, row, room)


@inlined
def _worth(flat: Array, field: int, level: int) -> Number:
    return flat[FIELDS_AT + field * FIELD_WIDTH + level]


@borrowing
def _best_grade(lexicon: Lexicon, mine: Array, other: Array) -> Number:
    best = 0
    for a in mine:
        for b in other:
            if a >= 0 and b >= 0:
                best = max(best, SAME if a == b else grade(lexicon.tables, a, b))
    return best


@borrowing
def _call_names(lexicon: Lexicon, table: Table, i: int, j: int) -> int:
    """The level of call-names with one another, and each with the other side's given names."""
    mine, other = table.others.nickname[i], table.others.nickname[j]
    own = _best_grade(lexicon, mine, other)
    if own >= SHORT:
        return CALL_SAME if own == SAME else CALL_SOUNDS
    fits = max(_best_grade(lexicon, mine, table.people.given[j]), _best_grade(lexicon, other, table.people.given[i]))
    if fits >= NEAR:
        return CALL_NICKNAME if fits == NICKNAME else CALL_SOUNDS_FIT if fits == SOUNDS else CALL_FITS
    return CALL_DIFFERENT if mine[0] >= 0 and other[0] >= 0 else BLANK


@borrowing
def _is_sure(level: int) -> bool:
    return level in (SOUNDS_LEVEL, VARIANT_LEVEL, FEWER, SWAPPED) or level == SAME


@borrowing
def _parent(lexicon: Lexicon, mine: Side, other: Side) -> tuple[Number, Number]:
    """The level of two names of parents, and the rarity of the given names in common."""
    given = compare_role(lexicon, mine, other, GIVEN_ROLE)
    surnames = compare_role(lexicon, mine, other, SURNAME_ROLE)
    if not given.matched:
        if given.conflict or (not surnames.matched and surnames.conflict):
            return PARENT_DIFFERENT, 0.0
        return (PARENT_SURNAME if surnames.matched else BLANK), 0.0
    if given.conflict or (surnames.conflict and not surnames.matched):
        return PARENT_PARTIAL, 0.0
    return (PARENT_SAME if _is_sure(given.level) else PARENT_NEAR), given.bits


@borrowing
def _relatives(lexicon: Lexicon, table: Table, room: Room, i: int, j: int) -> int:
    """How many of the relatives named on one side are named on the other."""
    start, relatives = table.others.relatives_start, table.others.relatives
    taken, shared = 0, 0
    for k in range(start[i], start[i + 1]):
        mine = _side(table.names, relatives[k], room.mine)
        for m in range(start[j], start[j + 1]):
            if not (taken >> (m - start[j])) & 1:
                level, _ = _parent(lexicon, mine, _side(table.names, relatives[m], room.other))
                if level in (PARENT_SAME, PARENT_NEAR):
                    taken |= 1 << (m - start[j])
                    shared += 1
                    break
    return shared


@inlined
def _compare_names(lexicon: Lexicon, table: Table, room: Room, i: int, j: int, levels: Array) -> Number:
    """Names and their correction come last of all: this one gives the roles, and the weight of both."""
    mine, other = _side(table.people, i, room.mine), _side(table.people, j, room.other)
    given, surnames = compare_names(lexicon, mine, other, table.people.guessed[i] or table.people.guessed[j])
    levels[GIVEN_NAMES], levels[SURNAMES] = given.level, surnames.level
    fewest = min(mine.firm - mine.given, other.firm - other.given)
    value = correct(lexicon.flat, given, surnames, levels, room.rarity, fewest)
    return given.value + surnames.value + value


@inlined
def _compare_parent(
    lexicon: Lexicon, table: Table, room: Room, one: int, other: int, levels: Array, field: int
) -> Number:
    if one < 0 or other < 0:
        return 0.0
    level, bits = _parent(lexicon, _side(table.names, one, room.mine), _side(table.names, other, room.other))
    levels[field], room.rarity[field] = level, bits
    value = _worth(lexicon.flat, field, level) if level else 0.0
    return value + (bits * _worth(lexicon.flat, field, FIELD_RARITY) if level in (PARENT_SAME, PARENT_NEAR) else 0.0)


@inlined
def _compare_place(
    lexicon: Lexicon, table: Table, room: Room, one: int, other: int, levels: Array, field: int
) -> Number:
    if one < 0 or other < 0:
        return 0.0
    places = table.places
    level = compare_places(places, one, other, room.letters)
    levels[field] = level
    value = _worth(lexicon.flat, field, level)
    if level in (PLACE_SAME, PLACE_CONTAINED):
        room.rarity[field] = min(places.bits[one], places.bits[other])
        value += room.rarity[field] * _worth(lexicon.flat, field, FIELD_RARITY)
    return value


@inlined
def _compare_numbers(flat: Array, table: Table, room: Room, i: int, j: int, levels: Array) -> Number:
    """Sex, birth, phone and document."""
    others = table.others
    if others.sex[i] and others.sex[j]:
        levels[SEX] = PLAIN_SAME if others.sex[i] == others.sex[j] else PLAIN_DIFFERENT
    if others.has_birth[i] and others.has_birth[j]:
        levels[BIRTH_DATE] = compare_births(table.births, i, j)
    if others.phone[i] >= 0 and others.phone[j] >= 0:
        levels[PHONE] = compare_phones(others.phone[i], others.phone[j], room.digits)
    if others.document[i] >= 0 and others.document[j] >= 0:
        levels[DOCUMENT] = compare_documents(others.documents, others.document[i], others.document[j])
    value = 0.0
    for field in (SEX, BIRTH_DATE, PHONE, DOCUMENT):
        if levels[field]:
            value += _worth(flat, field, levels[field])
    return value


@borrowing
def _compare_relatives(lexicon: Lexicon, table: Table, room: Room, i: int, j: int, levels: Array) -> Number:
    start = table.others.relatives_start
    if start[i] == start[i + 1] or start[j] == start[j + 1]:
        return 0.0
    shared = _relatives(lexicon, table, room, i, j)
    levels[RELATIVES] = PLAIN_SAME if shared else PLAIN_DIFFERENT
    return _worth(lexicon.flat, RELATIVES, levels[RELATIVES]) * max(min(shared, MOST_RELATIVES_COUNTED), 1)


@inlined
def _compare_pair(lexicon: Lexicon, table: Table, room: Room, i: int, j: int, levels: Array) -> Number:
    """Fills the levels of one pair; its weight without the prior."""
    levels[:] = BLANK
    room.rarity[:] = 0.0
    others = table.others
    value = _compare_numbers(lexicon.flat, table, room, i, j, levels)
    value += _compare_place(lexicon, table, room, others.birth_place[i], others.birth_place[j], levels, BIRTH_PLACE)
    value += _compare_place(lexicon, table, room, others.place[i], others.place[j], levels, PLACE)
    if others.nickname[i, 0] >= 0 or others.nickname[j, 0] >= 0:
        levels[CALL_NAME] = _call_names(lexicon, table, i, j)
        value += _worth(lexicon.flat, CALL_NAME, levels[CALL_NAME]) if levels[CALL_NAME] else 0.0
    value += _compare_parent(lexicon, table, room, others.mother[i], others.mother[j], levels, MOTHER)
    value += _compare_parent(lexicon, table, room, others.father[i], others.father[j], levels, FATHER)
    value += _compare_relatives(lexicon, table, room, i, j, levels)
    return value + _compare_names(lexicon, table, room, i, j, levels)


@compiled
def compare_run(
    lexicon: Lexicon, table: Table, left: Array, right: Array, prior: float, levels: Array, weight: Array
) -> None:
    """Compares the pairs left[k], right[k]: fills `levels` uint8[k, 13] and `weight` float32[k]."""
    room = Room(
        np.empty(MOST_WORDS, dtype=np.int32),
        np.empty(MOST_WORDS, dtype=np.int32),
        np.empty((2, 20), dtype=np.int64),
        np.empty(LONGEST_PLACE, dtype=np.int32),
        np.zeros(len(FIELDS), dtype=np.float64),
    )
    matches, edges = np.empty((MOST_WORDS, 3), dtype=np.int32), np.empty((MOST_WORDS**2, 5), dtype=np.int32)
    own = Lexicon(lexicon.tables, lexicon.order, lexicon.bits, lexicon.flat, matches, edges, lexicon.glance)
    for k in range(len(left)):
        weight[k] = prior + _compare_pair(own, table, room, left[k], right[k], levels[k])
