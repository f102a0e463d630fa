"""Identifiers that mean nothing: random, and numbers with a check digit for cards and paper."""

import secrets
import uuid
from collections.abc import Callable

_TABLE = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)  # Damm's quasigroup of order 10 (H. M. Damm, 2004): finds every single error and every swap of neighbours


def new_id() -> uuid.UUID:
    """A random identifier."""
    return uuid.UUID(bytes=secrets.token_bytes(16), version=4)


def check_digit(digits: str) -> int:
    """The Damm check digit of a string of decimal digits."""
    interim = 0
    for digit in digits:
        interim = _TABLE[interim][int(digit)]
    return interim


def random_number(length: int = 5) -> int:
    """A random number of `length` digits and its check digit behind them; never with a leading zero."""
    body = str(secrets.randbelow(9 * 10 ** (length - 1)) + 10 ** (length - 1))
    return int(body + str(check_digit(body)))


def free_number(is_taken: Callable[[int], bool], length: int = 5) -> int:
    """A random number that is not taken. Whoever saves it still meets another who drew the same at that moment."""
    return next(number for number in iter(lambda: random_number(length), 0) if not is_taken(number))


def is_sound_number(number: int) -> bool:
    """Whether a number typed from a card has its right check digit."""
    return number > 0 and check_digit(str(number)) == 0
