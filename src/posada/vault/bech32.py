"""Bech32 (BIP-173), writing only: how age spells an identity. pyrage reads that, but makes none from given bytes."""

from collections.abc import Iterable, Sequence

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def _polymod(values: Iterable[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, term in enumerate(_GENERATOR):
            check ^= term if (top >> bit) & 1 else 0
    return check


def write_groups(prefix: str, groups: Sequence[int]) -> str:
    """Text from a prefix in small letters and groups of five bits (0 to 31), with its checksum."""
    spread = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    rest = _polymod([*spread, *groups, 0, 0, 0, 0, 0, 0]) ^ 1
    check = [(rest >> 5 * (5 - place)) & 31 for place in range(6)]
    return prefix + "1" + "".join(_LETTERS[group] for group in (*groups, *check))


def write_bytes(prefix: str, data: bytes) -> str:
    """Text from whole bytes: cut into groups of five bits, the last filled with zeros."""
    missing = -len(data) * 8 % 5
    number = int.from_bytes(data, "big") << missing
    count = (len(data) * 8 + missing) // 5
    return write_groups(prefix, [(number >> 5 * (count - 1 - place)) & 31 for place in range(count)])
