"""Make a site whole: folder, keys, databases, the house and its first manager. Used by `posada init`."""

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import available_timezones

import click
import msgspec
import segno
from django.db import DatabaseError, IntegrityError, connections, transaction
from django.utils.translation import gettext as _

from posada.accounts import queries, services
from posada.accounts.acts import Role
from posada.accounts.models import Site, User
from posada.audit import services as audit
from posada.config import paper
from posada.config.databases import bring_up_to_date
from posada.records import staff
from posada.vault import epochs, opening, phrase, site, slots, state, stores
from posada.vault.errors import CannotWrite, VaultError
from posada.vault.folder import SiteSettings
from posada.vault.site import NewSite, Opened

KEYS_DIFFER = "vault.keys_differ"


class BadTimeZone(VaultError):
    """The time zone is not one of the tz database."""

    def __str__(self) -> str:
        return _("There is no time zone of this name. One looks like America/Bogota.")


class NameTaken(VaultError):
    """A sign-in name is given once."""

    def __str__(self) -> str:
        return _("Somebody signs in with this name already. Nothing was done. Choose another.")


class NotWritten(VaultError):
    """The making was stopped before phrases and shares were typed back."""

    def __str__(self) -> str:
        return _("Stopped before everything was on paper. The unfinished site was taken away again: nothing was made.")


@dataclass(frozen=True, slots=True)
class SignIn:
    """What a new member of staff needs, shown once."""

    name: str
    password: str
    authenticator: str


def _nothing(_done: int, _total: int) -> None:
    return


def make_whole(
    root: Path,
    wanted: SiteSettings,
    *,
    keyholders: int,
    cost: slots.Cost | None = None,
    single_keeper: bool = False,
) -> tuple[NewSite, Site]:
    """The folder with its databases and its house; nothing is left if the disk refuses. Keys are held afterwards."""
    os.umask(0o077)
    made = site.make_site(root, wanted=wanted, keyholders=keyholders, cost=cost)
    state.open_with(made.master)
    try:
        stores.check_new()
    except VaultError:
        _unmake(root)
        raise
    try:
        bring_up_to_date(_nothing)
        house = services.create_site(code=wanted.site, demonstration=wanted.demonstration, single_keeper=single_keeper)
    except (OSError, DatabaseError, VaultError) as error:
        stores.empty_again()
        _unmake(root)
        raise CannotWrite from error
    opening.open_already()
    return made, house


def _unmake(root: Path) -> None:
    connections.close_all()
    state.forget()
    site.remove_unfinished(root, was_there=False)


def enrol(name: str, roles: frozenset[Role], house: Site) -> SignIn:
    """A new member of staff with a generated password and an authenticator."""
    password = " ".join(secrets.choice(phrase.word_list()) for _word in range(4))
    user: User = services.create_user(name=name, password=password, site=house, roles=roles)
    staff.name_staff(user, name, site=house.pk)
    device = services.add_authenticator(user)
    return SignIn(name, password, services.authenticator_address(device, name))


def init_site(*, root: Path, wanted: SiteSettings, keyholders: int, manager: str, written: bool) -> None:
    """Make the site and print what is shown once. One keyholder makes it a house in single-keeper mode."""
    if wanted.time_zone not in available_timezones():
        raise BadTimeZone
    was_there = root.exists()
    wanted = msgspec.structs.replace(wanted, site=site.new_site_id())
    made, house = make_whole(root, wanted, keyholders=keyholders, single_keeper=keyholders == 1)
    try:
        signed = enrol(manager, frozenset({Role.SITE_MANAGER}), house)
        epochs.remember_keys()
        _hand_over(made, written=written)
    except (OSError, DatabaseError, click.Abort) as error:
        # Nobody holds what opens it: a site that nobody can open must not stay.
        stores.empty_again()
        connections.close_all()
        site.remove_unfinished(root, was_there=was_there)
        if isinstance(error, click.Abort):
            raise NotWritten from error
        raise CannotWrite from error
    click.echo(_("The site stands in %(folder)s.") % {"folder": root})
    if house.single_keeper:
        click.echo(_("It is in single-keeper mode: what needs two persons is done by one, and marked."))
    show_sign_in(signed)
    click.echo("")
    click.echo(_("Start it with: posada run --site %(folder)s") % {"folder": root})


def _hand_over(made: NewSite, *, written: bool) -> None:
    """Show phrases and shares, and have each typed back before the house begins."""
    if not paper.must_type_back(written=written):
        show_phrases(made.phrases)
        paper.show_shares(made.shares)
        return
    for number, words in enumerate(made.phrases, start=1):
        click.pause(_("Let keyholder %(number)d come to the screen alone, then press a key.") % {"number": number})
        paper.show_phrase(words, number=number)
        paper.type_back_phrase(words)
        paper.clear_screen()
    paper.show_shares(made.shares)
    paper.type_back_shares(made.shares)
    paper.clear_screen()


def show_phrases(phrases: Sequence[str]) -> None:
    """Print each keyholder's phrase: once."""
    click.echo("")
    click.echo(_("Each keyholder writes their own phrase on paper now. It is not shown again and kept nowhere."))
    for number, words in enumerate(phrases, start=1):
        paper.show_phrase(words, number=number)


def show_sign_in(signed: SignIn) -> None:
    """Print a new member's password and the picture that an authenticator reads: once."""
    click.echo("")
    click.echo(_("Sign-in of %(name)s, shown once:") % {"name": signed.name})
    click.echo(_("  Password: %(password)s") % {"password": signed.password})
    click.echo(_("  Authenticator (scan this with the phone's authenticator, or type the address):"))
    click.echo(f"  {signed.authenticator}")
    segno.make(signed.authenticator).terminal(compact=True)


def hold_keys(*, words: str) -> Opened:
    """Hold the keys of the site for one command at the shell, by a phrase."""
    state.leave_no_dump()
    folder = site.current_folder()
    folder.settings()
    return _held(site.try_phrase(folder, words))


def hold_keys_by_shares(*, shares: Sequence[str]) -> Opened:
    """Hold the keys of the site for one command at the shell, by two recovery shares."""
    state.leave_no_dump()
    folder = site.current_folder()
    folder.settings()
    return _held(site.try_shares(folder, shares))


def _held(opened: Opened) -> Opened:
    bring_up_to_date(_nothing)
    epochs.check(_nothing)
    look_at_keys_file()
    audit.write(audit.Event(act="vault.unlock", role="system", reason="shell"))
    staff.load(_nothing)
    opening.open_already()
    return opened


def look_at_keys_file() -> None:
    """Write down a key file that was changed by other ways than the commands; `KeysChanged` if it has no seal."""
    with transaction.atomic():
        if not epochs.keys_seen_before():
            audit.write(audit.Event(act=KEYS_DIFFER, role="system", site=queries.the_site().pk))
        epochs.remember_keys()


def add_staff(*, name: str, roles: frozenset[Role]) -> None:
    """Enrol somebody and print their sign-in."""
    try:
        signed = enrol(name, roles, queries.the_site())
    except IntegrityError as error:
        raise NameTaken from error
    show_sign_in(signed)
