"""Write a backup to a folder: draft names, fsync, read back, then the manifest last, which makes it a backup."""

import base64
import hashlib
import hmac
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from typing import IO, cast

import msgspec

from posada.vault import ciphers, recovery, slots, state
from posada.vault.backup import copying, manifest
from posada.vault.backup.errors import (
    BackupError,
    BackupRuns,
    CannotKeep,
    KeysChange,
    NoRecoveryKey,
    NoRoomToCopy,
    NoTarget,
    ReadsBackWrong,
)
from posada.vault.backup.manifest import Contents, Manifest, Part
from posada.vault.backup.packing import TarStream
from posada.vault.errors import KeysChanged
from posada.vault.folder import SiteFolder

DRAFT = ".draft"
PASSING = "backup-passing-"
TRIES = 5
SEAL_OF_KEYS = "site.keys"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rooms above know of a copy: the audit's head, how many migrations, records that lack a key."""

    head: str
    migrations: int
    unkeyed: int


Look = Callable[[Path, Path], Facts]
Parts = dict[str, list[tuple[str, bytes | Path]]]


class _Measured:
    """Counts and hashes what passes to a file."""

    def __init__(self, handle: IO[bytes]) -> None:
        self._handle = handle
        self.size = 0
        self.digest = hashlib.sha256()

    def write(self, piece: bytes) -> int:
        self.digest.update(piece)
        self.size += len(piece)
        return self._handle.write(piece)

    def flush(self) -> None:
        self._handle.flush()


@contextmanager
def alone(folder: SiteFolder) -> Iterator[None]:
    """One backup of a site at a time, over all processes."""
    handle = os.open(folder.root / "backup.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            flock(handle, LOCK_EX | LOCK_NB)
        except OSError as error:
            raise BackupRuns from error
        yield
    finally:
        os.close(handle)


@contextmanager
def passing(root: Path) -> Iterator[Path]:
    """A folder for encrypted copies that is gone afterwards; what a killed process left is swept first."""
    _take_away_left(root)
    try:
        place = Path(tempfile.mkdtemp(prefix=PASSING, dir=root))
    except OSError as error:
        raise NoRoomToCopy from error
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _take_away_left(root: Path) -> None:
    for left in root.glob(PASSING + "*"):
        shutil.rmtree(left, ignore_errors=True)


def sweep(folder: SiteFolder) -> None:
    """Take away what a backup left that was sealed or killed on its way, unless one runs: a copy of the keyring lies in
    it, with the keys of persons who may be erased meanwhile.
    """
    if not any(folder.root.glob(PASSING + "*")):
        return
    with suppress(BackupRuns, OSError), alone(folder):
        _take_away_left(folder.root)


def copy_site(folder: SiteFolder, place: Path, look: Look) -> Facts:
    """Sound copies of both databases in `place`: the data first, then the keyring.

    A key is committed before the record that uses it, so that a keyring copied later holds the key of every record in
    the data. Only a key that is erased or replaced between the two can part them: then both are copied again.
    """
    for _try in range(TRIES):
        before = copying.keys(folder.keyring)
        for source in (folder.main, folder.keyring):
            (place / source.name).unlink(missing_ok=True)
            copying.copy(source, place / source.name)
        if before <= copying.keys(place / folder.keyring.name):
            for source in (folder.main, folder.keyring):
                copying.prove(place / source.name)
            return look(place / folder.main.name, place / folder.keyring.name)
    raise KeysChange


def recipient_of(folder: SiteFolder) -> str:
    """To whom backups of this site are sealed; `NoRecoveryKey` if no shares were ever made.

    The file's seal is checked once more: whoever changed it since the unlocking would read this backup.
    """
    keys = slots.read(folder.keys)
    if not keys.recipient:
        raise NoRecoveryKey
    bare = msgspec.json.encode(msgspec.structs.replace(keys, seal=""))
    seal = base64.b64encode(ciphers.mac(state.key_for(SEAL_OF_KEYS), bare)).decode()
    if not hmac.compare_digest(seal, keys.seal):
        raise KeysChanged
    return keys.recipient


def write(folder: SiteFolder, target: Path, *, look: Look, moment: datetime) -> Manifest:
    """A whole backup of the site in `target`; leaves nothing of its own behind when it cannot be finished."""
    recipient = recipient_of(folder)
    if not target.is_dir():
        raise NoTarget(str(target))
    site, made_at = folder.settings().site, moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    with alone(folder), passing(folder.root) as place:
        facts = copy_site(folder, place, look)
        tables = [row for name in (folder.main.name, folder.keyring.name) for row in copying.tables(place / name)]
        contents = msgspec.json.encode(Contents(site, made_at, facts.head, tables))
        parts: Parts = {
            "data": [("contents.json", contents), _member(folder.settings_file), (folder.main.name, place / "main.db")],
            "keyring": [_member(folder.keys), (folder.keyring.name, place / "keyring.db")],
        }
        return _write_all(target, site, made_at, facts, recipient, parts)


def _member(path: Path) -> tuple[str, bytes]:
    return path.name, path.read_bytes()


def _write_all(
    target: Path,
    site: str,
    made_at: str,
    facts: Facts,
    recipient: str,
    parts: Parts,
) -> Manifest:
    stem = f"{site}-{made_at}"
    if (target / (stem + manifest.SUFFIX)).exists():
        raise BackupRuns  # of this very second: whatever goes wrong here must not take that one away
    written: list[Path] = []
    try:
        for left in target.glob(f"{site}-*{DRAFT}"):  # of a process that was sealed or lost its power meanwhile
            left.unlink(missing_ok=True)
        sealed = {}
        for kind, members in parts.items():
            path = target / f"{stem}-{kind}.age"
            written.append(path)
            sealed[kind] = _seal(path, recipient, members)
        made = manifest.checked(
            Manifest(manifest.FORMAT, site, made_at, facts.migrations, facts.head, sealed["data"], sealed["keyring"])
        )
        path = target / (stem + manifest.SUFFIX)
        written.append(path)
        _put(path, manifest.to_bytes(made))
        manifest.check_parts(target, manifest.read(path))
    except OSError as error:
        _take_away(written)
        raise CannotKeep(str(target)) from error
    except BackupError as error:
        _take_away(written)
        raise ReadsBackWrong(str(target)) from error
    except BaseException:
        _take_away(written)
        raise
    return made


def _seal(path: Path, recipient: str, members: Sequence[tuple[str, bytes | Path]]) -> Part:
    draft = path.with_name(path.name + DRAFT)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
        measured = _Measured(handle)
        recovery.seal_to(recipient, cast("IO[bytes]", TarStream(members)), cast("IO[bytes]", measured))
        handle.flush()
        os.fsync(handle.fileno())
    draft.rename(path)
    _sync(path.parent)
    return Part(path.name, measured.size, measured.digest.hexdigest())


def _put(path: Path, body: bytes) -> None:
    draft = path.with_name(path.name + DRAFT)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
        handle.write(body)
        handle.flush()
        os.fsync(handle.fileno())
    draft.rename(path)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _take_away(written: Sequence[Path]) -> None:
    for path in written:
        for name in (path, path.with_name(path.name + DRAFT)):
            with suppress(OSError):
                name.unlink(missing_ok=True)
