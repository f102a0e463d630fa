"""What the subcommands share: which site, which language, the phrase, and errors as sentences."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import django
from django.core.management.base import SystemCheckError
from django.db import InterfaceError, OperationalError
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from posada.config.environment import shell_language
from posada.vault import stores
from posada.vault.errors import VaultError

SITE_OPTION = click.option(
    "--site",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("site"),
    envvar="POSADA_SITE",
    show_default=True,
    help="The site's folder.",
)


def set_up(folder: Path) -> None:
    """Load Django for the site in this folder, in the language of the shell."""
    os.umask(0o077)
    os.environ["POSADA_SITE"] = str(folder.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "posada.config.settings")
    django.setup()
    translation.activate(shell_language())


def call(dotted: str, /, **arguments: Any) -> Any:
    """Call a function that needs Django to be loaded; whatever is wrong becomes one sentence and exit code 2."""
    function: Callable[..., Any] = import_string(dotted)
    with sentences():
        return function(**arguments)


@contextmanager
def sentences() -> Iterator[None]:
    """Errors that people can do something about, as a sentence."""
    try:
        yield
    except (VaultError, SystemCheckError) as error:
        fail(str(error))
    except (OperationalError, InterfaceError):
        fail(stores.sentence_of_failure())


def fail(sentence: str) -> None:
    """Print a sentence to the error stream and stop."""
    click.echo(sentence, err=True)
    sys.exit(2)


def ask_phrase(*, second: bool = False) -> str:
    """A keyholder's phrase, or the second one's: hidden at a terminal, or one line of the standard input."""
    if sys.stdin.isatty():
        asked = _("Phrase of a second keyholder") if second else _("Phrase of a keyholder")
        return str(click.prompt(asked, hide_input=True))
    return sys.stdin.readline().strip()


def ask_shares() -> list[str]:
    """Two recovery shares: asked one after the other, or two lines of the standard input. Never words of a command."""
    if sys.stdin.isatty():
        asked = translation.gettext("Recovery share %(number)d of 2, all its words")
        return [str(click.prompt(asked % {"number": number})) for number in (1, 2)]
    return [line for line in (sys.stdin.readline().strip() for _line in range(2)) if line]


def open_site(folder: Path) -> Any:
    """Load Django and hold the site's keys for this command; by what they were opened."""
    set_up(folder)
    return call("posada.config.making.hold_keys", words=ask_phrase())


def open_for_two(folder: Path, act: str) -> None:
    """The same for what takes two: a second keyholder's phrase is asked for, or the single keeper's act is marked."""
    take_second(open_site(folder), act)


def take_second(opened: Any, act: str) -> None:
    """Ask for the phrase of a second keyholder, or mark that a single keeper does it."""
    if call("posada.config.two_phrases.is_needed"):
        call("posada.config.two_phrases.check", words=ask_phrase(second=True), opened=opened, act=act)
    else:
        call("posada.config.two_phrases.note_alone", act=act)
