"""Run by test_bits: flips one bit in one file at a time and asks the product's own checks what they see."""

import json
import os
import random
import shutil
from pathlib import Path

from django.db import connections

from posada.records import examining
from posada.vault import saved, site, state
from posada.vault.backup import copying, reading
from posada.vault.errors import VaultError
from posada.vault.folder import SiteFolder

TLS_FILES = ("tls/site.pem", "tls/site.key", "tls/authority.pem", "tls/authority.sealed")
INDEX = "people.saved"
SITE_FILES = (
    *("main.db", "main.db-wal", "keyring.db", "keyring.db-wal", "site.keys", "site.toml", "backup.diary"),
    *(INDEX, *TLS_FILES),
)
BACKUP_FILES = ("data.age", "keyring.age", "manifest.json")
_DATABASES = ("main.db", "keyring.db")


def _look_at_site(folder: SiteFolder, phrase: str) -> dict[str, str]:
    """What the checks of `posada verify` say: a sentence for each file they name."""
    said = {one.file: one.sentence for one in examining.look_before_opening(folder)}
    try:
        site.try_phrase(folder, phrase)
    except VaultError as error:
        return said or {"": str(error)}
    return said | {one.file: one.sentence for one in examining.examine(folder, cold=True).findings}


def _look_at_index(folder: SiteFolder, phrase: str) -> dict[str, str]:
    """The saved index is nobody's only copy: opening the house must not believe it, and read everybody instead."""
    site.try_phrase(folder, phrase)
    read = saved.read("people")
    connections.close_all()
    return {} if read else {INDEX: "made anew at the next opening"}


def _look(folder: SiteFolder, end: str, phrase: str) -> dict[str, str]:
    if end == INDEX:
        return _look_at_index(folder, phrase)
    if end in TLS_FILES:  # seen before anything is opened
        return {one.file: one.sentence for one in examining.look_before_opening(folder)}
    return _look_at_site(folder, phrase)


def _look_at_backup(place: Path) -> dict[str, str]:
    try:
        reading.check(reading.found(place)[0])
    except VaultError as error:
        return {str(getattr(error, "name", "")): str(error)}
    return {}


def _fresh(pristine: Path, folder: Path) -> None:
    shutil.rmtree(folder)
    shutil.copytree(pristine, folder)


def _rows(folder: SiteFolder) -> list[object]:
    return [table for name in _DATABASES for table in copying.tables(folder.root / name)]


def main(words: list[str]) -> None:
    """Flip `count` bits over all files in turn; prints for each what came of it."""
    root, backup, count, seed, phrase = Path(words[0]), Path(words[1]), int(words[2]), int(words[3]), words[4]
    chance, folder = random.Random(seed), SiteFolder(root)  # noqa: S311 - chance for a test
    pristine = {place: place.with_name(place.name + "-pristine") for place in (root, backup)}
    for place, kept in pristine.items():
        shutil.copytree(place, kept)
    site.try_phrase(folder, phrase)
    wanted = _rows(folder)
    _fresh(pristine[root], root)
    clean = _look_at_site(folder, phrase) | _look_at_backup(backup)
    _fresh(pristine[root], root)
    clean |= _look_at_index(folder, phrase)
    results = []
    targets = [(root, name) for name in SITE_FILES] + [(backup, end) for end in BACKUP_FILES]
    for number in range(count):
        place, end = targets[number % len(targets)]
        _fresh(pristine[place], place)
        path = place / end if place == root else next(place.glob(f"*{end}"))
        raw = bytearray(path.read_bytes())
        bit = chance.randrange(len(raw) * 8)
        raw[bit // 8] ^= 1 << bit % 8
        path.write_bytes(raw)
        said = _look(folder, end, phrase) if place == root else _look_at_backup(place)
        same = False
        if not said and place == root:
            # Looking writes an entry to the audit: the same turned bit once more, and only the rows are read.
            _fresh(pristine[root], root)
            path.write_bytes(raw)
            same = _rows(folder) == wanted
        results.append({"file": end, "bit": bit, "named": path.name in said, "said": said, "same": same})
        state.forget()
    print(json.dumps({"clean": clean, "results": results}), flush=True)
    os._exit(0)
