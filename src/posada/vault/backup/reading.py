"""Find backups in a folder, check their sealed files, open them with the recovery secret."""

from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from posada.vault import recovery
from posada.vault.backup import copying, manifest
from posada.vault.backup.errors import CannotKeep, LivingSite, NoBackup, NotTheSame, PartDamaged
from posada.vault.backup.manifest import Contents, Manifest, Part
from posada.vault.backup.packing import unpack
from posada.vault.folder import SiteFolder

KEYRINGS_KEPT = timedelta(days=30)
DATA_MEMBERS = ("contents.json", "site.toml", "main.db")
KEYRING_MEMBERS = ("site.keys", "keyring.db")


def found(place: Path) -> list[Path]:
    """The manifests in a folder, oldest first; or the one that belongs to a file of a backup."""
    if place.is_dir():
        paths = sorted(place.glob("*" + manifest.SUFFIX), key=lambda path: path.name.split("-")[-2])
    else:
        stem = place.name.removesuffix(manifest.SUFFIX).removesuffix("-data.age").removesuffix("-keyring.age")
        paths = [path for path in [place.with_name(stem + manifest.SUFFIX)] if path.is_file()]
    if not paths:
        raise NoBackup(str(place if place.is_dir() else place.parent))
    return paths


def check(path: Path) -> Manifest:
    """That a backup is whole, without any share."""
    made = manifest.read(path)
    manifest.check_parts(path.parent, made)
    return made


def check_data(path: Path) -> Manifest:
    """That the data of a backup are whole; the keyring may be gone."""
    made = manifest.read(path)
    manifest.check_part(path.parent, made.data)
    return made


def open_to(path: Path, target: Path, secret: bytes) -> Contents:
    """Open a whole backup into an empty folder, as a site folder; its databases stay encrypted.

    A folder that holds anything is refused (`LivingSite`).
    """
    made = check(path)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise LivingSite
    try:
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        target.chmod(0o700)
        for part, members in ((made.data, DATA_MEMBERS), (made.keyring, KEYRING_MEMBERS)):
            _open_part(path.parent / part.name, part, target, secret, members)
    except OSError as error:
        raise CannotKeep(str(target)) from error
    listed = target / "contents.json"
    try:
        contents = msgspec.json.decode(listed.read_bytes(), type=Contents)
    except msgspec.MsgspecError as error:
        raise PartDamaged(made.data.name) from error
    listed.unlink()
    if (contents.site, contents.made_at, contents.head) != (made.site, made.made_at, made.head):
        raise PartDamaged(path.name)
    return contents


def open_data(path: Path, target: Path, secret: bytes) -> Path:
    """Open only the data of a backup, whose keyring may be gone; gives its main.db."""
    made = manifest.read(path)
    target.mkdir(mode=0o700, parents=True)
    _open_part(path.parent / made.data.name, made.data, target, secret, DATA_MEMBERS)
    return target / "main.db"


def _open_part(source: Path, part: Part, target: Path, secret: bytes, members: tuple[str, ...]) -> None:
    packed = target / (part.name + ".tar")
    try:
        with source.open("rb") as sealed, packed.open("xb") as plain:
            recovery.open_with(secret, sealed, plain)
        unpack(packed, target, members, name=part.name)
    finally:
        packed.unlink(missing_ok=True)


def compare(folder: SiteFolder, contents: Contents) -> None:
    """Every table of both databases, row by row, against what the backup says; needs the site's keys."""
    for path in (folder.main, folder.keyring):
        copying.prove(path)
        wanted = [row for row in contents.tables if row.database == path.name]
        if copying.tables(path) != wanted:
            raise NotTheSame(path.name)


def old_keyrings(place: Path, now: datetime) -> list[Manifest]:
    """Backups whose keyring copy has been kept for more than 30 days and is still there."""
    old = []
    for path in place.glob("*" + manifest.SUFFIX):
        try:
            made = manifest.read(path)
        except (PartDamaged, NoBackup):
            continue
        if now - made.moment > KEYRINGS_KEPT and (place / made.keyring.name).exists():
            old.append(made)
    return old


def take_away(place: Path, old: list[Manifest]) -> None:
    """Remove keyring copies that are past their time: who was erased since then is now gone from these, too."""
    for made in old:
        (place / made.keyring.name).unlink(missing_ok=True)
