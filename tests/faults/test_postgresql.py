"""A real site on a PostgreSQL server: what a copy of the server tells, and what happens when it goes away."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from posada.vault import thief
from tests import cluster
from tests.faults import launch, server
from tests.faults.planting import planted

pytestmark = [
    pytest.mark.server,
    pytest.mark.xdist_group("server"),
    pytest.mark.postgresql("starts a server of its own"),
]
NAMES = 10_000 if os.environ.get("POSADA_LONG") == "1" else 1_000
PERSON_PHRASE = re.compile(r"Keyholder \d:\n\s+([a-z-]+(?: [a-z-]+){5})\n")


@pytest.fixture(scope="module")
def postgres() -> cluster.Server:
    return cluster.start()


def _dump(variables: Mapping[str, str], folder: Path) -> None:
    """pg_dump of both databases, plain, as somebody who copies them would make it."""
    for name, url in variables.items():
        with (folder / f"{name}.sql").open("wb") as file:
            subprocess.run([cluster.BINARIES / "pg_dump", "--format=plain", url], stdout=file, check=True)


def _copy_of_the_server(postgres: cluster.Server, variables: Mapping[str, str], folder: Path) -> None:
    """Its data (with the write-ahead log), its own log, and both dumps."""
    with postgres.connect() as session:
        session.execute("CHECKPOINT")
    shutil.copytree(postgres.folder / "data", folder / "data", ignore=shutil.ignore_patterns("postmaster.*"))
    shutil.copy(postgres.folder / "log", folder / "log")
    _dump(variables, folder)


def test_no_planted_name_is_found_in_a_copy_of_the_server(
    postgres: cluster.Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    began = time.monotonic()
    variables = postgres.new_pair()
    with postgres.connect() as session:
        # The worst server: it writes down every statement it is sent.
        session.execute("ALTER SYSTEM SET log_statement = 'all'")
        session.execute("SELECT pg_reload_conf()")
    launch.run("tests.faults.plant", tmp_path / "site", str(tmp_path / "site"), str(NAMES), variables=variables)
    stolen = tmp_path / "stolen"
    stolen.mkdir()
    _copy_of_the_server(postgres, variables, stolen)
    names = planted(NAMES)
    found, beside = thief.search(stolen, names), thief.search(tmp_path / "site", names)
    control = _control(postgres, tmp_path / "control", names)
    with capsys.disabled():
        took = time.monotonic() - began
        read = f"{found.files} files, {found.size} bytes"
        print(f"\ncopied server: {NAMES} names in {read}: {found.hits} found; control {control}; {took:.1f} s")
    assert b"records_sealedrecord" in (stolen / "DATABASE_URL.sql").read_bytes()
    assert b"vault_wrappedkey" in (stolen / "KEYRING_URL.sql").read_bytes()
    assert b"vault_wrappedkey" not in (stolen / "DATABASE_URL.sql").read_bytes()
    assert b'INSERT INTO "people_person"' in (stolen / "log").read_bytes()
    assert (found.hits, beside.hits) == (0, 0)
    assert control == {"dump": NAMES, "files": NAMES}


def _control(postgres: cluster.Server, folder: Path, names: list[str]) -> dict[str, int]:
    """The same search over a database that holds the names, half as text and half as bytes."""
    folder.mkdir()
    variables = {"DATABASE_URL": postgres.new_pair()["DATABASE_URL"]}
    database = variables["DATABASE_URL"].split("/")[3].split("?")[0]
    with postgres.connect(database) as session:
        session.execute("CREATE TABLE person (name text, raw bytea)")
        rows = [(name, None) if place % 2 else (None, name.encode("utf-16-le")) for place, name in enumerate(names)]
        session.cursor().executemany("INSERT INTO person VALUES (%s, %s)", rows)
        session.execute("CHECKPOINT")
        row = session.execute("SELECT pg_relation_filepath('person')").fetchone()
    assert row is not None
    for part in ("dump", "files"):
        (folder / part).mkdir()
    _dump(variables, folder / "dump")
    shutil.copy(postgres.folder / "data" / row[0], folder / "files")
    return {part: thief.search(folder / part, names).hits for part in ("dump", "files")}


def _posada(*words: str, given: str = "", variables: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    left_out = {"POSADA_SITE", "DJANGO_SETTINGS_MODULE", "DATABASE_URL", "KEYRING_URL"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return subprocess.run(
        [sys.executable, "-m", "posada", *words],
        input=given,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=kept | {"LANG": "en_US.UTF-8"} | dict(variables),
    )


@pytest.fixture(scope="module")
def pair(postgres: cluster.Server) -> dict[str, str]:
    return postgres.new_pair()


@pytest.fixture(scope="module")
def made(pair: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("server") / "site"
    answer = _posada("init", str(folder), "--manager", "elena", variables=pair)
    assert answer.returncode == 0, answer.stderr
    assert not list(folder.glob("*.db"))
    return folder, "\n".join(PERSON_PHRASE.findall(answer.stdout)[:2])


def test_staff_import_and_export_work_as_on_files(made: tuple[Path, str], pair: dict[str, str], tmp_path: Path) -> None:
    folder, phrase = made
    given = phrase + "\n"
    added = _posada("staff", "add", "--site", str(folder), "--role", "desk", "Amaru", given=given, variables=pair)
    assert added.returncode == 0, added.stderr
    people = tmp_path / "people.csv"
    people.write_text("first_name,last_name\nYuleisy,Ramírez\nNoé,Peña\n", encoding="utf-8")
    read = _posada("import", "--site", str(folder), str(people), given=given, variables=pair)
    assert (read.returncode, "Traceback" in read.stderr) == (0, False), read.stdout + read.stderr
    written = tmp_path / "out.xml"
    out = _posada("export", "pfif", "--site", str(folder), "-o", str(written), given=given, variables=pair)
    assert (out.returncode, "Traceback" in out.stderr) == (0, False), out.stdout + out.stderr
    assert written.is_file()


def test_a_bad_address_is_one_sentence(made: tuple[Path, str], pair: dict[str, str]) -> None:
    folder, phrase = made
    for variables, says in (
        ({}, "lies on a PostgreSQL server"),
        ({"DATABASE_URL": pair["DATABASE_URL"]}, "Set both, or neither"),
        (pair | {"KEYRING_URL": pair["DATABASE_URL"]}, "same database"),
        (pair | {"KEYRING_URL": pair["DATABASE_URL"] + "&port=05432"}, "same database"),
        (pair | {"DATABASE_URL": "postgresql://posada:s3cret-w0rd@db.example.org/posada"}, "without TLS"),
        (pair | {"DATABASE_URL": "postgresql://posada:s3cret-w0rd@localhost:1/posada"}, "does not answer"),
        ({"DATABASE_URL": pair["KEYRING_URL"], "KEYRING_URL": pair["DATABASE_URL"]}, "of another site"),
    ):
        answer = _posada(
            "staff", "add", "--site", str(folder), "--role", "desk", "X", given=phrase + "\n", variables=variables
        )
        assert answer.returncode != 0
        assert says in answer.stderr, (says, answer.stderr)
        assert "Traceback" not in answer.stderr
        assert "s3cret-w0rd" not in answer.stderr + answer.stdout


def test_a_new_site_is_made_only_in_empty_databases(
    made: tuple[Path, str], pair: dict[str, str], tmp_path: Path
) -> None:
    answer = _posada("init", str(tmp_path / "other"), "--manager", "x", variables=pair)
    assert answer.returncode == 2
    assert "not empty" in answer.stderr
    assert not (tmp_path / "other").exists()


def test_an_unfinished_making_leaves_nothing_on_the_server(postgres: cluster.Server, tmp_path: Path) -> None:
    variables = postgres.new_pair()
    script = (
        "import sys; from django.db import OperationalError; from posada.config import commands;"
        "import django, os; os.environ['POSADA_SITE'] = sys.argv[1]; django.setup();"
        "from posada.accounts import services\n"
        "def fail(**_words): raise OperationalError('gone')\n"
        "services.create_site = fail; sys.argv = ['posada', 'init', sys.argv[1], '--manager', 'x']; commands.main()"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "site")],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=os.environ | {"LANG": "en_US.UTF-8", "DJANGO_SETTINGS_MODULE": "posada.config.settings"} | variables,
    )
    assert answer.returncode == 2, answer.stderr
    assert "Traceback" not in answer.stderr
    assert not (tmp_path / "site").exists()
    for url in variables.values():
        with postgres.connect(url.split("/")[3].split("?")[0]) as session:
            left = session.execute("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")
            assert left.fetchone() == (0,)
    assert _posada("init", str(tmp_path / "site"), "--manager", "x", variables=variables).returncode == 0


@pytest.fixture
def running(made: tuple[Path, str], pair: dict[str, str]) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    folder, _phrase = made
    port = server.free_port()
    for name, value in pair.items():
        os.environ[name] = value
    try:
        with server.started("posada", "run", "--site", str(folder), "--port", str(port)) as process:
            server.wait_for(f"http://127.0.0.1:{port}/unlock/", {200}, process)
            yield f"http://127.0.0.1:{port}", process
    finally:
        for name in pair:
            del os.environ[name]


def test_it_opens_and_when_the_server_goes_away_every_page_says_so_calmly(
    running: tuple[str, "subprocess.Popen[str]"],
    made: tuple[Path, str],
    pair: dict[str, str],
    postgres: cluster.Server,
) -> None:
    address, process = running
    folder, phrase = made
    port = address.rsplit(":", 1)[1]
    opened = _posada("unlock", "--site", str(folder), "--port", port, given=phrase + "\n", variables=pair)
    assert opened.returncode == 0, opened.stderr
    server.wait_for(address + "/", {302}, process)
    postgres.stop()
    assert server.status(address + "/account/sign-in/") in {200, 503}
    page = _page(address + "/", cookie="posada_session=" + "a" * 32)
    assert page[0] == 503, page
    assert "Traceback" not in page[1]
    sealed = _posada("seal", "--site", str(folder), variables=pair)
    assert sealed.returncode == 0, sealed.stderr
    server.wait_for(address + "/", {303}, process)


def _page(address: str, *, cookie: str) -> tuple[int, str]:
    answer = subprocess.run(
        ["curl", "-s", "-o", "-", "-w", "\n%{http_code}", "-H", f"Cookie: {cookie}", address],
        capture_output=True,
        text=True,
        check=True,
    )
    body, _line, code = answer.stdout.rpartition("\n")
    return int(code), body
