"""posada clock"""

from pathlib import Path

import click

from posada.config.commands import shell


@click.group()
def clock() -> None:
    """The clock that the house goes by."""


@clock.command()
@shell.SITE_OPTION
def accept(folder: Path) -> None:
    """Say that the computer's clock is right now, although it was ahead before."""
    shell.open_site(folder)
    shell.call("posada.config.clocks.accept")
