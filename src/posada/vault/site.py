"""Make a site folder, and open one."""

import os
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
from django.conf import settings

from posada.ground import clock
from posada.vault import attempts, ciphers, panic, phrase, slots, state, stores
from posada.vault.errors import (
    CannotWrite,
    KeysAway,
    KeysOfAnotherSite,
    NoSite,
    SiteExists,
    VaultError,
    WrongPhrase,
)
from posada.vault.folder import SiteFolder, SiteSettings
from posada.vault.keyholders import renew_shares


@dataclass(frozen=True, slots=True)
class NewSite:
    """A site just made: the phrases and the recovery shares are shown once and kept nowhere."""

    folder: SiteFolder
    phrases: tuple[str, ...]
    shares: tuple[str, ...]
    master: bytes


def make_site(root: Path, *, wanted: SiteSettings, keyholders: int, cost: slots.Cost | None = None) -> NewSite:
    """Make the folder with its keys (no databases yet); leaves nothing behind if the disk refuses."""
    if root.exists() and any(root.iterdir()):
        raise SiteExists
    was_there = root.exists()
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        root.chmod(0o700)
        folder = SiteFolder(root)
        folder.write_settings(msgspec.structs.replace(wanted, store=stores.present()))
        master = ciphers.new_key()
        phrases = tuple(phrase.new_phrase() for _ in range(keyholders))
        chosen, day = cost or slots.Cost(), clock.today().isoformat()
        held = [
            slots.new_slot(master, words, site=wanted.site, number=number, cost=chosen, since=day)
            for number, words in enumerate(phrases, start=1)
        ]
        bare = slots.KeyFile(format=slots.FORMAT, site=wanted.site, slots=held)
        keys, shares = renew_shares(bare, master)
        slots.write(folder.keys, keys)
    except OSError as error:
        remove_unfinished(root, was_there=was_there)
        raise CannotWrite from error
    except VaultError:
        remove_unfinished(root, was_there=was_there)
        raise
    return NewSite(folder, phrases, shares, master)


def remove_unfinished(root: Path, *, was_there: bool) -> None:
    """Take away what an unfinished making left."""
    shutil.rmtree(root, ignore_errors=True)
    if was_there:
        root.mkdir(mode=0o700, exist_ok=True)


def new_site_id() -> str:
    """A random name for the site inside its keys."""
    return secrets.token_hex(8)


def current_settings() -> SiteSettings:
    """site.toml of the folder this process serves; plain defaults when there is none."""
    try:
        return current_folder().settings()
    except NoSite:
        return SiteSettings(site="none", name="Posada")


def current_folder() -> SiteFolder:
    """The folder this process serves."""
    return SiteFolder(Path(settings.SITE_ROOT))


@dataclass(frozen=True, slots=True)
class Opened:
    """What opened the house: the key file as it was, and the number of the slot (none: by shares)."""

    keys: slots.KeyFile
    master: bytes
    number: int | None = None


def try_phrase(folder: SiteFolder, words: str) -> Opened:
    """Hold the keys if these words open a slot; counts wrong words and makes the next try wait."""
    moment = clock.real_seconds()
    attempts.check(folder.attempts, at=moment)
    keys = read_keys(folder)
    try:
        master, number = slots.open_slot(keys, words)
    except WrongPhrase:
        attempts.note_wrong(folder.attempts, at=moment)
        raise
    attempts.clear(folder.attempts)
    hold(folder, master)
    return Opened(keys, master, number)


def try_shares(folder: SiteFolder, texts: Sequence[str]) -> Opened:
    """Hold the keys if two of these shares open the house. They cannot be guessed: nobody waits."""
    keys = read_keys(folder)
    master = slots.open_with_shares(keys, texts)
    hold(folder, master)
    return Opened(keys, master)


def keys_are_away(folder: SiteFolder) -> bool:
    """Whether the house is in travel mode."""
    return folder.travel_mark.exists() and not folder.keys.exists()


def read_keys(folder: SiteFolder) -> slots.KeyFile:
    """The key file of this very site; says when the keys are away (travel mode) or belong to another site."""
    if keys_are_away(folder):
        raise KeysAway
    keys = slots.read(folder.keys)
    if keys.site != folder.settings().site:
        raise KeysOfAnotherSite
    return keys


def hold(folder: SiteFolder, master: bytes) -> None:
    """Hold the master key of a site whose databases are there."""
    stores.check_place(folder)
    state.open_with(master)


def note_process(folder: SiteFolder) -> None:
    """Write down which process holds the keys, so that `posada seal` finds it and no other."""
    folder.process.write_text(f"{os.getpid()} {panic.born_at(os.getpid())}", encoding="ascii")


def process_with_keys(folder: SiteFolder) -> int | None:
    """The process that holds the keys; none if there is none, or if its number now belongs to another."""
    return panic.holder(folder.root)
