"""Who of a register is worth comparing with one person: those who bear the rarest words near to the person's, and of
these the ones that agree best in birth, sex, places and parents."""

from typing import NamedTuple

import numpy as np

from kinmatch.columns.bearers import BIRTH_PLACE, DAY_OF_YEAR, FATHER, MOTHER, PLACE, SEX, YEAR, Lists, Shelves
from kinmatch.columns.compiled import Array, Number, borrowing, compiled, inlined
from kinmatch.columns.grading import GradeTables, grade
from kinmatch.columns.lookouts import baskets
from kinmatch.compare.grades import ALIKE, RARITY_SHARE
from kinmatch.marks import AGREES, DAY, DIFFERS, FAR_YEAR, NEAR_YEAR, YEARS_FAR

MOST_NEAR = 2048
LEAST_SHARE = 0.1
NUMBER_WEIGHT = 24.0
# Of those who share words, so many at most are looked at more closely.
LOOKED_AT = 20_000
# How many bearers of near words are gone through for one word, the best words first.
MOST_BEARERS = 600_000
# Whoever shares one of a person's rarer words is looked for until there are so many.
ENOUGH = 20_000
# What a word left over on both sides takes away, in bits.
LEFT_OVER = 4.0
SCORE, MET, WORDS, NAMED = range(4)
_STEP, _STEPS, _BELOW = 0.25, 512, 128
_SEX, _SEX_NOT = AGREES["sex"], DIFFERS["sex"]
_BIRTH_PLACE, _BIRTH_PLACE_NOT = AGREES["birth_place"], DIFFERS["birth_place"]
_PLACE, _PLACE_NOT = AGREES["place"], DIFFERS["place"]
_PARENT, _PARENT_NOT = AGREES["mother"], DIFFERS["mother"]


class Score(NamedTuple):
    """Room for one search: for each row a score, how many of the words it met, how many words the row has, and the
    score less what is left over (float32[n, 4], side by side); the rows that have a score, near words with their
    grades, and a stamp for each word."""

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
    if room.scores[row, SCORE] == 0.0:
        room.touched[touched] = row
        touched += 1
    room.scores[row, SCORE] += gain
    room.scores[row, MET] += 1
    return touched


@borrowing
def _raise(room: Score, row: int, gain: Number) -> None:
    """Adds to a score that is there already."""
    if room.scores[row, SCORE] != 0.0:
        room.scores[row, SCORE] += gain
        room.scores[row, MET] += 1


@compiled
def bearers_of(bearers: Lists, near: Array) -> int:
    """How many bear these words."""
    total = 0
    for word in near:
        total += bearers.start[word + 1] - bearers.start[word]
    return total


@compiled
def add_word(bearers: Lists, room: Score, near: Array, grades: Array, token: int, size: int, touched: int) -> int:
    """Adds to the score of everybody who bears one of the words that are near a word, best grades first; how many rows
    are touched in all. Once `ENOUGH` are, only their scores rise: who bears none but common words is not looked for."""
    gone_through, is_open = 0, touched < ENOUGH
    known = token + 1 < len(bearers.start) and bearers.start[token + 1] > bearers.start[token]
    most = np.log2(1.0 + size / (bearers.start[token + 1] - bearers.start[token])) if known else 64.0
    for wanted in range(len(RARITY_SHARE) - 1, ALIKE, -1):
        for k in range(len(near)):
            lo, hi = bearers.start[near[k]], bearers.start[near[k] + 1]
            if grades[k] == wanted and hi > lo and (gone_through + hi - lo <= MOST_BEARERS or gone_through == 0):
                gone_through += hi - lo
                rarity = min(most, np.log2(1.0 + size / (hi - lo)))
                gain = np.float32(rarity * max(RARITY_SHARE[wanted], LEAST_SHARE))
                if is_open:
                    for at in range(lo, hi):
                        touched = _put(room, bearers.values[at], gain, touched)
                else:
                    for at in range(lo, hi):
                        _raise(room, bearers.values[at], gain)
    return touched


