"""Who of a register is worth comparing with one person: those who bear the rarest words near to the person's, and of
these the ones that agree best in birth, sex, places and parents."""

from typing import NamedTuple

import numpy as np

from kinmatch.columns.bearers import Lists, Shelves
from kinmatch.columns.compiled import Array, Number, borrowing, compiled, inlined
from kinmatch.columns.grading import GradeTables, grade
from kinmatch.columns.kernels import Table
from kinmatch.columns.lookouts import baskets
from kinmatch.compare.grades import ALIKE, RARITY_SHARE
from kinmatch.marks import AGREES, DAY, DIFFERS, FAR_YEAR, NEAR_YEAR, YEARS_FAR

MOST_NEAR = 2048
LEAST_SHARE = 0.1
NUMBER_WEIGHT = 24.0
# Of those who share words, so many at most are looked at more closely.
LOOKED_AT = 30_000
# How many bearers of near words are gone through for one word, the best words first.
MOST_BEARERS = 600_000
_STEP, _STEPS = 0.25, 512
_SEX, _SEX_NOT = AGREES["sex"], DIFFERS["sex"]
_BIRTH_PLACE, _BIRTH_PLACE_NOT = AGREES["birth_place"], DIFFERS["birth_place"]
_PLACE, _PLACE_NOT = AGREES["place"], DIFFERS["place"]
_PARENT, _PARENT_NOT = AGREES["mother"], DIFFERS["mother"]
_DAYS_IN_MONTH = 40


class Score(NamedTuple):
    """Room for one search: a score for each row, the rows that have one, near words with their grades, and a stamp for
    each word."""

    scores: Array
    touched: Array
    near: Array
    grades: Array
    stamps: Array


@borrowing
def _offer(tables: GradeTables, room: Score, token: int, word: int, stamp: int, count: int) -> int:
    """Puts a word among the near ones if it is near and was not met before."""
    if room.stamps[word] == stamp or count == len(room.near):
        return count
    room.stamps[word] = stamp
    level = grade(tables, token, word)
    if level > ALIKE:
        room.near[count], room.grades[count] = word, level
        count += 1
    return count


@compiled
def near_words(tables: GradeTables, of_sound: Lists, shelves: Shelves, room: Score, token: int, stamp: int) -> int:
    """Fills `room.near` and `room.grades` with the register's words that are near a word; how many."""
    sound, count = tables.sound[token], 0
    if sound + 1 < len(of_sound.start):
        for k in range(of_sound.start[sound], of_sound.start[sound + 1]):
            count = _offer(tables, room, token, of_sound.values[k], stamp, count)
    if tables.letters_start[token + 1] - tables.letters_start[token] > 1:
        keys, _ = baskets(tables, token, token + 1)
        for key in keys:
            at = np.searchsorted(shelves.keys, key)
            while at < len(shelves.keys) and shelves.keys[at] == key:
                count = _offer(tables, room, token, shelves.values[at], stamp, count)
                at += 1
    return count


@borrowing
def _put(room: Score, row: int, gain: Number, touched: int) -> int:
    if room.scores[row] == 0.0:
        room.touched[touched] = row
        touched += 1
    room.scores[row] += gain
    return touched


@compiled
def add_word(bearers: Lists, room: Score, near: int, token: int, size: int, touched: int) -> int:
    """Adds to the score of everybody who bears one of the `near` first words of the room, best grades first; how many
    rows are touched in all."""
    gone_through = 0
    known = token + 1 < len(bearers.start) and bearers.start[token + 1] > bearers.start[token]
    most = np.log2(1.0 + size / (bearers.start[token + 1] - bearers.start[token])) if known else 64.0
    for wanted in range(len(RARITY_SHARE) - 1, ALIKE, -1):
        for k in range(near):
            lo, hi = bearers.start[room.near[k]], bearers.start[room.near[k] + 1]
            if room.grades[k] == wanted and hi > lo and (gone_through + hi - lo <= MOST_BEARERS or gone_through == 0):
                gone_through += hi - lo
                rarity = min(most, np.log2(1.0 + size / (hi - lo)))
                gain = np.float32(rarity * max(RARITY_SHARE[wanted], LEAST_SHARE))
                for at in range(lo, hi):
                    touched = _put(room, bearers.values[at], gain, touched)
    return touched


@compiled
def add_rows(rows: Array, room: Score, touched: int) -> int:
    """Adds the weight of a number to these rows."""
    for row in rows:
        touched = _put(room, row, np.float32(NUMBER_WEIGHT), touched)
    return touched


@inlined
def _agrees(one: int, other: int, same: float, different: float) -> Number:
    if one < 0 or other < 0:
        return 0.0
    return same if one == other else different


@inlined
def _first_given(table: Table, parent: int) -> Number:
    return table.names.given[parent, 0] if parent >= 0 else -1


@inlined
def _birth(table: Table, row: int, asked: int) -> Number:
    births, total = table.births, 0.0
    if births.year[row] and births.year[asked]:
        apart = abs(np.int32(births.year[row]) - births.year[asked])
        total = NEAR_YEAR if apart <= 1 else FAR_YEAR if apart > YEARS_FAR else 0.0
    if births.day[row] and births.day[asked]:
        low, high = min(births.day[row], births.month[row]), max(births.day[row], births.month[row])
        lo, hi = min(births.day[asked], births.month[asked]), max(births.day[asked], births.month[asked])
        total += DAY if low * _DAYS_IN_MONTH + high == lo * _DAYS_IN_MONTH + hi else 0.0
    return total


@inlined
def _bonus(table: Table, row: int, asked: int) -> Number:
    """What else agrees, roughly in bits."""
    others, total = table.others, _birth(table, row, asked)
    if others.sex[row] and others.sex[asked]:
        total += _SEX if others.sex[row] == others.sex[asked] else _SEX_NOT
    total += _agrees(others.birth_place[row], others.birth_place[asked], _BIRTH_PLACE, _BIRTH_PLACE_NOT)
    total += _agrees(others.place[row], others.place[asked], _PLACE, _PLACE_NOT)
    for mine, theirs in ((others.mother[row], others.mother[asked]), (others.father[row], others.father[asked])):
        total += _agrees(_first_given(table, mine), _first_given(table, theirs), _PARENT, _PARENT_NOT)
    return total


@compiled
def best_touched(table: Table, room: Score, touched: int, gone: Array, asked: int) -> tuple[Array, Array]:
    """The rows that are worth a closer look and their scores with what else agrees; the room is emptied."""
    counts = np.zeros(_STEPS, dtype=np.int64)
    for k in range(touched):
        counts[min(int(room.scores[room.touched[k]] / _STEP), _STEPS - 1)] += 1
    least, kept = _STEPS - 1, counts[_STEPS - 1]
    while least > 0 and kept + counts[least - 1] <= LOOKED_AT:
        least -= 1
        kept += counts[least]
    if kept == 0 and least > 0:
        least -= 1
        kept = counts[least]
    rows, scores = np.empty(kept, dtype=np.int32), np.empty(kept, dtype=np.float32)
    count = 0
    for k in range(touched):
        row = room.touched[k]
        if room.scores[row] >= least * _STEP and not gone[row]:
            rows[count], scores[count] = row, room.scores[row] + _bonus(table, row, asked)
            count += 1
        room.scores[row] = 0.0
    return rows[:count], scores[:count]
