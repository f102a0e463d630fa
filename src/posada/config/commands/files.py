"""posada import, posada export"""

import sys
from pathlib import Path

import click

from posada.accounts.acts import Act
from posada.config.commands import shell
from posada.interop.vocabulary import Danger, ReasonToExport


@click.command("import")
@shell.SITE_OPTION
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Only read and report; needs no site and no phrase.")
@click.option(
    "--as",
    "kind",
    type=click.Choice(["people", "requests"]),
    default="people",
    show_default=True,
    help="People who are somewhere, or people who are sought.",
)
@click.option("--map", "maps", multiple=True, metavar="COLUMN=FIELD", help="What a column means; may be given again.")
@click.option("--sheet", default="", help="The sheet of a workbook.")
@click.option("--save-mapping", is_flag=True, help="Keep what --map says for the next file with these headers.")
@click.option("--list-name", default="", help="Whose list it is; the file's name otherwise.")
@click.option("--domain", default="", help="Accept only records whose id begins with this domain.")
def import_file(  # noqa: PLR0913 - one for each option
    folder: Path,
    file: Path,
    check: bool,  # noqa: FBT001 - click gives it
    kind: str,
    maps: tuple[str, ...],
    sheet: str,
    save_mapping: bool,  # noqa: FBT001 - click gives it
    list_name: str,
    domain: str,
) -> None:
    """Read people or tracing requests from FILE: PFIF 1.1 to 1.4, CSV or XLSX.

    Asks for the phrases of two keyholders; with --check for none.
    Prints a line for each row left out, and why. Ends with 0 when every row was taken, 1 when some were left out,
    2 when the file cannot be used.
    """
    if check:
        shell.set_up(folder)
        sys.exit(shell.call("posada.interop.shell.check_file", path=file, maps=maps, sheet=sheet, domain=domain))
    shell.open_for_two(folder, Act.IMPORT)
    shell.call("posada.config.start.set_clock")
    code = shell.call(
        "posada.interop.shell.bring_in",
        path=file,
        kind=kind,
        maps=maps,
        sheet=sheet,
        save_mapping=save_mapping,
        list_name=list_name,
        domain=domain,
    )
    sys.exit(code)


@click.group()
def export() -> None:
    """Write people to a file."""


@export.command()
@shell.SITE_OPTION
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="A file that does not exist yet.")
@click.option(
    "--include",
    multiple=True,
    type=click.Choice([field.value for field in Danger]),
    help="A dangerous field to give out as well; may be given again.",
)
@click.option(
    "--reason",
    type=click.Choice([word.value for word in ReasonToExport]),
    default=ReasonToExport.TRACING.value,
    show_default=True,
    help="Written down in the audit.",
)
def pfif(folder: Path, output: Path, include: tuple[str, ...], reason: str) -> None:
    """Write those who agreed to be compared with other lists as PFIF 1.4. Asks for the phrases of two keyholders."""
    shell.open_for_two(folder, Act.EXPORT)
    shell.call("posada.config.start.set_clock")
    sys.exit(shell.call("posada.interop.shell.write_out", path=output, include=include, reason=reason))
