"""posada init"""

from pathlib import Path

import click
from django.utils.translation import gettext as _

from posada.config.commands import shell
from posada.vault.folder import SiteSettings


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", default="Casa de paso", show_default=True, help="The house's name, shown while it is sealed.")
@click.option("--language", type=click.Choice(["es", "en"]), default="es", show_default=True)
@click.option("--country", default="CO", show_default=True, help="Two letters (ISO 3166).")
@click.option("--time-zone", default="America/Bogota", show_default=True)
@click.option("--keyholders", type=click.IntRange(2, 9), default=2, show_default=True, help="How many get a phrase.")
@click.option("--single-keeper", is_flag=True, help="One person alone holds the keys; asked again, in words.")
@click.option("--manager", default="", help="Sign-in name of the first site manager (asked if left out).")
@click.option("--alone", is_flag=True, help="Accept single-keeper mode without being asked in words (for scripts).")
@click.option("--written", is_flag=True, help="Do not ask to type phrases and shares back (for scripts).")
def init(  # noqa: PLR0913 - one argument an option
    folder: Path,
    name: str,
    language: str,
    country: str,
    time_zone: str,
    keyholders: int,
    manager: str,
    *,
    single_keeper: bool,
    alone: bool,
    written: bool,
) -> None:
    """Make a new site in FOLDER: its keys, its databases, its keyholders, its first manager."""
    shell.set_up(folder)
    if single_keeper:
        shell.call("posada.config.paper.check_alone", accepted=alone)
    chosen_manager = manager or click.prompt(_("Sign-in name of the first site manager"))
    shell.call(
        "posada.config.making.init_site",
        root=folder,
        wanted=SiteSettings(site="", name=name, language=language, country=country.upper(), time_zone=time_zone),
        keyholders=1 if single_keeper else keyholders,
        manager=chosen_manager,
        written=written,
    )
