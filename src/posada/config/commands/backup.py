"""posada backup"""

from pathlib import Path

import click

from posada.config.commands import shell


@click.command()
@shell.SITE_OPTION
@click.option(
    "--to",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to, such as a stick; the folder named in site.toml otherwise.",
)
def backup(folder: Path, to: Path | None) -> None:
    """Make a verified copy, sealed so that only two recovery shares open it. The site may be in use meanwhile."""
    shell.open_site(folder)
    shell.call("posada.config.start.set_clock")
    shell.call("posada.config.keeping.back_up_now", to=to)
