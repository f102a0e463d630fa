"""One word written wrong: by ear, by a slip of the pen, cut short. Capital letters stay where they were."""

from collections.abc import Callable, Sequence

import numpy as np

from kinmatch.worlds.naming import Flags, Floats, Texts

Ear = Sequence[tuple[str, str]]
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PLAIN = str.maketrans("áéíóúüñÁÉÍÓÚÜÑãõâêôçàèïÃÕÂÊÔÇ", "aeiouunAEIOUUNaoaeocaeiAOAEOC")
BY_EAR, SLIP, CUT, VARIANT = 0.10, 0.05, 0.01, 0.02


def plain(text: str) -> str:
    """The text without its accents, as hasty hands write it."""
    return text if text.isascii() else text.translate(_PLAIN)


def by_ear(word: str, ear: Ear, chance: float) -> str:
    """One respelling that sounds alike, if the word has any; `chance` in [0, 1) chooses."""
    lower = word.lower()
    fitting = [pair for pair in ear if pair[0] in lower]
    if not fitting:
        return word
    old, new = fitting[int(chance * len(fitting))]
    return _as_written(word, lower.replace(old, new, 1))


def slip(word: str, chance: float, other: float) -> str:
    """One letter wrong, missing, exchanged or too many; `chance` and `other` in [0, 1) choose."""
    if len(word) < 4:
        return word
    at = 1 + int(chance * (len(word) - 2))
    kind, letter = other * 10 % 1, _LETTERS[int(other * 26)] if word.isascii() else word[-1]
    if kind < 0.3:
        return word[:at] + letter + word[at + 1 :]
    if kind < 0.6:
        return word[:at] + word[at + 1 :]
    if kind < 0.8:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + letter + word[at:]


def cut(word: str, chance: float) -> str:
    """A long word broken off after four or five letters."""
    return word[: 4 + int(chance * 2)] if len(word) > 6 else word


def _as_written(word: str, lower: str) -> str:
    return lower[:1].upper() + lower[1:] if word[:1].isupper() else lower


def respell(words: Texts, rate: Floats, ear: Ear, rng: np.random.Generator) -> Texts:
    """The words (object[n]) with each kind of mistake at its usual share times `rate` (float64[n])."""
    found = words.copy()
    draw = rng.random(len(words)) / np.maximum(rate, 1e-9)
    draw[words == ""] = 9.0
    _change(found, draw < BY_EAR, rng, lambda word, one, _: by_ear(word, ear, one))
    _change(found, (draw >= BY_EAR) & (draw < BY_EAR + SLIP), rng, slip)
    _change(found, (draw >= BY_EAR + SLIP) & (draw < BY_EAR + SLIP + CUT), rng, lambda word, one, _: cut(word, one))
    return found


def _change(words: Texts, where: Flags, rng: np.random.Generator, act: Callable[[str, float, float], str]) -> None:
    rows = np.flatnonzero(where)
    chances = rng.random((2, len(rows))).tolist()
    words[rows] = [act(word, one, other) for word, one, other in zip(words[rows], *chances, strict=True)]
