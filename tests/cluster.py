"""A PostgreSQL server of the tests' own: on a socket in a temporary folder, gone when the tests end.

Started by the settings of the tests when POSADA_TEST_DATABASE=postgresql; the workers of one run share it, each with
databases of its own. The folder lies in memory where there is any, so that nothing is saved by turning fsync off:
Posada refuses a server that does.
"""

import atexit
import getpass
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

import psycopg

BINARIES = max(
    Path("/usr/lib/postgresql").glob("*/bin"),
    key=lambda found: int(found.parent.name),
    default=Path("/usr/lib/postgresql/15/bin"),
)
USER = "posada"
_FOLDER = "POSADA_TEST_SOCKET"
_MEMORY = Path("/dev/shm")
_PREFIX = "posada-pg-"
_PATIENCE_SECONDS = 60.0
_SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "max_locks_per_transaction": "256",
    "max_wal_size": "512MB",
    "dynamic_shared_memory_type": "mmap",
}


def is_installed() -> bool:
    """Whether the server's programs are there."""
    return (BINARIES / "postgres").is_file() and (BINARIES / "initdb").is_file()


def _owner() -> str:
    """Who runs the server: it refuses root."""
    if os.getuid():
        return getpass.getuser()
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _sweep(place: Path) -> None:
    """Remove the folders of runs that were killed."""
    for folder in place.glob(f"{_PREFIX}*"):
        if not Path(f"/proc/{folder.name.removeprefix(_PREFIX).split('-')[0]}").exists():
            shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: `folder` holds its socket, its log, and its data in `data`."""

    folder: Path
    process: "subprocess.Popen[bytes]"

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """A connection as the server's own user."""
        return _connect(self.folder, database)

    def new_pair(self) -> dict[str, str]:
        """Two new, empty databases for a site that a test makes: the variables that lead to them."""
        return _new_pair(self.folder)

    def stop(self) -> None:
        """End it, and every session with it; the folder stays until the tests end."""
        self.process.send_signal(signal.SIGINT)  # at SIGTERM it would wait for the sessions
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()


def start() -> Server:
    """Start a server. It stops with this process."""
    place = _MEMORY if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > 2**30 else Path(tempfile.gettempdir())
    _sweep(place)
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=place))
    owner = pwd.getpwnam(_owner())
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    as_owner = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if os.getuid() == 0 else {}
    data = folder / "data"
    make = [BINARIES / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    subprocess.run(make, check=True, capture_output=True, cwd=folder, **as_owner)  # type: ignore[call-overload]
    chosen = [f"-c{name}={value}" for name, value in _SETTINGS.items()]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(  # type: ignore[call-overload]
            ["setpriv", "--pdeathsig", "INT", BINARIES / "postgres", "-D", data, "-k", folder, *chosen],
            stdout=log,
            stderr=log,
            cwd=folder,
            **as_owner,
        )
    server = Server(folder, process)
    atexit.register(_remove, server)
    _wait(server)
    return server


def _wait(server: Server) -> None:
    began = time.monotonic()
    while True:
        try:
            server.connect().close()
        except psycopg.OperationalError:
            if server.process.poll() is not None or time.monotonic() - began > _PATIENCE_SECONDS:
                raise RuntimeError((server.folder / "log").read_text(errors="replace")) from None
            time.sleep(0.05)
        else:
            return


def _remove(server: Server) -> None:
    server.stop()
    shutil.rmtree(server.folder, ignore_errors=True)


def _connect(folder: Path, database: str) -> psycopg.Connection:
    return psycopg.connect(host=str(folder), user=USER, dbname=database, autocommit=True)


def _shared() -> Path:
    """The folder of the server of this run, started if need be; the workers of one run share it."""
    if _FOLDER not in os.environ:
        os.environ[_FOLDER] = str(start().folder)
    return Path(os.environ[_FOLDER])


def _url(folder: Path, database: str) -> str:
    return f"postgresql://{USER}@/{database}?host={folder}"


def addresses() -> dict[str, str]:
    """What the settings of the tests read; the databases are made by Django under names of its own."""
    return {"DATABASE_URL": _url(_shared(), "posada"), "KEYRING_URL": _url(_shared(), "posada_keyring")}


def new_pair() -> dict[str, str]:
    """Two new, empty databases on the server of this run."""
    return _new_pair(_shared())


def _new_pair(folder: Path) -> dict[str, str]:
    names = {variable: f"{variable[:4].lower()}_{uuid.uuid4().hex}" for variable in ("DATABASE_URL", "KEYRING_URL")}
    with _connect(folder, "postgres") as server:
        for name in names.values():
            server.execute(f"CREATE DATABASE {name}".encode())
    return {variable: _url(folder, name) for variable, name in names.items()}
