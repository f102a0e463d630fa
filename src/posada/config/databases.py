"""Bring both databases to the present shape when the site opens."""

from collections.abc import Callable

from django.core.management import call_command
from django.db import DatabaseError, connections

from posada.vault.errors import DatabaseDamaged
from posada.vault.router import KEYRING


def bring_up_to_date(report: Callable[[int, int], None]) -> None:
    """Boot step: look that both databases open, and apply migrations that are missing."""
    try:
        for done, alias in enumerate((KEYRING, "default"), start=1):
            connections[alias].ensure_connection()
            call_command("migrate", database=alias, interactive=False, verbosity=0)
            report(done, 2)
    except DatabaseError as error:
        raise DatabaseDamaged from error
