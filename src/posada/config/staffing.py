"""What `posada staff` does: the same services as the pages, done by the holder of a phrase and written down."""

import click
from django.utils.translation import gettext as _

from posada.accounts import queries
from posada.accounts.acts import Role
from posada.accounts.models import User
from posada.accounts.permissions import Actor, system_actor
from posada.accounts.services import staffing
from posada.vault.errors import VaultError


class NobodyOfThisName(VaultError):
    """No member of staff signs in with this name."""

    def __str__(self) -> str:
        return _("Nobody signs in with this name. Nothing was changed.")


def _house() -> Actor:
    return system_actor(queries.the_site().pk)


def _named(name: str) -> User:
    found = User.objects.filter(sign_in=queries.sign_in_fingerprint(name), left_on__isnull=True).first()
    if found is None:
        raise NobodyOfThisName
    return found


def list_staff() -> None:
    """Print who works here."""
    for one in queries.staff_of(_house()):
        last = one.last_sign_in.isoformat() if one.last_sign_in else _("never")
        since = one.since.isoformat() if one.since else "-"
        click.echo(f"{one.name}\t{one.role_labels}\t{since}\t{last}\t{one.files}\t{one.standing}")


def remove(*, name: str) -> None:
    """Take somebody away."""
    staffing.take_away(by=_house(), user_id=_named(name).pk)
    click.echo(_("They are signed out everywhere and cannot come in any more."))


def set_roles(*, name: str, roles: frozenset[Role]) -> None:
    """Give somebody these roles and no others."""
    staffing.set_roles_at_the_shell(by=_house(), user_id=_named(name).pk, roles=roles)
    click.echo(_("The roles are as you chose."))


def new_slip(*, name: str) -> None:
    """Print a slip: once."""
    slip = staffing.slip_at_the_shell(by=_house(), user_id=_named(name).pk)
    click.echo(_("Code on the slip, shown once: %(code)s (until %(day)s)") % {"code": slip.code, "day": slip.until})
