"""Keys that seal nothing: left behind by a process that died between committing a key and the record that uses it.

Only with the main database's one writer held (SQLCipher) is it certain that none of them is about to be used. On
PostgreSQL others may be between the two at any time, so nothing is swept there: such a key opens nothing.
"""

import uuid
from collections.abc import Callable, Collection

from django.db import transaction

from posada.vault import epochs, forgetting, stores
from posada.vault.folder import Store
from posada.vault.keyring import NEXT, Compartment
from posada.vault.models import WrappedKey
from posada.vault.router import KEYRING


def may_sweep() -> bool:
    """Whether it is certain here that a key without a record is an orphan.

    Not on PostgreSQL; and not when the keyring knows more than this data has seen: the data may be an earlier copy
    that lies beside it by mistake, and the records of the days between still need those keys.
    """
    return stores.present() is Store.FILES and epochs.was_abreast()


def sweep(used: Callable[[Compartment], Collection[uuid.UUID]], *, spared: Collection[uuid.UUID]) -> int:
    """Delete the keys of subjects that `used` does not name for their compartment; how many. The caller holds the
    writer of the main database. A key that is just changing (`/next`) stays, and so does the one it takes over from.
    """
    count = 0
    with transaction.atomic(using=KEYRING):
        for compartment in Compartment:
            held = set(WrappedKey.objects.filter(compartment=compartment).values_list("subject", flat=True))
            changing = WrappedKey.objects.filter(compartment=f"{compartment}{NEXT}").values_list("subject", flat=True)
            orphans = held.difference(used(compartment), changing, spared) if held else set()
            if orphans:
                forgetting.forget(orphans, [compartment])
            count += len(orphans)
    return count
