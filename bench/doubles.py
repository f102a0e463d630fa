"""The nightly look for doubles in a register of invented people whose doubles are known.

`python -m bench.doubles [PERSONS]`: a site is made in a temporary folder, opened, and the look is made once for all.
"""

import os
import platform
import sys
import tempfile
import time
from pathlib import Path

import django

PERSONS = 10_000


def measure(root: Path, persons: int) -> list[str]:
    """The figures as lines."""
    os.environ["POSADA_SITE"] = str(root)
    os.environ["DJANGO_SETTINGS_MODULE"] = "posada.config.settings"
    django.setup()
    from bench import doubling  # noqa: PLC0415 - it needs Django

    return doubling.lines(root, persons)


def main() -> None:
    """Measure, print, and keep the result."""
    persons = int(sys.argv[1]) if len(sys.argv) > 1 else PERSONS
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        lines = measure(Path(folder) / "site", persons)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    head = f"The nightly look for doubles. {machine}"
    text = "\n".join([head, *lines, f"in all {time.monotonic() - began:.0f} s", ""])
    sys.stdout.write(text)
    (Path(__file__).parent / "results" / "doubles.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
