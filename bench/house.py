"""What a site costs on this machine: the phrase, registering, the index, searching, opening. Run by `make bench`."""

import os
import platform
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django

PERSONS = 2_000
OPENED = 300
SEARCHED = 300


def measure(root: Path) -> list[str]:
    """Make a site with invented people and measure; gives lines of text."""
    os.environ["POSADA_SITE"] = str(root)
    os.environ["DJANGO_SETTINGS_MODULE"] = "posada.config.settings"
    django.setup()
    lines: list[str] = import_module("bench.measured").run(root, persons=PERSONS, opened=OPENED, searched=SEARCHED)
    return lines


def main() -> None:
    """Print, and write bench/results/house.txt."""
    with tempfile.TemporaryDirectory() as folder:
        lines = measure(Path(folder) / "site")
    head = f"Posada on {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    text = "\n".join([head, *lines]) + "\n"
    sys.stdout.write(text)
    (Path(__file__).parent / "results" / "house.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
