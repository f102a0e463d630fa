"""site.keys: one slot for each keyholder, each holding the master key wrapped by that keyholder's phrase."""

import base64
import os
import secrets
from pathlib import Path

import msgspec

from posada.vault import ciphers, phrase
from posada.vault.errors import CannotWrite, KeysDamaged, KeysMissing, Unreadable, WrongPhrase

_SALT_BYTES = 16


class Cost(msgspec.Struct, frozen=True):
    """What one guess costs (protection.md: Argon2id, 256 MiB, t=3, p=2)."""

    memory_kib: int = 262_144
    passes: int = 3
    lanes: int = 2


class Slot(msgspec.Struct, frozen=True):
    """One keyholder's slot; `wrapped` and `salt` in base64."""

    number: int
    salt: str
    cost: Cost
    wrapped: str


class KeyFile(msgspec.Struct, frozen=True):
    """The whole of site.keys."""

    format: int
    site: str
    slots: list[Slot]


def _associated(site: str, number: int) -> bytes:
    return f"slot|{site}|{number}".encode()


def new_slot(master: bytes, words: str, *, site: str, number: int, cost: Cost) -> Slot:
    """A slot that opens with `words`."""
    salt = secrets.token_bytes(_SALT_BYTES)
    key = ciphers.stretch(
        phrase.tidy(words), salt=salt, memory_kib=cost.memory_kib, passes=cost.passes, lanes=cost.lanes
    )
    wrapped = ciphers.encrypt(key, master, _associated(site, number))
    return Slot(number, base64.b64encode(salt).decode(), cost, base64.b64encode(wrapped).decode())


def open_master(keys: KeyFile, words: str) -> bytes:
    """The master key, from whichever slot these words open; `WrongPhrase` if none does."""
    for slot in keys.slots:
        key = ciphers.stretch(
            phrase.tidy(words),
            salt=base64.b64decode(slot.salt),
            memory_kib=slot.cost.memory_kib,
            passes=slot.cost.passes,
            lanes=slot.cost.lanes,
        )
        try:
            return ciphers.decrypt(key, base64.b64decode(slot.wrapped), _associated(keys.site, slot.number))
        except Unreadable:
            continue
    raise WrongPhrase


def read(path: Path) -> KeyFile:
    """The key file; says plainly when it is missing or damaged."""
    try:
        keys = msgspec.json.decode(path.read_bytes(), type=KeyFile)
    except FileNotFoundError as error:
        raise KeysMissing from error
    except (msgspec.DecodeError, OSError, UnicodeDecodeError) as error:
        raise KeysDamaged from error
    if keys.format != 1 or not keys.slots:
        raise KeysDamaged
    return keys


def write(path: Path, keys: KeyFile) -> None:
    """Replace the key file as one act: the old one stands until the new one is on the disk."""
    draft = path.with_suffix(".new")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle:
            handle.write(msgspec.json.format(msgspec.json.encode(keys), indent=1))
            handle.flush()
            os.fsync(handle.fileno())
        draft.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise CannotWrite from error
