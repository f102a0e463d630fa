"""posada verify"""

import sys
from pathlib import Path

import click

from posada.config import passing
from posada.config.commands import shell


@click.command()
@shell.SITE_OPTION
@click.argument("backup", type=click.Path(path_type=Path), required=False)
@click.option("--shares", is_flag=True, help="Open the newest backup with two recovery shares and prove every row.")
def verify(folder: Path, backup: Path | None, shares: bool) -> None:  # noqa: FBT001 - click gives it
    """Check a BACKUP (a folder, or one of its files); without one, the site itself, with a keyholder's phrase."""
    if backup is None:
        shell.set_up(folder)
        shell.call("posada.config.keeping.verify_site", words=shell.ask_phrase())
        return
    with passing.folder() as place:
        shell.set_up(place)
        texts = shell.ask_shares() if shares else []
        shell.call("posada.config.keeping.verify_backup", place=backup.resolve(), shares=texts)
    sys.exit(0)
