"""posada staff"""

from pathlib import Path

import click

from posada.accounts.acts import Role
from posada.config.commands import shell


@click.group()
def staff() -> None:
    """Who works in a site."""


@staff.command()
@shell.SITE_OPTION
@click.argument("name")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([role.value for role in Role]),
    help="May be given twice.",
)
def add(folder: Path, name: str, roles: tuple[str, ...]) -> None:
    """Enrol NAME; prints their password and authenticator once."""
    shell.open_site(folder)
    shell.call("posada.config.making.add_staff", name=name, roles=frozenset(Role(role) for role in roles))
