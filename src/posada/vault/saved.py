"""What is kept sealed beside the databases to open sooner: one file a name, under a key of its own in the keyring.

The file can be dropped for good at any time: its key is deleted, and a copy of it opens nothing any more. Which key
that is never stands in the file: whoever can write the folder could name a person's there, and have it deleted. Only
posada.people.matching.saving may import this: an import contract holds it.
"""

import os
import socket
import uuid
from contextlib import suppress

from posada.vault import ciphers, forgetting, keyring, state, stores
from posada.vault.errors import Unreadable
from posada.vault.folder import Store
from posada.vault.keyring import Compartment
from posada.vault.models import WrappedKey
from posada.vault.site import current_folder

_MOST_BYTES = 2**31 - 64  # what AES-GCM seals at once


def place(name: str) -> uuid.UUID:
    """Under which id the key lies: one for each name, and on a server one for each machine and folder."""
    words = f"saved|{name}"
    if stores.present() is Store.POSTGRESQL:
        words += f"|{socket.gethostname()}|{current_folder().root.resolve()}"
    return uuid.UUID(bytes=ciphers.mac(state.key_for("saved"), words.encode())[:16])


def _data(name: str, place: uuid.UUID) -> bytes:
    return f"saved|{name}|{place.hex}".encode()


def write(name: str, plain: bytes) -> bool:
    """Keep these bytes, sealed, in the place of what was kept before. False if they are too many, or the disk full.

    The file is whole on the disk before its key is kept, and bears its name only afterwards: what a process that dies
    leaves behind opens nothing.
    """
    if len(plain) > _MOST_BYTES:
        return False
    path, under, key = current_folder().saved(name), place(name), ciphers.new_key()
    fresh = path.with_suffix(".new")
    try:
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
            target.write(ciphers.encrypt(key, plain, _data(name, under)))
            target.flush()
            os.fsync(target.fileno())
        wrapped = keyring.wrap(key, under, Compartment.IDENTITY)
        WrappedKey.objects.update_or_create(
            subject=under, compartment=Compartment.IDENTITY, defaults={"wrapped": wrapped}
        )
        fresh.replace(path)
    except OSError:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        return False
    forgetting.wipe()
    return True


def read(name: str) -> bytes | None:
    """What was kept; none if nothing was, or if it does not open: then it is made anew."""
    under = place(name)
    held = WrappedKey.objects.filter(subject=under, compartment=Compartment.IDENTITY).first()
    if held is None:
        return None
    try:
        return ciphers.decrypt(keyring.unwrap(held), current_folder().saved(name).read_bytes(), _data(name, under))
    except (OSError, Unreadable):
        return None


def drop(name: str) -> None:
    """Keep nothing under this name any longer: the key goes first, then the file. The key goes even if the file is
    not here: somebody may have it elsewhere.
    """
    under = place(name)
    if WrappedKey.objects.filter(subject=under).exists():
        forgetting.forget([under])
    current_folder().saved(name).unlink(missing_ok=True)
