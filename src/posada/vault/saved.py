"""What is kept sealed beside the databases to open sooner: one file a name, under a key of its own in the keyring.

The file can be dropped for good at any time: its key is deleted, and a copy of it opens nothing any more. Only
posada.people.matching.saving may import this: an import contract holds it.
"""

import os
import uuid

from posada.vault import ciphers, forgetting, keyring
from posada.vault.errors import Unreadable
from posada.vault.keyring import Compartment
from posada.vault.models import WrappedKey
from posada.vault.site import current_folder

_ID_BYTES = 16
_MOST_BYTES = 2**31 - 64  # what AES-GCM seals at once


def _data(name: str, file: uuid.UUID) -> bytes:
    return f"saved|{name}|{file.hex}".encode()


def write(name: str, plain: bytes) -> bool:
    """Keep these bytes, sealed, in the place of what was kept before. False if they are too many, or the disk full."""
    if len(plain) > _MOST_BYTES:
        return False
    path = current_folder().saved(name)
    before = _file_id(name)
    file = uuid.uuid4()
    sealed = ciphers.encrypt(keyring.ensure_key(file, Compartment.IDENTITY), plain, _data(name, file))
    fresh = path.with_suffix(".new")
    try:
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
            target.write(file.bytes)
            target.write(sealed)
            target.flush()
            os.fsync(target.fileno())
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        forgetting.forget([file])
        return False
    if before is not None:
        forgetting.forget([before])
    return True


def read(name: str) -> bytes | None:
    """What was kept; none if nothing was, or if it does not open: then it is made anew."""
    file = _file_id(name)
    if file is None:
        return None
    held = WrappedKey.objects.filter(subject=file, compartment=Compartment.IDENTITY).first()
    if held is None:
        return None
    try:
        body = current_folder().saved(name).read_bytes()[_ID_BYTES:]
        return ciphers.decrypt(keyring.unwrap(held), body, _data(name, file))
    except (OSError, Unreadable):
        return None


def drop(name: str) -> None:
    """Keep nothing under this name any longer: the key goes first, then the file."""
    file = _file_id(name)
    if file is not None:
        forgetting.forget([file])
    current_folder().saved(name).unlink(missing_ok=True)


def _file_id(name: str) -> uuid.UUID | None:
    try:
        with current_folder().saved(name).open("rb") as source:
            return uuid.UUID(bytes=source.read(_ID_BYTES))
    except (OSError, ValueError):
        return None
