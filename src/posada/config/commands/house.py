"""posada site"""

from pathlib import Path

import click

from posada.config.commands import shell


@click.group("site")
def site() -> None:
    """How a house does things."""


@site.command("without-second")
@shell.SITE_OPTION
@click.argument("word", type=click.Choice(["wait", "refuse"]))
def without_second(folder: Path, word: str) -> None:
    """When nobody agrees to a list or a match: wait a day, or refuse.

    Asks for the phrase of a keyholder; from refuse back to wait for those of two.
    """
    opened = shell.open_site(folder)
    if shell.call("posada.config.without_second.is_looser", wanted=word):
        shell.take_second(opened, "accounts.without_second")
    shell.call("posada.config.without_second.set_to", wanted=word)
