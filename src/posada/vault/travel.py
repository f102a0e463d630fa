"""Travel mode: the key file leaves the computer, so that no phrase, and nobody who is forced, opens the house on it.

The order survives a crash at any line. The copy is written, forced to its disk and read back before anything here is
touched; then a mark is set; then the file here takes another name, is overwritten and removed. At every moment
`site.keys` stands here whole, or a copy that was read back stands elsewhere.
"""

import hashlib
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
from django.utils.translation import gettext_lazy as _

from posada.vault import site, slots
from posada.vault.errors import CannotWrite, KeysOfAnotherSite, VaultError
from posada.vault.folder import SiteFolder


class Mark(msgspec.Struct, frozen=True):
    """travel.toml: which file left (SHA-256 in hexadecimal), on which day, and on which it came back, if it did.

    It stays until the next unlock writes the journey to the audit.
    """

    digest: str
    since: str
    back: str = ""


class StillOpen(VaultError):
    """A process holds the keys."""

    def __str__(self) -> str:
        return str(_("The house is open: its keys are in memory. Seal it first (posada seal). Nothing was done."))


class NotAway(VaultError):
    """The keys are here."""

    def __str__(self) -> str:
        return str(_("The house is not in travel mode: its keys are on this computer. Nothing was done."))


class PlaceTaken(VaultError):
    """A file stands where the keys should go."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place

    def __str__(self) -> str:
        return str(_("A file of this name is there already: %(place)s. Choose another name.")) % {"place": self.place}


class InsideTheFolder(VaultError):
    """The keys would stay with the house."""

    def __str__(self) -> str:
        return str(_("The keys must leave the folder of the house. Name a file on a stick. Nothing was done."))


class NotReadBack(VaultError):
    """What was written is not what is read back."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place

    def __str__(self) -> str:
        text = _("What was written to %(place)s cannot be read back whole. Use another stick. The keys are still here.")
        return str(text) % {"place": self.place}


class NotTheSameKeys(VaultError):
    """A key file of this house, but not the one that left."""

    def __str__(self) -> str:
        return str(
            _(
                "This is a key file of this house, but not the one that left: an older copy perhaps, with phrases that "
                "were changed since. Nothing was done. Use the file that was written when the journey began."
            )
        )


def mark_of(folder: SiteFolder) -> Mark | None:
    """The mark of a journey; none when there was none since the last unlock. A mark that cannot be read is a mark."""
    try:
        return msgspec.toml.decode(folder.travel_mark.read_bytes(), type=Mark)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError):
        return Mark(digest="", since="")


def start(folder: SiteFolder, targets: Sequence[Path], *, since: str) -> None:
    """Move the key file out to each of these files. Copies that were made stay if a later step fails."""
    if site.process_with_keys(folder) is not None:
        raise StillOpen
    site.read_keys(folder)
    data = folder.keys.read_bytes()
    for target in targets:
        _check_place(folder, target, data)
    for target in targets:
        slots.write_whole(target, data)
        if not _reads_back(target, data):
            raise NotReadBack(str(target))
    _write_mark(folder, Mark(digest=hashlib.sha256(data).hexdigest(), since=since))
    leaving = _leaving(folder)
    folder.keys.replace(leaving)
    slots.sync_folder(folder.root)
    wipe_leftovers(folder)


def _write_mark(folder: SiteFolder, mark: Mark) -> None:
    slots.write_whole(folder.travel_mark, msgspec.toml.encode(msgspec.to_builtins(mark)))


def finish(folder: SiteFolder, source: Path, *, back: str) -> None:
    """Bring the key file back. It must be the one that left; a file of another house or an older one is refused."""
    mark = mark_of(folder)
    if mark is None or (mark.back and folder.keys.exists()):
        raise NotAway
    keys = slots.read(source)
    if keys.site != folder.settings().site:
        raise KeysOfAnotherSite
    data = source.read_bytes()
    if mark.digest and hashlib.sha256(data).hexdigest() != mark.digest:
        raise NotTheSameKeys
    slots.write_whole(folder.keys, data)
    wipe_leftovers(folder)
    _write_mark(folder, msgspec.structs.replace(mark, back=back))


def is_on_the_same_disk(folder: SiteFolder, target: Path) -> bool:
    """Whether a file would lie on the disk of the house: then it must be carried away before the journey."""
    return target.resolve().parent.stat().st_dev == folder.root.stat().st_dev


def wipe_leftovers(folder: SiteFolder) -> None:
    """Overwrite and remove what an interrupted start left under another name, drafts too.

    A disk of flash memory may keep the old blocks: they hold wrapped slots, which open with a phrase and not without.
    """
    for leftover in (_leaving(folder), slots.draft_of(folder.keys)):
        with suppress(FileNotFoundError):
            try:
                _overwrite(leftover)
                leftover.unlink()
                slots.sync_folder(folder.root)
            except FileNotFoundError:
                raise
            except OSError as error:
                raise CannotWrite from error


def _leaving(folder: SiteFolder) -> Path:
    return folder.root / "site.leaving"


def _check_place(folder: SiteFolder, target: Path, data: bytes) -> None:
    whole = target.resolve()
    if whole.is_relative_to(folder.root.resolve()):
        raise InsideTheFolder
    if whole.exists() and not _reads_back(whole, data):
        raise PlaceTaken(str(target))
    if not whole.parent.is_dir():
        raise CannotWrite


def _reads_back(path: Path, data: bytes) -> bool:
    """Whether the file holds these bytes, read from its disk and not from memory."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    with open(handle, "rb") as file:
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        try:
            return file.read() == data
        except OSError:
            return False


def _overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
