"""The recovery secret: 32 bytes that exist only as three paper shares, any two of which bring it back (SLIP-39).

Two keys come from it by HKDF: one wraps the master key in site.keys, so that a house whose phrases are all lost opens
again; the other is an age identity (X25519), and backups are sealed to its recipient. The laptop keeps the recipient
alone: it can make a backup and cannot open one.
"""

from collections.abc import Sequence
from typing import IO

import pyrage
from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.wordlist import WORD_INDEX_MAP

from posada.vault import bech32, ciphers, phrase
from posada.vault.errors import (
    BackupDamaged,
    BadRecipient,
    CannotWrite,
    SameShareTwice,
    ShareHasWrongLength,
    ShareMistyped,
    SharesOfDifferentSets,
    SharesUnusable,
    TooFewShares,
    UnknownShareWord,
    WrongSharesForBackup,
)

SECRET_BYTES = 32
SHARES = 3
NEEDED = 2
WORDS_IN_A_SHARE = 33
# The first two words of a share name its set: the same in all three, and telling nothing of the secret.
_WORDS_OF_A_SETS_NAME = 2


def new_secret() -> bytes:
    """32 random bytes."""
    return ciphers.new_key()


def shares(secret: bytes) -> tuple[str, ...]:
    """Three shares of 33 words; any two give the secret, one alone says nothing of it (SLIP-39, no passphrase).

    Splitting the same secret again makes a set of another name; sets do not mix.
    """
    return tuple(generate_mnemonics(1, [(NEEDED, SHARES)], secret, iteration_exponent=0)[0])


def words_of(text: str) -> list[str]:
    """The words of a share as somebody typed them: case, accents, spaces and numbers before words do not matter."""
    return [word for word in phrase.tidy(text).split() if not word.isdecimal()]


def set_name(text: str) -> str:
    """The two words that the three shares of a set have in common."""
    return " ".join(words_of(text)[:_WORDS_OF_A_SETS_NAME])


def check_share(text: str, number: int) -> Share:
    """One share read; says what is wrong with the `number`-th that was typed (from 1)."""
    words = words_of(text)
    for place, word in enumerate(words, start=1):
        if word not in WORD_INDEX_MAP:
            raise UnknownShareWord(number, place, word)
    if len(words) != WORDS_IN_A_SHARE:
        raise ShareHasWrongLength(number, len(words), WORDS_IN_A_SHARE)
    try:
        return Share.from_mnemonic(" ".join(words))
    except MnemonicError as error:
        raise ShareMistyped(number) from error


def combine(texts: Sequence[str]) -> bytes:
    """The secret from two or three shares; each thing that can be wrong is an error of its own."""
    read = [check_share(text, number) for number, text in enumerate(texts, start=1)]
    if len({share.group_parameters() for share in read}) > 1:
        raise SharesOfDifferentSets
    if len({share.index for share in read}) < len(read):
        raise SameShareTwice
    if len(read) < NEEDED:
        raise TooFewShares
    try:
        secret: bytes = combine_mnemonics(share.mnemonic() for share in read[:NEEDED])
    except MnemonicError as error:
        raise SharesUnusable from error
    if len(secret) != SECRET_BYTES:
        raise SharesUnusable
    return secret


def wrapping_key(secret: bytes) -> bytes:
    """The key that wraps the master key in site.keys."""
    return ciphers.derive(secret, "recovery/slot")


def _identity(secret: bytes) -> pyrage.x25519.Identity:
    text = bech32.write_bytes("age-secret-key-", ciphers.derive(secret, "recovery/age"))
    return pyrage.x25519.Identity.from_str(text.upper())


def recipient(secret: bytes) -> str:
    """What backups are sealed to (`age1...`): no secret, it may lie on the laptop."""
    return str(_identity(secret).to_public())


def seal_to(recipient_text: str, source: IO[bytes], target: IO[bytes]) -> None:
    """Read `source` to its end and write it sealed (age, 64 KiB pieces); `BadRecipient`, `CannotWrite`."""
    try:
        known = pyrage.x25519.Recipient.from_str(recipient_text)
    except pyrage.RecipientError as error:
        raise BadRecipient from error
    try:
        pyrage.encrypt_io(source, target, [known])
    except (pyrage.EncryptError, OSError) as error:
        raise CannotWrite from error


def open_with(secret: bytes, source: IO[bytes], target: IO[bytes]) -> None:
    """Open what `seal_to` sealed. What `target` holds may be used only when this returns: a cut end shows last.

    `WrongSharesForBackup` when it was sealed to another recipient, `BackupDamaged` when it was changed or cut.
    """
    try:
        pyrage.decrypt_io(source, target, [_identity(secret)])
    except pyrage.DecryptError as error:
        raise (WrongSharesForBackup if "No matching keys" in str(error) else BackupDamaged) from error
    except OSError as error:
        if error.errno is not None:  # the disk's own; age's has no number
            raise
        raise BackupDamaged from error
