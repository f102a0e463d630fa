"""The errors that people make when they write down somebody else's name or birth date in a hurry."""

from collections.abc import Callable, Sequence
from random import Random

from .names import plain, rows_of

NICKNAMES = {row["name"]: row["called"] for row in rows_of("nicknames.csv")}

Names = tuple[str, str]  # given names, surnames


def without_accents(text: str) -> str:
    """Accents lost, ñ kept or lost with them, as on a keyboard from abroad."""
    return "".join(plain(letter).upper() if letter.isupper() else plain(letter) for letter in text)


def _swap_first(text: str, pairs: Sequence[tuple[str, str]]) -> str:
    """The first pair that occurs, the right written for the left, its capital kept."""
    for left, right in pairs:
        at = text.casefold().find(left)
        if at >= 0:
            new = right.capitalize() if text[at].isupper() else right
            rest = text[at + len(left) :]
            if not right and text[at].isupper():
                rest = rest[:1].upper() + rest[1:]
            return text[:at] + new + rest
    return text


def by_ear_b(names: Names, chance: Random) -> Names:
    """b for v, or v for b."""
    pairs = [("v", "b"), ("b", "v")]
    chance.shuffle(pairs)
    return _either(names, pairs, chance)


def by_ear_s(names: Names, chance: Random) -> Names:
    """s, z and a soft c for each other."""
    pairs = [("ce", "se"), ("ci", "si"), ("z", "s"), ("ís", "iz"), ("ss", "s"), ("s", "z")]
    return _either(names, pairs, chance)


def by_ear_h(names: Names, chance: Random) -> Names:
    """A silent h lost or gained, y for ll, j for g, k for c, w for gu."""
    pairs = [("ll", "y"), ("jh", "j"), ("th", "t"), ("hé", "e"), ("he", "e"), ("ge", "je"), ("yh", "y")]
    pairs += [("ka", "ca"), ("wi", "güi"), ("ei", "ey"), ("y", "i")]
    return _either(names, pairs, chance)


def _either(names: Names, pairs: Sequence[tuple[str, str]], chance: Random) -> Names:
    given, surnames = names
    new_given, new_surnames = _swap_first(given, pairs), _swap_first(surnames, pairs)
    if new_surnames != surnames and (new_given == given or chance.random() < 0.6):
        return given, new_surnames
    return new_given, surnames


def accents_lost(names: Names, chance: Random) -> Names:
    """No accents anywhere."""
    del chance
    return without_accents(names[0]), without_accents(names[1])


def nickname(names: Names, chance: Random) -> Names:
    """The first given name as people call it."""
    del chance
    first, _, rest = names[0].partition(" ")
    return f"{NICKNAMES.get(first, first)} {rest if first not in NICKNAMES else ''}".strip(), names[1]


def one_surname(names: Names, chance: Random) -> Names:
    """The second surname left out."""
    del chance
    return names[0], _first_surname(names[1])


def _first_surname(surnames: str) -> str:
    return surnames.split(" ")[0]


def one_given(names: Names, chance: Random) -> Names:
    """The second given name left out, or down to its initial."""
    first, _, rest = names[0].partition(" ")
    if not rest:
        return names
    return (f"{first} {rest.split(' ')[-1][0].upper()}." if chance.random() < 0.4 else first), names[1]


def surnames_turned(names: Names, chance: Random) -> Names:
    """The surnames the other way round."""
    del chance
    return names[0], " ".join(reversed(names[1].split(" ")))


def fields_swapped(names: Names, chance: Random) -> Names:
    """The surnames in the column of the given names and the other way round."""
    del chance
    return names[1], names[0]


Error = Callable[[Names, Random], Names]
COMMON: tuple[Error, ...] = (accents_lost, by_ear_b, by_ear_s, by_ear_h, one_surname, one_given)
RARE: tuple[Error, ...] = (nickname, surnames_turned, fields_swapped)


def misspelt(given_names: str, surnames: str, chance: Random, *, errors: int = 2) -> Names:
    """The name with so many errors, at most one of them a rare one."""
    names = (given_names, surnames)
    chosen = chance.sample(COMMON, k=min(errors, len(COMMON)))
    if chance.random() < 0.25:
        chosen[-1] = chance.choice(RARE)
    for error in chosen:
        names = error(names, chance)
    if names == (given_names, surnames):
        names = one_surname(names, chance)
    return names


def birth_retold(birth: str, chance: Random) -> str:
    """The birth date as another list has it: the same, its month or year only, or day and month turned."""
    parts = birth.split("-")
    if len(parts) < 3:
        return birth
    told = chance.random()
    if told < 0.35:
        return birth
    if told < 0.75:
        return parts[0]
    if told < 0.87 or int(parts[2]) > 12:
        return "-".join(parts[:2])
    return f"{parts[0]}-{parts[2]}-{parts[1]}"
