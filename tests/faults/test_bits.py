"""One bit turned in each file of a site and of its backup: the product says which file, and what to do."""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.faults import launch

pytestmark = [pytest.mark.server, pytest.mark.xdist_group("server")]

LONG = os.environ.get("POSADA_LONG") == "1"
FLIPS = int(os.environ.get("POSADA_FLIPS", "1000" if LONG else "30"))
SEED = 20190224


@pytest.fixture(scope="module")
def backed_up(
    new_house: Callable[[Path], dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path, str]:
    """A site whose process was killed, so that its logs are full, and a backup of it."""
    place = tmp_path_factory.mktemp("bits")
    site, backup = place / "site", place / "backup"
    backup.mkdir()
    made = new_house(site)
    launch.run("tests.faults.one_backup", site, str(backup), made["phrase"])
    assert {path.name for path in site.iterdir()} >= {
        "main.db-wal",
        "keyring.db-wal",
        "backup.diary",
        "people.saved",
        "tls",
    }
    return site, backup, made["phrase"]


def test_each_turned_bit_is_found_and_its_file_named(
    backed_up: tuple[Path, Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    site, backup, phrase = backed_up
    began = time.monotonic()
    answer = launch.run("tests.faults.bits", site, str(site), str(backup), str(FLIPS), str(SEED), phrase, seconds=3_600)
    told = json.loads(answer.stdout)
    results = told["results"]
    unseen = [one for one in results if not one["said"]]
    harmless = [one for one in unseen if one["same"]]
    unnamed = [one for one in results if one["said"] and not one["named"]]
    files = Counter(one["file"] for one in results)
    with capsys.disabled():
        print(
            f"\nturned bits: {len(results)} over {len(files)} files, seed {SEED}: "
            f"{len(results) - len(unseen)} found and the file named, "
            f"{len(harmless)} in frames of a log that no longer count (every row as before), "
            f"{len(unseen) - len(harmless)} missed, {time.monotonic() - began:.0f} s"
        )
    assert told["clean"] == {}
    assert len(results) == FLIPS
    assert len(files) == 15
    assert [one for one in unseen if not one["same"]] == []
    assert {one["file"] for one in harmless} <= {"main.db-wal", "keyring.db-wal"}
    assert unnamed == []


def test_the_command_names_the_file_and_offers_to_restore(backed_up: tuple[Path, Path, str], tmp_path: Path) -> None:
    site, _backup, phrase = backed_up
    broken = tmp_path / "broken"
    shutil.copytree(site.with_name("site-pristine") if site.with_name("site-pristine").exists() else site, broken)
    for path in broken.glob("*-wal"):
        path.unlink()
    raw = bytearray((broken / "main.db").read_bytes())
    raw[len(raw) // 2] ^= 1
    (broken / "main.db").write_bytes(raw)
    kept = {name: value for name, value in os.environ.items() if name not in {"POSADA_SITE", "DJANGO_SETTINGS_MODULE"}}
    answer = subprocess.run(
        [sys.executable, "-m", "posada", "verify", "--site", str(broken)],
        input=phrase + "\n",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=kept | {"LANG": "en_US.UTF-8"},
    )
    assert answer.returncode == 2
    assert "main.db: main.db is damaged" in answer.stdout
    assert "posada restore FOLDER --to NEW" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_without_authenticated_pages_such_bits_pass_unseen(tmp_path: Path) -> None:
    plain = tmp_path / "plain.db"
    connection = sqlite3.connect(plain)
    connection.execute("CREATE TABLE person (name TEXT)")
    connection.executemany("INSERT INTO person VALUES (?)", [("Inés Paredes " * 20,)] * 2_000)
    connection.commit()
    connection.close()
    chance, raw, unseen = random.Random(SEED), plain.read_bytes(), 0  # noqa: S311 - chance for a test
    for _flip in range(40):
        turned = bytearray(raw)
        bit = chance.randrange(len(turned) * 8)
        turned[bit // 8] ^= 1 << bit % 8
        copy = tmp_path / "copy.db"
        copy.write_bytes(turned)
        try:
            with sqlite3.connect(copy) as found:
                unseen += found.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        except sqlite3.DatabaseError:
            continue
    shutil.rmtree(tmp_path)
    assert unseen > 20
