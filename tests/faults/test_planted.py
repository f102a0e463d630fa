"""Somebody who had the stick and a copy of the disk for a while lays backups of their own beside the real one."""

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from posada.vault import recovery
from posada.vault.backup import manifest
from posada.vault.backup.manifest import Manifest, Part
from posada.vault.backup.packing import TarStream

pytestmark = [
    pytest.mark.server,
    pytest.mark.xdist_group("server"),
    pytest.mark.sqlcipher("a server's databases are backed up there"),
]

LATER = "20990101T000000Z"


@dataclass(frozen=True)
class Stolen:
    """The house's folder as the thief copied it, the stick, the real backup's manifest, and two shares."""

    folder: Path
    stick: Path
    real: Manifest
    shares: str

    def plant(self, data: bytes, keyring: bytes, head: str = "0" * 64) -> None:
        """A backup of a later day, whole to whoever has no shares."""
        stem = f"{self.real.site}-{LATER}"
        parts = []
        for kind, body in (("data", data), ("keyring", keyring)):
            (self.stick / f"{stem}-{kind}.age").write_bytes(body)
            parts.append(Part(f"{stem}-{kind}.age", len(body), hashlib.sha256(body).hexdigest()))
        made = manifest.checked(Manifest(1, self.real.site, LATER, self.real.migrations, head, parts[0], parts[1]))
        (self.stick / (stem + manifest.SUFFIX)).write_bytes(manifest.to_bytes(made))

    def sealed(self, *members: tuple[str, bytes]) -> bytes:
        """Sealed to the house's own recipient, which stands in site.keys for everybody to read."""
        keys, out = json.loads((self.folder / "site.keys").read_text()), io.BytesIO()
        recovery.seal_to(keys["recovery"]["recipient"], io.BufferedReader(TarStream(members)), out)
        return out.getvalue()

    def member(self, name: str) -> tuple[str, bytes]:
        """A file of the stolen disk."""
        return name, (self.folder / name).read_bytes()


def _posada(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"POSADA_SITE", "DJANGO_SETTINGS_MODULE"}}
    return subprocess.run(
        [sys.executable, "-m", "posada", *words],
        input=given,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env=kept | {"LANG": "en_US.UTF-8"},
    )


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Stolen:
    place = tmp_path_factory.mktemp("planted")
    folder, stick = place / "site", place / "stick"
    stick.mkdir()
    made = _posada("init", str(folder), "--manager", "elena", "--written").stdout
    phrase = re.findall(r"Keyholder \d+:\n\s+([a-z-]+(?: [a-z-]+){5})\n", made)[0]
    blocks: Sequence[str] = re.findall(r"Share \d of 3:\n((?:\s+\d+ [^\n]*\n)+)", made)
    shares = [" ".join(re.findall(r"\d+ ([a-z]+)", block)) for block in blocks]
    answer = _posada("backup", "--site", str(folder), "--to", str(stick), given=phrase + "\n")
    assert answer.returncode == 0, answer.stderr
    real = manifest.read(next(stick.glob("*" + manifest.SUFFIX)))
    return Stolen(folder, stick, real, "\n".join(shares[:2]) + "\n")


@pytest.fixture
def stolen(before: Stolen, tmp_path: Path) -> Stolen:
    shutil.copytree(before.stick, tmp_path / "stick")
    return Stolen(before.folder, tmp_path / "stick", before.real, before.shares)


def _refused(stolen: Stolen, new: Path) -> str:
    answer = _posada("restore", str(stolen.stick), "--to", str(new), given=stolen.shares)
    assert answer.returncode == 2, answer.stdout
    assert "Traceback" not in answer.stderr
    assert not new.exists()
    return answer.stderr


def test_a_backup_made_of_the_stolen_disk_and_sealed_to_the_house_is_not_put_back(
    stolen: Stolen, tmp_path: Path
) -> None:
    listed = {"site": stolen.real.site, "made_at": LATER, "head": "0" * 64, "tables": []}
    data = stolen.sealed(("contents.json", json.dumps(listed).encode()), *map(stolen.member, ("site.toml", "main.db")))
    stolen.plant(data, stolen.sealed(*map(stolen.member, ("site.keys", "keyring.db"))))
    assert "not what it was when the backup was made" in _refused(stolen, tmp_path / "new")


def test_older_parts_under_a_later_day_are_not_put_back(stolen: Stolen, tmp_path: Path) -> None:
    parts = [(stolen.stick / part.name).read_bytes() for part in (stolen.real.data, stolen.real.keyring)]
    stolen.plant(parts[0], parts[1], stolen.real.head)
    assert "damaged or was changed" in _refused(stolen, tmp_path / "new")


def test_what_was_laid_beside_it_stops_nobody_from_putting_the_real_one_back(stolen: Stolen, tmp_path: Path) -> None:
    named = stolen.stick / (stolen.real.stem + manifest.SUFFIX)
    inside = (("contents.json", b"{}"), ("site.toml", b""), ("main.db", b"no database" * 1000))
    for turn, data in enumerate((b"junk", stolen.sealed(("../evil", b"x")), stolen.sealed(*inside))):
        stolen.plant(data, b"junk")
        new = tmp_path / f"new{turn}"
        answer = _posada("restore", str(named), "--to", str(new), given=stolen.shares)
        assert answer.returncode == 0, answer.stderr
        assert f"{stolen.real.site}-{LATER}-manifest.json is newer and could not be read" in answer.stdout
        assert not (tmp_path / "evil").exists()
