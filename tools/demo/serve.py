"""`make demo`: make the demonstration if it is not there (or is older than a day), and serve it."""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

ADDRESS = "127.0.0.1"
A_DAY = 24 * 3600
CHILD = """
import os, sys
os.environ["POSADA_SITE"] = sys.argv[1] + ".new"
os.environ["DJANGO_SETTINGS_MODULE"] = "posada.config.settings"
import django
django.setup()
from pathlib import Path
from tools.demo.seed import make_demonstration
make_demonstration(Path(sys.argv[1]))
"""
SERVE = """
import os, sys
os.environ["POSADA_SITE"] = sys.argv[1]
os.environ["DJANGO_SETTINGS_MODULE"] = "posada.config.settings"
import django
django.setup()
from posada.config.serving import serve
serve(address=sys.argv[2], port=int(sys.argv[3]), quiet=True)
"""


def stop(sentence: str) -> None:
    """Say what is wrong and end."""
    print(sentence, file=sys.stderr)
    sys.exit(2)


def is_free(port: int) -> bool:
    """Whether nothing listens at the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((ADDRESS, port))
        except OSError:
            return False
    return True


def is_demonstration(root: Path) -> bool:
    """Whether the folder is a complete demonstration."""
    return (root / "demonstration.phrase").is_file() and (root / "main.db").is_file()


def make_if_needed(root: Path) -> None:
    """Make it afresh if it is missing or its clock has run for a day; never touch another folder."""
    if root.exists() and any(root.iterdir()) and not is_demonstration(root):
        stop(f"{root} is not empty and not a demonstration. Nothing was changed. Choose another: make demo DIR=...")
    if is_demonstration(root) and time.time() - (root / "demonstration.phrase").stat().st_mtime < A_DAY:
        return
    if is_demonstration(root):
        print("It was older than a day and is made afresh; what was typed in it is gone.", flush=True)
        print("Tenía más de un día y se hace de nuevo; lo que se escribió en ella ya no está.", flush=True)
    print("Making the demonstration: two thousand invented people (half a minute).", flush=True)
    print("Haciendo la demostración: dos mil personas inventadas (medio minuto).", flush=True)
    root.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run([sys.executable, "-c", CHILD, str(root)], check=False)
    if done.returncode:
        shutil.rmtree(root.with_name(root.name + ".new"), ignore_errors=True)
        stop("The demonstration could not be made. Is there a gigabyte of free disk? Nothing was left behind.")
    shutil.rmtree(root, ignore_errors=True)
    root.with_name(root.name + ".new").rename(root)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("var/demo"))
    parser.add_argument("--port", type=int, default=8000)
    chosen = parser.parse_args()
    root = chosen.folder.resolve()
    for variable in ("DATABASE_URL", "KEYRING_URL"):
        os.environ.pop(variable, None)  # a demonstration lies in its folder
    if not is_free(chosen.port):
        stop(f"Something already answers at port {chosen.port}. Choose another: make demo PORT=8001")
    make_if_needed(root)
    (root / "demonstration.sealed").unlink(missing_ok=True)
    print(f"\n  Posada, a demonstration: http://{ADDRESS}:{chosen.port}/", flush=True)
    print("  No name and no password: choose who you are on the first page. Stop it with Ctrl-C.", flush=True)
    print("  Sin nombre ni contraseña: elija quién es en la primera página. Se detiene con Ctrl-C.\n", flush=True)
    os.execv(sys.executable, [sys.executable, "-c", SERVE, str(root), ADDRESS, str(chosen.port)])  # noqa: S606 - the interpreter that runs this


if __name__ == "__main__":
    main()
