"""Places as people name them: 'Colón, Táchira' and 'San Juan de Colón' may be one town."""

from collections.abc import Mapping

from rapidfuzz.fuzz import ratio

from kinmatch.letters import latin_words
from kinmatch.names import PARTICLES
from kinmatch.sounds import sound

# Words that many places share; alone they join nothing.
GENERIC = frozenset(
    [
        "san",
        "santa",
        "santo",
        "estado",
        "edo",
        "municipio",
        "mun",
        "parroquia",
        "ciudad",
        "pueblo",
        "villa",
        "barrio",
        "sector",
        "vereda",
        "urbanizacion",
        "departamento",
        "dpto",
        "provincia",
        "norte",
        "sur",
        "este",
        "oeste",
        "nuevo",
        "nueva",
        "norte",
        "grande",
        "puerto",
        "valle",
        "rio",
        "venezuela",
        "colombia",
        "juan",
        "jose",
        "antonio",
        "maria",
        "pedro",
    ]
)
NEAR_RATIO = 84.0


def place_words(text: str, sounds: Mapping[str, str]) -> tuple[str, ...]:
    """A place's words by their sound, without particles, in alphabetical order."""
    if not text:
        return ()
    return tuple(sorted({sounds[token[:40]] for token in latin_words(text)[:12] if token not in PARTICLES}))


_GENERIC_SOUNDS = frozenset(sound(word) for word in GENERIC)


def compare_places(left: tuple[str, ...], right: tuple[str, ...]) -> str:
    """The level of agreement of two places given as `place_words`; symmetric."""
    if left == right:
        return "same"
    mine, other = set(left), set(right)
    shared = mine & other
    if shared in (mine, other):
        return "contained" if shared - _GENERIC_SOUNDS else "near"
    if shared - _GENERIC_SOUNDS:
        return "near"
    return "near" if ratio(" ".join(left), " ".join(right)) >= NEAR_RATIO else "different"
