"""What is refused at the start: a demonstration's shortcuts on a real site, an old SQLite, too weak a key."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from posada.vault import slots
from posada.vault.errors import VaultError
from posada.vault.folder import SiteFolder
from posada.vault.sqlcipher.base import OLDEST_SOUND_SQLITE, sqlite_version


def no_shortcuts(**_kwargs: Any) -> list[CheckMessage]:
    """A phrase in the folder or a clock of its own belong to a demonstration alone."""
    folder = SiteFolder(settings.SITE_ROOT)
    if settings.SITE.demonstration:
        return []
    found: list[CheckMessage] = []
    if folder.demonstration_phrase.exists():
        found.append(
            Error(
                "A phrase lies in the folder of a real site.",
                hint="Remove demonstration.phrase, and change the phrase of its keyholder.",
                id="posada.E001",
            )
        )
    if settings.SITE.clock_starts is not None or settings.SITE.clock_since is not None:
        found.append(
            Error(
                "site.toml gives a real site a clock of its own.",
                hint="Remove clock_starts and clock_since.",
                id="posada.E002",
            )
        )
    return found


def sound_sqlite(**_kwargs: Any) -> list[CheckMessage]:
    """Only the SQLite inside the sqlcipher3 wheel, new enough."""
    if sqlite_version() >= OLDEST_SOUND_SQLITE:
        return []
    return [
        Error(
            "SQLite is older than 3.51.3 and can lose data.",
            hint="Install the locked requirements.",
            id="posada.E003",
        )
    ]


def costly_slots(**_kwargs: Any) -> list[CheckMessage]:
    """A slot of a real site costs at least what protection.md says."""
    folder = SiteFolder(settings.SITE_ROOT)
    if settings.SITE.demonstration or not folder.keys.exists():
        return []
    try:
        keys = slots.read(folder.keys)
    except VaultError as error:
        return [Error(str(error), id="posada.E004")]
    least = slots.Cost()
    if all(slot.cost.memory_kib >= least.memory_kib and slot.cost.passes >= least.passes for slot in keys.slots):
        return []
    return [Error("A keyholder's slot is too cheap to guess.", hint="Renew its phrase.", id="posada.E005")]


ALL = (no_shortcuts, sound_sqlite, costly_slots)
