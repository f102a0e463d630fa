"""What a stolen disk tells: a thousand planted names searched in every file of the site, in every disguise."""

import base64
import sqlite3
import time
from pathlib import Path

import pytest

from posada.vault import thief
from tests.faults import launch
from tests.faults.plant import planted

pytestmark = [pytest.mark.server, pytest.mark.sqlcipher("about the files of a site")]


def test_no_planted_name_is_found_in_the_site_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    began = time.monotonic()
    site = tmp_path / "site"
    launch.run("tests.faults.plant", site, str(site))
    found = thief.search(site, planted())
    with capsys.disabled():
        took = time.monotonic() - began
        read = f"{found.files} files, {found.size} bytes"
        print(f"\nstolen disk: {found.words} names in {read}: {found.hits} found, {took:.1f} s")
    assert found.words == 1_000
    assert {path.name for path in site.iterdir()} >= {"main.db", "main.db-wal", "keyring.db", "site.keys"}
    assert found.size > 500_000
    assert found.hits == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "base64"])
def test_the_same_search_finds_them_in_a_plain_database(tmp_path: Path, encoding: str) -> None:
    plain = sqlite3.connect(tmp_path / "plain.db")
    plain.execute("CREATE TABLE person (name BLOB)")
    for name in planted():
        raw = name.encode() if encoding in {"utf-8", "base64"} else name.encode(encoding)
        if encoding == "base64":
            raw = base64.b64encode(b"x" + raw)
        plain.execute("INSERT INTO person VALUES (?)", (raw,))
    plain.commit()
    plain.close()
    assert thief.search(tmp_path, planted()).hits == 1_000
