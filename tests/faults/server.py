"""Start and stop the real server for a test, on loopback, on a free port."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE_SECONDS = 120.0


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def status(address: str) -> int:
    """The status of an address without following where it sends; 0 when nobody answers."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_arguments: object) -> None:
            return None

    try:
        return int(urllib.request.build_opener(Stay).open(address, timeout=10).status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def wait_for(
    address: str, wanted: set[int], process: "subprocess.Popen[str]", *, patience: float = PATIENCE_SECONDS
) -> float:
    """Wait until the address answers with one of these; gives the seconds it took."""
    began = time.monotonic()
    while time.monotonic() - began < patience:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended: {process.stdout.read() if process.stdout else ''}")
        if status(address) in wanted:
            return time.monotonic() - began
        time.sleep(0.1)
    raise TimeoutError(address)


@contextmanager
def started(*command: str, folder: Path | None = None) -> Iterator["subprocess.Popen[str]"]:
    """A process of the project's, stopped by TERM at the end."""
    environment = os.environ | {"LANG": "en_US.UTF-8"} | ({"POSADA_SITE": str(folder)} if folder else {})
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)


def unlock(root: Path, port: int, phrase: str) -> None:
    """Open the house that serves at this port with a phrase, by the command."""
    subprocess.run(
        [sys.executable, "-m", "posada", "unlock", "--site", str(root), "--port", str(port)],
        input=phrase + "\n",
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
        env={name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
    )
