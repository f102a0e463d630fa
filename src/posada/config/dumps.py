"""Open what a server's administrators sealed to the recovery shares by hand: a dump, straight into age."""

import os
from collections.abc import Sequence
from pathlib import Path

import click
from django.utils.translation import gettext as _

from posada.vault import recovery
from posada.vault.errors import CannotWrite, VaultError


class FileIsThere(VaultError):
    """What is opened is never written over a file."""

    def __str__(self) -> str:
        return _("A file of this name is there already. Nothing was written. Choose a name that is not used yet.")


def open_sealed(*, sealed: Path, target: Path, shares: Sequence[str]) -> None:
    """Write what `sealed` holds into the new file `target`, for this user alone; nothing is left unless it is whole.

    Raises what `recovery.combine` and `recovery.open_with` say of shares and seal.
    """
    secret = recovery.combine(shares)
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise FileIsThere from error
    except OSError as error:
        raise CannotWrite from error
    try:
        with open(handle, "wb") as plain, sealed.open("rb") as source:
            recovery.open_with(secret, source, plain)
            plain.flush()
            os.fsync(plain.fileno())
    except OSError as error:
        target.unlink(missing_ok=True)
        raise CannotWrite from error
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    click.echo(_("Opened and whole: %(name)s. Delete it as soon as it is put back.") % {"name": target.name})
