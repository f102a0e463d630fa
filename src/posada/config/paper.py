"""What is shown once, to be written on paper: phrases and shares; and typing it back, so that no slip stays unseen."""

import secrets
import sys
from collections.abc import Sequence

import click
from django.utils.translation import gettext as _

from posada.vault import phrase, recovery
from posada.vault.errors import SameShareTwice, ShareError

PLACES_ASKED = 3
_WORDS_IN_A_ROW = 4
_TRIES = 5


class NotTypedBack(click.Abort):
    """What was typed back was wrong too often."""


def show_phrase(words: str, *, number: int) -> None:
    """One keyholder's phrase."""
    click.echo("")
    click.echo(_("  Keyholder %(number)d:") % {"number": number})
    click.echo(f"      {words}")


def show_shares(texts: Sequence[str]) -> None:
    """The three shares, their words numbered."""
    click.echo("")
    click.echo(
        _(
            "Three recovery shares. Each goes on a paper of its own, to three people or places apart, none near this "
            "computer. Two together open the house and its backups when every phrase is lost; "
            "one alone opens nothing. They are not shown again and kept nowhere."
        )
    )
    for number, text in enumerate(texts, start=1):
        click.echo("")
        click.echo(_("  Share %(number)d of 3:") % {"number": number})
        words = text.split()
        for start in range(0, len(words), _WORDS_IN_A_ROW):
            row = words[start : start + _WORDS_IN_A_ROW]
            click.echo("      " + "".join(f"{start + place:2} {word:<12}" for place, word in enumerate(row, start=1)))


def must_type_back(*, written: bool) -> bool:
    """Whether to ask: somebody sits at a terminal and did not say that it is written already."""
    return not written and sys.stdin.isatty()


def type_back_phrase(words: str) -> None:
    """Ask until the phrase comes back from the paper."""
    _ask(_("Type this phrase back from the paper"), words)


def type_back_shares(texts: Sequence[str]) -> None:
    """Ask for some words of each share, at places drawn anew each time."""
    click.echo("")
    for number, text in enumerate(texts, start=1):
        words = text.split()
        places = sorted(secrets.SystemRandom().sample(range(1, len(words) + 1), PLACES_ASKED))
        for place in places:
            asked = _("From the paper of share %(number)d: word %(place)d") % {"number": number, "place": place}
            _ask(asked, words[place - 1])


def clear_screen() -> None:
    """Take what was shown off the terminal."""
    if sys.stdout.isatty():
        click.clear()


def check_alone(*, accepted: bool) -> None:
    """Let somebody say in words that one person alone shall hold the keys."""
    if accepted:
        return
    click.echo(
        _(
            "Single-keeper mode: one person alone holds the keys. What elsewhere needs two persons is done by one "
            "here, and each such act is marked for everybody to see. If that person is taken or loses the phrase, only "
            "the recovery shares open the house."
        )
    )
    _ask(_("To accept it, write: one person alone"), _("one person alone"))


def _ask(question: str, wanted: str) -> None:
    for _turn in range(_TRIES):
        if phrase.tidy(click.prompt(question)) == phrase.tidy(wanted):
            return
        click.echo(_("That is something else. Look at it again."))
    raise NotTypedBack


def ask_share(number: int, taken: Sequence[str]) -> str:
    """One share at the terminal, asked again until it is a share and not one of those given before."""
    while True:
        text = str(click.prompt(_("Recovery share %(number)d, all its words") % {"number": number}))
        try:
            recovery.check_share(text, number)
        except ShareError as error:
            click.echo(str(error))
            continue
        if any(recovery.words_of(text) == recovery.words_of(other) for other in taken):
            click.echo(str(SameShareTwice()))
            continue
        return text
