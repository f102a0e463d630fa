"""posada audit"""

import sys
from pathlib import Path

import click

from posada.config.commands import shell


@click.group()
def audit() -> None:
    """Who did what: whether it is whole."""


@audit.command()
@shell.SITE_OPTION
@click.option("--head", "words", default="", help="The twelve words of an earlier shift sheet; asked if left out.")
@click.option("--entries", type=click.IntRange(0), default=None, help="The number of entries on that sheet.")
@click.option("--no-sheet", is_flag=True, help="Verify without a sheet: a cut end cannot be seen then.")
def verify(folder: Path, words: str, entries: int | None, *, no_sheet: bool) -> None:
    """Verify every entry of the audit, against an earlier shift sheet if there is one.

    Ends with 0 when nothing wrong was found, 1 when something was, 2 when it could not be verified.
    """
    shell.open_site(folder)
    shell.call("posada.config.start.set_clock")
    sys.exit(
        shell.call(
            "posada.oversight.shell.verify", words=words, entries=entries, asks=not no_sheet and sys.stdin.isatty()
        )
    )
