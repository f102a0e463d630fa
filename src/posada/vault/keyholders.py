"""Who may open the house: slots added, taken away and given new phrases; the house opened by shares; new shares.

Each function takes the key file as it is and gives it as it shall be, sealed; writing it is `slots.write`, as one act.
"""

import msgspec

from posada.vault import phrase, recovery, slots
from posada.vault.errors import LastKeyholder, NoSuchKeyholder, TooManyKeyholders
from posada.vault.slots import KeyFile

MOST = 9


def add(keys: KeyFile, master: bytes, *, since: str, cost: slots.Cost | None = None) -> tuple[KeyFile, int, str]:
    """One keyholder more: the file, their number, and their phrase. A number is never given twice in a row."""
    if len(keys.slots) >= MOST:
        raise TooManyKeyholders
    number = max(slot.number for slot in keys.slots) + 1
    words = phrase.new_phrase()
    made = slots.new_slot(master, words, site=keys.site, number=number, cost=cost or slots.Cost(), since=since)
    return _with_slots(keys, master, [*keys.slots, made]), number, words


def remove(keys: KeyFile, master: bytes, *, number: int) -> KeyFile:
    """Without this keyholder. The last stays."""
    left = [slot for slot in keys.slots if slot.number != number]
    if len(left) == len(keys.slots):
        raise NoSuchKeyholder
    if not left:
        raise LastKeyholder
    return _with_slots(keys, master, left)


def change_phrase(
    keys: KeyFile, master: bytes, *, number: int, since: str, cost: slots.Cost | None = None
) -> tuple[KeyFile, str]:
    """The same keyholder with a new phrase; only their slot is wrapped anew."""
    if number not in {slot.number for slot in keys.slots}:
        raise NoSuchKeyholder
    words = phrase.new_phrase()
    made = slots.new_slot(master, words, site=keys.site, number=number, cost=cost or slots.Cost(), since=since)
    changed = [made if slot.number == number else slot for slot in keys.slots]
    return _with_slots(keys, master, changed), words


def renew_shares(keys: KeyFile, master: bytes) -> tuple[KeyFile, tuple[str, ...]]:
    """A new recovery secret and its three shares; the older shares do not open this file any more."""
    secret = recovery.new_secret()
    texts = recovery.shares(secret)
    made = slots.new_recovery(master, secret, site=keys.site, name=recovery.set_name(texts[0]))
    return slots.sealed(msgspec.structs.replace(keys, recovery=made), master), texts


def _with_slots(keys: KeyFile, master: bytes, held: list[slots.Slot]) -> KeyFile:
    return slots.sealed(msgspec.structs.replace(keys, slots=held), master)