@compiled
def add_rows(rows: Array, room: Score, touched: int) -> int:
    """Adds the weight of a number to these rows."""
    for row in rows:
        touched = _put(room, row, np.float32(NUMBER_WEIGHT), touched)
    return touched


@inlined
def _named(room: Score, row: int, words: int) -> Number:
    """The score of a row by its words: less where words of both sides are left over."""
    met = room.scores[row, MET]
    over = min(room.scores[row, WORDS] - met, words - met)
    return room.scores[row, SCORE] - (LEFT_OVER * over if over > 0.0 else 0.0)


@inlined
def _agrees(marks: Array, row: int, asked: int, mark: int, same: float, different: float) -> Number:
    one, other = marks[row, mark], marks[asked, mark]
    if one < 0 or other < 0:
        return 0.0
    return same if one == other else different


@inlined
def _birth(marks: Array, row: int, asked: int) -> Number:
    total = 0.0
    if marks[row, YEAR] > 0 and marks[asked, YEAR] > 0:
        apart = abs(marks[row, YEAR] - marks[asked, YEAR])
        total = NEAR_YEAR if apart <= 1 else FAR_YEAR if apart > YEARS_FAR else 0.0
    is_same = marks[row, DAY_OF_YEAR] > 0 and marks[row, DAY_OF_YEAR] == marks[asked, DAY_OF_YEAR]
    return total + (DAY if is_same else 0.0)


@borrowing
def _bonus(marks: Array, row: int, asked: int) -> Number:
    """What else agrees, roughly in bits."""
    total = _birth(marks, row, asked) + _agrees(marks, row, asked, SEX, _SEX, _SEX_NOT)
    total += _agrees(marks, row, asked, BIRTH_PLACE, _BIRTH_PLACE, _BIRTH_PLACE_NOT)
    total += _agrees(marks, row, asked, PLACE, _PLACE, _PLACE_NOT)
    total += _agrees(marks, row, asked, MOTHER, _PARENT, _PARENT_NOT)
    return total + _agrees(marks, row, asked, FATHER, _PARENT, _PARENT_NOT)


@borrowing
def _keep(
    marks: Array, room: Score, touched: Array, gone: Array, asked: int, least: int, found: tuple[Array, Array]
) -> int:
    """Writes the rows of at least this score, with what else agrees; the room is emptied. How many."""
    count, (rows, scores) = 0, found
    for row in touched:
        score = room.scores[row, NAMED]
        if _step(score) >= least and not gone[row] and count < len(rows):
            rows[count], scores[count] = row, score + _bonus(marks, row, asked)
            count += 1
        room.scores[row, SCORE] = room.scores[row, MET] = 0.0
    return count


@inlined
def _step(score: float) -> int:
    return min(max(int(score / _STEP) + _BELOW, 0), _STEPS - 1)


@borrowing
def _least(room: Score, touched: int, words: int, counts: Array) -> tuple[Number, Number]:
    """The step of scores from which no more than `LOOKED_AT` rows are left, or the best one's; and how many are."""
    for k in range(touched):
        row = room.touched[k]
        room.scores[row, NAMED] = _named(room, row, words)
        counts[_step(room.scores[row, NAMED])] += 1
    least, kept = _STEPS - 1, counts[_STEPS - 1]
    while least > 0 and (kept == 0 or kept + counts[least - 1] <= LOOKED_AT):
        least -= 1
        kept += counts[least]
    return least, kept


@compiled
def best_touched(marks: Array, room: Score, touched: int, gone: Array, asked: int, words: int) -> tuple[Array, Array]:
    """The rows that are worth a closer look and their scores with what else agrees; the room is emptied.

    `marks` are those of `read_marks`, row `asked` that of the person with `words` words.
    """
    least, kept = _least(room, touched, words, np.zeros(_STEPS, dtype=np.int64))
    rows, scores = np.empty(kept, dtype=np.int32), np.empty(kept, dtype=np.float32)
    count = _keep(marks, room, room.touched[:touched], gone, asked, least, (rows, scores))
    return rows[:count], scores[:count]
