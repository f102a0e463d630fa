"""site.keys: one slot for each keyholder, each holding the master key wrapped by that keyholder's phrase; and one for
the recovery shares.

Format 2 adds the recovery and a seal over the whole file (HMAC by a key from the master key): whoever can write the
folder and does not hold the keys cannot slip in a recipient of their own, and so read the next backup. Format 1 is
still read.
"""

import base64
import hmac
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from posada.vault import ciphers, phrase, recovery
from posada.vault.errors import (
    CannotWrite,
    KeysChanged,
    KeysDamaged,
    KeysMissing,
    KeysTooNew,
    NoShares,
    SharesOfAnotherSet,
    UnknownAlgorithm,
    Unreadable,
    WrongPhrase,
)

FORMAT = 2
_SALT_BYTES = 16
_SEAL = "site.keys"
_MOST_KIB, _LEAST_KIB_A_LANE, _MOST_PASSES, _MOST_LANES = 4 * 1_048_576, 8, 64, 64


class Cost(msgspec.Struct, frozen=True):
    """What one guess costs (protection.md: Argon2id, 256 MiB, t=3, p=2)."""

    memory_kib: int = 262_144
    passes: int = 3
    lanes: int = 2

    @property
    def is_possible(self) -> bool:
        """Whether Argon2 can be asked for it and a machine of a house can pay it; anything else is a turned bit."""
        return (
            1 <= self.lanes <= _MOST_LANES
            and 1 <= self.passes <= _MOST_PASSES
            and (_LEAST_KIB_A_LANE * self.lanes <= self.memory_kib <= _MOST_KIB)
        )


class Slot(msgspec.Struct, frozen=True):
    """One keyholder's slot, without a name, for it lies in clear: `since` is the day of its phrase; base64."""

    number: int
    salt: str
    cost: Cost
    wrapped: str
    since: str = ""


class Recovery(msgspec.Struct, frozen=True):
    """What the shares of the set called `name` open: the master key (base64), and what is sealed to `recipient`."""

    name: str
    recipient: str
    wrapped: str


class KeyFile(msgspec.Struct, frozen=True):
    """The whole of site.keys."""

    format: int
    site: str
    slots: list[Slot]
    recovery: Recovery | None = None
    seal: str = ""

    @property
    def recipient(self) -> str:
        """To whom backups are sealed; empty when the house has no shares yet."""
        return self.recovery.recipient if self.recovery else ""


def _associated(site: str, number: int) -> bytes:
    return f"slot|{site}|{number}".encode()


def new_slot(master: bytes, words: str, *, site: str, number: int, cost: Cost, since: str = "") -> Slot:
    """A slot that opens with `words`."""
    salt = secrets.token_bytes(_SALT_BYTES)
    key = ciphers.stretch(
        phrase.tidy(words), salt=salt, memory_kib=cost.memory_kib, passes=cost.passes, lanes=cost.lanes
    )
    wrapped = ciphers.encrypt(key, master, _associated(site, number))
    return Slot(number, base64.b64encode(salt).decode(), cost, base64.b64encode(wrapped).decode(), since)


def open_master(keys: KeyFile, words: str) -> bytes:
    """The master key, from whichever slot these words open; `WrongPhrase` if none does."""
    return open_slot(keys, words)[0]


def open_slot(keys: KeyFile, words: str) -> tuple[bytes, int]:
    """The master key and the number of the slot that these words open; the file's seal is checked with it."""
    for slot in keys.slots:
        key = ciphers.stretch(
            phrase.tidy(words),
            salt=base64.b64decode(slot.salt),
            memory_kib=slot.cost.memory_kib,
            passes=slot.cost.passes,
            lanes=slot.cost.lanes,
        )
        try:
            master = ciphers.decrypt(key, base64.b64decode(slot.wrapped), _associated(keys.site, slot.number))
        except UnknownAlgorithm:
            raise
        except Unreadable:
            continue
        check_seal(keys, master)
        return master, slot.number
    raise WrongPhrase


def new_recovery(master: bytes, secret: bytes, *, site: str, name: str) -> Recovery:
    """What two shares of this secret open."""
    wrapped = ciphers.encrypt(recovery.wrapping_key(secret), master, f"recovery|{site}".encode())
    return Recovery(name, recovery.recipient(secret), base64.b64encode(wrapped).decode())


def open_with_shares(keys: KeyFile, texts: Sequence[str]) -> bytes:
    """The master key from two shares; says whether the shares are mistyped, of another set, or of another house."""
    secret = recovery.combine(texts)
    if keys.recovery is None:
        raise NoShares
    try:
        wrapped = base64.b64decode(keys.recovery.wrapped)
        master = ciphers.decrypt(recovery.wrapping_key(secret), wrapped, f"recovery|{keys.site}".encode())
    except UnknownAlgorithm:
        raise
    except Unreadable as error:
        raise SharesOfAnotherSet(recovery.set_name(texts[0]), keys.recovery.name) from error
    check_seal(keys, master)
    return master


def sealed(keys: KeyFile, master: bytes) -> KeyFile:
    """The file in the present format with its seal."""
    bare = msgspec.structs.replace(keys, format=FORMAT, seal="")
    made = ciphers.mac(ciphers.derive(master, _SEAL), msgspec.json.encode(bare))
    return msgspec.structs.replace(bare, seal=base64.b64encode(made).decode())


def check_seal(keys: KeyFile, master: bytes) -> None:
    """`KeysChanged` when the file was changed by somebody without the keys. Format 1 had no seal, and no recovery."""
    if keys.format == 1 and keys.recovery is None:
        return
    if not hmac.compare_digest(sealed(keys, master).seal, keys.seal):
        raise KeysChanged


def read(path: Path) -> KeyFile:
    """The key file; says plainly when it is missing or damaged."""
    try:
        keys = msgspec.json.decode(path.read_bytes(), type=KeyFile)
    except FileNotFoundError as error:
        raise KeysMissing from error
    except (msgspec.DecodeError, OSError, UnicodeDecodeError) as error:
        raise KeysDamaged from error
    if keys.format > FORMAT:
        raise KeysTooNew
    if (
        keys.format < 1
        or not keys.slots
        or not _is_base64(keys)
        or not all(slot.cost.is_possible for slot in keys.slots)
    ):
        raise KeysDamaged
    return keys


def _is_base64(keys: KeyFile) -> bool:
    """Whether every salt and wrapped key can be decoded: a turned bit is a sentence, never a traceback."""
    try:
        for slot in keys.slots:
            base64.b64decode(slot.salt, validate=True)
            base64.b64decode(slot.wrapped, validate=True)
        if keys.recovery is not None:
            base64.b64decode(keys.recovery.wrapped, validate=True)
    except ValueError:
        return False
    return True


def write(path: Path, keys: KeyFile) -> None:
    """Replace the key file as one act: the old one stands until the new one is on the disk."""
    write_whole(path, msgspec.json.format(msgspec.json.encode(keys), indent=1))


def write_whole(path: Path, data: bytes) -> None:
    """Replace a small file as one act, readable by its owner alone; `CannotWrite` leaves the old one as it was."""
    draft = draft_of(path)
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        draft.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise CannotWrite from error


def draft_of(path: Path) -> Path:
    """Where the new content of a file lies until it is whole."""
    return path.with_name(path.name + ".new")


def sync_folder(folder: Path) -> None:
    """Let the names in a folder reach the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
