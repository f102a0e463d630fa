"""What makes a password good enough: long, and not one that everybody tries first. No rule about its letters.

NIST SP 800-63B and OWASP ASVS 5.0 (V6.2): a length, a list of common ones, nothing else; phrases are welcome.
"""

import string
from enum import StrEnum
from typing import Final

SHORTEST: Final = 12
LONGEST: Final = 200
_FEWEST_SIGNS: Final = 5
_ENDS: Final = string.digits + string.punctuation + string.whitespace
_ROWS: Final = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjklñ", "zxcvbnm")
# What people of this house would be expected to choose, without the numbers that they put behind it.
_EXPECTED: Final = frozenset(
    {
        *(
            "posada",
            "la posada",
            "laposada",
            "casa de paso",
            "casadepaso",
            "refugio",
            "albergue",
            "migrante",
            "migrantes",
        ),
        *("contraseña", "contrasena", "mi contraseña", "micontraseña", "micontrasena", "clave secreta", "clavesecreta"),
        *("colombia", "venezuela", "bogota", "bogotá", "cucuta", "cúcuta", "caracas", "medellin", "medellín"),
        *("password", "my password", "mypassword", "welcome", "shelter", "the shelter", "letmein", "changeme"),
        *("bienvenido", "bienvenida", "bienvenidos", "diosesamor", "dios es amor", "te quiero mucho", "tequieromucho"),
        *("administrador", "administracion", "administración", "usuario", "secreto", "familia", "mi familia"),
    }
)


class Problem(StrEnum):
    """What is wrong with a password."""

    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    NAME = "name"


def password_problem(password: str, *, common: frozenset[str], names: tuple[str, ...] = ()) -> Problem | None:
    """The first thing wrong with a password, or none. `common` are words known to be tried first, in small letters."""
    if len(password) < SHORTEST:
        return Problem.SHORT
    if len(password) > LONGEST:
        return Problem.LONG
    small = password.casefold()
    bare = small.strip(_ENDS)
    if bare in {name.casefold().strip() for name in names if name.strip()}:
        return Problem.NAME
    is_known = bool({small, bare} & (common | _EXPECTED)) or not bare
    if is_known or len(set(small)) < _FEWEST_SIGNS or _is_row(small) or _is_repeated(small):
        return Problem.COMMON
    return None


def _is_row(small: str) -> bool:
    """Keys beside each other, forwards or backwards, over and over."""
    return any(small in row * 8 or small in row[::-1] * 8 for row in _ROWS)


def _is_repeated(small: str) -> bool:
    """A short piece written several times: doubling a word finds it again before its end."""
    at = (small + small).find(small, 1)
    return at <= min(len(small) // 2, SHORTEST // 2 + 2)
