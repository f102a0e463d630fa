"""posada run, posada unlock"""

import os
import socket
from pathlib import Path

import click

from posada.config import tls
from posada.config.commands import shell

PORT_OPTION = click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)


@click.command()
@shell.SITE_OPTION
@click.option("--address", default="127.0.0.1", show_default=True, help="Where to listen.")
@PORT_OPTION
@click.option("--certificate", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="TLS, as PEM.")
@click.option("--key", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Its private key, as PEM.")
@click.option("--host", "hosts", multiple=True, help="A name by which other machines call it; may be repeated.")
def run(
    folder: Path, address: str, port: int, certificate: Path | None, key: Path | None, hosts: tuple[str, ...]
) -> None:
    """Serve the site. It starts sealed: open it in the browser with a keyholder's phrase."""
    own = tls.names_of(folder) if address not in tls.LOOPBACK else ()
    if own or (certificate and key):
        os.environ["POSADA_TLS"] = "1"
        names = dict.fromkeys([*hosts, *own, address, socket.gethostname(), "localhost", "127.0.0.1"])
        os.environ.setdefault("POSADA_HOSTS", ",".join(names))
    shell.set_up(folder)
    shell.call("posada.config.serving.serve", address=address, port=port, certificate=certificate, key=key)


@click.command()
@shell.SITE_OPTION
@PORT_OPTION
def unlock(folder: Path, port: int) -> None:
    """Open a running site from the shell of the same machine."""
    shell.set_up(folder)
    shell.call("posada.config.serving.unlock_running", port=port, words=shell.ask_phrase())
