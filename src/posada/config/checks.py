"""What is refused at the start: a demonstration's shortcuts on a real site, an old SQLite, too weak a key."""

import re
from typing import Any, Final

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Caution

from posada.vault import slots
from posada.vault.errors import VaultError
from posada.vault.folder import SiteFolder
from posada.vault.sqlcipher.base import OLDEST_SOUND_SQLITE, sqlite_version

_STATE: Final = re.compile(r"[A-Z]{2}")


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


def doors_to_strangers(**_kwargs: Any) -> list[CheckMessage]:
    """The two doors to strangers are off unless site.toml names a sound public address; open ones are said aloud."""
    chosen = settings.SITE
    found: list[CheckMessage] = []
    wanted = [name for name in ("relative_pages", "enquiry_form") if getattr(chosen, name)]
    if chosen.public_address and not chosen.public_host:
        hint = 'Write public_address = "https://name.example.org", without a path, or take the line out.'
        found.append(Error("public_address in site.toml is not an https address.", hint=hint, id="posada.E006"))
    elif wanted and not chosen.public_host:
        hint = "Write public_address into site.toml, or set these to false."
        message = f"site.toml switches on {' and '.join(wanted)} without a public_address."
        found.append(Error(message, hint=hint, id="posada.E007"))
    if any(not _STATE.fullmatch(state) for state in chosen.fled_from):
        hint = "Write two capital letters for each State (ISO 3166), as a list of words."
        found.append(Error("fled_from in site.toml names no State.", hint=hint, id="posada.E008"))
    if wanted and not found:
        message = f"Strangers may reach this house: {' and '.join(wanted)} in site.toml."
        hint = "docs/operators/strangers.md says what must stand before the house."
        found.append(Caution(message, hint=hint, id="posada.W001"))
    if chosen.relative_pages and chosen.public_host and not chosen.fled_from:
        message = "relative_pages is on, and site.toml names no State that people here fled."
        hint = "Write fled_from: then no slip on a form opens a page towards it."
        found.append(Caution(message, hint=hint, id="posada.W002"))
    return found


ALL = (no_shortcuts, sound_sqlite, costly_slots, doors_to_strangers)
