"""The command `posada`. Each subcommand lives in a module of its own, loaded by dotted name when it is called."""

from importlib import import_module

import click

SUBCOMMANDS = {
    "init": "posada.config.commands.init:init",
    "run": "posada.config.commands.run:run",
    "seal": "posada.config.commands.seal:seal",
    "unlock": "posada.config.commands.run:unlock",
    "certificate": "posada.config.commands.certificate:certificate",
    "staff": "posada.config.commands.staff:staff",
    "site": "posada.config.commands.house:site",
    "keyholder": "posada.config.commands.keys:keyholder",
    "shares": "posada.config.commands.keys:shares",
    "recover": "posada.config.commands.keys:recover",
    "travel": "posada.config.commands.keys:travel",
    "clock": "posada.config.commands.clock:clock",
    "status": "posada.config.commands.status:status",
    "backup": "posada.config.commands.backup:backup",
    "verify": "posada.config.commands.verify:verify",
    "restore": "posada.config.commands.restore:restore",
    "audit": "posada.config.commands.audit:audit",
    "import": "posada.config.commands.files:import_file",
    "export": "posada.config.commands.files:export",
    "guide": "posada.config.commands.guide:guide",
}


class LazyGroup(click.Group):
    """Loads a subcommand when it is named, so that help and completion stay quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of a site's life."""
        return list(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand, loaded."""
        place = SUBCOMMANDS.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="posada")
def main() -> None:
    """Posada: the system of a place that receives people who fled."""
