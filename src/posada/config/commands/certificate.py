"""posada certificate"""

from pathlib import Path

import click

from posada.config.commands import shell


@click.command()
@shell.SITE_OPTION
@click.argument("names", nargs=-1)
def certificate(folder: Path, names: tuple[str, ...]) -> None:
    """Make the house's own certificate, so that phones on its network reach it over TLS.

    NAMES are the machine's addresses on that network (192.168.1.10) or names ending in .local; without any, those that
    the machine has now.
    """
    shell.open_site(folder)
    shell.call("posada.config.tls.make_certificate", names=names)
