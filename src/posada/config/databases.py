"""Bring both databases to the present shape when the site opens."""

from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connections
from django.utils.translation import gettext as _

from posada.accounts.models import Site
from posada.vault.errors import DatabaseDamaged, VaultError
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
    """Boot step: look that both databases open, and apply migrations that are missing."""
    try:
        for done, alias in enumerate((KEYRING, "default"), start=1):
            connections[alias].ensure_connection()
            call_command("migrate", database=alias, interactive=False, verbosity=0)
            report(done, 2)
    except DatabaseError as error:
        raise DatabaseDamaged from error
