"""posada seal: the act first, and only then Django for its sentence."""

from importlib import import_module
from pathlib import Path

import click

from posada.vault import panic


@click.command()
@click.option(
    "--site",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("site"),
    envvar="POSADA_SITE",
    show_default=True,
    help="The site's folder.",
)
def seal(folder: Path) -> None:
    """Seal a running site at once: ends the process that holds the keys. Bind it to a key of the machine."""
    ended = panic.end(folder)
    shell = import_module("posada.config.commands.shell")
    shell.set_up(folder)
    shell.call("posada.config.serving.say_sealed", ended=ended)
