"""posada import, posada export"""

import click


@click.command("import")
def import_file() -> None:
    """Read people or tracing requests from a file."""


@click.group()
def export() -> None:
    """Write people to a file."""
