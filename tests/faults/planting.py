"""The words planted in a house to be searched for: names, places, telephone numbers, one word of each story."""

import random
from collections.abc import Iterator
from itertools import islice

SEED = 20_190_224
WORDS = 1_000
OF_A_PERSON = 100  # a person and what hangs on them take so many: 40 names, 20 places, 20 numbers, 20 stories
KINDS = ("name", "place", "name", "phone", "story")


def _word(rng: random.Random) -> str:
    vowels, consonants = "aeiou", "bcdfglmnprst"
    parts = [rng.choice(consonants) + rng.choice(vowels) for _ in range(5)]
    return "Qx" + "".join(parts) + rng.choice(("z", "ñ", "é", "z"))


def _phone(rng: random.Random) -> str:
    return f"3199{rng.randrange(1_000_000):06d}"


def _drawn() -> Iterator[str]:
    rng, seen = random.Random(SEED), set[str]()  # noqa: S311 - invented words
    place = 0
    while True:
        word = _phone(rng) if KINDS[place % len(KINDS)] == "phone" else _word(rng)
        if word in seen:
            continue
        seen.add(word)
        yield word
        place += 1


def planted(count: int = WORDS) -> list[str]:
    """So many words that occur nowhere else; every fifth of each kind but names, of which there are two fifths."""
    return list(islice(_drawn(), count))


class Planted:
    """The same words, handed out by kind; none is left when all were planted."""

    def __init__(self, count: int) -> None:
        words = planted(count)
        self.left = {
            kind: [word for at, word in enumerate(words) if KINDS[at % len(KINDS)] == kind][::-1] for kind in KINDS
        }

    def name(self) -> str:
        """A name."""
        return self.left["name"].pop()

    def place(self) -> str:
        """A place."""
        return self.left["place"].pop()

    def phone(self) -> str:
        """A telephone number."""
        return self.left["phone"].pop()

    def story(self) -> str:
        """A sentence in which one word is looked for."""
        return f"Contó que {self.left['story'].pop()} esperaba al otro lado, y que nadie debe saberlo."

    def is_empty(self) -> bool:
        """Whether every word was planted."""
        return not any(self.left.values())
