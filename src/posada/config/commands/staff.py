"""posada staff"""

from pathlib import Path

import click

from posada.accounts.acts import Role
from posada.config.commands import shell

_ROLES = click.Choice([role.value for role in Role])


@click.group()
def staff() -> None:
    """Who works in a site. At the shell whoever has a keyholder's phrase does this alone; it is written down."""


@staff.command("list")
@shell.SITE_OPTION
def list_(folder: Path) -> None:
    """Who works here: name, roles, since, last sign-in, files held."""
    shell.open_site(folder)
    shell.call("posada.config.staffing.list_staff")


@staff.command()
@shell.SITE_OPTION
@click.argument("name")
@click.option("--role", "roles", multiple=True, required=True, type=_ROLES, help="May be given twice.")
def add(folder: Path, name: str, roles: tuple[str, ...]) -> None:
    """Enrol NAME; prints their password and authenticator once."""
    shell.open_site(folder)
    shell.call("posada.config.making.add_staff", name=name, roles=frozenset(Role(role) for role in roles))


@staff.command()
@shell.SITE_OPTION
@click.argument("name")
def remove(folder: Path, name: str) -> None:
    """Take the one who signs in as NAME away, at once."""
    shell.open_site(folder)
    shell.call("posada.config.staffing.remove", name=name)


@staff.command()
@shell.SITE_OPTION
@click.argument("name")
@click.option("--role", "roles", multiple=True, required=True, type=_ROLES, help="All roles they shall have.")
def role(folder: Path, name: str, roles: tuple[str, ...]) -> None:
    """Give the one who signs in as NAME these roles and no others."""
    shell.open_site(folder)
    shell.call("posada.config.staffing.set_roles", name=name, roles=frozenset(Role(word) for word in roles))


@staff.command()
@shell.SITE_OPTION
@click.argument("name")
def authenticator(folder: Path, name: str) -> None:
    """Print a slip with which the one who signs in as NAME sets password and authenticator anew."""
    shell.open_site(folder)
    shell.call("posada.config.staffing.new_slip", name=name)
