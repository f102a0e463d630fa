"""The real server: it starts sealed, opens with a phrase, and sealing ends the process that held the keys."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import server

pytestmark = [
    pytest.mark.server,
    pytest.mark.xdist_group("server"),
    pytest.mark.sqlcipher("makes sites of files; test_postgresql makes them on a server"),
]


def _posada(*words: str, given: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"POSADA_SITE", "DJANGO_SETTINGS_MODULE"}}
    return subprocess.run(
        [sys.executable, "-m", "posada", *words],
        input=given,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=kept | {"LANG": "en_US.UTF-8"} | environment,
    )


@pytest.fixture(scope="module")
def made(initialised: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("real") / "site"
    shutil.copytree(initialised[0], folder)
    phrases = re.findall(r"Keyholder \d:\n\s+([a-z-]+(?: [a-z-]+){5})\n", initialised[1])
    assert len(phrases) == 2
    return folder, phrases[1]


@pytest.fixture(scope="module")
def running(made: tuple[Path, str]) -> Iterator[tuple[str, "subprocess.Popen[str]", Path, str]]:
    folder, phrase = made
    port = server.free_port()
    with server.started("posada", "run", "--site", str(folder), "--port", str(port)) as process:
        address = f"http://127.0.0.1:{port}"
        server.wait_for(address + "/unlock/", {200}, process)
        yield address, process, folder, phrase


def _open(address: str, folder: Path, phrase: str) -> subprocess.CompletedProcess[str]:
    port = address.rsplit(":", 1)[1]
    return _posada("unlock", "--site", str(folder), "--port", port, given=phrase + "\n")


def test_it_starts_sealed_opens_with_a_phrase_and_seals_within_a_second(
    running: tuple[str, "subprocess.Popen[str]", Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    address, process, folder, phrase = running
    assert server.status(address + "/") == 303
    wrong = _open(address, folder, "one two three four five six")
    assert wrong.returncode == 2
    assert "Traceback" not in wrong.stderr
    opened = _open(address, folder, phrase)
    assert opened.returncode == 0, opened.stderr
    server.wait_for(address + "/", {302}, process)
    again = _open(address, folder, "any words at all here now")
    assert again.returncode == 2
    assert "already" in again.stderr
    holder = int((folder / "posada.pid").read_text().split()[0])
    began = time.monotonic()
    assert _posada("seal", "--site", str(folder)).returncode == 0
    while Path(f"/proc/{holder}").exists() and "State:\tZ" not in Path(f"/proc/{holder}/status").read_text():
        time.sleep(0.01)
        assert time.monotonic() - began < 5
    took = time.monotonic() - began
    server.wait_for(address + "/", {303}, process)
    with capsys.disabled():
        print(f"\nposada seal to keys gone, with the start of the command: {took:.2f} s")
    again = _posada("seal", "--site", str(folder))
    assert again.returncode == 2
    assert "sealed" in again.stderr
    assert _open(address, folder, phrase).returncode == 0
    server.wait_for(address + "/", {302}, process)


def test_a_site_without_its_keys_says_so_and_does_not_start(made: tuple[Path, str], tmp_path: Path) -> None:
    folder, _phrase = made
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "site.toml").write_bytes((folder / "site.toml").read_bytes())
    answer = _posada("run", "--site", str(copy), "--port", str(server.free_port()))
    assert answer.returncode == 2
    assert "site.keys is missing" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_other_machines_reach_it_only_over_tls(made: tuple[Path, str]) -> None:
    folder, _phrase = made
    answer = _posada("run", "--site", str(folder), "--address", "192.0.2.7", "--port", str(server.free_port()))
    assert answer.returncode == 2
    assert "TLS" in answer.stderr


def test_with_its_own_certificate_it_answers_the_network_over_tls_1_3_only(
    made: tuple[Path, str], tmp_path: Path
) -> None:
    original, phrase = made
    folder = tmp_path / "copy"
    folder.mkdir()
    for name in ("site.toml", "site.keys", "main.db", "keyring.db"):
        shutil.copy(original / name, folder)
    answer = _posada("certificate", "--site", str(folder), "posada.local", given=phrase + "\n")
    assert answer.returncode == 0, answer.stderr
    assert "posada.local" in answer.stdout
    port = server.free_port()
    arguments = ["run", "--site", str(folder), "--address", "0.0.0.0", "--port", str(port)]  # noqa: S104 - as on a network
    trusting = ssl.create_default_context(cafile=str(folder / "tls" / "authority.pem"))
    with server.started("posada", *arguments):
        assert _greet(port, trusting) == "TLSv1.3"
        older = ssl.create_default_context(cafile=str(folder / "tls" / "authority.pem"))
        older.maximum_version = ssl.TLSVersion.TLSv1_2
        with pytest.raises(ssl.SSLError):
            _greet(port, older)
        with pytest.raises(ssl.SSLCertVerificationError):
            _greet(port, ssl.create_default_context())


def _greet(port: int, context: ssl.SSLContext) -> str:
    """Shake hands with the server under its name, when it listens; the TLS version."""
    for _ in range(200):
        try:
            plain = socket.create_connection(("127.0.0.1", port), timeout=5)
        except OSError:
            time.sleep(0.1)
            continue
        with plain, context.wrap_socket(plain, server_hostname="posada.local") as held:
            held.sendall(b"GET /unlock/phones/ HTTP/1.1\r\nHost: posada.local\r\nConnection: close\r\n\r\n")
            answer = held.recv(65536).decode()
            assert "200" in answer.split("\r\n")[0], answer
            assert "strict-transport-security" in answer.lower()
            return str(held.version())
    raise AssertionError("nothing listens")


def test_an_empty_folder_says_how_to_make_a_site(tmp_path: Path) -> None:
    spanish = _posada("run", "--site", str(tmp_path), LANG="es_CO.UTF-8")
    assert spanish.returncode == 2
    assert "posada init" in spanish.stderr
    assert "carpeta" in spanish.stderr


def test_a_full_disk_at_init_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    script = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (30000, 30000));"
        "from posada.config.commands import main; sys.argv = ['posada', 'init', sys.argv[1], '--manager', 'x']; main()"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=os.environ | {"LANG": "en_US.UTF-8", "DJANGO_SETTINGS_MODULE": "posada.config.settings"},
    )
    assert answer.returncode == 2, answer.stderr
    assert "disk is full" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not folder.exists()


def test_a_demonstrations_shortcut_is_refused_on_a_real_site(initialised: tuple[Path, str], tmp_path: Path) -> None:
    folder = tmp_path / "site"
    shutil.copytree(initialised[0], folder)  # of its own: a house that runs already says that first
    (folder / "demonstration.phrase").write_text("one two three four five six")
    answer = _posada("run", "--site", str(folder), "--port", str(server.free_port()))
    assert answer.returncode != 0
    assert "posada.E001" in answer.stderr + answer.stdout
