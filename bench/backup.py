"""How long a backup and its return take with many people. Run by itself: `python -m bench.backup [PERSONS]`."""

import os
import platform
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django

PERSONS = 100_000


def main() -> None:
    """Print, and write bench/results/backup.txt."""
    persons = int(sys.argv[1]) if len(sys.argv) > 1 else PERSONS
    with tempfile.TemporaryDirectory() as folder:
        os.environ["POSADA_SITE"] = str(Path(folder) / "site")
        os.environ["DJANGO_SETTINGS_MODULE"] = "posada.config.settings"
        django.setup()
        lines: list[str] = import_module("bench.kept").run(Path(folder), persons=persons)
    head = f"Posada on {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    text = "\n".join([head, *lines]) + "\n"
    sys.stdout.write(text)
    (Path(__file__).parent / "results" / "backup.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
