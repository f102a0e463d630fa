"""The commands about keys: who holds them, the recovery shares, travel mode, and what the audit is told of it.

Each change of site.keys and its audit entry are one act: the entry is written, the file is replaced, the transaction is
committed. If the machine stops between the last two, the next unlock finds a key file it has not seen and says so.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import click
from django.db import transaction
from django.utils.translation import gettext as _

from posada.accounts import queries
from posada.audit import services as audit
from posada.config import making, paper, passing
from posada.ground import clock
from posada.vault import epochs, keyholders, recovery, site, slots, travel
from posada.vault.errors import VaultError
from posada.vault.site import Opened
from posada.vault.slots import KeyFile

ADD = "vault.add_keyholder"
REMOVE = "vault.remove_keyholder"
CHANGE_PHRASE = "vault.change_phrase"
RECOVER = "vault.recover"
NEW_SHARES = "vault.new_shares"
SINGLE_KEEPER = "vault.single_keeper"
TWO_KEEPERS = "vault.two_keepers"
TRAVELLED = "vault.travelled"


class KeysMovedOn(VaultError):
    """Another command replaced the key file meanwhile."""

    def __str__(self) -> str:
        return _("The key file was changed by another command meanwhile. Nothing was done. Run this one again.")


def list_keyholders() -> None:
    """Print the slots: numbers and days, for the file holds no names."""
    keys = site.read_keys(site.current_folder())
    for slot in keys.slots:
        since = slot.since or _("an unknown day")
        click.echo(_("Keyholder %(number)d, phrase of %(since)s") % {"number": slot.number, "since": since})
    if keys.recovery:
        click.echo(_("Recovery shares: the papers that begin with “%(name)s”") % {"name": keys.recovery.name})
    else:
        click.echo(_("No recovery shares yet. Make them with: posada shares new"))


def add_keyholder(*, words: str, written: bool) -> None:
    """Give one person more a phrase."""
    opened = making.hold_keys(words=words)
    keys, number, fresh = keyholders.add(opened.keys, opened.master, since=_today())
    _hand_over(fresh, number=number, written=written)
    _write(opened, keys, ADD)
    click.echo(_("Keyholder %(number)d can open the house from now on.") % {"number": number})


def remove_keyholder(*, words: str, number: int, alone: bool) -> None:
    """Take a slot away."""
    opened = making.hold_keys(words=words)
    keys = keyholders.remove(opened.keys, opened.master, number=number)
    if len(keys.slots) == 1:
        paper.check_alone(accepted=alone)
    _write(opened, keys, REMOVE)
    click.echo(_("Keyholder %(number)d can no longer open the house.") % {"number": number})
    click.echo(_("Copies of the old site.keys still open with that phrase: destroy those you do not need."))


def change_phrase(*, words: str, number: int | None, written: bool) -> None:
    """A new phrase for one keyholder: the one whose phrase was given, if no other is named."""
    opened = making.hold_keys(words=words)
    chosen = number or opened.number or 0
    keys, fresh = keyholders.change_phrase(opened.keys, opened.master, number=chosen, since=_today())
    _hand_over(fresh, number=chosen, written=written)
    _write(opened, keys, CHANGE_PHRASE)
    click.echo(_("The old phrase of keyholder %(number)d opens nothing from now on.") % {"number": chosen})
    click.echo(_("Copies of the old site.keys still open with that phrase: destroy those you do not need."))


def recover(*, shares: Sequence[str], only: bool, written: bool) -> None:
    """A new keyholder from two shares; with `only` every phrase of before stops working."""
    opened = making.hold_keys_by_shares(shares=shares)
    before = opened.keys
    if only:
        number = before.slots[0].number
        keys, fresh = keyholders.change_phrase(before, opened.master, number=number, since=_today())
        for slot in before.slots[1:]:
            keys = keyholders.remove(keys, opened.master, number=slot.number)
    else:
        keys, number, fresh = keyholders.add(before, opened.master, since=_today())
    _hand_over(fresh, number=number, written=written)
    _write(opened, keys, RECOVER)
    click.echo(_("Keyholder %(number)d can open the house from now on.") % {"number": number})
    if len(keys.slots) == 1:
        click.echo(_("Nobody else can. Give a second person a phrase with: posada keyholder add"))


def new_shares(*, words: str, written: bool) -> None:
    """Three new shares in the place of the old."""
    opened = making.hold_keys(words=words)
    keys, texts = keyholders.renew_shares(opened.keys, opened.master)
    paper.show_shares(texts)
    if paper.must_type_back(written=written):
        paper.type_back_shares(texts)
        paper.clear_screen()
    _write(opened, keys, NEW_SHARES)
    click.echo("")
    click.echo(_("From now on only these shares open the house, and the backups made from now on."))
    click.echo(
        _("Backups made before open with the old shares only: keep those papers until the old backups are destroyed.")
    )


def check_shares(*, shares: Sequence[str]) -> None:
    """Try two papers, and open nothing."""
    keys = site.read_keys(site.current_folder())
    slots.open_with_shares(keys, shares)
    name = recovery.set_name(shares[0])
    click.echo(_("These two papers (“%(name)s”) open the house. Nothing was opened or changed.") % {"name": name})


def start_travel(*, targets: Sequence[Path]) -> None:
    """Move the keys out."""
    folder = site.current_folder()
    passing.sweep()
    travel.start(folder, targets, since=_today())
    click.echo(_("The keys have left this computer. No phrase and no share opens the house on it now."))
    for target in targets:
        click.echo(f"  {target}")
        if travel.is_on_the_same_disk(folder, target):
            click.echo(_("  This file lies on the same disk as the house: carry it away, then remove it here."))
    click.echo(_("Let it travel apart from the computer. If it is lost, only a backup brings the house back."))


def finish_travel(*, source: Path) -> None:
    """Bring the keys back."""
    travel.finish(site.current_folder(), source, back=_today())
    click.echo(_("The keys are back. The house opens with a phrase again. Destroy the file that travelled."))


def check_keys_file(_report: Callable[[int, int], None]) -> None:
    """Boot step: write down a journey, and a key file that was changed by other ways than these commands."""
    folder = site.current_folder()
    mark = travel.mark_of(folder)
    with transaction.atomic():
        if mark is not None:
            audit.write(audit.Event(act=TRAVELLED, role="system", site=queries.the_site().pk))
        making.look_at_keys_file()
    if mark is not None:
        folder.travel_mark.unlink(missing_ok=True)


def _today() -> str:
    return clock.today().isoformat()


def _hand_over(fresh: str, *, number: int, written: bool) -> None:
    """Show a phrase and let it be typed back, before anything depends on it."""
    click.echo(_("The keyholder writes this phrase on paper now. It is not shown again and kept nowhere."))
    paper.show_phrase(fresh, number=number)
    click.echo("")
    if paper.must_type_back(written=written):
        paper.type_back_phrase(fresh)
        paper.clear_screen()


def _write(opened: Opened, keys: KeyFile, act: str) -> None:
    folder = site.current_folder()
    with transaction.atomic():
        house = queries.the_site()
        events = [audit.Event(act=act, role="system", site=house.pk)]
        alone = len(keys.slots) == 1
        # The mode begins only where somebody accepted it in words, and ends by itself.
        if alone != house.single_keeper and (act == REMOVE or not alone):
            house.single_keeper = alone
            house.save(update_fields=["single_keeper"])
            events.append(audit.Event(act=SINGLE_KEEPER if alone else TWO_KEEPERS, role="system", site=house.pk))
        audit.write(*events)
        if site.read_keys(folder) != opened.keys:
            raise KeysMovedOn
        slots.write(folder.keys, keys)
        epochs.remember_keys()
