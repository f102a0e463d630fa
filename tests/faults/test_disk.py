"""S2: what a stolen disk tells. Names, places, numbers and stories planted in every room, searched everywhere.

A thousand words in `make test`, ten thousand with POSADA_LONG=1. PostgreSQL's dumps are searched in test_postgresql.
"""

import base64
import json
import os
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from posada.vault import thief
from tests.faults import launch, server
from tests.faults.planting import OF_A_PERSON, SEED, planted
from tests.faults.visiting import Visitor

pytestmark = [
    pytest.mark.server,
    pytest.mark.xdist_group("server"),
    pytest.mark.sqlcipher("about the files of a site"),
]

WORDS = 10_000 if os.environ.get("POSADA_LONG") == "1" else 1_000
HOUSE_FILES = {"main.db", "keyring.db", "site.keys", "people.saved", "tls"}
LOGS = {"main.db-wal"}


@dataclass(frozen=True)
class Disk:
    """What was stolen: the site, a backup, temporary folders, and what the server wrote out."""

    root: Path
    pages: int
    temporary: int

    @property
    def site(self) -> Path:
        return self.root / "site"


def _enter(port: int, secrets: dict[str, str]) -> dict[str, Visitor]:
    return {
        role: Visitor.signed_in(port, f"persona {role}", "a password for tests only", secret)
        for role, secret in secrets.items()
    }


def _use(staff: dict[str, Visitor], words: list[str]) -> int:
    """Somebody of each role works: pages, a registration, searches, a request, lists, and addresses that are wrong."""
    desk, manager = staff["desk"], staff["site_manager"]
    pages = 0
    for given, place, surname, phone, story in (words[at : at + 5] for at in range(0, 20, 5)):
        said = {"given_names": given, "surnames": surname, "origin": place, "phone": phone, "description": story}
        status, _page = desk.send("/people/register/", {**said, "birth": "1987", "company": "alone", "sex": "female"})
        assert status == 302, _page
        status, _page = desk.send("/people/find/", {"line": f"{given} {surname} 1987"})
        assert status == 200
        pages += 2
        assert desk.get(f"/people/{quote(given)}/")[0] == 404
    rows = "\n".join(["nombres,lugar de origen,telefono", *(",".join(words[at : at + 3]) for at in range(0, 100, 5))])
    broken = b"PK\3\4" + rows.encode()
    for name, content, wanted in (("lista.csv", rows.encode(), 302), (f"{words[0]}.xlsx", broken, 422)):
        status, _page = manager.send("/files/", {"kind": "people", "list_name": words[1]}, (name, content))
        assert status == wanted, _page
        pages += 1
    return pages + _look_around(staff)


def _look_around(staff: dict[str, Visitor]) -> int:
    """The pages where a house is overlooked, in every role."""
    addresses = (
        "/",
        "/house/",
        "/files/",
        "/family/requests/",
        "/account/staff/",
        "/approvals/",
        "/alarms/",
        "/oversight/",
    )
    seen = [visitor.get(address)[0] for visitor in staff.values() for address in addresses]
    assert 500 not in seen
    return seen.count(200)


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Disk:
    """A house filled, backed up and used through its real server, and then robbed: each file is where it lay."""
    root = tmp_path_factory.mktemp("stolen")
    for name in ("stick", "temporary", "log"):
        (root / name).mkdir()
    words, variables = planted(WORDS), {"TMPDIR": str(root / "temporary")}
    site = root / "site"
    made = launch.run(
        "tests.faults.plant", site, str(site), str(WORDS), str(root / "stick"), seconds=1_800, variables=variables
    )
    (root / "log" / "planting").write_text(made.stderr)
    # As it lay when the process that planted died, with its logs full: a server folds them into the files.
    shutil.copytree(site, root / "logs-full")
    told, port = json.loads(made.stdout.splitlines()[-1]), server.free_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", variables["TMPDIR"])
        with server.started("posada", "run", "--site", str(site), "--port", str(port)) as process:
            server.wait_for(f"http://127.0.0.1:{port}/unlock/", {200}, process)
            server.unlock(site, port, told["phrase"])
            server.wait_for(f"http://127.0.0.1:{port}/", {302}, process)
            pages = _use(_enter(port, told["secrets"]), words)
            temporary = len(list((root / "temporary").rglob("*")))
            holder = int((site / "posada.pid").read_text().split()[0])
            for number in (process.pid, holder):  # as when the power goes: nothing is closed, nothing tidied up
                os.kill(number, signal.SIGKILL)
            process.wait(20)
            assert process.stdout is not None
            (root / "log" / "server").write_text(process.stdout.read())
    return Disk(root, pages, temporary)


def test_no_planted_word_is_found_in_any_file(disk: Disk, capsys: pytest.CaptureFixture[str]) -> None:
    began, words = time.monotonic(), planted(WORDS)
    found = thief.search(disk.root, words)
    with capsys.disabled():
        read = f"{found.files} files, {found.size} bytes, {disk.pages} pages used, {disk.temporary} files in temporary"
        print(
            f"\nS2 stolen disk: {found.words} words of {WORDS // OF_A_PERSON} persons in {read}, seed {SEED}: ", end=""
        )
        print(f"{found.hits} found, searched in {time.monotonic() - began:.1f} s")
    assert found.words == WORDS
    assert {path.name for path in disk.site.iterdir()} >= HOUSE_FILES
    assert {path.name for path in (disk.root / "logs-full").iterdir() if path.stat().st_size > 100_000} >= LOGS
    assert len(list((disk.root / "stick").glob("*.age"))) == 2
    assert found.size > 500_000
    assert found.hits == 0


def _as_hex(word: str) -> bytes:
    return word.encode().hex().encode()


def _as_percent(word: str) -> bytes:
    return quote(word).encode()


def _as_base64(offset: int) -> Callable[[str], bytes]:
    return lambda word: base64.b64encode(b"x" * offset + word.encode() + b"yz")


DISGUISES: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "utf-16-le": lambda word: word.encode("utf-16-le"),
    "utf-16-be": lambda word: word.encode("utf-16-be"),
    "folded": lambda word: word.casefold().encode(),
    "base64, first": _as_base64(0),
    "base64, second": _as_base64(1),
    "base64, third": _as_base64(2),
    "hex": _as_hex,
    "percent": _as_percent,
}


def _plain_copy(folder: Path, words: Iterable[bytes]) -> None:
    plain = sqlite3.connect(folder / "plain.db")
    plain.execute("CREATE TABLE person (name BLOB)")
    plain.executemany("INSERT INTO person VALUES (?)", [(word,) for word in words])
    plain.commit()
    plain.close()


@pytest.mark.parametrize("disguise", DISGUISES)
def test_the_same_search_finds_them_in_a_plain_database(
    tmp_path: Path, disguise: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = planted(WORDS)
    _plain_copy(tmp_path, (DISGUISES[disguise](word) for word in words))
    found = thief.search(tmp_path, words).hits
    with capsys.disabled():
        print(f"\nS2 control, a plain database, {disguise}: {found} of {WORDS} found")
    assert found == WORDS
