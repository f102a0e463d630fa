"""posada guide"""

import sys
from datetime import datetime
from pathlib import Path

import click

from posada.config.commands import shell


@click.group()
def guide() -> None:
    """The guides of the countries: what the law asks, from where it is known, and whether the files are sound."""


@guide.command()
@shell.SITE_OPTION
@click.argument("countries", nargs=-1)
def check(folder: Path, countries: tuple[str, ...]) -> None:
    """Check the guides' files: form, sources, both languages, age of each source, contradictions.

    COUNTRIES are codes such as CO; without any, every guide. Ends with 0 when all are sound, 1 when one has a mistake,
    2 when there is no such guide. Sources older than twelve months are named, and are no mistake.
    """
    shell.set_up(folder)
    sys.exit(shell.call("posada.asylum.shell.check", countries=countries))


@guide.command()
@shell.SITE_OPTION
@click.argument("country")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="As of a day (2025-02-01); today if left out.")
def show(folder: Path, country: str, on: datetime | None) -> None:
    """Print a country's guide: each statement with its id, article, source, confidence and state.

    The file is shown. Changes that a site's manager took on stand in the site itself, on its pages.
    """
    shell.set_up(folder)
    sys.exit(shell.call("posada.asylum.shell.show", country=country, on=on.date() if on else None))
