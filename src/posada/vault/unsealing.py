"""Opening what was sealed. Only posada.records.door and .scanning may import this: an import contract holds it."""

import uuid
from collections.abc import Sequence

from posada.vault import ciphers
from posada.vault.errors import Unreadable
from posada.vault.keyring import NEXT, Compartment, unwrap
from posada.vault.models import WrappedKey


def newest_key(subject: uuid.UUID, compartment: Compartment) -> bytes:
    """The fresh key that is about to take over, where there is one; else the person's key. `Unreadable` without."""
    rows = WrappedKey.objects.filter(subject=subject, compartment__in=[compartment.value, f"{compartment}{NEXT}"])
    held = rows.order_by("-compartment").first()
    if held is None:
        raise Unreadable
    return unwrap(held)


def existing_key(subject: uuid.UUID, compartment: Compartment) -> bytes:
    """The person's key; `Unreadable` when it was erased or never was."""
    held = WrappedKey.objects.filter(subject=subject, compartment=compartment).first()
    if held is None:
        raise Unreadable
    return unwrap(held)


def keys_of(compartment: Compartment, subjects: Sequence[uuid.UUID] | None = None) -> dict[uuid.UUID, bytes]:
    """Every key of one compartment, or those of these persons, for a scan. An erased key is not among them."""
    rows = WrappedKey.objects.filter(compartment=compartment)
    if subjects is not None:
        rows = rows.filter(subject__in=subjects)
    return {row.subject: unwrap(row) for row in rows.iterator(chunk_size=5_000)}


def unseal(key: bytes, blob: bytes, associated: bytes) -> bytes:
    """Open one record's bytes."""
    return ciphers.decrypt(key, blob, associated)
