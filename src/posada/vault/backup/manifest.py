"""The manifest beside the two sealed files: what they are, so that anybody can see whether they are whole.

It holds no name and no count of people; the counts lie inside the sealed data (`Contents`). Its own SHA-256 finds
accidents; that nobody forged a backup is shown by `Contents`, whose digests only the site's keys can make. Whoever held
the stick can write a manifest: it is believed about nothing but two files beside it that bear its own name.
"""

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import msgspec

from posada.vault.backup.errors import NoBackup, PartDamaged, PartMissing, UnknownFormat

FORMAT = 1
SUFFIX = "-manifest.json"
_PIECE = 1 << 20


class Part(msgspec.Struct, frozen=True):
    """One sealed file: its name, bytes, and SHA-256 in hex."""

    name: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What a backup consists of. `made_at` in UTC; `head` the audit's head as of the copy; `check` its own SHA-256."""

    format: int
    site: str
    made_at: str
    migrations: int
    head: str
    data: Part
    keyring: Part
    check: str = ""

    @property
    def moment(self) -> datetime:
        """When the copy was made."""
        return datetime.strptime(self.made_at, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)

    @property
    def stem(self) -> str:
        """What the three names begin with."""
        return f"{self.site}-{self.made_at}"


class Table(msgspec.Struct, frozen=True):
    """One table: how many rows, and a keyed digest of them in order."""

    database: str
    name: str
    rows: int
    digest: str


class Contents(msgspec.Struct, frozen=True):
    """What is sealed with the data: which rows it holds, and where the audit stood."""

    site: str
    made_at: str
    head: str
    tables: list[Table]


def checked(manifest: Manifest) -> Manifest:
    """The same with its own SHA-256."""
    return msgspec.structs.replace(manifest, check=_digest(manifest))


def _digest(manifest: Manifest) -> str:
    return hashlib.sha256(msgspec.json.encode(msgspec.structs.replace(manifest, check=""))).hexdigest()


def to_bytes(manifest: Manifest) -> bytes:
    """How it stands in the file."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1)


def read(path: Path) -> Manifest:
    """The manifest; `PartDamaged` when a single bit of it differs."""
    try:
        raw = path.read_bytes()
        found = msgspec.json.decode(raw, type=Manifest)
        if found.format > FORMAT and _digest(found) == found.check:
            raise UnknownFormat
        sound = to_bytes(found) == raw and _digest(found) == found.check and _names_its_own(found, path)
    except FileNotFoundError as error:
        raise NoBackup(str(path.parent)) from error
    except (OSError, ValueError, msgspec.MsgspecError) as error:
        raise PartDamaged(path.name) from error
    if not sound:
        raise PartDamaged(path.name)
    return found


def _names_its_own(found: Manifest, path: Path) -> bool:
    """Whether it speaks of the two files that bear its name: what it names is read, and old keyrings are deleted.

    `ValueError` when it says no moment.
    """
    parts = (f"{found.stem}-data.age", f"{found.stem}-keyring.age")
    return bool(found.moment) and path.name == found.stem + SUFFIX and (found.data.name, found.keyring.name) == parts


def sha256_of(path: Path) -> tuple[int, str]:
    """Bytes and SHA-256 of a file as the disk gives it back, not as the kernel remembers writing it."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as handle:
        forget_cached(handle)
        while piece := handle.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return size, digest.hexdigest()


def forget_cached(handle: IO[bytes]) -> None:
    """Ask the kernel to drop what it remembers of this file, so that reading reaches the stick itself."""
    os.posix_fadvise(handle.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def check_parts(folder: Path, manifest: Manifest) -> None:
    """Read both sealed files to their end and compare; needs no share."""
    for part in (manifest.data, manifest.keyring):
        check_part(folder, part)


def check_part(folder: Path, part: Part) -> None:
    """Read one sealed file to its end and compare."""
    path = folder / part.name
    if not path.is_file():
        raise PartMissing(part.name)
    try:
        same = sha256_of(path) == (part.size, part.sha256)
    except OSError as error:
        raise PartDamaged(part.name) from error
    if not same:
        raise PartDamaged(part.name)
