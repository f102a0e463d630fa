"""posada restore"""

from pathlib import Path

import click

from posada.config.commands import shell


@click.command()
@click.argument("backup", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="A folder that does not exist yet.",
)
@click.option("--keyholders", type=click.IntRange(1, 9), default=2, show_default=True, help="How many get a phrase.")
def restore(backup: Path, folder: Path, keyholders: int) -> None:
    """Put BACKUP (a folder: the newest in it; or a manifest) into a new folder, with two recovery shares."""
    shell.set_up(folder)
    shell.call("posada.config.keeping.must_be_empty")
    shell.call(
        "posada.config.keeping.restore", place=backup.resolve(), shares=shell.ask_shares(), keyholders=keyholders
    )
