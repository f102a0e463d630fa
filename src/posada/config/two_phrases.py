"""What takes two at the shell: the phrases of two keyholders, or, for a single keeper, a mark in the audit.

At the shell nobody is signed in, so that nobody could be the second person: another keyholder is.
"""

from django.utils.translation import gettext as _

from posada.accounts import queries
from posada.accounts.models import Site
from posada.audit import services as audit
from posada.ground import clock
from posada.vault import attempts, site, slots
from posada.vault.errors import VaultError, WrongPhrase

TWO_PHRASES, SINGLE_KEEPER, SHELL = "two_phrases", "single_keeper", "shell"


class SameKeyholder(VaultError):
    """The second phrase opens the same slot as the first."""

    def __str__(self) -> str:
        return str(_("This is the same keyholder's phrase again. This takes two. Nothing was done."))


class TooFresh(VaultError):
    """Whoever holds one phrase can make another, and use it the same day."""

    def __str__(self) -> str:
        return str(_("One of the two phrases is of today. As a second it counts from tomorrow on. Nothing was done."))


def is_needed() -> bool:
    """Whether a second phrase is asked for: not of an announced single keeper, and not in a demonstration."""
    house = queries.the_site()
    return not (house.single_keeper or house.demonstration)


def check(*, words: str, opened: site.Opened, act: str) -> None:
    """Write down that two keyholders do this act, if `words` are another keyholder's than those that opened the house.

    `WrongPhrase`, `SameKeyholder` or `TooFresh` otherwise. A wrong one makes the next try wait, like the first.
    """
    house, folder = queries.the_site(), site.current_folder()
    moment = clock.real_seconds()
    attempts.check(folder.attempts, at=moment)
    try:
        _master, number = slots.open_slot(opened.keys, words)
    except WrongPhrase:
        attempts.note_wrong(folder.attempts, at=moment)
        raise
    attempts.clear(folder.attempts)
    if number == opened.number:
        raise SameKeyholder
    if not all(_counts(slot, house) for slot in opened.keys.slots if slot.number in {number, opened.number}):
        raise TooFresh
    _write_down(house, act, TWO_PHRASES)


def _counts(slot: slots.Slot, house: Site) -> bool:
    """A phrase of before today, or of the day on which the house began: both as the calendar of the house says."""
    return slot.since < clock.today().isoformat() or slot.since == house.created_on.isoformat()


def note_alone(*, act: str) -> None:
    """Write down that one person alone does this act."""
    house = queries.the_site()
    _write_down(house, act, SINGLE_KEEPER if house.single_keeper else SHELL)


def _write_down(house: Site, act: str, reason: str) -> None:
    audit.write(audit.Event(act=act, role="system", site=house.pk, reason=reason))
