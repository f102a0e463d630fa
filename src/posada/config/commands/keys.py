"""posada keyholder, posada recover, posada shares, posada travel"""

import sys
from pathlib import Path

import click

from posada.config.commands import shell

WRITTEN_OPTION = click.option("--written", is_flag=True, help="Do not ask to type it back (for scripts).")


@click.group()
def keyholder() -> None:
    """Who may open the house."""


@keyholder.command("list")
@shell.SITE_OPTION
def list_keyholders(folder: Path) -> None:
    """Show the keyholders by number; needs no phrase."""
    shell.set_up(folder)
    shell.call("posada.config.holding.list_keyholders")


@keyholder.command()
@shell.SITE_OPTION
@WRITTEN_OPTION
def add(folder: Path, *, written: bool) -> None:
    """Give one more person a phrase; asks for the phrase of a present keyholder."""
    shell.set_up(folder)
    shell.call("posada.config.holding.add_keyholder", words=shell.ask_phrase(), written=written)


@keyholder.command()
@shell.SITE_OPTION
@click.argument("number", type=int)
@click.option("--alone", is_flag=True, help="Accept that one keyholder is left without being asked in words.")
def remove(folder: Path, number: int, *, alone: bool) -> None:
    """Take keyholder NUMBER's phrase away; the last cannot be removed."""
    shell.set_up(folder)
    shell.call("posada.config.holding.remove_keyholder", words=shell.ask_phrase(), number=number, alone=alone)


@keyholder.command("change-phrase")
@shell.SITE_OPTION
@click.argument("number", type=int, required=False)
@WRITTEN_OPTION
def change_phrase(folder: Path, number: int | None, *, written: bool) -> None:
    """A new phrase for NUMBER, or for whoever gives theirs."""
    shell.set_up(folder)
    shell.call("posada.config.holding.change_phrase", words=shell.ask_phrase(), number=number, written=written)


@click.command()
@shell.SITE_OPTION
@click.option("--only", is_flag=True, help="Every phrase of before stops working.")
@WRITTEN_OPTION
def recover(folder: Path, *, only: bool, written: bool) -> None:
    """Make a new phrase from two recovery shares, when the phrases are lost."""
    shell.set_up(folder)
    shell.call("posada.config.holding.recover", shares=_two_shares(), only=only, written=written)


@click.group()
def shares() -> None:
    """The three recovery shares on paper."""


@shares.command()
@shell.SITE_OPTION
@WRITTEN_OPTION
def new(folder: Path, *, written: bool) -> None:
    """Make three new shares; the old ones no longer open the house."""
    shell.set_up(folder)
    shell.call("posada.config.holding.new_shares", words=shell.ask_phrase(), written=written)


@shares.command()
@shell.SITE_OPTION
def check(folder: Path) -> None:
    """Try whether two papers would open the house; opens nothing."""
    shell.set_up(folder)
    shell.call("posada.config.holding.check_shares", shares=_two_shares())


@shares.command("open")
@shell.SITE_OPTION
@click.argument("sealed", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--to", "target", type=click.Path(path_type=Path), required=True, help="A file that is not there yet.")
def open_dump(folder: Path, sealed: Path, target: Path) -> None:
    """Open SEALED, a server's dump that was sealed to the shares by hand, into a new file; needs no site."""
    shell.set_up(folder)
    shell.call(
        "posada.config.dumps.open_sealed", sealed=sealed.resolve(), target=target.resolve(), shares=_two_shares()
    )


@click.group()
def travel() -> None:
    """Take the keys off this computer for a journey, and bring them back."""


@travel.command()
@shell.SITE_OPTION
@click.option(
    "--to",
    "targets",
    type=click.Path(path_type=Path, dir_okay=False),
    multiple=True,
    required=True,
    help="A file on a stick that goes another way; may be given again for a second copy.",
)
def start(folder: Path, targets: tuple[Path, ...]) -> None:
    """Move the keys out: until they are back, no phrase opens the house here."""
    shell.set_up(folder)
    shell.call("posada.config.holding.start_travel", targets=targets)


@travel.command()
@shell.SITE_OPTION
@click.option("--from", "source", type=click.Path(path_type=Path), required=True, help="The file that travelled.")
def end(folder: Path, source: Path) -> None:
    """Bring the keys back."""
    shell.set_up(folder)
    shell.call("posada.config.holding.finish_travel", source=source)


def _two_shares() -> list[str]:
    """Two shares: at a terminal each is looked at when it is typed, and the screen is cleared after."""
    if not sys.stdin.isatty():
        return shell.ask_shares()
    given: list[str] = []
    for number in (1, 2):
        given.append(shell.call("posada.config.paper.ask_share", number=number, taken=tuple(given)))
    shell.call("posada.config.paper.clear_screen")
    return given
