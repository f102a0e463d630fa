"""A fresh key for one person and compartment: what was blanked cannot be read from an older copy of a blob.

Only posada.records.resealing may import this: an import contract holds it. The order survives a process that dies:
the fresh key stands beside the old one until the records that use it are committed, then takes its place.
"""

import uuid
from collections.abc import Callable

from django.db import transaction

from posada.vault import ciphers, forgetting, keyring
from posada.vault.errors import Unreadable
from posada.vault.keyring import NEXT, Compartment
from posada.vault.models import WrappedKey
from posada.vault.router import KEYRING


class Rekeying:
    """The old and the fresh key of one person and compartment, while the records change over."""

    def __init__(self, subject: uuid.UUID, compartment: Compartment) -> None:
        held = WrappedKey.objects.filter(subject=subject, compartment=compartment).first()
        if held is None:
            raise Unreadable
        self._old = keyring.unwrap(held)
        self._fresh = ciphers.new_key()
        wrapped = keyring.wrap(self._fresh, subject, compartment)
        with transaction.atomic(using=KEYRING):
            WrappedKey.objects.update_or_create(
                subject=subject, compartment=f"{compartment}{NEXT}", defaults={"wrapped": wrapped}
            )

    def reseal(self, blob: bytes, associated: bytes, change: Callable[[bytes], bytes]) -> bytes:
        """The blob opened, changed and sealed again under the fresh key."""
        return ciphers.encrypt(self._fresh, change(ciphers.decrypt(self._old, blob, associated)), associated)


def finish(subject: uuid.UUID, compartment: Compartment) -> bool:
    """The records are committed: the fresh key takes the old one's place. Whether the old one is wiped, too."""
    with transaction.atomic(using=KEYRING):
        fresh = WrappedKey.objects.filter(subject=subject, compartment=f"{compartment}{NEXT}").first()
        if fresh is not None:
            WrappedKey.objects.filter(subject=subject, compartment=compartment).delete()
            fresh.compartment = compartment.value
            fresh.save(update_fields=["compartment"])
    return forgetting.wipe()


def abandon_others(unfinished: set[tuple[uuid.UUID, str]]) -> None:
    """At the start: fresh keys whose records were never committed go; those in `unfinished` stay."""
    for row in WrappedKey.objects.filter(compartment__endswith=NEXT):
        if (row.subject, row.compartment.removesuffix(NEXT)) not in unfinished:
            row.delete()
