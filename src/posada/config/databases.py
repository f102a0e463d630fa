"""Bring both databases to the present shape when the site opens."""

from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.utils.translation import gettext as _

from posada.accounts.models import Site
from posada.vault import keyring, site, stores
from posada.vault.errors import VaultError
from posada.vault.folder import Store
from posada.vault.postgresql.errors import DatabasesOfAnotherSite
from posada.vault.router import KEYRING


class KindDiffers(VaultError):
    """site.toml says something else than the encrypted database."""

    def __str__(self) -> str:
        return _(
            "site.toml says that this site is a demonstration, or that it is not, and its database says otherwise. "
            "Put site.toml back as it was. Nothing was opened."
        )


def check_kind(_report: Callable[[int, int], None]) -> None:
    """Boot step: a demonstration's shortcuts hang on the word in the encrypted database, never on site.toml alone."""
    if Site.objects.filter(demonstration=settings.SITE.demonstration).count() != Site.objects.count():
        raise KindDiffers


def bring_up_to_date(report: Callable[[int, int], None]) -> None:
    """Boot step: look that both databases open, apply migrations that are missing, look that they are this site's."""
    with stores.troubles():
        for alias in stores.BOTH:
            connections[alias].ensure_connection()
        stores.check_apart()
        for done, alias in enumerate(stores.BOTH, start=1):
            with stores.one_at_a_time(alias):
                call_command("migrate", *_rooms_of(alias), database=alias, interactive=False, verbosity=0)
            report(done, 2)
        check_owner()


def _rooms_of(alias: str) -> list[str]:
    """The keyring holds tables of the vault alone: the history of every other room need not be gone through for it."""
    return ["vault"] if alias == KEYRING else []


def check_owner() -> None:
    """Raise `DatabasesOfAnotherSite` if a server's databases were written by another site: a file would not open."""
    if stores.present() is Store.FILES:
        return
    if Site.objects.exists() and not Site.objects.filter(code=site.current_settings().site).exists():
        raise DatabasesOfAnotherSite
    if not keyring.opens():
        raise DatabasesOfAnotherSite
