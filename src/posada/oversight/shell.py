"""What `posada audit verify` does: asks for the words of a sheet, verifies, says what it found."""

import click
from django.utils.translation import gettext as _

from posada.accounts import queries
from posada.accounts.permissions import system_actor
from posada.audit.heads import Found
from posada.oversight import services
from posada.oversight.forms import what_is_wrong_with
from posada.oversight.verdicts import said
from posada.vault import head_words
from posada.vault.errors import VaultError

WELL, WRONG = 0, 1


class HeadNotRead(VaultError):
    """The words or the number of a sheet cannot be used."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence


def verify(*, words: str, entries: int | None, asks: bool) -> int:
    """Verify the audit and print the verdict. At a terminal it asks for a sheet; enter alone goes on without one."""
    if not words and entries is None and asks:
        words = click.prompt(
            _("The twelve words of an earlier sheet (enter alone: none)"), default="", show_default=False
        )
        if words:
            entries = click.prompt(_("The number of entries on that sheet"), type=click.IntRange(0))
    if bool(words) != (entries is not None):
        raise HeadNotRead(_("The twelve words and the number of entries belong together: give both, or neither."))
    wrong = what_is_wrong_with(words) if words else ""
    if wrong:
        raise HeadNotRead(wrong)
    found = services.verify_chain(by=system_actor(queries.the_site().pk), entries=entries, words=words)
    return _say(found, entries)


def _say(found: Found, entries: int | None) -> int:
    verdict = said(found, kept=entries)
    click.echo(verdict.title)
    click.echo(verdict.text)
    if verdict.is_well:
        click.echo(_("Entries verified: %(entries)d. Their twelve words:") % {"entries": found.entries})
        click.echo(f"  {head_words.words_of(found.head)}")
    return WELL if verdict.is_well else WRONG
