"""A keyring older than its data is noticed: without this, persons of the days between would be unreadable, and those
erased in them readable again.

The keyring counts its own changes (triggers in keyring.db); main.db remembers the highest count it was used with. The
count is remembered at unlock and every half minute after, apart from any act, so that no registration waits for it.
A crash never leaves the keyring behind, for a key is committed before what uses it.
"""

import hashlib
from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from posada.vault import site
from posada.vault.errors import KeysChanged, VaultError
from posada.vault.models import KeyringEpoch, KeyringMark

_ONLY = 1
_seen = {"abreast": False}


class KeyringOlder(VaultError):
    """keyring.db is from an earlier day than main.db."""

    def __str__(self) -> str:
        return str(
            _(
                "The keyring (keyring.db) is older than the data (main.db): it comes from an earlier copy. Nothing was "
                "opened or changed. Put back the keyring that lay beside this main.db, or restore both from one backup."
            )
        )


def epoch() -> int:
    """How many changes this keyring has seen."""
    held = KeyringEpoch.objects.filter(pk=_ONLY).first()
    return held.value if held else 0


def remember() -> None:
    """Let main.db remember the keyring's count; it never goes back."""
    now = epoch()
    with transaction.atomic():
        held, _made = KeyringMark.objects.select_for_update().get_or_create(pk=_ONLY)
        if held.value < now:
            held.value = now
            held.save(update_fields=["value"])


def check(_report: Callable[[int, int], None]) -> None:
    """Boot step: the keyring is at least as new as the data; `KeyringOlder` otherwise."""
    held = KeyringMark.objects.filter(pk=_ONLY).first()
    if held and epoch() < held.value:
        raise KeyringOlder
    _seen["abreast"] = held is not None and held.value == epoch()
    remember()


def was_abreast() -> bool:
    """Whether the data had seen all that the keyring knows, when they were checked at this start."""
    return _seen["abreast"]


def keys_seen_before() -> bool:
    """Whether the key file is the one that was last seen; the first time, yes.

    `KeysChanged` if it is another and has no seal: every command seals what it writes, so that somebody without the
    keys wrote it in the old format, perhaps with the slot of a keyholder who was removed.
    """
    held = KeyringMark.objects.filter(pk=_ONLY).first()
    if held is None or not held.keys_seen or bytes(held.keys_seen) == _keys_now():
        return True
    if not site.read_keys(site.current_folder()).seal:
        raise KeysChanged
    return False


def remember_keys() -> None:
    """Let main.db remember the key file as it is now (in the transaction at hand)."""
    KeyringMark.objects.update_or_create(pk=_ONLY, defaults={"keys_seen": _keys_now()})


def _keys_now() -> bytes:
    return hashlib.sha256(site.current_folder().keys.read_bytes()).digest()
