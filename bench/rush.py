"""A queue at the door, measured: the short form, five desks, and what follows in the house. Part of `make bench`."""

import os
import platform
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import django

# Each part is a function of the house that gives lines of text; it is imported once Django is set up.
PARTS: tuple[str, ...] = (
    "bench.roll_call.run",  # first: it counts everybody in the house
    "bench.rushing.short_form",
    "bench.rushing.five_desks",
    "bench.sleeping.nights",
)


def _part(name: str) -> Callable[..., list[str]]:
    module, _dot, function = name.rpartition(".")
    found: Callable[..., list[str]] = getattr(import_module(module), function)
    return found


def measure(root: Path) -> list[str]:
    """Make a site and measure each part in it; gives lines of text."""
    os.environ["POSADA_SITE"] = str(root)
    os.environ["DJANGO_SETTINGS_MODULE"] = "posada.config.settings"
    django.setup()
    make_whole = import_module("posada.config.making").make_whole
    wanted = import_module("posada.vault.folder").SiteSettings(site="bench", name="Bench")
    _made, house = make_whole(root, wanted, keyholders=1)
    return [line for name in PARTS for line in _part(name)(house)]


def main() -> None:
    """Print, and write bench/results/rush.txt."""
    with tempfile.TemporaryDirectory() as folder:
        lines = measure(Path(folder) / "site")
    head = f"Posada on {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    text = "\n".join([head, *lines]) + "\n"
    sys.stdout.write(text)
    (Path(__file__).parent / "results" / "rush.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
