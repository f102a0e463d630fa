"""posada status"""

from pathlib import Path

import click

from posada.config.commands import shell


@click.command()
@shell.SITE_OPTION
def status(folder: Path) -> None:
    """Say whether the site is open or sealed, and how old its last good backup is. Needs no phrase."""
    shell.set_up(folder)
    shell.call("posada.config.keeping.say_status")
