"""What the auditor's pages cost on a long audit: `python -m bench.oversight [entries]` writes results/oversight.txt."""

import os
import platform
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django

ENTRIES = 200_000


def main() -> None:
    """Make a site with an audit of so many entries, measure, print and write."""
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES
    with tempfile.TemporaryDirectory() as folder:
        os.environ["POSADA_SITE"] = str(Path(folder) / "site")
        os.environ["DJANGO_SETTINGS_MODULE"] = "posada.config.settings"
        django.setup()
        lines: list[str] = import_module("bench.audited").run(Path(folder) / "site", entries=entries)
    head = f"The audit's pages on {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    text = "\n".join([head, *lines]) + "\n"
    sys.stdout.write(text)
    (Path(__file__).parent / "results" / "oversight.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
